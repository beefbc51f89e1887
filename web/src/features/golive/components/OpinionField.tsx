import { Input } from 'antd';
import { Field } from '../../../ui/forms/Field';
import type { FormErrors } from '../../../ui/forms/use-form-errors';

/** The API's own limit of opinions and reasons. */
const LONGEST = 500;

type Props = {
  field: string;
  label: string;
  hint?: string;
  longest?: number;
  form: Pick<FormErrors, 'errors' | 'changed'>;
  value: string;
  onChange: (value: string) => void;
};

/** A few sentences in somebody's own words. */
export function OpinionField({ field, label, hint, longest = LONGEST, form, value, onChange }: Props) {
  return (
    <Field field={field} label={label} hint={hint} errors={form.errors}>
      {(control) => (
        <Input.TextArea
          {...control}
          rows={3}
          maxLength={longest}
          showCount
          value={value}
          onChange={(event) => {
            onChange(event.target.value);
            form.changed(field);
          }}
        />
      )}
    </Field>
  );
}
