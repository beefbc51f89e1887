import { Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Architecture, NetworkZone, PoolKind } from '../../../graphql/enums';
import { count, gibOfMib } from '../../../lib/quantity';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { type FormErrors, useFormErrors } from '../../../ui/forms/use-form-errors';
import { useSend } from '../../../ui/forms/use-send';
import { useNotice } from '../../../ui/notice';
import { EditPoolMutation, RegisterPoolMutation } from '../centers.gql';
import type { Pool } from '../components/PoolTable';
import { CloudFields } from './CloudFields';
import { NumberField } from './NumberField';
import { draftOf, inputOf, newDraft, type PoolFieldsProps } from './pool-draft';

const ARCHITECTURES: readonly Architecture[] = ['AMD64', 'ARM64'];
const ZONES: readonly NetworkZone[] = ['GOVERNMENT_EXTRANET', 'INTERNET', 'BUSINESS_LINE'];
/** Level 4 is not hosted. */
const PROTECTION_LEVELS = [1, 2, 3] as const;
const KINDS: readonly PoolKind[] = ['DRIVEN', 'RECORDED'];

type Props = {
  /** null = a cloud that stands in none of our centers. */
  centerId: string | null;
  /** null = a new one. */
  pool: Pool | null;
  onClose: () => void;
};

