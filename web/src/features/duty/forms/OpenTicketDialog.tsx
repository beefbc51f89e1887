import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useQuery } from 'urql';
import type { DutyChangeKind, DutyImpact, DutyLinkSubject, DutyTicketKind, DutyUrgency } from '../../../graphql/enums';
import { routes } from '../../../lib/routes';
import { shanghaiIso } from '../../../lib/time';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { ChoiceBox, MomentBox, ReasonBox, TextBox } from '../../../ui/forms/fields';
import type { FormError } from '../../../ui/forms/form-errors';
import { useSelectSearch } from '../../../ui/forms/SearchSelect';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { TicketFormQuery, TicketSystemsQuery } from '../duty.gql';
import { OpenTicketMutation } from '../duty-acts.gql';
import { StandardChoice } from './StandardChoice';

const LONGEST = { title: 120, text: 2_000 };
const impacts: readonly DutyImpact[] = ['WIDE', 'SEVERAL', 'ONE'];
const urgencies: readonly DutyUrgency[] = ['HIGH', 'MEDIUM', 'LOW'];
const changeKinds: readonly DutyChangeKind[] = ['STANDARD', 'NORMAL', 'EMERGENCY'];

/** What it comes from: the problem of an event is of the same place and systems. */
export type Begun = {
  title: string;
  centerId: string;
  links: readonly { subjectType: DutyLinkSubject; subject: string }[];
};

type Draft = {
  title: string;
  description: string;
  impact: DutyImpact;
  urgency: DutyUrgency;
  centerId: string;
  startedAt: string;
  changeKind: DutyChangeKind;
  standardKey: string;
  plannedFrom: string;
  plannedTo: string;
  plan: string;
  rollbackPlan: string;
};
const blank: Draft = {
  ...{ title: '', description: '', impact: 'SEVERAL', urgency: 'MEDIUM', centerId: '', startedAt: '' },
  ...{ changeKind: 'NORMAL', standardKey: '', plannedFrom: '', plannedTo: '', plan: '', rollbackPlan: '' },
};

/** 登记: an event, a change or a problem. Asks for what its kind needs, and for nothing else. */
export function OpenTicketDialog({
  kind,
  begun,
  onClose,
}: {
  kind: DutyTicketKind;
  begun?: Begun;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const form = useFormErrors();
  const [draft, setDraft] = useState<Draft>({ ...blank, title: begun?.title ?? '', centerId: begun?.centerId ?? '' });
  const [systems, setSystems] = useState<{ id: string; name: string }[]>([]);
  const [{ data }] = useQuery({ query: TicketFormQuery });
  const { send, busy } = useOutcome(OpenTicketMutation);
  const put =
    <K extends keyof Draft>(field: K) =>
    (value: Draft[K]) => {
      setDraft((now) => ({ ...now, [field]: value }));
      form.changed(field);
    };
  const isChange = kind === 'CHANGE';
  const planned = isChange && draft.changeKind !== 'EMERGENCY';
  const isStandard = isChange && draft.changeKind === 'STANDARD';
  const submit = async () => {
    const { changeKind, centerId, description, impact, plan, rollbackPlan, standardKey, title, urgency } = draft;
    const { data: done, errors } = await send({
      ...{ kind, title, description, impact, urgency, centerId: centerId || null },
      startedAt: kind === 'EVENT' && draft.startedAt ? shanghaiIso(draft.startedAt) : null,
      ...(isStandard ? { changeKind, standardKey } : isChange ? { changeKind, plan, rollbackPlan } : {}),
      ...(planned ? { plannedFrom: shanghaiIso(draft.plannedFrom), plannedTo: shanghaiIso(draft.plannedTo) } : {}),
      links: [...(begun?.links ?? []), ...systems.map(({ id }) => ({ subjectType: 'System' as const, subject: id }))],
    });
    const ticket = done?.outcome.ticket;
    if (!ticket) return form.refuse(errors);
    onClose();
    void navigate(routes.dutyTicket(ticket.id));
  };
  const moment = (field: 'startedAt' | 'plannedFrom' | 'plannedTo', optional = false) => (
    <MomentBox
      field={field}
      label={t(`desk.${field}`)}
      optional={optional}
      errors={form.errors}
      value={draft[field]}
      onChange={put(field)}
    />
  );
  return (
    <DialogForm
      title={t(`desk.open.${kind}`)}
      submit={t(`desk.open.${kind}`)}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextBox
        field="title"
        label={t('desk.title')}
        optional={isStandard}
        hint={isStandard ? t('standardChange.titleHint') : undefined}
        errors={form.errors}
        max={LONGEST.title}
        value={draft.title}
        onChange={put('title')}
      />
      {isChange && (
        <ChoiceBox
          field="changeKind"
          label={t('desk.changeKind')}
          hint={t(`desk.changeKindHint.${draft.changeKind}`)}
          errors={form.errors}
          value={draft.changeKind}
          options={changeKinds.map((value) => ({ value, label: t(`desk.changeKinds.${value}`) }))}
          onChange={put('changeKind')}
        />
      )}
      {isStandard && <StandardChoice chosen={draft.standardKey} errors={form.errors} onChange={put('standardKey')} />}
      {!isStandard && (
        <div className="jy-field-row">
          <ChoiceBox
            field="impact"
            label={t('desk.impact')}
            errors={form.errors}
            value={draft.impact}
            options={impacts.map((value) => ({ value, label: t(`desk.impacts.${value}`) }))}
            onChange={put('impact')}
          />
          <ChoiceBox
            field="urgency"
            label={t('desk.urgency')}
            errors={form.errors}
            value={draft.urgency}
            options={urgencies.map((value) => ({ value, label: t(`desk.urgencies.${value}`) }))}
            onChange={put('urgency')}
          />
        </div>
      )}
      <div className="jy-field-row">
        <ChoiceBox
          field="centerId"
          label={t('desk.center')}
          hint={t('desk.centerHint')}
          optional
          errors={form.errors}
          value={draft.centerId}
          options={[
            { value: '', label: t('desk.noCenter') },
            ...(data?.centers ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={put('centerId')}
        />
        {kind === 'EVENT' && moment('startedAt', true)}
      </div>
      <SystemsField systems={systems} errors={form.errors} onChange={setSystems} />
      {planned && (
        <div className="jy-field-row">
          {moment('plannedFrom')}
          {moment('plannedTo')}
        </div>
      )}
      {isChange &&
        !isStandard &&
        (['plan', 'rollbackPlan'] as const).map((field) => (
          <ReasonBox
            key={field}
            field={field}
            label={t(`desk.${field}`)}
            errors={form.errors}
            max={LONGEST.text}
            value={draft[field]}
            onChange={put(field)}
          />
        ))}
      <ReasonBox
        field="description"
        label={t('desk.description')}
        optional
        errors={form.errors}
        max={LONGEST.text}
        value={draft.description}
        onChange={put('description')}
      />
    </DialogForm>
  );
}

type SystemsProps = {
  systems: { id: string; name: string }[];
  errors: readonly FormError[];
  onChange: (systems: { id: string; name: string }[]) => void;
};

function SystemsField({ systems, errors, onChange }: SystemsProps) {
  const { t } = useTranslation();
  const typing = useSelectSearch();
  const [{ data, fetching }] = useQuery({ query: TicketSystemsQuery, variables: { search: typing.search } });
  const found = data?.systems.nodes ?? [];
  const known = new Map([...systems, ...found].map((system) => [system.id, system]));
  return (
    <Field field="links" label={t('desk.systems')} hint={t('desk.systemsHint')} optional errors={errors}>
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
