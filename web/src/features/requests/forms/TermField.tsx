import { Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { exactTime } from '../../../lib/time';
import { Field } from '../../../ui/forms/Field';
import type { FormError } from '../../../ui/forms/form-errors';

type Props = {
  /** null = long-term; '' = temporary, and the day is still to be chosen. */
  value: string | null;
  errors: readonly FormError[];
  onChange: (value: string | null) => void;
};

/** 长期 or 临时 until a day: what is asked for a while gives itself back. */
export function TermField({ value, errors, onChange }: Props) {
  const { t } = useTranslation();
  const today = exactTime(new Date().toISOString()).slice(0, 10);
  return (
    <>
      <Field
        field="term"
        label={t('life.term')}
        hint={t(value === null ? 'requestForm.longTermHint' : 'requestForm.temporaryHint')}
        errors={errors}
      >
        {({ id, 'aria-describedby': describedBy }) => (
          <Radio.Group
            id={id}
            aria-label={t('life.term')}
            aria-describedby={describedBy}
            value={value === null}
            onChange={(event) => onChange(event.target.value ? null : '')}
            options={[
              { value: true, label: t('life.longTerm') },
              { value: false, label: t('requestForm.temporary') },
            ]}
          />
        )}
      </Field>
      {value !== null && (
        <Field field="temporaryUntil" label={t('life.untilLabel')} errors={errors}>
          {(control) => (
            <Input
              {...control}
              type="date"
              min={today}
              value={value}
              onChange={(event) => onChange(event.target.value)}
            />
          )}
        </Field>
      )}
    </>
  );
}
