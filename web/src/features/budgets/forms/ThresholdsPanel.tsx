import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../graphql/tada';
import { Facts } from '../../../ui/Facts';
import { Panel } from '../../../ui/Panel';
import type { BudgetYearQuery } from '../budget-years.gql';
import { ThresholdsDialog } from './ThresholdsDialog';

/** From which part of a budget on people are told, and from which on it takes nothing new. */
export function ThresholdsPanel({ thresholds }: { thresholds: ResultOf<typeof BudgetYearQuery>['budgetThresholds'] }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { inForce, rules } = thresholds;
  const later = rules.filter(({ from }) => from > inForce.from);
  return (
    <Panel
      title={t('budgetYear.thresholds')}
      aside={<Button onClick={() => setOpen(true)}>{t('budgetYear.setThresholds')}</Button>}
    >
      <Facts
        facts={[
          {
            label: t('budgetYear.warnAt'),
            value: inForce.warnPercents.map((percent) => `${percent}%`).join(' · ') || '–',
          },
          {
            label: t('budgetYear.blockAt'),
            value: inForce.blockPercent === null ? t('budgetYear.neverBlocked') : `${inForce.blockPercent}%`,
          },
          {
            label: t('budgetYear.basis'),
            value:
              inForce.reason === null ? t('budgetYear.usual') : `${inForce.reason}（${inForce.from}，${inForce.by}）`,
          },
        ]}
      />
      {later.map((rule) => (
        <p key={`${rule.from} ${rule.reason}`} className="jy-quiet-text">
          {t('budgetYear.laterRule', {
            from: rule.from,
            warn: rule.warnPercents.join(' · '),
            block: rule.blockPercent === null ? t('budgetYear.neverBlocked') : `${rule.blockPercent}%`,
          })}
        </p>
      ))}
      {open && <ThresholdsDialog rule={inForce} onClose={() => setOpen(false)} />}
    </Panel>
  );
}