/** Registers a pool or changes what is said of it. Limits follow; below what is live they are refused with the figures. */
export function PoolDialog({ centerId, pool, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const cloud = pool ? pool.cloud !== null : centerId === null;
  const [draft, setDraft] = useState(() => (pool ? draftOf(pool) : newDraft(cloud)));
  const registering = useSend(RegisterPoolMutation, (data) => data.registerPool.errors);
  const editing = useSend(EditPoolMutation, (data) => data.editPool.errors);
  const set: PoolFieldsProps['set'] = (patch, ...fields) => {
    setDraft((now) => ({ ...now, ...patch }));
    form.changed(...fields);
  };
  const submit = async () => {
    const { errors, input } = inputOf(draft, cloud, {
      wholeNumber: t('pool.wholeNumber'),
      acceleratorWrong: (line) => t('pool.acceleratorWrong', { line }),
      required: t('pool.ownerHint'),
    });
    if (errors.length > 0) return form.refuse(errors);
    const { code, kind, architecture, zone, takeCounted } = draft;
    const refused = pool
      ? await editing.send({ ...input, id: pool.id, expectedVersion: pool.version, takeCounted })
      : await registering.send({ ...input, centerId, code, kind, architecture, zone });
    if (refused.length > 0) return form.refuse(refused);
    notice(t('pool.saved', { code }));
    onClose();
  };
  const fields = { draft, set, errors: form.errors };
  const title = pool ? t('pool.editTitle', { code: pool.code }) : t(cloud ? 'consolidation.register' : 'pool.register');
  return (
    <DialogForm
      title={title}
      submit={pool ? t('pool.save') : title}
      busy={registering.busy || editing.busy}
      form={form}
      onClose={onClose}
      onSubmit={submit}
    >
      {!pool && <Identity {...fields} cloud={cloud} />}
      {draft.kind === 'RECORDED' && (
        <TextField
          field="platformName"
          label={t('pool.platform')}
          value={draft.platformName}
          errors={form.errors}
          onChange={(platformName) => set({ platformName }, 'platformName')}
        />
      )}
      {cloud && <CloudFields {...fields} owner={pool?.cloud?.owner ?? null} />}
      <TextField
        field="processor"
        label={t('pool.processor')}
        value={draft.processor}
        errors={form.errors}
        onChange={(processor) => set({ processor }, 'processor')}
      />
      <Checkbox
        checked={draft.domesticCpu}
        onChange={(event) => set({ domesticCpu: event.target.checked }, 'domesticCpu')}
      >
        {t('pool.domesticCpu')}
        <span className="jy-quiet-text jy-under">{t('pool.domesticCpuHint')}</span>
      </Checkbox>
      <Field
        field="protectionLevelMax"
        label={t('pool.protection')}
        hint={t('pool.protectionHint')}
        errors={form.errors}
      >
        {(control) => (
          <Select
            {...control}
            className="jy-full"
            value={draft.protectionLevelMax}
            onChange={(protectionLevelMax: number) => set({ protectionLevelMax }, 'protectionLevelMax')}
            options={PROTECTION_LEVELS.map((level) => ({
              value: level,
              label: t('request.protectionLevel', { level }),
            }))}
          />
        )}
      </Field>
      {draft.kind === 'RECORDED' && <Size {...fields} />}
      {pool?.kind === 'DRIVEN' && pool.sizing?.counted && (
        <Checkbox
          checked={draft.takeCounted}
          onChange={(event) => set({ takeCounted: event.target.checked }, 'takeCounted')}
        >
          {t('pool.takeCounted')}
          <span className="jy-quiet-text jy-under">
            {t('pool.takeCountedHint', {
              nodes: pool.sizing.counted.nodes ?? '–',
              vcpu: count(pool.sizing.counted.vcpu),
              memory: gibOfMib(pool.sizing.counted.memoryMib),
            })}
          </span>
        </Checkbox>
      )}
      <div className="jy-field-row">
        <NumberField
          field="vcpuOvercommitPercent"
          label={t('pool.overcommitLabel')}
          value={draft.vcpuOvercommitPercent}
          errors={form.errors}
          onChange={(vcpuOvercommitPercent) => set({ vcpuOvercommitPercent }, 'vcpuOvercommitPercent')}
        />
        <NumberField
          field="reservePercent"
          label={t('pool.reservePercent')}
          value={draft.reservePercent}
          errors={form.errors}
          onChange={(reservePercent) => set({ reservePercent }, 'reservePercent')}
        />
        <NumberField
          field="reserveNodes"
          label={t('pool.reserveNodes')}
          value={draft.reserveNodes}
          errors={form.errors}
          onChange={(reserveNodes) => set({ reserveNodes }, 'reserveNodes')}
        />
      </div>
      <p className="jy-hint">{t('pool.overcommitHint')}</p>
      <p className="jy-hint">{t('pool.reserveHint')}</p>
      <Field
        field="accelerators"
        label={t('pool.accelerators')}
        hint={t('pool.acceleratorHint')}
        errors={form.errors}
        optional
      >
        {(control) => (
          <Input.TextArea
            {...control}
            rows={2}
            spellCheck={false}
            value={draft.accelerators}
            onChange={(event) => set({ accelerators: event.target.value }, 'accelerators')}
          />
        )}
      </Field>
    </DialogForm>
  );
}

function Identity({ draft, set, errors, cloud }: PoolFieldsProps & { cloud: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      <Field field="code" label={t('place.code')} hint={t('pool.codeHint')} errors={errors}>
        {(control) => (
          <Input
            {...control}
            autoFocus
            autoComplete="off"
            spellCheck={false}
            value={draft.code}
            onChange={(event) => set({ code: event.target.value }, 'code')}
          />
        )}
      </Field>
      {!cloud && (
        <Field field="kind" label={t('pool.kind')} hint={t('pool.kindHint')} errors={errors}>
          {(control) => (
            <Select
              {...control}
              className="jy-full"
              value={draft.kind}
              onChange={(kind) => set({ kind }, 'kind', 'size')}
              options={KINDS.map((value) => ({ value, label: t(`pool.kinds.${value}`) }))}
            />
          )}
        </Field>
      )}
      <div className="jy-field-row">
        <Field field="architecture" label={t('pool.architecture')} errors={errors}>
          {(control) => (
            <Select
              {...control}
              className="jy-full"
              value={draft.architecture}
              onChange={(architecture) => set({ architecture }, 'architecture', 'zone')}
              options={ARCHITECTURES.map((value) => ({ value, label: t(`architecture.${value}`) }))}
            />
          )}
        </Field>
        <Field field="zone" label={t('pool.zone')} errors={errors}>
          {(control) => (
            <Select
              {...control}
              className="jy-full"
              value={draft.zone}
              onChange={(zone) => set({ zone }, 'zone')}
              options={ZONES.map((value) => ({ value, label: t(`zone.${value}`) }))}
            />
          )}
        </Field>
      </div>
    </>
  );
}

function Size({ draft, set, errors }: PoolFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <div className="jy-field-row">
        <NumberField
          field="size.nodes"
          label={t('pool.sizeNodes')}
          value={draft.nodes}
          errors={errors}
          optional
          onChange={(nodes) => set({ nodes }, 'size.nodes')}
        />
        <NumberField
          field="size.vcpu"
          label={t('pool.sizeVcpu')}
          value={draft.vcpu}
          errors={errors}
          onChange={(vcpu) => set({ vcpu }, 'size.vcpu', 'size')}
        />
      </div>
      <div className="jy-field-row">
        <NumberField
          field="size.memoryMib"
          label={t('pool.sizeMemory')}
          value={draft.memoryGib}
          errors={errors}
          onChange={(memoryGib) => set({ memoryGib }, 'size.memoryMib', 'size')}
        />
        <NumberField
          field="size.ssdGib"
          label={t('pool.sizeSsd')}
          value={draft.ssdGib}
          errors={errors}
          onChange={(ssdGib) => set({ ssdGib }, 'size.ssdGib', 'size')}
        />
        <NumberField
          field="size.hddGib"
          label={t('pool.sizeHdd')}
          value={draft.hddGib}
          errors={errors}
          onChange={(hddGib) => set({ hddGib }, 'size.hddGib', 'size')}
        />
      </div>
    </>
  );
}

type TextProps = {
  field: string;
  label: string;
  value: string;
  errors: FormErrors['errors'];
  onChange: (value: string) => void;
};

function TextField({ field, label, value, errors, onChange }: TextProps) {
  return (
    <Field field={field} label={label} errors={errors}>
      {(control) => <Input {...control} value={value} onChange={(event) => onChange(event.target.value)} />}
    </Field>
  );
}
