import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { TextBox } from '../../../ui/forms/fields';
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

export function RestoreSnapshotDialog({ resource, snapshot, onClose }: Props & { snapshot: Snapshot }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const reason = useOperatingReason(form);
  const { send, busy } = useOutcome(RestoreSnapshotMutation);
  const { name } = snapshot;
  const submit = async () => {
    const given = reason.given();
    if (given === null) return;
    const { data, errors } = await send({ id: snapshot.id, expectedVersion: resource.version, reason: given });
    if (!data) return form.refuse(errors);
    notice(t('snapshot.restoreDone', { name }));
    onClose();
  };
  return (
    <DialogForm
      title={t('snapshot.restoreTitle', { name })}
      submit={t('snapshot.restore')}
      danger
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t('snapshot.restoreText')}</p>
      {reason.box}
    </DialogForm>
  );
}

export function GiveUpRestoreDialog({ snapshot, onClose }: Omit<Props, 'resource'> & { snapshot: Snapshot }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const reason = useOperatingReason(form);
  const { send, busy } = useOutcome(GiveUpRestoreMutation);
  const { id, name } = snapshot;
  const submit = async () => {
    const given = reason.given();
    if (given === null) return;
    const { data, errors } = await send({ id, reason: given });
    if (!data) return form.refuse(errors);
    notice(t('snapshot.giveUpDone', { name }));
    onClose();
  };
  return (
    <DialogForm
      title={t('snapshot.giveUpTitle', { name })}
      submit={t('snapshot.giveUp')}
      danger
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t('snapshot.giveUpText')}</p>
      {reason.box}
    </DialogForm>
  );
}

export function DeleteSnapshotDialog({ snapshot, onClose }: Omit<Props, 'resource'> & { snapshot: Snapshot }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const reason = useOperatingReason(form);
  const { send, busy } = useOutcome(DeleteSnapshotMutation);
  const { id, name } = snapshot;
  const submit = async () => {
    const given = reason.given();
    if (given === null) return;
    const { data, errors } = await send({ id, reason: given });
    if (!data) return form.refuse(errors);
    notice(t('snapshot.deleteDone', { name }));
    onClose();
  };
  return (
    <DialogForm
      title={t('snapshot.deleteTitle', { name })}
      submit={t('snapshot.delete')}
      danger
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t('snapshot.deleteText')}</p>
      {reason.box}
    </DialogForm>
  );
}
