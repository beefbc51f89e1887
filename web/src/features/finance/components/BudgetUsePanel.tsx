import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { BudgetBar } from '../../../ui/BudgetBar';
import { Money } from '../../../ui/Money';
import { Panel } from '../../../ui/Panel';
import { BudgetUseParts } from '../finance.gql';

type Props = { use: FragmentOf<typeof BudgetUseParts>; department: string | null };

/** Budgets that have come to the first threshold, those whose most is used first. */
export function BudgetUsePanel({ department, use: masked }: Props) {
  const { t } = useTranslation();
  const use = readFragment(BudgetUseParts, masked);
  const percent = use.warnPercent;
  return (
    <Panel
      title={t('finance.budgets', { percent, count: use.reachedCount })}
      aside={
        <Link to={routes.budgets({ year: String(use.year), reached: String(percent), department })}>
          {t('finance.all')}
        </Link>
      }
    >
      {use.mostUsed.length === 0 && <p className="jy-quiet-text">{t('finance.noBudgets', { percent })}</p>}
      <ul className="jy-finance-list">
        {use.mostUsed.map((budget) => (
          <li key={budget.id}>
            <span>
              <Link to={routes.budget(budget.id)}>{budget.name}</Link>
              {!department && <span className="jy-finance-note">{budget.department.name}</span>}
            </span>
            <BudgetBar figures={budget.figures} overrun={budget.overrun} />
          </li>
        ))}
      </ul>
      {use.cities && (
        <p className="jy-quiet-text">
          {t('finance.budgetsOfCities')} <Money fen={use.cities.amount} compact /> · {t('budget.reserved')}{' '}
          <Money fen={use.cities.reserved} compact /> · {t('budget.spent')} <Money fen={use.cities.spent} compact />
        </p>
      )}
    </Panel>
  );
}
