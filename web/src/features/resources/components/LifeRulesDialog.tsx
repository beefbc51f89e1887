import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LifePolicyName } from '../../../graphql/enums';
import type { ResultOf } from '../../../graphql/tada';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { NumberBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { ChangeLifePoliciesMutation, type LifePolicyRow } from '../life.gql';

type Rule = ResultOf<typeof LifePolicyRow>;

export function unitOf(name: LifePolicyName): 'days' | 'times' | 'workingDays' | 'percent' {
  if (name === 'EXTENSION_TIMES_MAX') return 'times';
  if (name.endsWith('_PERCENT')) return 'percent';
  return name === 'RECLAIM_NOTICE_WORKING_DAYS' ? 'workingDays' : 'days';
}

/** All rules at once: the server judges them as one set and changes all of them or none. */
export function LifeRulesDialog({ rules, onClose }: { rules: readonly Rule[]; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [values, setValues] = useState<ReadonlyMap<string, number | null>>(
    () => new Map(rules.map(({ name, value }) => [name, value])),
  );
  const { send, busy } = useOutcome(ChangeLifePoliciesMutation);
  const submit = async () => {
    const changes = rules.flatMap(({ name, value, version }) => {
      const next = values.get(name) ?? null;
      return next === null || next === value ? [] : [{ name, value: next, expectedVersion: version }];
    });
    if (changes.length === 0) return form.refuse([{ field: '', message: t('life.rulesNothing') }]);
    const { data, errors } = await send({ changes });
    if (!data) return form.refuse(errors);
    notice(t('life.rulesSaved'));
    onClose();
  };
  return (
    <DialogForm
      title={t('life.rulesEdit')}
      submit={t('life.rulesSave')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      {rules.map(({ name, least, most }) => (
        <NumberBox
          key={name}
          field={`values.${name}`}
          label={t(`life.policy.${name}`)}
          errors={form.errors}
          min={least}
          max={most}
          suffix={t(`life.unit.${unitOf(name)}`)}
          value={values.get(name) ?? null}
          onChange={(value) => {
            setValues((now) => new Map(now).set(name, value));
            form.changed(`values.${name}`);
          }}
        />
      ))}
    </DialogForm>
  );
}
