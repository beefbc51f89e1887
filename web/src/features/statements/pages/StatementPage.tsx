import { FileTextOutlined, LockOutlined } from '@ant-design/icons';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { MeteredKind } from '../../../graphql/enums';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { urlManyOf, urlText } from '../../../lib/url-state';
import { useUrlState } from '../../../lib/use-url-state';
import { ChipFilter, SearchFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { EmptyState } from '../../../ui/page-states';
import { ReportLinks } from '../../../ui/ReportLinks';
import { StateTag } from '../../../ui/StateTag';
import { useMay } from '../../../ui/viewer-context';
import { ConfirmPanel } from '../components/ConfirmPanel';
import { LinesDialog } from '../components/LinesDialog';
import { MonthSelect } from '../components/MonthSelect';
import { StatementParts } from '../components/StatementParts';
import { StatementTotals } from '../components/StatementTotals';
import { resourceColumns } from '../components/statement-columns';
import { leadText, thisMonth } from '../components/statement-words';
import { StatementFrameParts, StatementPageQuery, StatementResourceRow, StatementWordParts } from '../statements.gql';

const kinds: readonly MeteredKind[] = ['MACHINE', 'SERVER', 'SPACE', 'SERVICE', 'DATA', 'DISK', 'ADDRESS', 'SHARED'];
const spec = { month: urlText(), search: urlText(), kind: urlManyOf(kinds), system: urlText() };
const opened = { use: urlText() };

/** 月度费用核算单 of one department: what it comes to, what it is made of, and each resource down to its lines. */
export function StatementPage() {
  const { t } = useTranslation();
  const may = useMay();
  const { id = '' } = useParams();
  const [{ use: openUse }, open] = useUrlState(opened);
  const list = useList({
    name: 'statement',
    spec,
    query: StatementPageQuery,
    variables: ({ month, search, kind, system }) => ({
      month: month || thisMonth(),
      departmentId: id,
      systemId: system || null,
      kind: kind.at(-1) ?? null,
      search: search || null,
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
