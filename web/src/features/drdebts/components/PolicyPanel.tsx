import { Button } from 'antd';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, type ResultOf, readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { Panel } from '../../../ui/Panel';
import { Time } from '../../../ui/Time';
import { useMay } from '../../../ui/viewer-context';
import { DrDebtPolicyFacts } from '../drdebts.gql';
import { PolicyDialog } from './PolicyDialog';

type Policy = ResultOf<typeof DrDebtPolicyFacts>;
type Rule = Policy['rules'][number];

/** By which rules a share may be owed, who said so and why, and how it was before. */
export function PolicyPanel({ policies: masked }: { policies: readonly FragmentOf<typeof DrDebtPolicyFacts>[] }) {
  const { t } = useTranslation();
  const may = useMay();
  const [editing, setEditing] = useState(false);
  const [policy, ...former] = readFragment(DrDebtPolicyFacts, masked);
  if (!policy) return null;
  return (
    <Panel
      title={t('drDebt.policy')}
      aside={may('DR_DEBT', 'EDIT') && <Button onClick={() => setEditing(true)}>{t('drDebt.policyEdit')}</Button>}
    >
      <p className="jy-quiet-text">{t('drDebt.policyText')}</p>
      <RuleList rules={policy.rules} />
      <Said policy={policy} />
      {former.length > 0 && (
        <details>
          <summary>{t('drDebt.policyFormer', { total: count(former.length) })}</summary>
          <ol className="jy-lines">
            {former.map((one) => (
              <li key={one.number}>
                <RuleList rules={one.rules} />
                <Said policy={one} />
              </li>
            ))}
          </ol>
        </details>
      )}
      {editing && <PolicyDialog policy={policy} onClose={() => setEditing(false)} />}
    </Panel>
  );
}

function RuleList({ rules }: { rules: readonly Rule[] }) {
  const { t } = useTranslation();
  return (
    <ol className="jy-rules">
      {rules.map((rule) => (
        <li key={ruleText(t, rule)}>{ruleText(t, rule)}</li>
      ))}
      <li className="jy-quiet-text">{t('drDebt.rule.otherwise')}</li>
    </ol>
  );
}

function Said({ policy: { number, changedBy, changedAt, reason } }: { policy: Policy }) {
  const { t } = useTranslation();
  return (
    <p className="jy-quiet-text">
      {t('drDebt.policyBy', { number: count(number), name: changedBy })} <Time at={changedAt} /> · {reason}
    </p>
  );
}

/** A rule as a sentence: whose, of which levels, which modes, and what then. */
function ruleText(t: TFunction, { departments, departmentCount, protectionLevels, modes, accepted }: Rule): string {
  const unnamed = departmentCount - departments.length;
  const names = [
    ...departments.map(({ name }) => name),
    ...(unnamed > 0 ? [t('drDebt.rule.others', { total: count(unnamed) })] : []),
  ];
  return [
    names.length > 0 ? names.join(t('common.comma')) : t('drDebt.rule.anyDepartment'),
    protectionLevels.length > 0
      ? protectionLevels.map((level) => t('drDebt.rule.level', { level })).join(t('common.comma'))
      : t('drDebt.rule.anyLevel'),
    modes.length > 0 ? modes.map((mode) => t(`drDebt.mode.${mode}`)).join(t('common.comma')) : t('drDebt.rule.anyMode'),
    t(accepted ? 'drDebt.rule.accepted' : 'drDebt.rule.refused'),
  ].join(' · ');
}
