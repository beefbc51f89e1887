import { type FormEvent, useState } from 'react';
import type { FormError } from './form-errors';
import { useFormErrors } from './use-form-errors';

/** A form's own state with what it was refused for; a field that is changed is no longer wrong. */
export function useDraft<Draft extends object>(start: () => Draft, onSend: (draft: Draft) => Promise<FormError[]>) {
  const [draft, setDraft] = useState(start);
  const { errors, refusals, refuse, changed, accept } = useFormErrors();
  return {
    draft,
    errors,
    refusals,
    change: (patch: Partial<Draft>) => {
      setDraft((now) => ({ ...now, ...patch }));
      const fields = Object.keys(patch);
      // What was said of a part of a list no longer holds either.
      const within = errors.filter((error) => fields.some((field) => error.field.startsWith(`${field}.`)));
      changed(...fields, ...within.map((error) => error.field));
    },
    submit: async (event: FormEvent) => {
      event.preventDefault();
      const wrong = await onSend(draft);
      if (wrong.length > 0) refuse(wrong);
      else accept();
    },
  };
}

/**
 * The thing as it was when its form was opened. It may be read anew meanwhile; what is sent is compared with what the
 * person saw, and with the version of that.
 */
export function useOpened<Data>(id: string, data: Data | undefined): Data | undefined {
  const [opened, setOpened] = useState<{ id: string; data: Data }>();
  if (opened?.id === id) return opened.data;
  if (data !== undefined) setOpened({ id, data });
  return data;
}
