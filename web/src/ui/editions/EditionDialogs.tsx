import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../Dialog';
import { ErrorSummary } from '../forms/ErrorSummary';
import { Field } from '../forms/Field';
import type { FormError } from '../forms/form-errors';
import { useFormErrors } from '../forms/use-form-errors';
import { useNotice } from '../notice';

/** The server's own limit of what is said of an edition. */
export const EDITION_NOTE_LONGEST = 200;

/** Answers what was refused; nothing = done. */
type Send<I extends unknown[]> = (...input: I) => Promise<readonly FormError[]>;

type BeginProps = {
  words: { title: string; text: string; note: string; placeholder: string; begin: string; began: string };
  send: Send<[note: string]>;
  busy: boolean;
  onClose: () => void;
};

/** A draft of the next edition, with a word of why: approval chains and gates are kept the same way. */
export function BeginEditionDialog({ words, send, busy, onClose }: BeginProps) {
  const { t } = useTranslation();
  const notice = useNotice();
  const [note, setNote] = useState('');
  const { errors, refusals, refuse, changed } = useFormErrors();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const refused = await send(note.trim());
    if (refused.length > 0) return refuse(refused);
    notice(words.began);
    onClose();
  };
  return (
    <Dialog title={words.title} onClose={onClose}>
      <form className="jy-form" noValidate onSubmit={(event) => void submit(event)}>
        <ErrorSummary errors={errors} refusals={refusals} />
        <p>{words.text}</p>
        <Field field="note" label={words.note} errors={errors}>
          {(control) => (
            <Input
              {...control}
              autoFocus
              maxLength={EDITION_NOTE_LONGEST}
              placeholder={words.placeholder}
              value={note}
              onChange={(event) => {
                setNote(event.target.value);
                changed('note');
              }}
            />
          )}
        </Field>
        <div className="jy-dialog-foot">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={busy}>
            {words.begin}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

type EndProps = {
  words: { title: string; text: string; press: string; done: string };
  danger: boolean;
  send: Send<[]>;
  busy: boolean;
  onClose: () => void;
};

/** What ends a draft: it is published, or it is gone. */
export function EndDraftDialog({ words, danger, send, busy, onClose }: EndProps) {
  const { t } = useTranslation();
  const notice = useNotice();
  const { errors, refusals, refuse } = useFormErrors();
  const press = async () => {
    const refused = await send();
    if (refused.length > 0) return refuse(refused);
    notice(words.done);
    onClose();
  };
  return (
    <Dialog title={words.title} onClose={onClose}>
      <ErrorSummary errors={errors} refusals={refusals} />
      <p>{words.text}</p>
      <div className="jy-dialog-foot">
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button type="primary" danger={danger} loading={busy} onClick={() => void press()}>
          {words.press}
        </Button>
      </div>
    </Dialog>
  );
}
