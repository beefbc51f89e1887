import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import type { ResultOf } from '../../../graphql/tada';
import { Choose } from '../../../ui/forms/Choose';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { NumberBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { FailureState, LoadingState } from '../../../ui/page-states';
import {
  AttachKeptDiskMutation,
  DetachKeptDiskMutation,
  GiveUpKeptDiskMutation,
  type KeptDiskRow,
  KeptDiskTargetsQuery,
} from '../kept-disks.gql';

type Disk = ResultOf<typeof KeptDiskRow>;
type Props = { disk: Disk; onClose: () => void };
export type DiskAct = 'ATTACH' | 'DETACH' | 'GIVE_UP';

/** The same as offered when a machine is released. */
const OFFERED_DAYS = 7;

export function KeptDiskDialog({ act, ...props }: Props & { act: DiskAct }) {
  if (act === 'ATTACH') return <AttachDialog {...props} />;
  return act === 'DETACH' ? <DetachDialog {...props} /> : <GiveUpDialog {...props} />;
}

/** Of the machines of its system and center those that stand still; the others say why not. */
function AttachDialog({ disk, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [resourceId, setResourceId] = useState<string | null>(null);
  const [{ data, error }, ask] = useQuery({
    query: KeptDiskTargetsQuery,
    variables: { id: disk.id },
    requestPolicy: 'network-only',
  });
  const { send, busy } = useOutcome(AttachKeptDiskMutation);
  const targets = data?.node?.__typename === 'KeptDisk' ? data.node.targets : [];
  const submit = async () => {
    if (resourceId === null) return form.refuse([{ field: 'resourceId', message: t('keptDisk.targetMissing') }]);
    const { data: done, errors } = await send({ id: disk.id, expectedVersion: disk.version, resourceId });
    if (!done) return form.refuse(errors);
    notice(t('keptDisk.attachDone', { name: disk.resource.name }));
    onClose();
  };
  return (
    <DialogForm
      title={t('keptDisk.attachTitle', { name: disk.resource.name })}
      submit={t('keptDisk.act.ATTACH')}
      disabled={targets.every(({ disabledReason }) => disabledReason !== null)}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t('keptDisk.attachText')}</p>
      {!data && (error ? <FailureState failure={failureOf(error)} onRetry={ask} /> : <LoadingState rows={2} />)}
      {data && targets.length === 0 && <p className="jy-banner jy-tone-waiting">{t('keptDisk.noTargets')}</p>}
      {targets.length > 0 && (
        <Field field="resourceId" label={t('keptDisk.target')} hint={t('keptDisk.targetHint')} errors={form.errors}>
          {(control) => (
            <Choose
              {...control}
              className="jy-full"
              value={resourceId}
              onChange={(value) => {
                setResourceId(value);
                form.changed('resourceId');
              }}
              options={targets.map(({ disabledReason, resource }) => ({
                value: resource.id,
                disabled: disabledReason !== null,
                label: [`${resource.name} ${resource.code}`, disabledReason].filter(Boolean).join(' · '),
              }))}
            />
          )}
        </Field>
      )}
    </DialogForm>
  );
}

function DetachDialog({ disk, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [days, setDays] = useState<number | null>(OFFERED_DAYS);
  const { send, busy } = useOutcome(DetachKeptDiskMutation);
  const submit = async () => {
    if (days === null) return form.refuse([{ field: 'days', message: t('keptDisk.daysMissing') }]);
    const { data, errors } = await send({ id: disk.id, expectedVersion: disk.version, days });
    if (!data) return form.refuse(errors);
    notice(t('keptDisk.detachDone', { name: disk.resource.name }));
    onClose();
  };
  return (
    <DialogForm
      title={t('keptDisk.detachTitle', { name: disk.resource.name, machine: disk.attachedTo?.name ?? '' })}
      submit={t('keptDisk.act.DETACH')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t('keptDisk.detachText')}</p>
      <NumberBox
        field="days"
        label={t('keptDisk.days')}
        errors={form.errors}
        value={days}
        min={1}
        suffix={t('life.unit.days')}
        onChange={(value) => {
          setDays(value);
          form.changed('days');
        }}
      />
    </DialogForm>
  );
}

/** Cannot be undone: the name is typed again. */
function GiveUpDialog({ disk, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [confirmName, setConfirmName] = useState('');
  const { send, busy } = useOutcome(GiveUpKeptDiskMutation);
  const { name } = disk.resource;
  const submit = async () => {
    if (confirmName.trim() !== name)
      return form.refuse([{ field: 'confirmName', message: t('resource.confirmWrong', { name }) }]);
    const { data, errors } = await send({
      id: disk.id,
      expectedVersion: disk.version,
      confirmName: confirmName.trim(),
    });
    if (!data) return form.refuse(errors);
    notice(t('keptDisk.giveUpDone', { name }));
    onClose();
  };
  return (
    <DialogForm
      title={t('keptDisk.giveUpTitle', { name })}
      submit={t('keptDisk.act.GIVE_UP')}
      danger
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t('keptDisk.giveUpText')}</p>
      <Field
        field="confirmName"
        label={t('resource.confirmName')}
        hint={t('resource.confirmHint', { name })}
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
