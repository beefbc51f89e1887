import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DrExecutionKind } from '../../../graphql/enums';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { urlManyOf, urlText } from '../../../lib/url-state';
import { ChipFilter, SearchFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { EmptyState } from '../../../ui/page-states';
import { StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import type { Column } from '../../../ui/table/columns';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { ExecutionLine, ExecutionListQuery } from '../drexec.gql';
import { executionLooks, pausedLook } from '../drexec-states';

type Line = ResultOf<typeof ExecutionLine>;
const kinds: DrExecutionKind[] = ['SWITCHOVER', 'FAILOVER', 'FAILBACK'];
const spec = { search: urlText(), kinds: urlManyOf(kinds), group: urlText() };

/** 容灾切换: what is under way, and what was. */
export function ExecutionListPage() {
  const { t } = useTranslation();
  const list = useList({
    name: 'dr-executions',
    spec,
    query: ExecutionListQuery,
    variables: ({ group, kinds: of, search }) => ({
      filter: { search: search || null, kinds: of.length > 0 ? of : null, groupId: group || null },
    }),
    rows: ({ drExecutions }) => ({ ...drExecutions, rows: readFragment(ExecutionLine, drExecutions.nodes) }),
  });
  const { filter, setFilter } = list;
  const columns = useMemo(() => columnsOf(t), [t]);
  return (
    <ListPage
      list={list}
      title={t('drexec.title')}
      lead={t('drexec.lead')}
      columns={columns}
      rowKey={({ id }) => id}
      actions={
        <>
          <Link to={routes.drOrders()}>{t('drexec.standing.title')}</Link>
          <Link to={routes.drRunbooks()}>{t('drexec.runbooks')}</Link>
        </>
      }
      filters={
        <>
          <SearchFilter
            label={t('drexec.search')}
            placeholder={t('drexec.search')}
            value={filter.search}
            onChange={(search) => setFilter({ search })}
          />
          <ChipFilter
            label={t('drexec.kindLabel')}
            options={kinds.map((value) => ({ value, text: t(`drexec.kind.${value}`) }))}
            value={filter.kinds}
            onChange={(of) => setFilter({ kinds: of })}
          />
        </>
      }
      empty={
        <EmptyState title={t('drexec.none')} action={<Link to={routes.drGroups()}>{t('dr.title')}</Link>}>
          {t('drexec.noneText')}
        </EmptyState>
      }
    />
  );
}

function columnsOf(t: TFunction): Column<Line>[] {
  return [
    {
      key: 'code',
      title: t('drexec.code'),
      leading: true,
      render: ({ code, groupName, id }) => (
        <>
          <Link to={routes.drExecution(id)}>{code}</Link>
          <div className="jy-quiet-text">{groupName}</div>
        </>
      ),
      text: ({ code }) => code,
    },
    {
      key: 'kind',
      title: t('drexec.kindLabel'),
      render: ({ kind }) => t(`drexec.kind.${kind}`),
      text: ({ kind }) => t(`drexec.kind.${kind}`),
    },
    {
      key: 'state',
      title: t('drexec.stateLabel'),
      render: ({ outcome, pausedAt, state }) =>
        pausedAt && state !== 'CLEANUP_FAILED' ? (
          <StateTag look={pausedLook} word={t('drexec.paused')} />
        ) : (
          <>
            <StateTag look={executionLooks[state]} word={t(`drexec.state.${state}`)} />
            {outcome && <div className="jy-quiet-text">{t(`drexec.outcome.${outcome}`)}</div>}
          </>
        ),
      text: ({ state }) => t(`drexec.state.${state}`),
    },
    {
      key: 'way',
      title: t('drexec.way'),
      render: ({ fromCenter, toCenter }) =>
        fromCenter && toCenter ? (
          <span className="jy-drexec-way">
            <CenterMark {...fromCenter} /> → <CenterMark {...toCenter} />
          </span>
        ) : (
          '–'
        ),
      text: ({ fromCenter, toCenter }) => (fromCenter && toCenter ? `${fromCenter.name} → ${toCenter.name}` : ''),
    },
    { key: 'by', title: t('drexec.requestedBy'), render: (row) => row.requestedBy, text: (row) => row.requestedBy },
    {
      key: 'at',
      title: t('drexec.createdAt'),
      render: ({ createdAt }) => <Time at={createdAt} />,
      text: ({ createdAt }) => exactTime(createdAt),
    },
  ];
}
