import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { uniqueId } from '../../../lib/unique-id';
import { Field } from '../../../ui/forms/Field';
import type { FormError } from '../../../ui/forms/form-errors';

export type FigureDraft = { key: string; label: string; value: string };

/** The API's own limits. */
const FIGURES_MOST = 12;
const FIGURE_LONGEST = 60;

type Props = { figures: FigureDraft[]; errors: readonly FormError[]; onChange: (figures: FigureDraft[]) => void };

/** Measured figures, a name and a value each. */
export function FigureRows({ figures, errors, onChange }: Props) {
  const { t } = useTranslation();
  const change = (key: string, patch: Partial<FigureDraft>) =>
    onChange(figures.map((figure) => (figure.key === key ? { ...figure, ...patch } : figure)));
  return (
    <div>
      {figures.map((figure, number) => (
        <Field
          key={figure.key}
          field={`figures.${number}`}
          label={`${t('reclaim.figures')} ${number + 1}`}
          hint={number === 0 ? t('reclaim.figuresHint') : undefined}
          errors={errors}
          optional
        >
          {(control) => (
            <span className="jy-tags">
              <Input
                {...control}
                className="jy-filter-select"
                maxLength={FIGURE_LONGEST}
                placeholder={t('reclaim.figureLabel')}
                value={figure.label}
                onChange={(event) => change(figure.key, { label: event.target.value })}
              />
              <Input
                className="jy-filter-select"
                aria-label={`${t('reclaim.figureValue')} ${number + 1}`}
                maxLength={FIGURE_LONGEST}
                placeholder={t('reclaim.figureValue')}
                value={figure.value}
                onChange={(event) => change(figure.key, { value: event.target.value })}
              />
              <Button
                type="text"
                icon={<DeleteOutlined aria-hidden />}
                aria-label={t('reclaim.removeFigure', { number: number + 1 })}
                onClick={() => onChange(figures.filter((other) => other.key !== figure.key))}
              />
            </span>
          )}
        </Field>
      ))}
      {figures.length < FIGURES_MOST && (
        <Button
          icon={<PlusOutlined aria-hidden />}
          onClick={() => onChange([...figures, { key: uniqueId(), label: '', value: '' }])}
        >
          {t('reclaim.addFigure')}
        </Button>
      )}
    </div>
  );
}
