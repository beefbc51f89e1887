import { useCallback, useState } from 'react';
import type { FormError } from './form-errors';

export type FormErrors = {
  errors: readonly FormError[];
  /** Counts refusals: the summary takes the focus at each of them, and at nothing else. */
  refusals: number;
  refuse: (errors: readonly FormError[]) => void;
  /** A field was changed, so what was said of it no longer holds. */
  changed: (...fields: string[]) => void;
  accept: () => void;
};

/** What a form was refused for, until each of it is put right. */
export function useFormErrors(): FormErrors {
  const [state, setState] = useState<{ errors: readonly FormError[]; refusals: number }>({ errors: [], refusals: 0 });
  const refuse = useCallback(
    (errors: readonly FormError[]) => setState((now) => ({ errors, refusals: now.refusals + 1 })),
    [],
  );
  const changed = useCallback(
    (...fields: string[]) =>
      setState((now) => {
        const left = now.errors.filter((error) => !fields.includes(error.field));
        return left.length === now.errors.length ? now : { ...now, errors: left };
      }),
    [],
  );
  const accept = useCallback(() => setState((now) => (now.errors.length === 0 ? now : { ...now, errors: [] })), []);
  return { ...state, refuse, changed, accept };
}
