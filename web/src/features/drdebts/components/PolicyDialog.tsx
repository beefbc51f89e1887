import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OwedMode } from '../../../graphql/enums';
import type { ResultOf } from '../../../graphql/tada';
import { DepartmentSelect } from '../../../ui/departments/DepartmentSelect';
import { Choose } from '../../../ui/forms/Choose';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { ReasonBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { ChangeDrDebtPolicyMutation, type DrDebtPolicyFacts } from '../drdebts.gql';

type Policy = ResultOf<typeof DrDebtPolicyFacts>;
type Draft = {
  key: number;
  departmentIds: string[];
  protectionLevels: number[];
  modes: OwedMode[];
  accepted: 'ACCEPTED' | 'REFUSED';
};

const LEVELS = [1, 2, 3];
const MODES: readonly OwedMode[] = ['DUAL_ACTIVE', 'DATA', 'APPLICATION'];
/** The API's own limits. */
const RULES_MAX = 20;
const REASON_LONGEST = 500;

/** All rules at once, in their order: the first that fits decides. Saved, they are another version. */
export function PolicyDialog({ policy, onClose }: { policy: Policy; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [rules, setRules] = useState<readonly Draft[]>(() =>
    policy.rules.map(({ departments, protectionLevels, modes, accepted }, key) => ({
      key,
      departmentIds: departments.map(({ id }) => id),
      protectionLevels: [...protectionLevels],
      modes: [...modes],
      accepted: accepted ? 'ACCEPTED' : 'REFUSED',
    })),
  );
  const [next, setNext] = useState(policy.rules.length);
  const [reason, setReason] = useState('');
  const { send, busy } = useOutcome(ChangeDrDebtPolicyMutation);
  const change = (key: number, patch: Partial<Draft>) =>
    setRules((now) => now.map((rule) => (rule.key === key ? { ...rule, ...patch } : rule)));
  const add = () => {
    setRules((now) => [
      ...now,
      { key: next, departmentIds: [], protectionLevels: [], modes: [], accepted: 'ACCEPTED' as const },
    ]);
    setNext(next + 1);
  };
  const submit = async () => {
    if (!reason.trim()) return form.refuse([{ field: 'reason', message: t('drDebt.reasonMissing') }]);
    const { data, errors } = await send({
      expectedVersion: policy.number,
      reason: reason.trim(),
      rules: rules.map(({ departmentIds, protectionLevels, modes, accepted }) => ({
        ...{ departmentIds, protectionLevels, modes },
        accepted: accepted === 'ACCEPTED',
      })),
    });
    if (!data) return form.refuse(errors);
    notice(t('drDebt.policySaved'));
    onClose();
  };
  return (
    <DialogForm
      title={t('drDebt.policyEdit')}
      submit={t('drDebt.policySave')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="jy-quiet-text">{t('drDebt.policyOrder')}</p>
      <ol className="jy-lines">
        {rules.map((rule, index) => (
          <li key={rule.key}>
            <RuleFields
              rule={rule}
              number={index + 1}
              errors={form.errors}
              onChange={(patch) => change(rule.key, patch)}
              onRemove={() => setRules((now) => now.filter(({ key }) => key !== rule.key))}
            />
          </li>
        ))}
      </ol>
      {rules.length < RULES_MAX && <Button onClick={add}>{t('drDebt.ruleAdd')}</Button>}
      <ReasonBox
        field="reason"
        label={t('drDebt.reasonLabel')}
        errors={form.errors}
        rows={2}
        showCount
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

type FieldsProps = {
  rule: Draft;
  number: number;
  errors: ReturnType<typeof useFormErrors>['errors'];
  onChange: (patch: Partial<Draft>) => void;
  onRemove: () => void;
};

function RuleFields({ rule, number, errors, onChange, onRemove }: FieldsProps) {
  const { t } = useTranslation();
  const at = `rules.${number - 1}`;
  return (
    <>
      <div className="jy-line-head">
        <span className="jy-strong">{t('drDebt.ruleNumber', { number })}</span>
        <Button size="small" aria-label={t('drDebt.ruleRemoveNumber', { number })} onClick={onRemove}>
          {t('drDebt.ruleRemove')}
        </Button>
      </div>
      <Field field={`${at}.departmentIds`} label={t('request.department')} errors={errors} optional>
        {(control) => (
          <>
            {rule.departmentIds.map((id, place) => (
              <DepartmentSelect
                key={id}
                className="jy-full"
                none={t('drDebt.ruleLess')}
                label={t('request.department')}
                value={id}
                onChange={(chosen) =>
                  onChange({
                    departmentIds: rule.departmentIds
                      .map((one, other) => (other === place ? chosen : one))
                      .filter((one, other, all) => one !== '' && all.indexOf(one) === other),
                  })
                }
              />
            ))}
            <DepartmentSelect
              control={control}
              className="jy-full"
              none={rule.departmentIds.length === 0 ? t('drDebt.rule.anyDepartment') : t('drDebt.ruleMore')}
              value=""
              onChange={(chosen) =>
                chosen !== '' &&
                !rule.departmentIds.includes(chosen) &&
                onChange({ departmentIds: [...rule.departmentIds, chosen] })
              }
            />
          </>
        )}
      </Field>
      <Field
        field={`${at}.protectionLevels`}
        label={t('drDebt.levels')}
        hint={t('drDebt.noneIsAny')}
        errors={errors}
        optional
      >
        {({ id }) => (
          <Checkbox.Group
            options={LEVELS.map((level, place) => ({
              value: level,
              label: t('drDebt.rule.level', { level }),
              ...(place === 0 ? { id } : {}),
            }))}
            value={rule.protectionLevels}
            onChange={(protectionLevels) => onChange({ protectionLevels })}
          />
        )}
      </Field>
      <Field field={`${at}.modes`} label={t('drDebt.modes')} hint={t('drDebt.noneIsAny')} errors={errors} optional>
        {({ id }) => (
          <Checkbox.Group
            options={MODES.map((mode, place) => ({
              value: mode,
              label: t(`drDebt.mode.${mode}`),
              ...(place === 0 ? { id } : {}),
            }))}
            value={rule.modes}
            onChange={(modes) => onChange({ modes })}
          />
        )}
      </Field>
      <Field field={at} label={t('drDebt.verdict')} errors={errors}>
        {(control) => (
          <Choose
            {...control}
            className="jy-full"
            value={rule.accepted}
            onChange={(accepted: Draft['accepted']) => onChange({ accepted })}
            options={[
              { value: 'ACCEPTED', label: t('drDebt.rule.accepted') },
              { value: 'REFUSED', label: t('drDebt.rule.refused') },
            ]}
          />
        )}
      </Field>
    </>
  );
}
