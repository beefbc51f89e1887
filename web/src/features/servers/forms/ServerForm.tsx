import { Input, Select } from 'antd';
import type { ParseKeys } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { AcceleratorKind, DiskKind } from '../../../graphql/enums';
import { count } from '../../../lib/quantity';
import { Field } from '../../../ui/forms/Field';
import { ChoiceBox, NumberBox, TextBox } from '../../../ui/forms/fields';
import type { FormError } from '../../../ui/forms/form-errors';
import { PageForm } from '../../../ui/forms/PageForm';
import { useDraft } from '../../../ui/forms/use-draft';
import { Panel } from '../../../ui/Panel';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { ModelSelect, useModel } from '../components/ModelSelect';
import { diskKind, linkSpeed } from '../components/server-words';
import { PartRows } from './PartRows';
import {
  type AcceleratorDraft,
  atFields,
  type DiskDraft,
  type Makers,
  missingFacts,
  type NeededFact,
  type ServerDraft,
  withMaker,
} from './server-draft';

/** As the server keeps them (servers/domain/server). */
const [ASSET_LENGTH_MAX, SERIAL_LENGTH_MAX, NAME_LENGTH_MAX, ADDRESS_LENGTH_MAX, MAC_LENGTH_MAX] = [
  40, 64, 60, 200, 17,
];
const [SOCKETS_MAX, THREADS_MAX, MEMORY_GIB_MAX, POWER_W_MAX, WEIGHT_KG_MAX] = [16, 4_096, 65_536, 30_000, 2_000];
const diskKinds: readonly DiskKind[] = ['SSD', 'NVME', 'HDD'];
const cardKinds: readonly AcceleratorKind[] = ['NPU', 'GPU'];
/** Link speeds that cards have, in Mbit/s. */
const SPEEDS = [1_000, 10_000, 25_000, 40_000, 100_000, 200_000, 400_000];
const USUAL_SPEED = 25_000;

/** What a person is told to fill in, in the words over the field. */
const LABELS = {
  assetNumber: 'server.assetNumber',
  serial: 'server.serial',
  modelId: 'server.model',
  centerId: 'resource.center',
  sockets: 'server.socketsField',
  cores: 'server.coresField',
  threads: 'server.threadsField',
  memoryGib: 'server.memory',
  sizeGib: 'server.capacity',
  count: 'server.count',
  speedMbps: 'server.speed',
  name: 'server.name',
  mac: 'server.mac',
} as const satisfies Record<NeededFact, ParseKeys>;

type Center = { id: string; name: string; role: 'ACTIVE_A' | 'ACTIVE_B' | 'RECOVERY' };
type Props = {
  start: () => ServerDraft;
  centers: readonly Center[];
  makers: Makers;
  /** Code of the cabinet in which it stands: then its size and its center are settled. */
  standsIn: string | null;
  busy: boolean;
  submit: string;
  onSend: (draft: ServerDraft) => Promise<FormError[]>;
  onCancel: () => void;
};

