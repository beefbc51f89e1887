import { useState } from 'react';
import { ReasonBox } from '../../../ui/forms/fields';
import type { FormError } from '../../../ui/forms/form-errors';

const LONGEST = 1_000;

/** One a line. What is typed stays as it is typed: a line that is begun and still empty is none yet, and not to be taken away. */
export function LinesBox({
  lines,
  onChange,
  ...field
}: {
  field: string;
  label: string;
  errors: readonly FormError[];
  lines: readonly string[];
  onChange: (lines: string[]) => void;
}) {
  const [text, setText] = useState(lines.join('\n'));
  return (
    <ReasonBox
      {...field}
      max={LONGEST}
      value={text}
      onChange={(typed) => {
        setText(typed);
        onChange(
          typed
            .split('\n')
            .map((one) => one.trim())
            .filter(Boolean),
        );
      }}
    />
  );
}
