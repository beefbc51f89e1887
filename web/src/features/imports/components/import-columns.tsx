import type { TFunction } from 'i18next';
import { Link } from 'react-router';
import type { ResultOf } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { Time } from '../../../ui/Time';
import type { Column } from '../../../ui/table/columns';
import type { ImportRunRow } from '../imports.gql';
import { ImportStateTag } from './import-state';

type Row = ResultOf<typeof ImportRunRow>;

const amount = (key: 'rowCount' | 'addedCount' | 'unchangedCount' | 'problemCount', title: string): Column<Row> => ({
  key,
  title,
  numeric: true,
  render: (row) => <span className="jy-number">{count(row[key])}</span>,
  text: (row) => row[key],
});

export function importColumns(t: TFunction): Column<Row>[] {
  const fileNames = (row: Row): string => {
    const [first, ...others] = row.files;
    if (!first) return '–';
    return others.length === 0 ? first.name : t('import.filesMore', { name: first.name, more: others.length });
  };
  return [
    {
      key: 'file',
      title: t('import.file'),
      leading: true,
      render: (row) => <Link to={routes.importRun(row.id)}>{fileNames(row)}</Link>,
      text: fileNames,
    },
    {
      key: 'kind',
      title: t('import.kind'),
      render: (row) => row.kind?.title ?? '–',
      text: (row) => row.kind?.title ?? '',
    },
    {
      key: 'state',
      title: t('import.stateColumn'),
      render: (row) => <ImportStateTag state={row.state} problemCount={row.problemCount} />,
      text: (row) => t(`import.state.${row.state}`),
    },
    amount('rowCount', t('import.rows')),
    amount('addedCount', t('import.outcome.ADD')),
    amount('unchangedCount', t('import.outcome.UNCHANGED')),
    amount('problemCount', t('import.problems')),
    { key: 'starter', title: t('import.starter'), render: (row) => row.starterName, text: (row) => row.starterName },
    {
      key: 'startedAt',
      title: t('import.startedAt'),
      render: (row) => <Time at={row.startedAt} />,
      text: (row) => exactTime(row.startedAt),
    },
  ];
}
