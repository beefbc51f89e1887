import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, type ResultOf, readFragment } from '../../../graphql/tada';
import { Facts } from '../../../ui/Facts';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { ChoiceBox, ReasonBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { Panel } from '../../../ui/Panel';
import { Time } from '../../../ui/Time';
import { useMay } from '../../../ui/viewer-context';
import { ChangeDriftPolicyMutation, DriftPolicyFacts } from '../drift.gql';

type Policy = ResultOf<typeof DriftPolicyFacts>;
type Handling = Policy['rules'][number]['handling'];

const HANDLINGS: readonly Handling[] = ['HEAL', 'REPORT', 'IGNORE'];
/** Whose machine it is, and where its traffic may go: the API refuses to pass that over. */
const NEVER_IGNORED = new Set(['IDENTITY', 'BOUNDARY']);
/** The API's own limit of a reason. */
const REASON_LONGEST = 500;

/** What becomes of each class of fields, who said so and why. */
export function RulesPanel({ policies: masked }: { policies: readonly FragmentOf<typeof DriftPolicyFacts>[] }) {
  const { t } = useTranslation();
  const may = useMay();
  const [editing, setEditing] = useState(false);
  const [policy] = readFragment(DriftPolicyFacts, masked);
  if (!policy) return null;
  return (
    <Panel
      className="jy-rules-panel"
      title={t('drift.rules')}
      aside={may('CENTER', 'EDIT') && <Button onClick={() => setEditing(true)}>{t('drift.rulesEdit')}</Button>}
    >
      <p className="jy-quiet-text">{t('drift.rulesText')}</p>
      <Facts
        facts={policy.rules.map(({ fieldClass, handling }) => ({
          label: t(`drift.class.${fieldClass}`),
          value: t(`drift.handling.${handling}`),
        }))}
      />
      <p className="jy-quiet-text">
        {t('drift.rulesSaid', { number: policy.number, name: policy.changedBy, reason: policy.reason })}{' '}
        <Time at={policy.changedAt} />
      </p>
      {editing && <RulesDialog policy={policy} onClose={() => setEditing(false)} />}
    </Panel>
  );
}

function RulesDialog({ policy, onClose }: { policy: Policy; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [rules, setRules] = useState(policy.rules);
  const [reason, setReason] = useState('');
  const { send, busy } = useOutcome(ChangeDriftPolicyMutation);
  const submit = async () => {
    const text = reason.trim();
    if (!text) return form.refuse([{ field: 'reason', message: t('drift.reasonMissing') }]);
    const said = rules.map(({ fieldClass, handling }) => ({ fieldClass, handling }));
    const { data, errors } = await send({ expectedVersion: policy.number, reason: text, rules: said });
    if (!data) return form.refuse(errors);
    notice(t('drift.rulesSaved'));
    onClose();
  };
  return (
    <DialogForm
      title={t('drift.rulesEdit')}
      submit={t('drift.rulesSave')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      {rules.map(({ fieldClass, handling }) => (
        <ChoiceBox
          key={fieldClass}
          field={`rules.${fieldClass}`}
          label={t(`drift.class.${fieldClass}`)}
          errors={form.errors}
          value={handling}
          options={HANDLINGS.filter((each) => each !== 'IGNORE' || !NEVER_IGNORED.has(fieldClass)).map((value) => ({
            value,
            label: t(`drift.handling.${value}`),
          }))}
          onChange={(next) =>
            setRules((now) => now.map((rule) => (rule.fieldClass === fieldClass ? { ...rule, handling: next } : rule)))
          }
        />
      ))}
      <ReasonBox
        field="reason"
        label={t('drift.reasonLabel')}
        errors={form.errors}
        rows={2}
        max={REASON_LONGEST}
        value={reason}
        onChange={(next) => {
          setReason(next);
          form.changed('reason');
        }}
      />
    </DialogForm>
  );
}
