import type { TFunction } from 'i18next';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { Money } from '../../../ui/Money';
import { CostHeadParts } from '../finance.gql';
import type { FinanceFigure } from './FinanceFigures';

const difference = (after: string, before: string) => (BigInt(after) - BigInt(before)).toString();

/** What use costs: the running month, the last whole one beside the one before, and the year beside the last. */
export function costFigures(
  t: TFunction,
  masked: FragmentOf<typeof CostHeadParts>,
  department: string | null,
): FinanceFigure[] {
  const head = readFragment(CostHeadParts, masked);
  const year = head.month.slice(0, 4);
  const of = (from: string, to: string, columns = 'TOTAL') =>
    routes.costs({ rows: department ? 'SYSTEM' : 'DEPARTMENT', columns, from, to, department });
  return [
    {
      label: t('finance.monthToDate', { month: head.month }),
      value: <Money fen={head.monthToDate} compact />,
      to: of(head.month, head.month),
    },
    {
      label: t('finance.lastMonth', { month: head.lastMonth }),
      value: <Money fen={head.lastMonthAmount} compact />,
      note: (
        <>
          {t('finance.against', { month: head.beforeMonth })}{' '}
          <Money fen={difference(head.lastMonthAmount, head.beforeMonthAmount)} compact signed />
        </>
      ),
      to: of(head.beforeMonth, head.lastMonth, 'MONTH'),
    },
    {
      label: t('finance.yearToDate', { year }),
      value: <Money fen={head.yearToDate} compact />,
      note: head.yearOnYear && (
        <>
          {t('finance.yearOnYear', { months: head.yearOnYear.months })}{' '}
          <Money fen={difference(head.yearOnYear.thisYear, head.yearOnYear.lastYear)} compact signed />
        </>
      ),
      to: of(`${year}-01`, head.month, 'MONTH'),
    },
  ];
}
