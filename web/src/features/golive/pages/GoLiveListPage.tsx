import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { GoLiveState } from '../../../graphql/enums';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { urlManyOf, urlText } from '../../../lib/url-state';
import { ChipFilter, SearchFilter } from '../../../ui/FilterBar';
import { GoLiveTag, goLiveStates } from '../../../ui/go-live/GoLiveTag';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { EmptyState } from '../../../ui/page-states';
import { Time } from '../../../ui/Time';
import type { Column } from '../../../ui/table/columns';
import { GoLiveListQuery, GoLiveRow } from '../golive.gql';
import { LateTag } from '../looks';

type Row = ResultOf<typeof GoLiveRow>;

const states = Object.keys(goLiveStates) as GoLiveState[];
const spec = { search: urlText(), states: urlManyOf(states), late: urlManyOf(['late']) };

/** 系统上线: trials and acceptances that the viewer has to do with, the newest first. */
export function GoLiveListPage() {
  const { t } = useTranslation();
  const list = useList({
    name: 'go-lives',
    spec,
    query: GoLiveListQuery,
    variables: ({ search, states, late }) => ({
      filter: {
        search: search || null,
        states: states.length > 0 ? states : null,
        overdue: late.length > 0 ? true : null,
      },
    }),
    rows: ({ goLiveCases }) => ({ ...goLiveCases, rows: readFragment(GoLiveRow, goLiveCases.nodes) }),
  });
  const columns = useMemo(
    (): Column<Row>[] => [
      {
        key: 'code',
        title: t('goLive.code'),
        leading: true,
        render: (row) => (
          <Link className="jy-code" to={routes.goLive(row.id)}>
            {row.code}
          </Link>
        ),
        text: (row) => row.code,
      },
      {
        key: 'system',
        title: t('goLive.system'),
        render: ({ system }) => system && <Link to={routes.system(system.id)}>{system.name}</Link>,
        text: ({ system }) => system?.name ?? null,
      },
      {
        key: 'state',
        title: t('goLive.stateLabel'),
        render: (row) => (
          <span className="jy-tags">
            <GoLiveTag state={row.state} />
            <LateTag dueStep={row.dueStep} dueAt={row.dueAt} />
          </span>
        ),
        text: (row) => t(`goLive.state.${row.state}`),
      },
      {
        key: 'signed',
        title: t('goLive.signedOf'),
        render: (row) => <span className="jy-number">{signedText(row)}</span>,
        text: signedText,
      },
      {
        key: 'department',
        title: t('goLive.department'),
        render: (row) => row.department.name,
        text: (row) => row.department.name,
      },
      {
        key: 'begunOn',
        title: t('goLive.begunOn'),
        render: (row) => <span className="jy-number">{row.begunOn}</span>,
        text: (row) => row.begunOn,
      },
      {
        key: 'overOn',
        title: t('goLive.overOn'),
        render: (row) => <span className="jy-number">{row.overOn}</span>,
        text: (row) => row.overOn,
      },
      {
        key: 'dueAt',
        title: t('goLive.dueAt'),
        render: (row) => <Time at={row.dueAt} />,
        text: (row) => (row.dueAt ? exactTime(row.dueAt) : null),
      },
      {
        key: 'liveSince',
        title: t('goLive.liveSince'),
        render: (row) => row.liveSince && <span className="jy-number">{row.liveSince}</span>,
        text: (row) => row.liveSince,
      },
      {
        key: 'openedBy',
        title: t('goLive.openedBy'),
        optional: true,
        render: (row) => row.openedByName,
        text: (row) => row.openedByName,
      },
    ],
    [t],
  );
  return (
    <ListPage
      list={list}
      title={t('goLive.title')}
      lead={t('goLive.lead')}
      columns={columns}
      rowKey={(row) => row.id}
      actions={<Link to={routes.goLiveRules()}>{t('goLive.rules')}</Link>}
      filters={
        <>
          <SearchFilter
            label={t('goLive.search')}
            placeholder={t('goLive.searchPlaceholder')}
            value={list.filter.search}
            onChange={(search) => list.setFilter({ search })}
          />
          <ChipFilter
            label={t('goLive.stateLabel')}
            options={states.map((value) => ({ value, text: t(`goLive.state.${value}`) }))}
            value={list.filter.states}
            onChange={(chosen) => list.setFilter({ states: chosen })}
          />
          <ChipFilter
            label={t('goLive.dueAt')}
            options={[{ value: 'late' as const, text: t('goLive.late') }]}
            value={list.filter.late}
            onChange={(late) => list.setFilter({ late })}
          />
        </>
      }
      empty={
        <EmptyState title={t('goLive.none')} action={<Link to={routes.systems()}>{t('system.list')}</Link>}>
          {t('goLive.noneText')}
        </EmptyState>
      }
    />
  );
}

/** e.g. "2 / 3": how many of the parties have signed in the round that runs. */
function signedText({ state, parties, signatures, round }: Row): string {
  if (state === 'TRIAL' || state === 'STOPPED') return '–';
  return `${signatures.filter((one) => one.round === round).length} / ${parties.length}`;
}
