import { FileTextOutlined, LockOutlined } from '@ant-design/icons';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { MeteredKind, ShareName } from '../../../graphql/enums';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { urlManyOf, urlOneOf, urlText } from '../../../lib/url-state';
import { useUrlState } from '../../../lib/use-url-state';
import { ChipFilter, FilterMark, SearchFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { Money } from '../../../ui/Money';
import { MonthSelect } from '../../../ui/MonthSelect';
import { EmptyState } from '../../../ui/page-states';
import { ReportLinks } from '../../../ui/ReportLinks';
import { StateTag } from '../../../ui/StateTag';
import { useMay } from '../../../ui/viewer-context';
import { ConfirmPanel } from '../components/ConfirmPanel';
import { LinesDialog } from '../components/LinesDialog';
import { StatementParts } from '../components/StatementParts';
import { StatementTotals } from '../components/StatementTotals';
import { resourceColumns } from '../components/statement-columns';
import { leadText, thisMonth } from '../components/statement-words';
import { StatementFrameParts, StatementPageQuery, StatementResourceRow, StatementWordParts } from '../statements.gql';

const kinds: readonly MeteredKind[] = ['MACHINE', 'SERVER', 'SPACE', 'SERVICE', 'DATA', 'DISK', 'ADDRESS', 'SHARED'];
const shares: readonly ShareName[] = ['MAIN', 'MAIN_A', 'MAIN_B', 'RECOVERY'];
/** Sides that a figure of the cost overview is narrowed to: it is found again here, to the fen. */
const sides = {
  system: urlText(),
  project: urlText(),
  center: urlText(),
  budget: urlText(),
  share: urlOneOf<ShareName | ''>([...shares, ''], ''),
  dr: urlOneOf(['', '1'] as const, ''),
};
const spec = { month: urlText(), search: urlText(), kind: urlManyOf(kinds), ...sides };
/** Of which month it is narrows nothing. */
const keeps = ['month'];
type Sides = { [side in keyof typeof sides]: string };
const isNarrowed = (filter: Sides & { kind: readonly MeteredKind[] }) =>
  filter.kind.length > 0 || Object.keys(sides).some((side) => filter[side as keyof Sides] !== '');
const opened = { use: urlText() };

const fieldOf = { SYSTEM: 'system', PROJECT: 'project', CENTER: 'center' } as const;

/** 月度费用核算单 of one department: what it comes to, what it is made of, and each resource down to its lines. */
export function StatementPage() {
  const { t } = useTranslation();
  const may = useMay();
  const { id = '' } = useParams();
  const [{ use: openUse }, open] = useUrlState(opened);
  const list = useList({
    name: 'statement',
    spec,
    keeps,
    query: StatementPageQuery,
    variables: (filter) => ({
      month: filter.month || thisMonth(),
      departmentId: id,
      systemId: filter.system || null,
      projectId: filter.project || null,
      centerId: filter.center || null,
      budgetCode: filter.budget || null,
      share: filter.share || null,
      kind: filter.kind.at(-1) ?? null,
      onlyDr: filter.dr === '1',
      narrowed: isNarrowed(filter),
      search: filter.search || null,
    }),
    rows: ({ statementResources }) => ({
      ...statementResources,
      rows: readFragment(StatementResourceRow, statementResources.nodes),
    }),
  });
  const { filter, setFilter, data } = list;
  const month = filter.month || thisMonth();
  const columns = useMemo(() => resourceColumns(t, (use) => open({ use: use.useId })), [t, open]);
  const frame = data && readFragment(StatementFrameParts, data.draftStatement);
  const words = data && readFragment(StatementWordParts, data.draftStatement);
  const narrowed = data?.narrowedStatement;
  const marks = [
    ...(narrowed?.narrowedTo ?? []).map(({ side, name }) => ({
      field: fieldOf[side],
      label: t(`cost.dimensions.${side}`),
      name: name ?? t(`cost.none.${side === 'CENTER' ? 'CENTER' : 'OTHER'}`),
    })),
    ...(filter.budget
      ? [{ field: 'budget' as const, label: t('cost.dimensions.BUDGET_CODE'), name: filter.budget }]
      : []),
    ...(filter.share
      ? [{ field: 'share' as const, label: t('cost.dimensions.SHARE'), name: t(`statement.shares.${filter.share}`) }]
      : []),
    ...(filter.dr ? [{ field: 'dr' as const, label: t('cost.dr'), name: t('cost.onlyDr') }] : []),
  ];
  const closed = frame?.closing?.state === 'CLOSED';
  const shown = list.rows?.find(({ useId }) => useId === openUse);
  return (
    <>
      <ListPage
        list={list}
        title={
          data
            ? t('statement.title', { department: data.draftStatement.department?.name ?? '–', month })
            : t('statement.list')
        }
        back={<Link to={routes.statements()}>{t('statement.list')}</Link>}
        state={
          <StateTag
            look={closed ? { tone: 'good', icon: LockOutlined } : { tone: 'waiting', icon: FileTextOutlined }}
            word={t(closed ? 'statement.closed' : 'statement.draft')}
          />
        }
        lead={frame && leadText(t, frame)}
        actions={<ReportLinks name="statement" query={{ month, department: id }} />}
        caption={t('statement.uses')}
        columns={columns}
        rowKey={(row) => row.useId}
        selectedKey={openUse || undefined}
        above={
          data &&
          frame && (
            <>
              <StatementTotals frame={data.draftStatement} />
              <ConfirmPanel draft={data.draftStatement} departmentId={id} mayRead={may('CLOSING', 'READ')} />
              {frame.total.resources > 0 && <StatementParts parts={data.draftStatement} total={frame.total.amount} />}
            </>
          )
        }
        filters={
          <>
            <SearchFilter
              label={t('statement.search')}
              placeholder={t('statement.searchPlaceholder')}
              value={filter.search}
              onChange={(search) => setFilter({ search })}
            />
            <MonthSelect
              months={data?.statementMonths ?? []}
              value={month}
              onChange={(chosen) => setFilter({ month: chosen === thisMonth() ? '' : chosen })}
            />
            <ChipFilter
              label={t('statement.kind')}
              options={kinds.map((value) => ({ value, text: t(`statement.kinds.${value}`) }))}
              value={filter.kind}
              onChange={(chosen) => setFilter({ kind: chosen.slice(-1) })}
            />
            {marks.map(({ field, label, name }) => (
              <FilterMark key={field} label={label} name={name} onRemove={() => setFilter({ [field]: '' })} />
            ))}
            {/* Of the filters alone: a search narrows the list and not this sum, so that beside one it would not be true. */}
            {narrowed && filter.search === '' && (
              <span className="jy-filter-sum">
                {t('statement.narrowed', { n: narrowed.resources })} <Money fen={narrowed.amount} />
              </span>
            )}
          </>
        }
        empty={<EmptyState title={t('statement.noUses')}>{t('statement.noUsesText')}</EmptyState>}
      />
      {shown && (
        <LinesDialog
          use={shown}
          month={month}
          mayDispute={words?.mayConfirm ?? false}
          onClose={() => open({ use: '' })}
        />
      )}
    </>
  );
}
