import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { ReasonBox } from '../../../ui/forms/fields';
import type { FormError } from '../../../ui/forms/form-errors';
import { useFormErrors } from '../../../ui/forms/use-form-errors';

/** The API's own limit. */
const TEXT_LONGEST = 500;

type Props = {
  title: string;
  label: string;
  submit: string;
  danger?: boolean;
  /** It may be left empty. */
  optional?: boolean;
  busy: boolean;
  onSay: (text: string) => Promise<readonly FormError[]>;
  onClose: () => void;
  /** The API's name of the text. */
  field: string;
  children?: ReactNode;
};

/** An act with a few words to it: why, or how it went. */
export function SayDialog({ busy, children, danger, field, label, onClose, onSay, optional, submit, title }: Props) {
  const { t } = useTranslation();
  const form = useFormErrors();
  const [text, setText] = useState('');
  const send = async () => {
    if (!optional && text.trim() === '') return form.refuse([{ field, message: t('drill.textMissing') }]);
    const errors = await onSay(text.trim());
    if (errors.length > 0) return form.refuse([...errors]);
    onClose();
  };
  return (
    <DialogForm title={title} submit={submit} danger={danger} busy={busy} form={form} onSubmit={send} onClose={onClose}>
      {children}
      <ReasonBox
        {...{ field, label, optional }}
        autoFocus
        errors={form.errors}
        max={TEXT_LONGEST}
        value={text}
        onChange={(next) => {
          setText(next);
          form.changed(field);
        }}
      />
    </DialogForm>
  );
}
