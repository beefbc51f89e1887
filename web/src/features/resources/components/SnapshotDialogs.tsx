import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { TextBox } from '../../../ui/forms/fields';
import type { FormError } from '../../../ui/forms/form-errors';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import {
  DeleteSnapshotMutation,
  GiveUpRestoreMutation,
  RestoreSnapshotMutation,
  TakeSnapshotMutation,
} from '../operations.gql';
import { useOperatingReason } from './OperatingReason';

/** The API's own limit of a snapshot's name. */
const NAME_LONGEST = 60;

type Machine = { id: string; name: string; version: number };
type Snapshot = { id: string; name: string };
type Props = { resource: Machine; onClose: () => void };

export function TakeSnapshotDialog({ resource, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const reason = useOperatingReason(form);
  const [name, setName] = useState('');
  const { send, busy } = useOutcome(TakeSnapshotMutation);
  const submit = async () => {
    if (!name.trim()) return form.refuse([{ field: 'name', message: t('snapshot.nameMissing') }]);
    const given = reason.given();
    if (given === null) return;
    const { data, errors } = await send({ id: resource.id, name: name.trim(), reason: given });
    if (!data) return form.refuse(errors);
    notice(t('snapshot.takeDone', { name: name.trim() }));
    onClose();
  };
  return (
    <DialogForm
      title={t('snapshot.takeTitle', { name: resource.name })}
      submit={t('snapshot.take')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t('snapshot.takeText')}</p>
      <TextBox
        field="name"
        label={t('snapshot.name')}
        hint={t('snapshot.nameHint')}
        errors={form.errors}
        value={name}
        max={NAME_LONGEST}
        onChange={(value) => {
          setName(value);
          form.changed('name');
        }}
      />
      {reason.box}
    </DialogForm>
  );
}

type Act = 'restore' | 'giveUp' | 'delete';
type Answer = { data?: unknown; errors: readonly FormError[] };

/** What is done to one snapshot and asks for nothing but the reason. */
function ActDialog(props: {
  act: Act;
  name: string;
  busy: boolean;
  send: (reason: string) => Promise<Answer>;
  onClose: () => void;
}) {
  const { act, name, busy, send, onClose } = props;
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const reason = useOperatingReason(form);
  const submit = async () => {
    const given = reason.given();
    if (given === null) return;
    const { data, errors } = await send(given);
    if (!data) return form.refuse(errors);
    notice(t(`snapshot.${act}Done`, { name }));
    onClose();
  };
  return (
    <DialogForm
      title={t(`snapshot.${act}Title`, { name })}
      submit={t(`snapshot.${act}`)}
      danger
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t(`snapshot.${act}Text`)}</p>
      {reason.box}
    </DialogForm>
  );
}

export function RestoreSnapshotDialog({ resource, snapshot: { id, name }, onClose }: Props & { snapshot: Snapshot }) {
  const { send, busy } = useOutcome(RestoreSnapshotMutation);
  const restore = (reason: string) => send({ id, expectedVersion: resource.version, reason });
  return <ActDialog act="restore" name={name} busy={busy} send={restore} onClose={onClose} />;
}

type OfSnapshot = Omit<Props, 'resource'> & { snapshot: Snapshot };

export function GiveUpRestoreDialog({ snapshot: { id, name }, onClose }: OfSnapshot) {
  const { send, busy } = useOutcome(GiveUpRestoreMutation);
  const giveUp = (reason: string) => send({ id, reason });
  return <ActDialog act="giveUp" name={name} busy={busy} send={giveUp} onClose={onClose} />;
}

export function DeleteSnapshotDialog({ snapshot: { id, name }, onClose }: OfSnapshot) {
  const { send, busy } = useOutcome(DeleteSnapshotMutation);
  const remove = (reason: string) => send({ id, reason });
  return <ActDialog act="delete" name={name} busy={busy} send={remove} onClose={onClose} />;
}
