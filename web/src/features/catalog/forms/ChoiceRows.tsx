import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { Field } from '../../../ui/forms/Field';
import { type FormError, fieldId } from '../../../ui/forms/form-errors';
import { CHOICES_MOST, type ChoiceDraft, emptyChoice } from './definition-draft';

const parts = ['value', 'labelZh', 'labelEn'] as const;

/** The answers that a choice offers: what is kept, and how it reads in both languages. */
export function ChoiceRows({
  at,
  choices,
  errors,
  onChange,
}: {
  /** Path of the list within the form. */
  at: string;
  choices: readonly ChoiceDraft[];
  errors: readonly FormError[];
  onChange: (choices: ChoiceDraft[]) => void;
}) {
  const { t } = useTranslation();
  const own = errors.filter((error) => error.field === at);
  return (
    <div id={fieldId(at)} tabIndex={-1} className="jy-choice-rows">
      {own.length > 0 && <div className="jy-field-error">{own.map((error) => error.message).join(' ')}</div>}
      {choices.map((choice, place) => (
        <div key={choice.rowKey} className="jy-choice-row">
          {parts.map((part) => (
            <Field
              key={part}
              field={`${at}.${place}.${part}`}
              label={t(`serviceEditor.choice.${part}`, { number: place + 1 })}
              errors={errors}
            >
              {(control) => (
                <Input
                  {...control}
                  maxLength={60}
                  value={choice[part]}
                  onChange={(event) =>
                    onChange(
                      choices.map((other) => (other === choice ? { ...choice, [part]: event.target.value } : other)),
                    )
                  }
                />
              )}
            </Field>
          ))}
          <Button
            type="text"
            icon={<DeleteOutlined aria-hidden />}
            aria-label={t('serviceEditor.removeChoice', { number: place + 1 })}
            title={t('serviceEditor.removeChoice', { number: place + 1 })}
            onClick={() => onChange(choices.filter((other) => other !== choice))}
          />
        </div>
      ))}
      <Button
        icon={<PlusOutlined aria-hidden />}
        disabled={choices.length >= CHOICES_MOST}
        onClick={() => onChange([...choices, emptyChoice()])}
      >
        {t('serviceEditor.addChoice')}
      </Button>
    </div>
  );
}
