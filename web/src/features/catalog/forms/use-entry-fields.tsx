import { Input, InputNumber, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { Field } from '../../../ui/forms/Field';
import { type FormErrors, useFormErrors } from '../../../ui/forms/use-form-errors';

type Texts = Readonly<Record<string, string>>;
type Numbers = Readonly<Record<string, number>>;
type More = { hint?: string | undefined; optional?: boolean };

/** Values of a new entry's form and the boxes for them, so that each kind says only what is its own. */
export function useEntryFields<T extends Texts, N extends Numbers>(
  startTexts: T,
  startNumbers: N,
): {
  texts: T;
  numbers: N;
  form: FormErrors;
  text: (field: keyof T & string, label: string, more?: More) => ReactNode;
  number: (field: keyof N & string, label: string, suffix: string, more?: More) => ReactNode;
  choice: <V extends string>(
    field: string,
    label: string,
    value: V,
    options: readonly { value: V; label: string }[],
    onChange: (value: V) => void,
    more?: More,
  ) => ReactNode;
} {
  const form = useFormErrors();
  const { errors, changed } = form;
  const [texts, setTexts] = useState(startTexts);
  const [numbers, setNumbers] = useState(startNumbers);
  return {
    texts,
    numbers,
    form,
    text: (field, label, more) => (
      <Field field={field} label={label} hint={more?.hint} errors={errors} optional={more?.optional ?? false}>
        {(control) => (
          <Input
            {...control}
            maxLength={500}
            value={texts[field]}
            onChange={(event) => {
              setTexts((now) => ({ ...now, [field]: event.target.value }));
              changed(field);
            }}
          />
        )}
      </Field>
    ),
    number: (field, label, suffix, more) => (
      <Field field={field} label={label} hint={more?.hint} errors={errors} optional={more?.optional ?? false}>
        {(control) => (
          <InputNumber
            {...control}
            className="jy-full"
            min={0}
            precision={0}
            suffix={suffix}
            value={numbers[field]}
            onChange={(value) => {
              setNumbers((now) => ({ ...now, [field]: value ?? 0 }));
              changed(field);
            }}
          />
        )}
      </Field>
    ),
    choice: (field, label, value, options, onChange, more) => (
      <Field field={field} label={label} hint={more?.hint} errors={errors}>
        {(control) => (
          <Select
            {...control}
            className="jy-full"
            value={value}
            onChange={(chosen: typeof value) => {
              onChange(chosen);
              changed(field);
            }}
            options={[...options]}
          />
        )}
      </Field>
    ),
  };
}
