import { Button, Input, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import type { StorageTier } from '../../../graphql/enums';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { userErrorsOf } from '../../../graphql/user-errors';
import { useDebounced } from '../../../lib/use-debounced';
import { usePressKey } from '../../../lib/use-press-key';
import { Dialog } from '../../../ui/Dialog';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import { errorsOfPayload, type FormError } from '../../../ui/forms/form-errors';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useNotice } from '../../../ui/notice';
import { IntakeChoicesQuery, IntakeOutcome, IntakeSystem, PrepareIntakeMutation } from '../intake.gql';
import type { Unrecorded } from './unrecorded-columns';

const REST_MILLISECONDS = 250;
const DISK_LEAST = 1;

/** What the cluster does not know: whose machine it is, which disk it has, since when it is used. */
export function TakeInDialog({ machine, onClose }: { machine: Unrecorded; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const press = usePressKey();
  const { errors, refusals, refuse, changed } = useFormErrors();
  const [{ fetching }, prepare] = useMutation(PrepareIntakeMutation);
  const [typed, setTyped] = useState('');
  const search = useDebounced(typed.trim(), REST_MILLISECONDS);
  const [{ data }] = useQuery({ query: IntakeChoicesQuery, variables: { search: search || null } });
  const [form, setForm] = useState({
    systemId: '',
    poolId: '',
    diskGib: '100',
    storageTier: 'SSD' as StorageTier,
    startedOn: '',
    sourcePlatform: '',
  });
  const set = (patch: Partial<typeof form>) => {
    setForm((now) => ({ ...now, ...patch }));
    for (const field of Object.keys(patch)) changed(field);
  };
  const systems = readFragment(IntakeSystem, data?.systems.nodes ?? []);
  const pools = data?.centers.find((center) => center.id === machine.center.id)?.pools ?? [];

  const send = async (event: FormEvent) => {
    event.preventDefault();
    const missing = (['systemId', 'poolId', 'startedOn', 'sourcePlatform'] as const)
      .filter((field) => form[field].trim() === '')
      .map((field): FormError => ({ field, message: t('intake.required') }));
    if (missing.length > 0) return refuse(missing);
    const items = [{ ...form, machineId: machine.id, diskGib: Number(form.diskGib) }];
    const result = await prepare({ input: { items, idempotencyKey: press.keyFor(items) } });
    if (!result.data) {
      const failure = result.error && failureOf(result.error);
      if (failure?.kind !== 'offline') press.answered();
      return refuse([{ field: '', message: failure && 'message' in failure ? failure.message : t('failure.offline') }]);
    }
    press.answered();
    const refused = errorsOfPayload(userErrorsOf(readFragment(IntakeOutcome, result.data.outcome).errors)).map(
      (error) => ({ ...error, field: error.field.replace(/^items\.0\./, '') }),
    );
    if (refused.length > 0) return refuse(refused);
    notice(t('intake.prepared', { name: machine.name }));
    onClose();
  };

  return (
    <Dialog title={t('intake.takeTitle', { name: machine.name })} onClose={onClose}>
      <form className="jy-form" noValidate onSubmit={(event) => void send(event)}>
        <ErrorSummary errors={errors} refusals={refusals} />
        <p className="jy-quiet-text">{t('intake.takeText')}</p>
        <Field field="systemId" label={t('request.system')} errors={errors}>
          {(control) => (
            <Select
              {...control}
              className="jy-full"
              showSearch={{ filterOption: false, onSearch: setTyped }}
              placeholder={t('requestForm.systemPlaceholder')}
              value={form.systemId || undefined}
              onChange={(systemId: string) => set({ systemId })}
              options={systems.map((system) => ({
                value: system.id,
                label: `${system.name} · ${system.code} · ${system.department.name}`,
              }))}
            />
          )}
        </Field>
        <Field field="poolId" label={t('resource.pool')} errors={errors}>
          {(control) => (
            <Select
              {...control}
              className="jy-full"
              value={form.poolId || undefined}
              onChange={(poolId: string) => set({ poolId })}
              options={pools.map((pool) => ({
                value: pool.id,
                label: `${pool.code} · ${t(`architecture.${pool.architecture}`)} · ${t(`zone.${pool.zone}`)}`,
              }))}
            />
          )}
        </Field>
        <Field field="diskGib" label={t('intake.diskGib')} errors={errors}>
          {(control) => (
            <Input
              {...control}
              type="number"
              min={DISK_LEAST}
              value={form.diskGib}
              onChange={(event) => set({ diskGib: event.target.value })}
            />
          )}
        </Field>
        <Field field="storageTier" label={t('intake.storageTier')} errors={errors}>
          {(control) => (
            <Select
              {...control}
              className="jy-full"
              value={form.storageTier}
              onChange={(storageTier: StorageTier) => set({ storageTier })}
              options={(['SSD', 'HDD'] as const).map((tier) => ({ value: tier, label: t(`tier.${tier}`) }))}
            />
          )}
        </Field>
        <Field field="startedOn" label={t('intake.startedOn')} hint={t('intake.startedOnHint')} errors={errors}>
          {(control) => (
            <Input
              {...control}
              type="date"
              value={form.startedOn}
              onChange={(event) => set({ startedOn: event.target.value })}
            />
          )}
        </Field>
        <Field field="sourcePlatform" label={t('intake.sourcePlatform')} errors={errors}>
          {(control) => (
            <Input
              {...control}
              maxLength={60}
              value={form.sourcePlatform}
              onChange={(event) => set({ sourcePlatform: event.target.value })}
            />
          )}
        </Field>
        <div className="jy-dialog-foot">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={fetching}>
            {t('intake.submit')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
