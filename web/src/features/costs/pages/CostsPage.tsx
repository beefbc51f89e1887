import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import type { CostBasis, CostDimension, MeteredKind, ShareName } from '../../../graphql/enums';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { yuanCell } from '../../../lib/csv';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { urlOneOf, urlText } from '../../../lib/url-state';
import { useUrlState } from '../../../lib/use-url-state';
import { Money } from '../../../ui/Money';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { ReportLinks } from '../../../ui/ReportLinks';
import { SaveTable } from '../../../ui/SaveTable';
import { COST_SIDES } from '../../../ui/SideFilter';
import { useSeesProvincialCosts } from '../../../ui/viewer-context';
import { CostBars } from '../components/CostBars';
import { CostControls } from '../components/CostControls';
import { CostPivotTable } from '../components/CostPivotTable';
import {
  DIMENSIONS,
  FIELD_OF,
  isTime,
  keyWord,
  lastYearOf,
  monthsFrom,
  type Table,
  thisMonth,
  wholeWord,
} from '../components/cost-words';
import { UnallocatedNote } from '../components/UnallocatedNote';
import { CostsPageQuery, CostTable } from '../costs.gql';

const SHARES: readonly ShareName[] = ['MAIN', 'MAIN_A', 'MAIN_B', 'RECOVERY'];
const KINDS: readonly MeteredKind[] = ['MACHINE', 'DATA', 'DISK', 'SERVER', 'SPACE', 'SERVICE', 'ADDRESS', 'SHARED'];
const bases: readonly CostBasis[] = ['CHARGED', 'USED'];
const spec = {
  rows: urlOneOf(DIMENSIONS, 'DEPARTMENT'),
  columns: urlOneOf<CostDimension | 'TOTAL'>([...DIMENSIONS, 'TOTAL'], 'MONTH'),
  from: urlText(),
  to: urlText(),
  basis: urlOneOf(bases, 'CHARGED'),
  side: urlOneOf(COST_SIDES, 'PROVINCE'),
  department: urlText(),
  system: urlText(),
  project: urlText(),
  center: urlText(),
  budget: urlText(),
  share: urlOneOf<ShareName | ''>([...SHARES, ''], ''),
  kind: urlOneOf<MeteredKind | ''>([...KINDS, ''], ''),
  dr: urlOneOf(['', '1'] as const, ''),
};

/** More are no paper, as the server sees it. */
const REPORT_COLUMNS_MAX = 13;

