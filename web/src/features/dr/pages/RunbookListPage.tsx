import { Button } from 'antd';
import type { TFunction } from 'i18next';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DrExecutionKind, DrRunbookState } from '../../../graphql/enums';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { urlManyOf, urlText } from '../../../lib/url-state';
import { ChipFilter, SearchFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { EmptyState } from '../../../ui/page-states';
import { StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import type { Column } from '../../../ui/table/columns';
import { useMay } from '../../../ui/viewer-context';
import { NewRunbookDialog } from '../components/NewRunbookDialog';
import { RunbookLine, RunbookListQuery } from '../drexec.gql';
import { runbookLooks } from '../drexec-states';

type Line = ResultOf<typeof RunbookLine>;
const kinds: DrExecutionKind[] = ['SWITCHOVER', 'FAILOVER', 'FAILBACK'];
const states = Object.keys(runbookLooks) as DrRunbookState[];
const spec = { search: urlText(), kinds: urlManyOf(kinds), states: urlManyOf(states), group: urlText() };

/** 预案: by which steps each group is switched, failed over and brought back. */
export function RunbookListPage() {
  const { t } = useTranslation();
  const may = useMay();
  const [writing, setWriting] = useState(false);
  const list = useList({
    name: 'dr-runbooks',
    spec,
    query: RunbookListQuery,
    variables: ({ group, kinds: of, search, states: at }) => ({
      filter: {
        ...{ search: search || null, groupId: group || null },
        ...{ kinds: of.length > 0 ? of : null, states: at.length > 0 ? at : null },
      },
    }),
    rows: ({ drRunbooks }) => ({ ...drRunbooks, rows: readFragment(RunbookLine, drRunbooks.nodes) }),
  });
  const { filter, setFilter } = list;
  const columns = useMemo(() => columnsOf(t), [t]);
  return (
    <>
      <ListPage
        list={list}
        title={t('drexec.runbooks')}
        lead={t('drexec.runbooksLead')}
        columns={columns}
        rowKey={({ id }) => id}
        actions={
          filter.group && may('DR_GROUP', 'EDIT') ? (
            <Button type="primary" onClick={() => setWriting(true)}>
              {t('drexec.newRunbook')}
            </Button>
          ) : (
            <Link to={routes.drExecutions()}>{t('drexec.title')}</Link>
          )
        }
        filters={
          <>
            <SearchFilter
              label={t('drexec.runbookName')}
              placeholder={t('drexec.runbookName')}
              value={filter.search}
              onChange={(search) => setFilter({ search })}
            />
            <ChipFilter
              label={t('drexec.kindLabel')}
              options={kinds.map((value) => ({ value, text: t(`drexec.kind.${value}`) }))}
              value={filter.kinds}
              onChange={(of) => setFilter({ kinds: of })}
            />
            <ChipFilter
              label={t('drexec.stateLabel')}
              options={states.map((value) => ({ value, text: t(`drexec.runbookState.${value}`) }))}
              value={filter.states}
              onChange={(at) => setFilter({ states: at })}
            />
          </>
        }
        empty={
          <EmptyState title={t('drexec.noRunbooks')} action={<Link to={routes.drGroups()}>{t('dr.title')}</Link>}>
            {t('drexec.noRunbooksText')}
          </EmptyState>
        }
      />
      {writing && <NewRunbookDialog groupId={filter.group} onClose={() => setWriting(false)} />}
    </>
  );
}

function columnsOf(t: TFunction): Column<Line>[] {
  return [
    {
      key: 'name',
      title: t('drexec.runbook'),
      leading: true,
      render: ({ group, id, name }) => (
        <>
          <Link to={routes.drRunbook(id)}>{name}</Link>
          {group && (
            <div>
              <Link to={routes.drGroup(group.id)}>{group.name}</Link>
            </div>
          )}
        </>
      ),
      text: ({ name }) => name,
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
      render: ({ versions: [newest] }) =>
        newest ? (
          <>
            <StateTag look={runbookLooks[newest.state]} word={t(`drexec.runbookState.${newest.state}`)} />
            <div className="jy-quiet-text">{t('drexec.versionN', { n: newest.number })}</div>
          </>
        ) : (
          '–'
        ),
      text: ({ versions: [newest] }) => (newest ? t(`drexec.runbookState.${newest.state}`) : ''),
    },
    {
      key: 'author',
      title: t('drexec.author'),
      render: ({ versions: [newest] }) => (
        <>
          {newest?.authoredBy}
          <div className="jy-quiet-text">
            <Time at={newest?.authoredAt} />
          </div>
        </>
      ),
      text: ({ versions: [newest] }) => newest?.authoredBy ?? '',
    },
    {
      key: 'verifier',
      title: t('drexec.verifier'),
      render: ({ versions: [newest] }) => newest?.verifiedBy ?? '–',
      text: ({ versions: [newest] }) => newest?.verifiedBy ?? '',
    },
  ];
}
