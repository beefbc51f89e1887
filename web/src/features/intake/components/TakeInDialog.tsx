import { Button, Input, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import type { StorageTier } from '../../../graphql/enums';
import { readFragment } from '../../../graphql/tada';
import { useDebounced } from '../../../lib/use-debounced';
import { Dialog } from '../../../ui/Dialog';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import type { FormError } from '../../../ui/forms/form-errors';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useSend } from '../../../ui/forms/use-send';
import { useNotice } from '../../../ui/notice';
import { IntakeChoicesQuery, IntakeOutcome, IntakeSystem, PrepareIntakeMutation } from '../intake.gql';
import { belongsTo, centersOf, missingOf, rowsOf, type TakeInForm } from '../take-in-form';
import { MachineDays } from './MachineDays';
import type { Unrecorded } from './unrecorded-columns';

const REST_MILLISECONDS = 250;
const DISK_LEAST = 1;
const EMPTY: TakeInForm = {
  systemId: '',
  pools: {},
  diskGib: '100',
  storageTier: 'SSD' satisfies StorageTier,
  startedOn: '',
  days: {},
  sourcePlatform: '',
};

type Props = { machines: readonly Unrecorded[]; onClose: () => void; onDone: () => void };

/** What the cluster does not know: whose machines they are, which disks they have, since when each is used. */
export function TakeInDialog({ machines, onClose, onDone }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const { errors, refusals, refuse, changed } = useFormErrors();
  const { send, busy } = useSend(PrepareIntakeMutation, (data) => readFragment(IntakeOutcome, data.outcome).errors);
  const [typed, setTyped] = useState('');
  const search = useDebounced(typed.trim(), REST_MILLISECONDS);
  const [{ data }] = useQuery({ query: IntakeChoicesQuery, variables: { search: search || null } });
  const [form, setForm] = useState<TakeInForm>(EMPTY);
  const set = (patch: Partial<TakeInForm>, ...fields: string[]) => {
    setForm((now) => ({ ...now, ...patch }));
    changed(...Object.keys(patch), ...fields);
  };
  const systems = readFragment(IntakeSystem, data?.systems.nodes ?? []);
  const centers = centersOf(machines);
  const [first] = machines;
  const single = machines.length === 1 && first ? first.name : null;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const missing = missingOf(form, machines).map((field): FormError => ({ field, message: t('intake.required') }));
    if (missing.length > 0) return refuse(missing);
    const refused = await send({ items: rowsOf(form, machines) });
    if (refused.length > 0) return refuse(refused.map((error) => belongsTo(error, machines)));
    notice(single ? t('intake.prepared', { name: single }) : t('intake.preparedMany', { count: machines.length }));
    onDone();
  };

  return (
    <Dialog
      title={single ? t('intake.takeTitle', { name: single }) : t('intake.takeMany', { count: machines.length })}
      onClose={onClose}
    >
      <form className="jy-form" noValidate onSubmit={(event) => void submit(event)}>
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
        {centers.map((center) => (
          <Field
            key={center.id}
            field={`pools.${center.id}`}
            label={centers.length === 1 ? t('resource.pool') : `${t('resource.pool')} · ${center.name}`}
            errors={errors}
          >
            {(control) => (
              <Select
                {...control}
                className="jy-full"
                value={form.pools[center.id]}
                onChange={(poolId: string) =>
                  set({ pools: { ...form.pools, [center.id]: poolId } }, `pools.${center.id}`)
                }
                options={(data?.centers.find((one) => one.id === center.id)?.pools ?? []).map((pool) => ({
                  value: pool.id,
                  label: `${pool.code} · ${t(`architecture.${pool.architecture}`)} · ${t(`zone.${pool.zone}`)}`,
                }))}
              />
            )}
          </Field>
        ))}
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
        <Field
          field="startedOn"
          label={single ? t('intake.startedOn') : t('intake.startedOnAll')}
          hint={single ? t('intake.startedOnHint') : t('intake.startedOnAllHint')}
          errors={errors}
          optional={!single}
        >
          {(control) => (
            <Input
              {...control}
              type="date"
              value={form.startedOn}
              onChange={(event) => set({ startedOn: event.target.value }, ...machines.map(({ id }) => `days.${id}`))}
            />
          )}
        </Field>
        {!single && (
          <MachineDays
            machines={machines}
            form={form}
            errors={errors}
            onDay={(id, day) => set({ days: { ...form.days, [id]: day } }, `days.${id}`)}
          />
        )}
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
          <Button type="primary" htmlType="submit" loading={busy}>
            {t('intake.submit')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
