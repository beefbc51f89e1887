import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { urlText } from '../../../lib/url-state';
import { SearchFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { EmptyState } from '../../../ui/page-states';
import { CenterFilter } from '../../../ui/three-centers/CenterFilter';
import { useMay } from '../../../ui/viewer-context';
import { IntakeTabs } from '../components/IntakeTabs';
import { ReconciliationTable } from '../components/ReconciliationTable';
import { TakeInDialog } from '../components/TakeInDialog';
import { type Unrecorded, unrecordedColumns } from '../components/unrecorded-columns';
import { ReconciliationQuery, ReconciliationRow, UnrecordedRow } from '../intake.gql';

/** A form of a day of its own for each is no place for more; a file is. */
const TOGETHER_MAX = 100;

const spec = { search: urlText(), center: urlText() };

/** 账 / 实 / 差异: figures by center, and below them what the clusters have beside the record. */
export function ReconcilePage() {
  const { t } = useTranslation();
  const may = useMay();
  const [taking, setTaking] = useState<readonly Unrecorded[]>([]);
  // Kept while pages are turned: what is taken in together need not stand on one.
  const [chosen, setChosen] = useState<ReadonlyMap<string, Unrecorded>>(new Map());
  const list = useList({
    name: 'unrecorded',
    spec,
    query: ReconciliationQuery,
    variables: ({ search, center }) => ({ search: search || null, centerId: center || null }),
    rows: ({ unrecordedMachines }) => ({
      ...unrecordedMachines,
      rows: readFragment(UnrecordedRow, unrecordedMachines.nodes),
    }),
  });
  const { filter, setFilter, data } = list;
  const mayPrepare = may('INTAKE', 'CREATE');
  const columns = useMemo(() => {
    const choose = (row: Unrecorded) =>
      setChosen((now) => {
        const next = new Map(now);
        if (!next.delete(row.id)) next.set(row.id, row);
        return next;
      });
    return unrecordedColumns(t, mayPrepare ? { chosen, choose } : null, (row) => setTaking([row]));
  }, [t, mayPrepare, chosen]);
  const centers = readFragment(ReconciliationRow, data?.reconciliation ?? []).flatMap((row) =>
    row.center ? [row.center] : [],
  );

  return (
    <>
      <ListPage
        list={list}
        title={t('intake.title')}
        lead={
          <>
            {t('intake.lead')}
            <IntakeTabs />
            {data && <ReconciliationTable rows={data.reconciliation} />}
          </>
        }
        actions={
          mayPrepare && (
            <>
              {chosen.size > 0 && <Button onClick={() => setChosen(new Map())}>{t('intake.chooseNone')}</Button>}
              <Button
                type={chosen.size > 0 ? 'primary' : 'default'}
                disabled={chosen.size === 0 || chosen.size > TOGETHER_MAX}
                title={chosen.size > TOGETHER_MAX ? t('intake.tooMany', { max: TOGETHER_MAX }) : undefined}
                onClick={() => setTaking([...chosen.values()])}
              >
                {t('intake.takeChosen', { count: chosen.size })}
              </Button>
              <Link to={routes.imports()}>{t('intake.byFile')}</Link>
            </>
          )
        }
        columns={columns}
        rowKey={(row) => row.id}
        filters={
          <>
            <SearchFilter
              label={t('intake.search')}
              placeholder={t('intake.search')}
              value={filter.search}
              onChange={(search) => setFilter({ search })}
            />
            <CenterFilter centers={centers} value={filter.center} onChange={(center) => setFilter({ center })} />
          </>
        }
        empty={<EmptyState title={t('intake.nothingBeside')}>{t('intake.nothingBesideText')}</EmptyState>}
      />
      {taking.length > 0 && (
        <TakeInDialog
          machines={taking}
          onClose={() => setTaking([])}
          onDone={() => {
            setTaking([]);
            setChosen(new Map());
          }}
        />
      )}
    </>
  );
}
