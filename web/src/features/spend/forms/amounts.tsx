import { Input } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { fenOfYuan } from '../../../lib/fen-of-yuan';
import { Field } from '../../../ui/forms/Field';
import type { FormError } from '../../../ui/forms/form-errors';

type Props = {
  field: string;
  label: string;
  hint?: ReactNode;
  errors: readonly FormError[];
  optional?: boolean;
  value: string;
  onChange: (value: string) => void;
};

/** An amount as people write it; what it is in fen says `fenOfYuan`. */
export function YuanBox({ hint, value, onChange, ...field }: Props) {
  const { t } = useTranslation();
  return (
    <Field {...field} hint={hint ?? t('spend.yuanHint')}>
      {(control) => (
        <Input
          {...control}
          inputMode="decimal"
          autoComplete="off"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

/** A calendar day, or a month. */
export function DateBox({ value, onChange, type = 'date', ...field }: Props & { type?: 'date' | 'month' }) {
  return (
    <Field {...field}>
      {(control) => <Input {...control} type={type} value={value} onChange={(event) => onChange(event.target.value)} />}
    </Field>
  );
}

/** null = no amount above zero. */
export function positiveFen(yuan: string): string | null {
  const fen = fenOfYuan(yuan);
  return fen !== null && BigInt(fen) > 0n ? fen : null;
}
