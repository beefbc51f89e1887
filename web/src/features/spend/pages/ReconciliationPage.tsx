import { Select } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { yuanCell } from '../../../lib/csv';
import { routes } from '../../../lib/routes';
import { urlText } from '../../../lib/url-state';
import { useUrlState } from '../../../lib/use-url-state';
import { Money } from '../../../ui/Money';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { ReportLinks } from '../../../ui/ReportLinks';
import { SaveTable } from '../../../ui/SaveTable';
import { useMay } from '../../../ui/viewer-context';
import { type Cell, ReconciliationBars } from '../components/ReconciliationBars';
import { ReconciliationTable } from '../components/ReconciliationTable';
import { thisYear } from '../components/spend-words';
import { CellDialog } from '../forms/CellDialog';
import { CellParts, ReconciliationQuery } from '../reconciliation.gql';

type Reconciliation = ResultOf<typeof ReconciliationQuery>['spendReconciliation'];
type Center = Reconciliation['centers'][number];

const YEARS = 5;
/** Where the cell of no center is opened. */
const NO_CENTER = 'none';
const spec = { year: urlText(), month: urlText(), center: urlText() };
const sums = ['spend', 'accounted', 'unallocated', 'unexplained'] as const;
const columns = ['spend', 'accounted', 'unallocated', 'cities', 'explained', 'unexplained'] as const;

/** 支出对账: what was really paid beside what use costs, by center and month; what is different is explained or seen. */
export function ReconciliationPage() {
  const { t } = useTranslation();
  const may = useMay();
  const [{ year: chosen, month, center: open }, go] = useUrlState(spec);
  const year = Number.parseInt(chosen, 10) || thisYear();
  const [{ data, error }, ask] = useQuery({
    query: ReconciliationQuery,
    variables: { year },
    requestPolicy: 'cache-and-network',
  });
  const home = <Link to={routes.home()}>{t('shell.toHome')}</Link>;
  if (!data)
    return error ? (
      <FailureState
        wholePage
        failure={failureOf(error)}
        onRetry={() => ask({ requestPolicy: 'network-only' })}
        home={home}
      />
    ) : (
      <LoadingState rows={12} />
    );
  const { spendReconciliation: whole } = data;
  const total = readFragment(CellParts, whole.total);
  const shown = whole.centers.find(({ center }) => (center?.id ?? NO_CENTER) === open);
  return (
    <>
      <PageHeader
        title={t('reconcile.list')}
        actions={
          <>
            <Select
              className="jy-filter-select"
              aria-label={t('spend.year')}
              value={year}
              onChange={(value: number) => go({ year: value === thisYear() ? '' : String(value) })}
              options={Array.from({ length: YEARS }, (_, at) => thisYear() - at).map((value) => ({
                value,
                label: t('spend.ofYear', { year: value }),
              }))}
            />
            {may('SPEND', 'EXPORT') && <ReportLinks name="reconciliation" query={{ year: String(year) }} />}
          </>
        }
      >
        {t('reconcile.lead')}
      </PageHeader>
      <ul className="jy-figures jy-figures-narrow" aria-label={t('reconcile.all')}>
        {sums.map((name) => (
          <li key={name} className="jy-figure" data-bad={name === 'unexplained' && total.unexplained !== '0'}>
            <div>
              <span className="jy-figure-label">{t(`reconcile.${name}`)}</span>
              <span className="jy-figure-value">
                <Money fen={total[name]} compact />
              </span>
            </div>
          </li>
        ))}
      </ul>
      {whole.centers.length === 0 ? (
        <EmptyState
          title={t('reconcile.none', { year })}
          action={<Link to={routes.contracts()}>{t('contract.list')}</Link>}
        >
          {t('reconcile.noneText')}
        </EmptyState>
      ) : (
        <>
          <Panel title={t('reconcile.all')} aside={<SaveTable name="reconciliation" table={() => tableOf(t, whole)} />}>
            <ReconciliationBars
              name={t('reconcile.all')}
              months={whole.months}
              cells={readFragment(CellParts, whole.byMonth)}
            />
            <ReconciliationTable
              caption={`${t('reconcile.table')} · ${t('reconcile.all')}`}
              cells={readFragment(CellParts, whole.byMonth)}
              total={total}
            />
          </Panel>
          {whole.centers.map((row) => (
            <CenterPanel
              key={row.center?.id ?? NO_CENTER}
              row={row}
              months={whole.months}
              onOpen={(at) => go({ month: at, center: row.center?.id ?? NO_CENTER })}
            />
          ))}
          <p className="jy-quiet-text">{t('reconcile.method')}</p>
        </>
      )}
      {shown && month && (
        <CellDialog month={month} center={shown.center} onClose={() => go({ month: '', center: '' })} />
      )}
    </>
  );
}

function CenterPanel({
  row,
  months,
  onOpen,
}: {
  row: Center;
  months: readonly string[];
  onOpen: (month: string) => void;
}) {
  const { t } = useTranslation();
  const name = row.center?.name ?? t('reconcile.noCenter');
  const cells = readFragment(CellParts, row.cells);
  return (
    <Panel title={name}>
      <ReconciliationBars name={name} months={months} cells={cells} />
      <ReconciliationTable
        caption={`${t('reconcile.table')} · ${name}`}
        cells={cells}
        total={readFragment(CellParts, row.total)}
        onOpen={onOpen}
      />
    </Panel>
  );
}

type Line = { name: string; cell: Cell };

function linesOf(t: TFunction, { centers }: Reconciliation): Line[] {
  return centers.flatMap(({ center, cells }) =>
    readFragment(CellParts, cells).map((cell) => ({ name: center?.name ?? t('reconcile.noCenter'), cell })),
  );
}

function tableOf(t: TFunction, whole: Reconciliation) {
  return {
    header: [t('reconcile.center'), t('reconcile.month'), ...columns.map((name) => t(`reconcile.${name}`))],
    rows: linesOf(t, whole).map(({ name, cell }) => [
      name,
      cell.month,
      ...columns.map((column) => yuanCell(cell[column])),
    ]),
  };
}
