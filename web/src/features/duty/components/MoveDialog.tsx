import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DutyTicketAction } from '../../../graphql/enums';
import { shanghaiIso } from '../../../lib/time';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { MomentBox, ReasonBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import type { TicketLine } from '../duty.gql';
import { MoveTicketMutation } from '../duty-acts.gql';

const TEXT_LONGEST = 2_000;

/** One move that asks for words: what was done, found or decided. */
export function MoveDialog({
  ticket,
  action,
  onClose,
}: {
  ticket: TicketLine;
  action: DutyTicketAction;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [text, setText] = useState('');
  const [restoredAt, setRestoredAt] = useState('');
  const { send, busy } = useOutcome(MoveTicketMutation);
  const submit = async () => {
    const { data, errors } = await send({
      ...{ id: ticket.id, expectedVersion: ticket.version, action, text },
      restoredAt: restoredAt ? shanghaiIso(restoredAt) : null,
    });
    if (!data) return form.refuse(errors);
    notice(t('desk.moved', { code: ticket.code, action: t(`desk.action.${action}`) }));
    onClose();
  };
  return (
    <DialogForm
      title={`${t(`desk.action.${action}`)} ${ticket.code}`}
      submit={t(`desk.action.${action}`)}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="jy-quiet-text">{ticket.title}</p>
      {action === 'RESTORE' && (
        <MomentBox
          field="restoredAt"
          label={t('desk.restoredAt')}
          hint={t('desk.restoredHint')}
          optional
          errors={form.errors}
          value={restoredAt}
          onChange={(next) => {
            setRestoredAt(next);
            form.changed('restoredAt');
          }}
        />
      )}
      <ReasonBox
        field="text"
        autoFocus
        label={t(`desk.asked.${action}`, { defaultValue: t('desk.asked.other') })}
        errors={form.errors}
        max={TEXT_LONGEST}
        value={text}
        onChange={(value) => {
          setText(value);
          form.changed('text');
        }}
      />
    </DialogForm>
  );
}
