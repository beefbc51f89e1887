import { WarningOutlined } from '@ant-design/icons';
import type { TFunction } from 'i18next';
import { Link } from 'react-router';
import type { ResultOf } from '../../../graphql/tada';
import { yuanCell } from '../../../lib/csv';
import { routes } from '../../../lib/routes';
import { BudgetBar } from '../../../ui/BudgetBar';
import { Money } from '../../../ui/Money';
import { StateTag } from '../../../ui/StateTag';
import type { Column } from '../../../ui/table/columns';
import type { BudgetRow } from '../budgets.gql';

export type BudgetListRow = ResultOf<typeof BudgetRow>;

const money = (key: 'amount' | 'reserved' | 'spent' | 'available', title: string): Column<BudgetListRow> => ({
  key,
  title,
  numeric: true,
  render: (row) => <Money fen={row.figures[key]} compact />,
  text: (row) => yuanCell(row.figures[key]),
});

/** Money stands in yuan in the file, exactly, and in 万元 on the screen where that reads better. */
export function budgetColumns(t: TFunction): Column<BudgetListRow>[] {
  return [
    {
      key: 'name',
      title: t('budget.name'),
      leading: true,
      render: (row) => (
        <span className={row.grain === 'ITEM' ? 'jy-budget-item' : undefined}>
          <Link to={routes.budget(row.id)}>{row.name}</Link>
          {row.paysCentrally && <span className="jy-quiet-text"> {t('budget.central')}</span>}
          {row.overrun && <StateTag look={{ tone: 'bad', icon: WarningOutlined }} word={t('budget.overrun')} />}
        </span>
      ),
      text: (row) => row.name,
    },
    {
      key: 'code',
      title: t('budget.code'),
      render: (row) => (row.budgetCode ? <span className="jy-code">{row.budgetCode}</span> : t('budget.whole')),
      text: (row) => row.budgetCode,
    },
    {
      key: 'department',
      title: t('request.department'),
      optional: true,
      render: (row) => row.department.name,
      text: (row) => row.department.name,
    },
    money('amount', t('budget.amount')),
    money('reserved', t('budget.reserved')),
    money('spent', t('budget.spent')),
    money('available', t('budget.available')),
    {
      key: 'use',
      title: t('budget.usage'),
      render: (row) => <BudgetBar figures={row.figures} overrun={row.overrun} />,
      text: () => null,
    },
  ];
}
