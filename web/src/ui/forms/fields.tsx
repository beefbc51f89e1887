import { Input, InputNumber } from 'antd';
import type { ReactNode } from 'react';
import { Choose } from './Choose';
import { Field } from './Field';
import type { FormError } from './form-errors';

type Common = { field: string; label: string; hint?: ReactNode; errors: readonly FormError[]; optional?: boolean };

export function TextBox({
  value,
  max,
  onChange,
  ...field
}: Common & { value: string; max: number; onChange: (value: string) => void }) {
  return (
    <Field {...field}>
      {(control) => (
        <Input
          {...control}
          autoComplete="off"
          maxLength={max}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

/** A day and a time of it, as the browser's own field asks for it; read as Shanghai's by `shanghaiIso`. */
export function MomentBox({
  value,
  onChange,
  ...field
}: Common & { value: string; onChange: (value: string) => void }) {
  return (
    <Field {...field}>
      {({ status: _, ...control }) => (
        <input
          {...control}
          className="jy-date-input"
          type="datetime-local"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

type NumberProps = Common & {
  value: number | null;
  min?: number;
  max?: number;
  /** With decimals, as many as were typed. */
  decimals?: boolean;
  step?: number;
  suffix?: string;
  onChange: (value: number | null) => void;
};

export function NumberBox({ value, min = 0, max, decimals = false, step, suffix, onChange, ...field }: NumberProps) {
  return (
    <Field {...field}>
      {(control) => (
        <InputNumber
          {...control}
          className="jy-full"
          min={min}
          max={max}
          precision={decimals ? undefined : 0}
          step={step}
          suffix={suffix}
          value={value}
          onChange={onChange}
        />
      )}
    </Field>
  );
}

type ChoiceProps<V extends string> = Common & {
  value: V;
  options: readonly { value: V; label: string }[];
  onChange: (value: V) => void;
};

export function ChoiceBox<V extends string>({ value, options, onChange, ...field }: ChoiceProps<V>) {
  return (
    <Field {...field}>
      {(control) => (
        <Choose {...control} className="jy-full" value={value} onChange={onChange} options={[...options]} />
      )}
    </Field>
  );
}

type ReasonProps = Common & {
  value: string;
  /** The API's own limit. */
  max: number;
  rows?: number;
  /** Where it is all that is asked. */
  autoFocus?: boolean;
  /** Of short ones nobody comes near the end. */
  showCount?: boolean;
  onChange: (value: string) => void;
};

/** Why something is done, in a few lines. */
export function ReasonBox({ value, max, rows = 3, autoFocus, showCount, onChange, ...field }: ReasonProps) {
  return (
    <Field {...field}>
      {(control) => (
        <Input.TextArea
          {...control}
          autoFocus={autoFocus}
          rows={rows}
          maxLength={max}
          showCount={showCount}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
