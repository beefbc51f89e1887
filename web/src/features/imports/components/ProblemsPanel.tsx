import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, type ResultOf, readFragment } from '../../../graphql/tada';
import { Panel } from '../../../ui/Panel';
import type { Column } from '../../../ui/table/columns';
import { ResourceTable } from '../../../ui/table/ResourceTable';
import { ImportProblems } from '../imports.gql';

type Problem = ResultOf<typeof ImportProblems>['problems'][number] & { key: string };

/** What must be mended, each at its cell as the spreadsheet names it. */
export function ProblemsPanel({ run: masked }: { run: FragmentOf<typeof ImportProblems> }) {
  const { t } = useTranslation();
  const { problems, problemCount } = readFragment(ImportProblems, masked);
  const columns = useMemo(
    () =>
      problemColumns(
        t,
        problems.some(({ file }) => file !== null),
      ),
    [t, problems],
  );
  const rows = useMemo(() => problems.map((problem, index) => ({ ...problem, key: String(index) })), [problems]);
  if (problems.length === 0) return null;
  return (
    <Panel title={t('import.problemsTitle')}>
      <p className="jy-quiet-text">
        {problemCount > problems.length
          ? t('import.problemsFirst', { shown: problems.length, total: problemCount })
          : t('import.problemsText')}
      </p>
      <ResourceTable
        name="import-problems"
        caption={t('import.problemsTitle')}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.key}
        paging={{ from: 1, totalCount: problemCount, onNext: null, onPrevious: null }}
        empty={null}
      />
    </Panel>
  );
}

function problemColumns(t: TFunction, ofFiles: boolean): Column<Problem>[] {
  const place = ({ cell, row }: Problem): string =>
    cell ?? (row === null ? t('import.wholeFile') : t(ofFiles ? 'import.document' : 'import.row', { row }));
  return [
    ...(ofFiles
      ? [
          {
            key: 'file',
            title: t('import.file'),
            render: (row: Problem) => row.file ?? '–',
            text: (row: Problem) => row.file,
          },
        ]
      : []),
    {
      key: 'place',
      title: t(ofFiles ? 'import.documentColumn' : 'import.cell'),
      leading: true,
      render: (row) => <span className="jy-code">{place(row)}</span>,
      text: place,
    },
    {
      key: 'column',
      title: t(ofFiles ? 'import.field' : 'import.column'),
      render: (row) => row.column ?? '–',
      text: (row) => row.column,
    },
    { key: 'message', title: t('import.problem'), render: (row) => row.message, text: (row) => row.message },
  ];
}
