import type { TFunction } from 'i18next';
import { Link } from 'react-router';
import type { ResultOf } from '../../../graphql/tada';
import { yuanCell } from '../../../lib/csv';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { Money } from '../../../ui/Money';
import type { Column } from '../../../ui/table/columns';
import type { DepartmentStatementRow, StatementResourceRow } from '../statements.gql';

type Department = ResultOf<typeof DepartmentStatementRow>;
type Use = ResultOf<typeof StatementResourceRow>;

const some = (number: number) => (number === 0 ? '–' : count(number));

export function departmentColumns(t: TFunction, month: string): Column<Department>[] {
  return [
    {
      key: 'department',
      title: t('request.department'),
      leading: true,
      render: ({ department }) => <Link to={routes.statement(department.id, month)}>{department.name}</Link>,
      text: ({ department }) => department.name,
    },
    ...sumColumns<Department>(t),
    {
      key: 'resources',
      title: t('statement.resources'),
      numeric: true,
      render: ({ resources }) => count(resources),
      text: ({ resources }) => resources,
    },
    ...openColumns<Department>(t),
  ];
}

export function resourceColumns(t: TFunction, onOpen: (use: Use) => void): Column<Use>[] {
  return [
    {
      key: 'code',
      title: t('statement.resource'),
      leading: true,
      render: (use) => (
        <>
          <button type="button" className="jy-link-button" onClick={() => onOpen(use)}>
            {use.name}
          </button>
          <div className="jy-code jy-quiet-text">{use.code}</div>
        </>
      ),
      text: ({ code, name }) => `${code} ${name}`,
    },
    {
      key: 'kind',
      title: t('statement.kind'),
      render: ({ kind }) => t(`statement.kinds.${kind}`),
      text: ({ kind }) => t(`statement.kinds.${kind}`),
    },
    {
      key: 'system',
      title: t('statement.system'),
      render: ({ system }) => (system ? <Link to={routes.system(system.id)}>{system.name}</Link> : '–'),
      text: ({ system }) => system?.name ?? null,
    },
    {
      key: 'share',
      title: t('statement.shareOf'),
      render: ({ share }) => t(`statement.shares.${share}`),
      text: ({ share }) => t(`statement.shares.${share}`),
    },
    ...sumColumns<Use>(t).filter(({ key }) => key === 'amount'),
    ...openColumns<Use>(t),
  ];
}

function sumColumns<Row extends { amount: string; drAmount: string }>(t: TFunction): Column<Row>[] {
  return [
    {
      key: 'amount',
      title: t('statement.amount'),
      numeric: true,
      render: ({ amount }) => <Money fen={amount} />,
      text: ({ amount }) => yuanCell(amount),
    },
    {
      key: 'drAmount',
      title: t('statement.drAmount'),
      numeric: true,
      render: ({ drAmount }) => (drAmount === '0' ? '–' : <Money fen={drAmount} />),
      text: ({ drAmount }) => yuanCell(drAmount),
    },
  ];
}

/** What is not in the amount. */
function openColumns<Row extends { unpriced: number; disputed: number; suspended: number }>(
  t: TFunction,
): Column<Row>[] {
  return [
    {
      key: 'unpriced',
      title: t('statement.unpriced'),
      numeric: true,
      render: ({ unpriced }) => some(unpriced),
      text: ({ unpriced }) => unpriced,
    },
    {
      key: 'disputed',
      title: t('statement.disputed'),
      numeric: true,
      render: ({ disputed, suspended }) => some(disputed + suspended),
      text: ({ disputed, suspended }) => disputed + suspended,
    },
  ];
}
