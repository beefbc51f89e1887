import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import type { Architecture, LocalMode, NetworkZone, PlanKind, RemoteMode } from '../../../graphql/enums';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { ChoiceBox, NumberBox } from '../../../ui/forms/fields';
import { SearchSelect, useSelectSearch } from '../../../ui/forms/SearchSelect';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import type { PlanLine } from '../components/line-columns';
import { lineKinds } from '../plan-look';
import { PlanOffersQuery, PlanSystemsQuery, SavePlanLineMutation } from '../plans.gql';
import { draftOfLine, FIELD_OF, inputOfDraft, type LineDraft, newLine } from './line-draft';

const REASON_LONGEST = 500;
const MONTHS = Array.from({ length: 12 }, (_, at) => at + 1);
const architectures: readonly Architecture[] = ['AMD64', 'ARM64'];
const zones: readonly NetworkZone[] = ['GOVERNMENT_EXTRANET', 'INTERNET', 'BUSINESS_LINE'];
const localModes: readonly LocalMode[] = ['SINGLE', 'DUAL_ACTIVE'];
const remoteModes: readonly RemoteMode[] = ['NONE', 'DATA', 'APPLICATION'];

type Props = {
  plan: { id: string; version: number; kind: PlanKind; department: { id: string } };
  /** null = a new one. */
  line: PlanLine | null;
  onClose: () => void;
};

