import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, type ResultOf, readFragment } from '../../../graphql/tada';
import { Panel } from '../../../ui/Panel';
import type { Column } from '../../../ui/table/columns';
import { ResourceTable } from '../../../ui/table/ResourceTable';
import { ImportSample } from '../imports.gql';
import { RowOutcomeTag } from './import-state';

type Row = ResultOf<typeof ImportSample>['sample'][number];

/** More columns than these make a table that nobody reads; the others can be chosen. */
const COLUMNS_SHOWN = 7;

/** The first rows as they were understood, so that a shifted column is seen before it is written. */
export function SamplePanel({ run: masked }: { run: FragmentOf<typeof ImportSample> }) {
  const { t } = useTranslation();
  const { sample, kind, rowCount } = readFragment(ImportSample, masked);
  const titles = kind?.columns;
  const columns = useMemo((): Column<Row>[] => {
    const shown = titles && titles.length > 0 ? titles : [{ key: 'file', title: t('import.file') }];
    return [
      {
        key: 'row',
        title: t('import.rowColumn'),
        leading: true,
        render: (row) => <span className="jy-number">{row.row}</span>,
        text: (row) => row.row,
      },
      {
        key: 'outcome',
        title: t('import.outcomeColumn'),
        render: (row) => <RowOutcomeTag outcome={row.outcome} />,
        text: (row) => t(`import.outcome.${row.outcome}`),
      },
      ...shown.map(({ key, title }, index) => ({
        key,
        title,
        optional: index >= COLUMNS_SHOWN,
        render: (row: Row) => row.cells[index] || '–',
        text: (row: Row) => row.cells[index] ?? '',
      })),
    ];
  }, [titles, t]);
  if (sample.length === 0) return null;
  return (
    <Panel title={t('import.sampleTitle')}>
      <p className="jy-quiet-text">{t('import.sampleText', { shown: sample.length, total: rowCount })}</p>
      <div className="jy-wide-table">
        <ResourceTable
          name={`import-sample-${kind?.name ?? ''}`}
          caption={t('import.sampleTitle')}
          columns={columns}
          rows={sample}
          rowKey={(row) => String(row.row)}
          paging={{ from: 1, totalCount: rowCount, onNext: null, onPrevious: null }}
          empty={null}
        />
      </div>
    </Panel>
  );
}
