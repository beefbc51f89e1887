import { InputNumber } from 'antd';
import { Field } from '../../../ui/forms/Field';
import type { FormErrors } from '../../../ui/forms/use-form-errors';

type NumberProps = {
  field: string;
  label: string;
  value: number | null;
  errors: FormErrors['errors'];
  optional?: boolean;
  onChange: (value: number | null) => void;
};

/** A whole number from nought up. */
export function NumberField({ field, label, value, errors, optional, onChange }: NumberProps) {
  return (
    <Field field={field} label={label} errors={errors} optional={optional}>
      {(control) => (
        <InputNumber {...control} className="jy-full" min={0} precision={0} value={value} onChange={onChange} />
      )}
    </Field>
  );
}
