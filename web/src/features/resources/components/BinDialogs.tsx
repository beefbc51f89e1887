import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { ProtectResourceMutation, PurgeResourceMutation, RestoreResourceMutation } from '../life.gql';
import { useKeepDisk } from './KeepDiskBox';

type Props = { resource: { id: string; name: string; version: number }; onClose: () => void };

/** Out of the bin, into use again. */
export function RestoreDialog({ resource, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const { send, busy } = useOutcome(RestoreResourceMutation);
  const submit = async () => {
    const { data, errors } = await send({ id: resource.id, expectedVersion: resource.version });
    if (!data) return form.refuse(errors);
    notice(t('life.restoreDone', { name: resource.name }));
    onClose();
  };
  return (
    <DialogForm
      title={t('life.restoreTitle', { name: resource.name })}
      submit={t('resource.action.RESTORE')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t('life.restoreText')}</p>
    </DialogForm>
  );
}

type PurgeProps = Props & {
  resource: { life: { keepDiskDays: number | null; keepDiskDaysMost: number | null } };
};

/** Purging cannot be undone: the name is typed again, because a click is too easy for it. */
export function PurgeDialog({ resource, onClose }: PurgeProps) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [confirmName, setConfirmName] = useState('');
  const { send, busy } = useOutcome(PurgeResourceMutation);
  const disk = useKeepDisk(resource.life, form.errors, () => form.changed('keepDiskDays'));
  const submit = async () => {
    if (confirmName.trim() !== resource.name)
      return form.refuse([{ field: 'confirmName', message: t('resource.confirmWrong', { name: resource.name }) }]);
    if (disk.missing.length > 0) return form.refuse(disk.missing);
    const { data, errors } = await send({
      id: resource.id,
      expectedVersion: resource.version,
      confirmName: confirmName.trim(),
      keepDiskDays: disk.given,
    });
    if (!data) return form.refuse(errors);
    notice(t('life.purgeDone', { name: resource.name }));
    onClose();
  };
  return (
    <DialogForm
      title={t('life.purgeTitle', { name: resource.name })}
      submit={t('resource.action.PURGE')}
      danger
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t('life.purgeText')}</p>
      {disk.box}
      <Field
        field="confirmName"
        label={t('resource.confirmName')}
        hint={t('resource.confirmHint', { name: resource.name })}
        errors={form.errors}
      >
        {(control) => (
          <Input
            {...control}
            autoFocus
            autoComplete="off"
            spellCheck={false}
            value={confirmName}
            onChange={(event) => {
              setConfirmName(event.target.value);
              form.changed('confirmName');
            }}
          />
        )}
      </Field>
    </DialogForm>
  );
}

export function ProtectDialog({ resource, on, onClose }: Props & { on: boolean }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const { send, busy } = useOutcome(ProtectResourceMutation);
  const { name } = resource;
  const submit = async () => {
    const { data, errors } = await send({ id: resource.id, expectedVersion: resource.version, on });
    if (!data) return form.refuse(errors);
    notice(t(on ? 'life.protectDone' : 'life.unprotectDone', { name }));
    onClose();
  };
  return (
    <DialogForm
      title={t(on ? 'life.protectTitle' : 'life.unprotectTitle', { name })}
      submit={t(on ? 'resource.action.PROTECT' : 'resource.action.UNPROTECT')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t(on ? 'life.protectText' : 'life.unprotectText')}</p>
    </DialogForm>
  );
}
