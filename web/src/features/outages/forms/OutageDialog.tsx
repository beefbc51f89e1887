import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import type { OutageLayer, OutageLiability } from '../../../graphql/enums';
import type { ResultOf } from '../../../graphql/tada';
import { shanghaiInput, shanghaiIso } from '../../../lib/time';
import type { UploadedFile } from '../../../lib/upload-file';
import { FileField } from '../../../ui/files/FileField';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { ChoiceBox, MomentBox, ReasonBox, TextBox } from '../../../ui/forms/fields';
import type { FormError } from '../../../ui/forms/form-errors';
import { useSelectSearch } from '../../../ui/forms/SearchSelect';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import {
  CorrectOutageMutation,
  OutageCentersQuery,
  type OutageRow,
  OutageSystemsQuery,
  RecordOutageMutation,
} from '../outages.gql';

export const outageLayers: readonly OutageLayer[] = [
  'PLATFORM',
  'HARDWARE',
  'ROOM',
  'POWER',
  'NETWORK',
  'SECURITY',
  'SOFTWARE',
];
const liabilities: readonly OutageLiability[] = ['PROVIDER', 'EXCUSED'];
const TITLE_LONGEST = 120;
const TEXT_LONGEST = 300;
const CODE_LONGEST = 30;

type Row = ResultOf<typeof OutageRow>;
type Draft = {
  layer: OutageLayer;
  centerId: string;
  poolId: string;
  title: string;
  from: string;
  to: string;
  liability: OutageLiability;
  excuse: string;
  source: string;
  orderCode: string;
  windowCode: string;
};

const fresh: Draft = {
  ...{ layer: 'PLATFORM', centerId: '', poolId: '', title: '', from: '', to: '', liability: 'PROVIDER' },
  ...{ excuse: '', source: '', orderCode: '', windowCode: '' },
};
const draftOf = (row: Row): Draft => ({
  ...{ layer: row.layer, centerId: row.center.id, poolId: row.pool?.id ?? '', title: row.title },
  ...{ from: shanghaiInput(row.from), to: row.to ? shanghaiInput(row.to) : '', liability: row.liability },
  ...{ excuse: row.excuse ?? '', source: row.source, orderCode: row.orderCode ?? '', windowCode: row.windowCode ?? '' },
});

