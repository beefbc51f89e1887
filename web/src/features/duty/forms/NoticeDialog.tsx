import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DutyNoticeKind } from '../../../graphql/enums';
import { exactTime } from '../../../lib/time';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { ChoiceBox, ReasonBox, TextBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import type { Ticket, TicketLine } from '../duty.gql';
import { SendNoticeMutation } from '../duty-acts.gql';

const kinds: readonly DutyNoticeKind[] = ['FAULT', 'PROGRESS', 'RESTORED', 'CHANGE'];
const LONGEST = { title: 120, body: 2_000 };

/** 通告: written for the departments that the ticket concerns, which are named before anybody presses. */
export function NoticeDialog({ ticket, row, onClose }: { ticket: Ticket; row: TicketLine; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const { affected, restoredAt } = ticket;
  const [kind, setKind] = useState<DutyNoticeKind>(
    row.kind === 'CHANGE' ? 'CHANGE' : restoredAt ? 'RESTORED' : 'FAULT',
  );
  const [title, setTitle] = useState(row.title);
  const [body, setBody] = useState(
    row.kind === 'CHANGE'
      ? t('desk.noticeBody.CHANGE', {
          from: ticket.plannedFrom ? exactTime(ticket.plannedFrom) : '–',
          to: ticket.plannedTo ? exactTime(ticket.plannedTo) : '–',
        })
      : t(restoredAt ? 'desk.noticeBody.RESTORED' : 'desk.noticeBody.FAULT', {
          at: exactTime(row.startedAt),
          restored: restoredAt ? exactTime(restoredAt) : '',
        }),
  );
  const { send, busy } = useOutcome(SendNoticeMutation);
  const submit = async () => {
    const { data, errors } = await send({ ticketId: ticket.id, kind, title, body, alsoDepartmentIds: [] });
    if (!data) return form.refuse(errors);
    notice(t('desk.noticeSent', { n: affected.length }));
    onClose();
  };
  return (
    <DialogForm
      title={t('desk.notice')}
      submit={t('desk.sendNotice', { n: affected.length })}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>
        {affected.length === 0
          ? t('desk.nobodyAffected')
          : `${t('desk.affectedAre', { n: affected.length })}${affected
              .slice(0, 6)
              .map(({ name }) => name)
              .join(t('dr.comma'))}${affected.length > 6 ? '…' : ''}`}
      </p>
      <ChoiceBox
        field="kind"
        label={t('desk.noticeKind')}
        errors={form.errors}
        value={kind}
        options={kinds.map((value) => ({ value, label: t(`desk.noticeKinds.${value}`) }))}
        onChange={setKind}
      />
      <TextBox
        field="title"
        label={t('desk.title')}
        errors={form.errors}
        max={LONGEST.title}
        value={title}
        onChange={(value) => {
          setTitle(value);
          form.changed('title');
        }}
      />
      <ReasonBox
        field="body"
        label={t('desk.noticeText')}
        rows={5}
        errors={form.errors}
        max={LONGEST.body}
        value={body}
        onChange={(value) => {
          setBody(value);
          form.changed('body');
        }}
      />
    </DialogForm>
  );
}