/** 费用总览: what use costs by any two of its sides, over any months; it opens down to statements and their lines. */
export function CostsPage() {
  const { t } = useTranslation();
  const [url, setUrl] = useUrlState(spec);
  const { basis, side } = url;
  const rows = url.rows;
  const columns = url.columns === 'TOTAL' || url.columns === rows ? null : url.columns;
  const to = url.to || thisMonth();
  const from = url.from || lastYearOf(to);
  const [{ data, error, stale }, ask] = useQuery({
    query: CostsPageQuery,
    variables: {
      ...{ rows, columns, from, to, basis, side },
      departmentId: url.department || null,
      systemId: url.system || null,
      projectId: url.project || null,
      centerId: url.center || null,
      budgetCode: url.budget || null,
      share: url.share || null,
      kind: url.kind || null,
      onlyDr: url.dr === '1',
    },
    requestPolicy: 'cache-and-network',
  });
  const table = data && readFragment(CostTable, data.costPivot);
  const months = useMemo(() => {
    const known = data?.statementMonths ?? [];
    return known.length === 0 ? [] : monthsFrom(known.at(-1) as string, known[0] as string);
  }, [data]);
  const seesProvince = useSeesProvincialCosts();
  return (
    <>
      <PageHeader
        title={t('cost.title')}
        actions={
          <>
            {table && table.rows.length > 0 && table.columns.length <= REPORT_COLUMNS_MAX && (
              <ReportLinks
                name="costs"
                query={{
                  ...{ rows, columns, from, to, basis, side },
                  ...{ department: url.department, system: url.system, project: url.project, center: url.center },
                  ...{ budget: url.budget, share: url.share, kind: url.kind, dr: url.dr },
                }}
              />
            )}
            <Link to={routes.costChanges()}>{t('cost.change.open')}</Link>
            <Link to={routes.costsOfDr()}>{t('cost.onlyDr')}</Link>
            <Link to={routes.idleCosts()}>{t('cost.idle.title')}</Link>
          </>
        }
      >
        {t('cost.lead')}
      </PageHeader>
      <CostControls
        choice={{ rows, columns: columns ?? 'TOTAL', from, to, basis, side }}
        months={months}
        seesProvince={seesProvince}
        onlyDr={url.dr === '1'}
        narrowed={[
          ...(table?.narrowedTo ?? []).map(({ dimension, name }) => ({
            field: FIELD_OF[dimension as keyof typeof FIELD_OF],
            label: t(`cost.dimensions.${dimension}`),
            name: name ?? t(`cost.none.${dimension === 'CENTER' ? 'CENTER' : 'OTHER'}`),
          })),
          ...(['budget', 'share', 'kind'] as const).flatMap((field) =>
            url[field] ? [{ field, ...wordsOf(t, field, url[field]) }] : [],
          ),
        ]}
        onChange={setUrl}
        onWiden={(field) => setUrl({ [field]: '' })}
      />
      {!table &&
        (error ? (
          <FailureState
            failure={failureOf(error)}
            onRetry={() => ask({ requestPolicy: 'network-only' })}
            home={<Link to={routes.home()}>{t('shell.toHome')}</Link>}
          />
        ) : (
          <LoadingState rows={12} />
        ))}
      {table && table.rows.length === 0 && (
        <EmptyState
          title={t(url.dr ? 'cost.noDr' : 'cost.empty')}
          action={<Link to={routes.statements()}>{t('statement.list')}</Link>}
        >
          {t(url.dr ? 'cost.noDrText' : 'cost.emptyText')}
        </EmptyState>
      )}
      {table && table.rows.length > 0 && (
        <div aria-busy={stale}>
          <Panel
            title={
              columns
                ? t('cost.caption', {
                    rows: t(`cost.dimensions.${rows}`),
                    columns: t(`cost.dimensions.${columns}`),
                  })
                : t(`cost.dimensions.${rows}`)
            }
            aside={
              <>
                <span className="jy-quiet-text">{t('cost.total')}</span> <Money fen={table.total} compact />
                <SaveTable name={t('cost.title')} table={() => saved(t, table, rows, columns)} />
              </>
            }
          >
            {columns && isTime(columns) && table.columns.length > 1 && <CostBars table={table} columns={columns} />}
            <CostPivotTable
              table={table}
              rows={rows}
              columns={columns}
              basis={basis}
              narrow={url}
              isTree={table.narrowedTo.some(({ below }) => below > 0)}
              onOpen={setUrl}
              onNarrow={({ by, ...field }) => setUrl({ ...field, rows: by })}
            />
            {seesProvince && side === 'PROVINCE' && <UnallocatedNote month={to} />}
            {table.draftedMonths.length > 0 && (
              <p className="jy-quiet-text">
                {t('cost.drafted', {
                  months: table.draftedMonths.join(t('common.comma')),
                  at: table.draftedAt ? exactTime(table.draftedAt).slice(0, 16) : '–',
                })}
              </p>
            )}
          </Panel>
        </div>
      )}
    </>
  );
}

function wordsOf(t: TFunction, field: 'budget' | 'share' | 'kind', key: string) {
  const dimension = { budget: 'BUDGET_CODE', share: 'SHARE', kind: 'KIND' } as const;
  const of = dimension[field];
  return { label: t(`cost.dimensions.${of}`), name: keyWord(t, of, { key, label: null }) };
}

function saved(t: Parameters<typeof keyWord>[0], table: Table, rows: CostDimension, columns: CostDimension | null) {
  const cells = (amounts: readonly string[]) => (columns ? amounts.map(yuanCell) : []);
  return {
    header: [
      t(`cost.dimensions.${rows}`),
      ...(columns ? table.columns.map((column) => t('cost.yuanOf', { of: keyWord(t, columns, column) })) : []),
      t('cost.yuanOf', { of: t('cost.total') }),
    ],
    rows: [
      ...table.rows.map((row) => [wholeWord(t, rows, row), ...cells(row.amounts), yuanCell(row.total)]),
      ...(table.rest
        ? [[t('cost.restRows', { n: table.rest.rows }), ...cells(table.rest.amounts), yuanCell(table.rest.total)]]
        : []),
      [t('cost.total'), ...cells(table.amounts), yuanCell(table.total)],
    ],
  };
}
