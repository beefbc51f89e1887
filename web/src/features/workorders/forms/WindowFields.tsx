import { Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { Field } from '../../../ui/forms/Field';
import type { FormError } from '../../../ui/forms/form-errors';

type Props = {
  from: string;
  to: string;
  errors: readonly FormError[];
  optional?: boolean;
  onChange: (patch: { from?: string; to?: string }) => void;
};

/** Both ends of a window, by the browser's own picker: it is the one that a phone knows. */
export function WindowFields({ from, to, errors, optional = false, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <div className="jy-fields-row">
      <Field field="windowFrom" label={t('work.windowFrom')} errors={errors} optional={optional}>
        {(control) => (
          <Input
            {...control}
            type="datetime-local"
            value={from}
            onChange={(event) => onChange({ from: event.target.value })}
          />
        )}
      </Field>
      <Field field="windowTo" label={t('work.windowTo')} errors={errors} optional={optional}>
        {(control) => (
          <Input
            {...control}
            type="datetime-local"
            value={to}
            onChange={(event) => onChange({ to: event.target.value })}
          />
        )}
      </Field>
    </div>
  );
}
