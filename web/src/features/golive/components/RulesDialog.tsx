import { Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GoLiveDocumentKind, GoLiveParty } from '../../../graphql/enums';
import type { ResultOf } from '../../../graphql/tada';
import { Choose } from '../../../ui/forms/Choose';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { NumberBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { PublishGoLivePolicyMutation } from '../acts.gql';
import type { GoLivePolicyParts } from '../golive.gql';
import { DAY_RULES, type DayRule } from '../rules';

type Policy = ResultOf<typeof GoLivePolicyParts>;
type Level = '1' | '2' | '3' | 'NEVER';

/** Department and center sign for every system; of the others the edition says from which level on. */
const PARTIES = ['VENDOR', 'ASSESSOR'] as const satisfies readonly GoLiveParty[];
const DOCUMENTS = [
  'TRIAL_REPORT',
  'ACCEPTANCE_REPORT',
  'PROTECTION_REPORT',
] as const satisfies readonly GoLiveDocumentKind[];
const ALWAYS = ['DEPARTMENT', 'CENTER'] as const satisfies readonly GoLiveParty[];

const levelOf = (row: { fromLevel: number } | undefined): Level => (row ? (String(row.fromLevel) as Level) : 'NEVER');

/** A new edition as a whole: the server judges it as one set. */
export function RulesDialog({ policy, onClose }: { policy: Policy; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [days, setDays] = useState<Record<DayRule, number | null>>(policy);
  const [dayKind, setDayKind] = useState(policy.trialDayKind);
  const [levels, setLevels] = useState<Record<string, Level>>(() => ({
    ...Object.fromEntries(PARTIES.map((name) => [name, levelOf(policy.parties.find((row) => row.party === name))])),
    ...Object.fromEntries(DOCUMENTS.map((name) => [name, levelOf(policy.documents.find((row) => row.kind === name))])),
  }));
  const { send, busy } = useOutcome(PublishGoLivePolicyMutation);
  const wanted = <T extends string>(names: readonly T[]) =>
    names.flatMap((name) => (levels[name] === 'NEVER' ? [] : [{ name, fromLevel: Number(levels[name]) }]));
  const submit = async () => {
    const missing = DAY_RULES.filter((name) => days[name] === null);
    if (missing.length > 0)
      return form.refuse(missing.map((name) => ({ field: `content.${name}`, message: t('goLive.textMissing') })));
    const { data, errors } = await send({
      expectedNumber: policy.number,
      content: {
        ...(Object.fromEntries(DAY_RULES.map((name) => [name, days[name] ?? 0])) as Record<DayRule, number>),
        trialDayKind: dayKind,
        parties: [
          ...ALWAYS.map((party) => ({ party, fromLevel: 1 })),
          ...wanted(PARTIES).map(({ name, fromLevel }) => ({ party: name, fromLevel })),
        ],
        documents: wanted(DOCUMENTS).map(({ name, fromLevel }) => ({ kind: name, fromLevel })),
      },
    });
    if (!data) return form.refuse(errors);
    notice(t('goLive.rulesPublished', { number: policy.number + 1 }));
    onClose();
  };
  const levelField = (name: string, label: string) => (
    <Field key={name} field={`content.${name}`} label={label} errors={form.errors}>
      {(control) => (
        <Choose<Level>
          {...control}
          value={levels[name]}
          onChange={(level) => setLevels((now) => ({ ...now, [name]: level }))}
          options={[
            { value: '1', label: t('goLive.always') },
            { value: '2', label: t('goLive.fromLevel', { level: 2 }) },
            { value: '3', label: t('goLive.fromLevel', { level: 3 }) },
            { value: 'NEVER', label: t('goLive.notNeeded') },
          ]}
        />
      )}
    </Field>
  );
  return (
    <DialogForm
      title={t('goLive.rulesEdit')}
      submit={t('goLive.rulesEdit')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      {DAY_RULES.map((name) => (
        <NumberBox
          key={name}
          field={`content.${name}`}
          label={t(`goLive.policy.${name}`)}
          errors={form.errors}
          value={days[name]}
          onChange={(value) => {
            setDays((now) => ({ ...now, [name]: value }));
            form.changed(`content.${name}`);
          }}
        />
      ))}
      <Field field="content.trialDayKind" label={t('goLive.trialDayKind')} errors={form.errors}>
        {({ id }) => (
          <Radio.Group
            id={id}
            aria-label={t('goLive.trialDayKind')}
            value={dayKind}
            onChange={(event) => setDayKind(event.target.value as Policy['trialDayKind'])}
            options={(['CALENDAR', 'WORKING'] as const).map((value) => ({
              value,
              label: t(`goLive.dayKind.${value}`),
            }))}
          />
        )}
      </Field>
      {PARTIES.map((name) => levelField(name, `${t('goLive.partiesRule')} · ${t(`goLive.party.${name}`)}`))}
      {DOCUMENTS.map((name) => levelField(name, `${t('goLive.documentsRule')} · ${t(`goLive.document.${name}`)}`))}
    </DialogForm>
  );
}