/** One line of a plan; only what belongs to its kind is asked. */
export function LineDialog({ plan, line, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const { send, busy } = useOutcome(SavePlanLineMutation);
  const [draft, setDraft] = useState<LineDraft>(() => (line ? draftOfLine(line) : newLine()));
  const put = (patch: Partial<LineDraft>) => {
    setDraft((now) => ({ ...now, ...patch }));
    for (const field of Object.keys(patch)) form.changed(`line.${field}`);
  };
  const { errors } = form;
  const label = (key: string) => `line.${key}`;
  const number = (
    field: 'count' | 'vcpu' | 'memoryGib' | 'ssdGib' | 'hddGib' | 'units' | 'powerKw',
    words: string,
    more: { suffix?: string; decimals?: boolean; hint?: string; optional?: boolean } = {},
  ) => (
    <NumberBox
      field={label(field)}
      label={words}
      errors={errors}
      value={draft[field]}
      onChange={(value) => put({ [field]: value })}
      {...more}
    />
  );

  const submit = async () => {
    const answer = await send({
      planId: plan.id,
      expectedVersion: plan.version,
      lineId: line?.id ?? null,
      line: inputOfDraft(draft),
    });
    if (!answer.data)
      return form.refuse(answer.errors.map((error) => ({ ...error, field: FIELD_OF[error.field] ?? error.field })));
    notice(t('plan.line.saved'));
    onClose();
  };

  return (
    <DialogForm
      title={line ? t('plan.line.edit') : t('plan.line.new')}
      submit={t('plan.line.save')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field field="line.systemId" label={t('plan.line.system')} errors={errors}>
        {(control) => (
          <SystemChoice
            control={control}
            departmentId={plan.department.id}
            value={draft.systemId}
            named={line?.system}
            onChoose={put}
          />
        )}
      </Field>
      <div className="jy-fields-row">
        <ChoiceBox
          field="line.kind"
          label={t('plan.line.kind')}
          errors={errors}
          value={draft.kind}
          options={lineKinds.map((value) => ({ value, label: t(`plan.line.kinds.${value}`) }))}
          onChange={(kind) => put({ kind, offerCode: '' })}
        />
        {number('count', t('plan.line.count'), {
          hint: t(plan.kind === 'ANNUAL' ? 'plan.line.countHint' : 'plan.line.additionHint'),
        })}
      </div>
      {draft.kind === 'VM' && (
        <div className="jy-fields-row">
          {number('vcpu', t('plan.line.vcpu'))}
          {number('memoryGib', t('plan.line.memory'), { suffix: 'GiB', decimals: true })}
          {number('ssdGib', t('plan.line.ssd'), { suffix: 'GiB', optional: true })}
          {number('hddGib', t('plan.line.hdd'), { suffix: 'GiB', optional: true })}
        </div>
      )}
      {draft.kind === 'CABINET' && (
        <div className="jy-fields-row">
          {number('units', t('plan.line.units'), { suffix: 'U', decimals: true })}
          {number('powerKw', t('plan.line.power'), { suffix: 'kW', decimals: true })}
        </div>
      )}
      {(draft.kind === 'SERVER' || draft.kind === 'SERVICE') && (
        <OfferChoice
          kind={draft.kind}
          errors={errors}
          value={draft.offerCode}
          onChange={(offerCode) => put({ offerCode })}
        />
      )}
      {(draft.kind === 'VM' || draft.kind === 'CABINET') && (
        <div className="jy-fields-row">
          {draft.kind === 'VM' && (
            <ChoiceBox
              field="line.architecture"
              label={t('plan.line.architecture')}
              errors={errors}
              value={draft.architecture}
              options={[
                { value: '' as const, label: t('plan.line.any') },
                ...architectures.map((value) => ({ value, label: t(`architecture.${value}`) })),
              ]}
              onChange={(architecture) => put({ architecture })}
            />
          )}
          <ChoiceBox
            field="line.zone"
            label={t('plan.line.zone')}
            errors={errors}
            value={draft.zone}
            options={[
              { value: '' as const, label: t('plan.line.any') },
              ...zones.map((value) => ({ value, label: t(`zone.${value}`) })),
            ]}
            onChange={(zone) => put({ zone })}
          />
        </div>
      )}
      {draft.kind !== 'SERVICE' && (
        <div className="jy-fields-row">
          <ChoiceBox
            field="line.localMode"
            label={t('plan.line.localMode')}
            hint={draft.kind === 'VM' ? t('plan.line.drHint') : undefined}
            errors={errors}
            value={draft.localMode}
            options={localModes.map((value) => ({ value, label: t(`localMode.${value}`) }))}
            onChange={(localMode) => put({ localMode })}
          />
          {draft.kind === 'VM' && (
            <ChoiceBox
              field="line.remoteMode"
              label={t('plan.line.remoteMode')}
              errors={errors}
              value={draft.remoteMode}
              options={remoteModes.map((value) => ({ value, label: t(`remoteMode.${value}`) }))}
              onChange={(remoteMode) => put({ remoteMode })}
            />
          )}
        </div>
      )}
      <ChoiceBox
        field="line.month"
        label={t('plan.line.month')}
        errors={errors}
        value={String(draft.month)}
        options={MONTHS.map((month) => ({ value: String(month), label: t('plan.line.monthOf', { month }) }))}
        onChange={(month) => put({ month: Number(month) })}
      />
      <Field field="line.reason" label={t('plan.line.reason')} errors={errors}>
        {(control) => (
          <Input.TextArea
            {...control}
            rows={2}
            maxLength={REASON_LONGEST}
            value={draft.reason}
            onChange={(event) => put({ reason: event.target.value })}
          />
        )}
      </Field>
    </DialogForm>
  );
}

type SystemProps = {
  control: Parameters<typeof SearchSelect>[0]['control'];
  departmentId: string;
  value: string;
  named: { id: string; name: string } | undefined;
  onChoose: (patch: Partial<LineDraft>) => void;
};

/** A system brings its DR mode along. */
function SystemChoice({ control, departmentId, value, named, onChoose }: SystemProps) {
  const { t } = useTranslation();
  const typing = useSelectSearch();
  const [{ data, fetching }] = useQuery({
    query: PlanSystemsQuery,
    variables: { search: typing.search, departmentId },
  });
  const systems = data?.systems.nodes ?? [];
  return (
    <SearchSelect
      control={control}
      typing={typing}
      placeholder={t('plan.line.chooseSystem')}
      value={value}
      onChange={(systemId) => {
        const system = systems.find(({ id }) => id === systemId);
        onChoose({ systemId, ...(system ? { localMode: system.localMode, remoteMode: system.remoteMode } : {}) });
      }}
      found={systems.map(({ id, name }) => ({ value: id, label: name }))}
      named={named && { value: named.id, label: named.name }}
      fetching={fetching}
    />
  );
}

type OfferProps = {
  kind: 'SERVER' | 'SERVICE';
  errors: Parameters<typeof ChoiceBox>[0]['errors'];
  value: string;
  onChange: (code: string) => void;
};

function OfferChoice({ kind, errors, value, onChange }: OfferProps) {
  const { t } = useTranslation();
  const [{ data }] = useQuery({ query: PlanOffersQuery });
  const offers = (kind === 'SERVER' ? data?.catalog.serverOffers : data?.catalog.services) ?? [];
  return (
    <ChoiceBox
      field="line.offerCode"
      label={t('plan.line.offer')}
      errors={errors}
      value={value}
      options={[
        { value: '', label: t('plan.line.chooseOffer') },
        ...offers.map(({ code, name }) => ({ value: code, label: `${name} · ${code}` })),
      ]}
      onChange={onChange}
    />
  );
}
