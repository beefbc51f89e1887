import { Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import type { DutyLinkSubject, DutyLogWrittenKind } from '../../../graphql/enums';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { ChoiceBox, ReasonBox, TextBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { AssigneesQuery, type TicketLine } from '../duty.gql';
import {
  AssignTicketMutation,
  LinkTicketMutation,
  NoteOnTicketMutation,
  SettleLogMutation,
  WriteLogMutation,
} from '../duty-acts.gql';
import { aroundNow } from '../duty-looks';

type OfTicket = { row: TicketLine; onClose: () => void };
const LONGEST = { note: 2_000, log: 500, code: 60 };
/** By whose code people can name them; the others are linked where they are. */
const linkable: readonly DutyLinkSubject[] = ['System', 'Resource', 'Server', 'DutyTicket'];
const logKinds: readonly DutyLogWrittenKind[] = ['NOTE', 'ROUND', 'CALL'];

export function NoteDialog({ row, onClose }: OfTicket) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [text, setText] = useState('');
  const [isWorkaround, setWorkaround] = useState(false);
  const { send, busy } = useOutcome(NoteOnTicketMutation);
  const submit = async () => {
    const { data, errors } = await send({ id: row.id, expectedVersion: row.version, text, isWorkaround });
    if (!data) return form.refuse(errors);
    notice(t('desk.noted'));
    onClose();
  };
  return (
    <DialogForm
      title={t('desk.note')}
      submit={t('desk.note')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <ReasonBox
        field="text"
        autoFocus
        label={t('desk.noteText')}
        errors={form.errors}
        max={LONGEST.note}
        value={text}
        onChange={(value) => {
          setText(value);
          form.changed('text');
        }}
      />
      {row.kind === 'PROBLEM' && (
        <Checkbox checked={isWorkaround} onChange={(event) => setWorkaround(event.target.checked)}>
          {t('desk.isWorkaround')}
        </Checkbox>
      )}
    </DialogForm>
  );
}

export function AssignDialog({ row, onClose }: OfTicket) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [span] = useState(aroundNow);
  const [userId, setUserId] = useState('');
  const [{ data }] = useQuery({ query: AssigneesQuery, variables: span });
  const { send, busy } = useOutcome(AssignTicketMutation);
  const submit = async () => {
    const { data: done, errors } = await send({ id: row.id, expectedVersion: row.version, userId });
    if (!done) return form.refuse(errors);
    notice(t('desk.assigned'));
    onClose();
  };
  return (
    <DialogForm
      title={t('desk.assign')}
      submit={t('desk.assign')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <ChoiceBox
        field="userId"
        label={t('desk.assignee')}
        errors={form.errors}
        value={userId}
        options={(data?.dutyRoster.candidates ?? []).map(({ name, userId: id }) => ({ value: id, label: name }))}
        onChange={(value) => {
          setUserId(value);
          form.changed('userId');
        }}
      />
    </DialogForm>
  );
}

export function LinkDialog({ row, onClose }: OfTicket) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [subjectType, setType] = useState<DutyLinkSubject>('System');
  const [subject, setSubject] = useState('');
  const { send, busy } = useOutcome(LinkTicketMutation);
  const submit = async () => {
    const { data, errors } = await send({ id: row.id, expectedVersion: row.version, subjectType, subject });
    if (!data) return form.refuse(errors);
    notice(t('desk.linked'));
    onClose();
  };
  return (
    <DialogForm
      title={t('desk.link')}
      submit={t('desk.link')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <ChoiceBox
        field="subjectType"
        label={t('desk.subjectType')}
        errors={form.errors}
        value={subjectType}
        options={linkable.map((value) => ({ value, label: t(`desk.subject.${value}`) }))}
        onChange={setType}
      />
      <TextBox
        field="subject"
        label={t('desk.subjectCode')}
        hint={t(`desk.subjectHint.${subjectType}`, { defaultValue: '' })}
        errors={form.errors}
        max={LONGEST.code}
        value={subject}
        onChange={(value) => {
          setSubject(value);
          form.changed('subject');
        }}
      />
    </DialogForm>
  );
}

export function LogDialog({
  centers,
  onClose,
}: {
  centers: readonly { id: string; name: string }[];
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [kind, setKind] = useState<DutyLogWrittenKind>('NOTE');
  const [centerId, setCenterId] = useState('');
  const [text, setText] = useState('');
  const [isOpen, setOpen] = useState(false);
  const { send, busy } = useOutcome(WriteLogMutation);
  const submit = async () => {
    const { data, errors } = await send({ kind, text, isOpen, centerId: centerId || null });
    if (!data) return form.refuse(errors);
    notice(t('desk.logged'));
    onClose();
  };
  return (
    <DialogForm
      title={t('desk.log.write')}
      submit={t('desk.log.write')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className="jy-field-row">
        <ChoiceBox
          field="kind"
          label={t('desk.log.kind')}
          errors={form.errors}
          value={kind}
          options={logKinds.map((value) => ({ value, label: t(`desk.log.kinds.${value}`) }))}
          onChange={setKind}
        />
        <ChoiceBox
          field="centerId"
          label={t('desk.center')}
          errors={form.errors}
          value={centerId}
          options={[
            { value: '', label: t('desk.log.wholeDesk') },
            ...centers.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={setCenterId}
        />
      </div>
      <ReasonBox
        field="text"
        autoFocus
        label={t('desk.log.text')}
        errors={form.errors}
        max={LONGEST.log}
        value={text}
        onChange={(value) => {
          setText(value);
          form.changed('text');
        }}
      />
      <Checkbox checked={isOpen} onChange={(event) => setOpen(event.target.checked)}>
        {t('desk.log.isOpen')}
      </Checkbox>
    </DialogForm>
  );
}

export function SettleDialog({ entry, onClose }: { entry: { id: string; text: string }; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [note, setNote] = useState('');
  const { send, busy } = useOutcome(SettleLogMutation);
  const submit = async () => {
    const { data, errors } = await send({ id: entry.id, note });
    if (!data) return form.refuse(errors);
    notice(t('desk.log.settled'));
    onClose();
  };
  return (
    <DialogForm
      title={t('desk.log.settle')}
      submit={t('desk.log.settle')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{entry.text}</p>
      <ReasonBox
        field="note"
        autoFocus
        label={t('desk.log.settleNote')}
        errors={form.errors}
        max={LONGEST.log}
        value={note}
        onChange={(value) => {
          setNote(value);
          form.changed('note');
        }}
      />
    </DialogForm>
  );
}
