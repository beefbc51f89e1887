import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/Dialog';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { BeginGateDraftMutation, DiscardGateDraftMutation, PublishGateEditionMutation } from '../gates.gql';

export const NOTE_LONGEST = 200;

export function BeginGateDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const [note, setNote] = useState('');
  const { errors, refusals, refuse, changed } = useFormErrors();
  const { send, busy } = useOutcome(BeginGateDraftMutation);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const { errors: refused } = await send({ note: note.trim() });
    if (refused.length > 0) return refuse(refused);
    notice(t('gates.began'));
    onClose();
  };
  return (
    <Dialog title={t('gates.beginTitle')} onClose={onClose}>
      <form className="jy-form" noValidate onSubmit={(event) => void submit(event)}>
        <ErrorSummary errors={errors} refusals={refusals} />
        <p>{t('gates.beginText')}</p>
        <Field field="note" label={t('gates.note')} errors={errors}>
          {(control) => (
            <Input
              {...control}
              autoFocus
              maxLength={NOTE_LONGEST}
              placeholder={t('gates.notePlaceholder')}
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
            {t('gates.begin')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

type ActProps = { act: 'discard' | 'publish'; draft: { id: string; version: number }; onClose: () => void };

/** What ends the draft: it is published for its day, or it is gone. */
export function GateActDialog({ act, draft, onClose }: ActProps) {
  const { t } = useTranslation();
  const notice = useNotice();
  const { errors, refusals, refuse } = useFormErrors();
  const discard = useOutcome(DiscardGateDraftMutation);
  const publish = useOutcome(PublishGateEditionMutation);
  const press = async () => {
    const input = { id: draft.id, expectedVersion: draft.version };
    const { errors: refused } = await (act === 'discard' ? discard.send(input) : publish.send(input));
    if (refused.length > 0) return refuse(refused);
    notice(t(act === 'discard' ? 'gates.discarded' : 'gates.published'));
    onClose();
  };
  return (
    <Dialog title={t(`gates.${act}Title`)} onClose={onClose}>
      <ErrorSummary errors={errors} refusals={refusals} />
      <p>{t(`gates.${act}Text`)}</p>
      <div className="jy-dialog-foot">
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button
          type="primary"
          danger={act === 'discard'}
          loading={discard.busy || publish.busy}
          onClick={() => void press()}
        >
          {t(`gates.${act}`)}
        </Button>
      </div>
    </Dialog>
  );
}
