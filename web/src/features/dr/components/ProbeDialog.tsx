import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CenterRole, DrProbeFamily, DrProbeKind, DrSqlEngine } from '../../../graphql/enums';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { ChoiceBox, NumberBox, TextBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { SaveDrProbeMutation } from '../dr.gql';
import type { Probe } from './ProbeTable';
import type { Tier } from './TierTable';

const KINDS: readonly DrProbeKind[] = [
  ...(['HTTP', 'TCP', 'DNS', 'TLS', 'SQL_REPLICATION', 'HEARTBEAT', 'REST_REPLICATION'] as const),
];
const FAMILIES: readonly DrProbeFamily[] = ['ANY', 'IPV4', 'IPV6'];
const ENGINES: readonly DrSqlEngine[] = ['MARIADB', 'MYSQL', 'TIDB', 'OCEANBASE'];
const WAYS: readonly CenterRole[] = ['ACTIVE_B', 'RECOVERY'];
const LONGEST = {
  statePointer: 200,
  lagPointer: 200,
  name: 60,
  target: 300,
  expect: 253,
  account: 80,
  database: 64,
  secret: 200,
};
const USUAL = { everySeconds: 30, timeoutMs: 3_000 };

type Props = { tiers: readonly Tier[]; probe: Probe | null; onClose: () => void };

/** What is asked, of whom, how often; which fields there are follows from the kind. */
export function ProbeDialog({ tiers, probe, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [words, setWords] = useState(() => ({
    tierId: probe?.tierId ?? tiers[0]?.id ?? '',
    kind: probe?.kind ?? ('HTTP' as DrProbeKind),
    name: probe?.name ?? '',
    towards: probe?.towards ?? ('RECOVERY' as CenterRole),
    target: probe?.target ?? '',
    server: probe?.server ?? '',
    expect: probe?.expect ?? '',
    statePointer: probe?.statePointer ?? '',
    lagPointer: probe?.lagPointer ?? '',
    family: probe?.family ?? ('ANY' as DrProbeFamily),
    engine: probe?.engine ?? ('MARIADB' as DrSqlEngine),
    account: probe?.account ?? '',
    database: probe?.database ?? '',
    secret: '',
    everySeconds: probe?.everySeconds ?? (USUAL.everySeconds as number | null),
    timeoutMs: probe?.timeoutMs ?? (USUAL.timeoutMs as number | null),
    on: probe?.enabled === false ? ('OFF' as const) : ('ON' as const),
  }));
  const { send, busy } = useOutcome(SaveDrProbeMutation);
  const { kind } = words;
  const isRest = kind === 'REST_REPLICATION';
  const ofData = kind === 'SQL_REPLICATION' || kind === 'HEARTBEAT' || isRest;
  const expects = kind === 'HTTP' || kind === 'DNS' || kind === 'TLS' || isRest;
  const set = (more: Partial<typeof words>) => {
    setWords({ ...words, ...more });
    for (const field of Object.keys(more)) form.changed(field);
  };
  const submit = async () => {
    const { data, errors } = await send({
      ...(probe ? { id: probe.id, expectedVersion: probe.version } : { tierId: words.tierId, expectedVersion: 0 }),
      ...{ kind, name: words.name, target: words.target, family: words.family, enabled: words.on === 'ON' },
      towards: ofData ? words.towards : null,
      server: kind === 'DNS' || kind === 'HEARTBEAT' ? words.server : null,
      expect: expects ? words.expect : null,
      statePointer: isRest ? words.statePointer : null,
      lagPointer: isRest ? words.lagPointer : null,
      engine: kind === 'SQL_REPLICATION' ? words.engine : null,
      account: ofData ? words.account : null,
      database: ofData && !isRest ? words.database : null,
      secret: ofData && words.secret ? words.secret : null,
      everySeconds: words.everySeconds ?? 0,
      timeoutMs: words.timeoutMs ?? 0,
    });
    if (!data) return form.refuse(errors);
    notice(t('dr.saved'));
    onClose();
  };
  const box = (
    field: 'name' | 'target' | 'account' | 'database' | 'statePointer' | 'lagPointer',
    label: string,
    optional = false,
  ) => (
    <TextBox
      field={field}
      label={label}
      errors={form.errors}
      optional={optional}
      max={LONGEST[field]}
      value={words[field]}
      onChange={(value) => set({ [field]: value })}
    />
  );
  return (
    <DialogForm
      title={probe ? t('dr.editProbe', { name: probe.name }) : t('dr.addProbe')}
      submit={t('dr.save')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      {!probe && (
        <>
          <ChoiceBox
            field="tierId"
            label={t('dr.probeTier')}
            errors={form.errors}
            value={words.tierId}
            options={tiers.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(tierId) => set({ tierId })}
          />
          <ChoiceBox
            field="kind"
            label={t('dr.probeKindLabel')}
            errors={form.errors}
            value={kind}
            options={KINDS.map((value) => ({ value, label: t(`dr.probeKind.${value}`) }))}
            onChange={(next) => set({ kind: next })}
          />
        </>
      )}
      {box('name', t('dr.probeName'))}
      {kind === 'SQL_REPLICATION' && (
        <ChoiceBox
          field="engine"
          label={t('dr.probeEngine')}
          errors={form.errors}
          value={words.engine}
          options={ENGINES.map((value) => ({ value, label: t(`dr.probeEngines.${value}`) }))}
          onChange={(engine) => set({ engine })}
        />
      )}
      {box('target', t(`dr.probeTargetOf.${kind}`))}
      {(kind === 'DNS' || kind === 'HEARTBEAT') && (
        <TextBox
          field="server"
          label={t(kind === 'DNS' ? 'dr.probeServer' : 'dr.probeSource')}
          hint={t(kind === 'DNS' ? 'dr.probeServerHint' : 'dr.probeSourceHint')}
          optional={kind === 'DNS'}
          errors={form.errors}
          max={LONGEST.target}
          value={words.server}
          onChange={(server) => set({ server })}
        />
      )}
      {isRest && box('statePointer', t('dr.probeStatePointer'))}
      {expects && (
        <TextBox
          field="expect"
          label={t(`dr.probeExpectOf.${kind}`)}
          optional={!isRest}
          errors={form.errors}
          max={LONGEST.expect}
          value={words.expect}
          onChange={(expect) => set({ expect })}
        />
      )}
      {isRest && box('lagPointer', t('dr.probeLagPointer'), true)}
      <ChoiceBox
        field="family"
        label={t('dr.probeFamily')}
        errors={form.errors}
        value={words.family}
        options={FAMILIES.map((value) => ({ value, label: t(`dr.probeFamilies.${value}`) }))}
        onChange={(family) => set({ family })}
      />
      {ofData && (
        <>
          <ChoiceBox
            field="towards"
            label={t('dr.probeTowards')}
            errors={form.errors}
            value={words.towards}
            options={WAYS.map((value) => ({ value, label: t(value === 'RECOVERY' ? 'dr.far' : 'dr.near') }))}
            onChange={(towards) => set({ towards })}
          />
          {box('account', t('dr.probeAccount'))}
          {!isRest && box('database', t('dr.probeDatabase'), kind !== 'HEARTBEAT')}
          <Field
            field="secret"
            label={t('dr.probeSecret')}
            hint={t('dr.probeSecretHint')}
            errors={form.errors}
            optional={probe !== null}
          >
            {(control) => (
              <Input.Password
                {...control}
                autoComplete="new-password"
                maxLength={LONGEST.secret}
                value={words.secret}
                onChange={(event) => set({ secret: event.target.value })}
              />
            )}
          </Field>
        </>
      )}
      <NumberBox
        field="everySeconds"
        label={t('dr.probeEvery')}
        errors={form.errors}
        suffix={t('dr.seconds')}
        value={words.everySeconds}
        onChange={(everySeconds) => set({ everySeconds })}
      />
      <NumberBox
        field="timeoutMs"
        label={t('dr.probeTimeout')}
        errors={form.errors}
        suffix={t('dr.milliseconds')}
        value={words.timeoutMs}
        onChange={(timeoutMs) => set({ timeoutMs })}
      />
      <ChoiceBox
        field="enabled"
        label={t('dr.probeOn')}
        errors={form.errors}
        value={words.on}
        options={(['ON', 'OFF'] as const).map((value) => ({ value, label: t(`dr.probeOnOff.${value}`) }))}
        onChange={(on) => set({ on })}
      />
    </DialogForm>
  );
}
