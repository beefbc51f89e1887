import type { TFunction } from 'i18next';
import { Link } from 'react-router';
import type { ResultOf } from '../../../graphql/tada';
import { yuanCell } from '../../../lib/csv';
import { routes } from '../../../lib/routes';
import { Money } from '../../../ui/Money';
import type { Column } from '../../../ui/table/columns';
import type { ProjectRow } from '../projects.gql';

type Row = ResultOf<typeof ProjectRow>;

export function projectColumns(t: TFunction): Column<Row>[] {
  return [
    {
      key: 'name',
      title: t('project.name'),
      leading: true,
      render: (row) => <Link to={routes.project(row.id)}>{row.name}</Link>,
      text: (row) => row.name,
    },
    {
      key: 'code',
      title: t('project.code'),
      render: (row) => <span className="jy-code">{row.code}</span>,
      text: (row) => row.code,
    },
    {
      key: 'department',
      title: t('request.department'),
      render: (row) => row.department.name,
      text: (row) => row.department.name,
    },
    { key: 'year', title: t('project.budgetYear'), render: (row) => row.budgetYear, text: (row) => row.budgetYear },
    {
      key: 'level',
      title: t('project.budgetLevel'),
      render: (row) => t(`project.budgetLevels.${row.budgetLevel}`),
      text: (row) => t(`project.budgetLevels.${row.budgetLevel}`),
    },
    { key: 'fund', title: t('project.fundSource'), render: (row) => row.fundSource, text: (row) => row.fundSource },
    {
      key: 'budgetCode',
      title: t('project.budgetCode'),
      render: (row) => (row.budgetCode ? <span className="jy-code">{row.budgetCode}</span> : '–'),
      text: (row) => row.budgetCode,
    },
    {
      key: 'functionClass',
      title: t('project.functionClass'),
      optional: true,
      render: (row) => (row.functionClass ? <span className="jy-code">{row.functionClass}</span> : '–'),
      text: (row) => row.functionClass,
    },
    {
      key: 'total',
      title: t('project.totalBudget'),
      numeric: true,
      render: (row) => (row.totalBudget === null ? '–' : <Money fen={row.totalBudget} />),
      text: (row) => (row.totalBudget === null ? null : yuanCell(row.totalBudget)),
    },
  ];
}