export function ServerForm({ start, centers, makers, standsIn, busy, submit, onSend, onCancel }: Props) {
  const { t } = useTranslation();
  const form = useDraft(start, async (draft) => {
    const wrong = missingFacts(draft, (name) => t('server.fieldMissing', { field: t(LABELS[name]) }));
    return wrong.length > 0 ? wrong : atFields(await onSend(draft));
  });
  const { draft, errors, change } = form;
  const model = useModel(draft.modelId);
  const built = makers.find(({ maker }) => maker === draft.cpuMaker)?.architectures ?? [draft.architecture];
  const text = (
    field: 'assetNumber' | 'serial' | 'cpuModel' | 'bmcAddress',
    max: number,
    more: { hint?: string; optional?: boolean } = {},
  ) => (
    <TextBox
      field={field}
      label={t(`server.${field}`)}
      errors={errors}
      max={max}
      value={draft[field]}
      onChange={(value) => change({ [field]: value })}
      {...more}
    />
  );
  const date = (field: 'purchasedOn' | 'warrantyUntil') => (
    <Field field={field} label={t(`server.${field}`)} errors={errors} optional>
      {(control) => (
        <Input
          {...control}
          type="date"
          value={draft[field]}
          onChange={(event) => change({ [field]: event.target.value })}
        />
      )}
    </Field>
  );
  const size = (field: 'sockets' | 'cores' | 'threads', max: number) => (
    <NumberBox
      field={field}
      label={t(`server.${field}Field`)}
      errors={errors}
      min={1}
      max={max}
      value={draft[field]}
      onChange={(value) => change({ [field]: value })}
    />
  );

  return (
    <PageForm {...form} busy={busy} submit={submit} onSubmit={form.submit} onCancel={onCancel}>
      <Panel title={t('server.identity')}>
        <div className="jy-fields-row">
          {text('assetNumber', ASSET_LENGTH_MAX, { hint: t('server.assetHint') })}
          {text('serial', SERIAL_LENGTH_MAX, { hint: t('server.serialHint') })}
        </div>
        <Field
          field="modelId"
          label={t('server.model')}
          hint={standsIn ? t('server.modelStanding', { cabinet: standsIn }) : t('server.modelHint')}
          errors={errors}
        >
          {(control) => (
            <ModelSelect
              control={control}
              placeholder={t('server.modelPlaceholder')}
              value={draft.modelId}
              onChange={(modelId) => change({ modelId })}
            />
          )}
        </Field>
        <Field
          field="centerId"
          label={t('resource.center')}
          hint={standsIn ? t('server.centerStanding', { cabinet: standsIn }) : undefined}
          errors={errors}
        >
          {(control) => (
            <Select
              {...control}
              className="jy-full"
              value={draft.centerId || undefined}
              placeholder={t('server.centerPlaceholder')}
              onChange={(centerId: string) => change({ centerId })}
              options={centers.map((center) => ({
                value: center.id,
                label: <CenterMark role={center.role} name={center.name} />,
              }))}
            />
          )}
        </Field>
      </Panel>
      <Panel title={t('server.processorAndMemory')}>
        <div className="jy-fields-row">
          <ChoiceBox
            field="cpuMaker"
            label={t('server.maker')}
            errors={errors}
            value={draft.cpuMaker}
            onChange={(maker) => change(withMaker(draft, maker, makers))}
            options={makers.map(({ maker, name, domestic }) => ({
              value: maker,
              label: domestic ? `${name}（${t('server.domestic')}）` : name,
            }))}
          />
          <ChoiceBox
            field="architecture"
            label={t('server.architecture')}
            errors={errors}
            value={draft.architecture}
            onChange={(architecture) => change({ architecture })}
            options={built.map((value) => ({ value, label: t(`architecture.${value}`) }))}
          />
          {text('cpuModel', NAME_LENGTH_MAX, { optional: true })}
        </div>
        <div className="jy-fields-row">
          {size('sockets', SOCKETS_MAX)}
          {size('cores', THREADS_MAX)}
          {size('threads', THREADS_MAX)}
          <NumberBox
            field="memoryGib"
            label={t('server.memory')}
            errors={errors}
            decimals
            max={MEMORY_GIB_MAX}
            suffix="GiB"
            value={draft.memoryGib}
            onChange={(memoryGib) => change({ memoryGib })}
          />
        </div>
      </Panel>
      <Panel title={t('server.parts')}>
        <PartRows
          field="disks"
          title={t('server.disks')}
          add={t('server.addDisk')}
          rows={draft.disks}
          errors={errors}
          fresh={(key): DiskDraft => ({ key, kind: 'SSD', sizeGib: null, count: 1 })}
          onChange={(disks) => change({ disks })}
        >
          {(disk, at, set) => (
            <>
              <ChoiceBox
                field={`disks.${at}.kind`}
                label={t('server.kind')}
                errors={errors}
                value={disk.kind}
                onChange={(kind: DiskKind) => set({ kind })}
                options={diskKinds.map((value) => ({ value, label: diskKind(value) }))}
              />
              <NumberBox
                field={`disks.${at}.sizeGib`}
                label={t('server.capacity')}
                errors={errors}
                suffix="GiB"
                value={disk.sizeGib}
                onChange={(sizeGib) => set({ sizeGib })}
              />
              <NumberBox
                field={`disks.${at}.count`}
                label={t('server.count')}
                errors={errors}
                value={disk.count}
                onChange={(amount) => set({ count: amount })}
              />
            </>
          )}
        </PartRows>
        <PartRows
          field="accelerators"
          title={t('server.accelerators')}
          add={t('server.addAccelerator')}
          rows={draft.accelerators}
          errors={errors}
          fresh={(key): AcceleratorDraft => ({ key, kind: 'NPU', name: '', count: 1 })}
          onChange={(accelerators) => change({ accelerators })}
        >
          {(card, at, set) => (
            <>
              <ChoiceBox
                field={`accelerators.${at}.kind`}
                label={t('server.kind')}
                errors={errors}
                value={card.kind}
                onChange={(kind: AcceleratorKind) => set({ kind })}
                options={cardKinds.map((value) => ({ value, label: t(`server.acceleratorKinds.${value}`) }))}
              />
              <TextBox
                field={`accelerators.${at}.name`}
                label={t('server.name')}
                errors={errors}
                max={NAME_LENGTH_MAX}
                value={card.name}
                onChange={(name) => set({ name })}
              />
              <NumberBox
                field={`accelerators.${at}.count`}
                label={t('server.count')}
                errors={errors}
                value={card.count}
                onChange={(amount) => set({ count: amount })}
              />
            </>
          )}
        </PartRows>
        <PartRows
          field="nics"
          title={t('server.nics')}
          add={t('server.addNic')}
          rows={draft.nics}
          errors={errors}
          fresh={(key) => ({ key, name: `eth${draft.nics.length}`, mac: '', speedMbps: USUAL_SPEED })}
          onChange={(nics) => change({ nics })}
        >
          {(nic, at, set) => (
            <>
              <TextBox
                field={`nics.${at}.name`}
                label={t('server.name')}
                errors={errors}
                max={NAME_LENGTH_MAX}
                value={nic.name}
                onChange={(name) => set({ name })}
              />
              <TextBox
                field={`nics.${at}.mac`}
                label={t('server.mac')}
                errors={errors}
                max={MAC_LENGTH_MAX}
                value={nic.mac}
                onChange={(mac) => set({ mac })}
              />
              <Field field={`nics.${at}.speedMbps`} label={t('server.speed')} errors={errors}>
                {(control) => (
                  <Select
                    {...control}
                    className="jy-full"
                    value={nic.speedMbps ?? undefined}
                    onChange={(speedMbps: number) => set({ speedMbps })}
                    options={[...new Set([...SPEEDS, nic.speedMbps ?? USUAL_SPEED])]
                      .toSorted((a, b) => a - b)
                      .map((value) => ({ value, label: linkSpeed(value) }))}
                  />
                )}
              </Field>
            </>
          )}
        </PartRows>
      </Panel>
      <Panel title={t('server.powerAndBmc')}>
        <NumberBox
          field="powerW"
          label={t('server.powerW')}
          hint={
            model && model.nameplatePowerW !== null
              ? t('server.powerHint', { watts: count(model.nameplatePowerW) })
              : t('server.powerNoNameplate')
          }
          errors={errors}
          optional
          max={POWER_W_MAX}
          suffix="W"
          value={draft.powerW}
          onChange={(powerW) => change({ powerW })}
        />
        {(model === null || model === undefined || model.weightGrams === null || draft.weightKg !== null) && (
          <NumberBox
            field="weightKg"
            label={t('server.weight')}
            hint={t('server.weightHint')}
            errors={errors}
            optional
            max={WEIGHT_KG_MAX}
            suffix="kg"
            value={draft.weightKg}
            onChange={(weightKg) => change({ weightKg })}
          />
        )}
        {text('bmcAddress', ADDRESS_LENGTH_MAX, { hint: t('server.bmcAddressHint'), optional: true })}
      </Panel>
      <Panel title={t('server.purchase')}>
        <div className="jy-fields-row">
          {date('purchasedOn')}
          {date('warrantyUntil')}
        </div>
      </Panel>
    </PageForm>
  );
}