/** An outage anew, or one with what was wrong of it: `row`. */
export function OutageDialog({ row, onClose }: { row: Row | null; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const record = useOutcome(RecordOutageMutation);
  const correct = useOutcome(CorrectOutageMutation);
  const [draft, setDraft] = useState<Draft>(row ? draftOf(row) : fresh);
  const [systems, setSystems] = useState<{ id: string; name: string }[]>(row ? [...row.systems] : []);
  const [files, setFiles] = useState<UploadedFile[]>([]);
  const [{ data }] = useQuery({ query: OutageCentersQuery });
  const centers = data?.centers ?? [];
  const pools = centers.find(({ id }) => id === draft.centerId)?.pools ?? [];
  const put =
    <K extends keyof Draft>(field: K) =>
    (value: Draft[K]) => {
      setDraft((now) => ({ ...now, [field]: value, ...(field === 'centerId' ? { poolId: '' } : {}) }));
      form.changed(field);
    };
  const submit = async () => {
    const [from, to] = [shanghaiIso(draft.from), shanghaiIso(draft.to)];
    const wrong: FormError[] = [];
    if (!from) wrong.push({ field: 'fromAt', message: t('outage.fromMissing') });
    if (!draft.centerId) wrong.push({ field: 'centerId', message: t('outage.centerMissing') });
    if (wrong.length > 0 || !from) return form.refuse(wrong);
    const { layer, centerId, title, liability, source } = draft;
    const input = {
      ...{ layer, centerId, title, liability, source, from, to },
      poolId: draft.poolId || null,
      excuse: liability === 'EXCUSED' ? draft.excuse : null,
      orderCode: draft.orderCode.trim() || null,
      windowCode: draft.windowCode.trim() || null,
      systemIds: systems.map(({ id }) => id),
      fileIds: files.map(({ id }) => id),
    };
    const answer = await (row
      ? correct.send({ ...input, id: row.id, expectedVersion: row.version })
      : record.send(input));
    if (!answer.data) return form.refuse(answer.errors);
    notice(t(row ? 'outage.corrected' : 'outage.recorded'));
    onClose();
  };
  const text = (field: 'title' | 'source' | 'orderCode' | 'windowCode', max: number, hint?: string) => (
    <TextBox
      field={field}
      label={t(`outage.${field}`)}
      hint={hint}
      optional={field === 'orderCode' || field === 'windowCode'}
      errors={form.errors}
      max={max}
      value={draft[field]}
      onChange={put(field)}
    />
  );
  return (
    <DialogForm
      title={row ? `${t('outage.correct')} ${row.code}` : t('outage.record')}
      submit={t(row ? 'outage.correct' : 'outage.record')}
      busy={record.busy || correct.busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      {text('title', TITLE_LONGEST)}
      <div className="jy-field-row">
        <ChoiceBox
          field="layer"
          label={t('outage.layer')}
          errors={form.errors}
          value={draft.layer}
          options={outageLayers.map((value) => ({ value, label: t(`outage.layers.${value}`) }))}
          onChange={put('layer')}
        />
        <ChoiceBox
          field="centerId"
          label={t('outage.center')}
          errors={form.errors}
          value={draft.centerId}
          options={centers.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={put('centerId')}
        />
      </div>
      <ChoiceBox
        field="poolId"
        label={t('outage.pool')}
        hint={t('outage.poolHint')}
        optional
        errors={form.errors}
        value={draft.poolId}
        options={[
          { value: '', label: t('outage.noPool') },
          ...pools.map(({ id, code }) => ({ value: id, label: code })),
        ]}
        onChange={put('poolId')}
      />
      <div className="jy-field-row">
        {(['from', 'to'] as const).map((field) => (
          <MomentBox
            key={field}
            field={`${field}At`}
            label={t(`outage.${field}`)}
            optional={field === 'to'}
            errors={form.errors}
            value={draft[field]}
            onChange={(next) => {
              put(field)(next);
              form.changed('fromAt', 'toAt');
            }}
          />
        ))}
      </div>
      <ChoiceBox
        field="liability"
        label={t('outage.liability')}
        errors={form.errors}
        value={draft.liability}
        options={liabilities.map((value) => ({ value, label: t(`outage.liabilities.${value}`) }))}
        onChange={put('liability')}
      />
      {draft.liability === 'EXCUSED' && (
        <ReasonBox
          field="excuse"
          label={t('outage.excuse')}
          rows={2}
          errors={form.errors}
          max={TEXT_LONGEST}
          value={draft.excuse}
          onChange={put('excuse')}
        />
      )}
      {text('source', TEXT_LONGEST, t('outage.sourceHint'))}
      <div className="jy-field-row">
        {text('orderCode', CODE_LONGEST, t('outage.orderHint'))}
        {text('windowCode', CODE_LONGEST, t('outage.windowHint'))}
      </div>
      <SystemsField systems={systems} onChange={setSystems} errors={form.errors} />
      <Field field="fileIds" label={t('outage.files')} optional errors={form.errors}>
        {(control) => <FileField control={control} files={files} onChange={setFiles} />}
      </Field>
    </DialogForm>
  );
}

type SystemsProps = {
  systems: { id: string; name: string }[];
  errors: readonly FormError[];
  onChange: (systems: { id: string; name: string }[]) => void;
};

/** Which systems were down: of them the book of availability proposes the minutes. */
function SystemsField({ systems, errors, onChange }: SystemsProps) {
  const { t } = useTranslation();
  const typing = useSelectSearch();
  const [{ data, fetching }] = useQuery({ query: OutageSystemsQuery, variables: { search: typing.search } });
  const found = data?.systems.nodes ?? [];
  const known = new Map([...systems, ...found].map((system) => [system.id, system]));
  return (
    <Field field="systemIds" label={t('outage.systems')} hint={t('outage.systemsHint')} optional errors={errors}>
      {(control) => (
        <Select
          {...control}
          mode="multiple"
          className="jy-full"
          showSearch={{ filterOption: false, onSearch: typing.setText }}
          loading={fetching}
          value={systems.map(({ id }) => id)}
          options={[...known.values()].map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(ids: string[]) => onChange(ids.flatMap((id) => known.get(id) ?? []))}
        />
      )}
    </Field>
  );
}
