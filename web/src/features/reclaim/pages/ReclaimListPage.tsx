import { Button, Checkbox } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ReclaimAnswer, ReclaimState } from '../../../graphql/enums';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { urlManyOf, urlText } from '../../../lib/url-state';
import { ChipFilter, SearchFilter } from '../../../ui/FilterBar';
import { BatchBar } from '../../../ui/list/BatchBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { useSelection } from '../../../ui/list/use-selection';
import { EmptyState } from '../../../ui/page-states';
import { StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import type { Column } from '../../../ui/table/columns';
import { AnswerCasesDialog } from '../components/AnswerCasesDialog';
import { ReclaimListQuery, ReclaimRow } from '../reclaim.gql';
import { reclaimStates } from '../reclaim-states';

type Row = ResultOf<typeof ReclaimRow>;

const states = Object.keys(reclaimStates) as ReclaimState[];
const spec = { search: urlText(), states: urlManyOf(states) };

/** A notice that the viewer's department may still answer. */
const mayAnswer = ({ availableActions }: Row): boolean =>
  availableActions.some(({ action, disabledReason }) => action === 'OBJECT' && disabledReason === null);

/** 闲置回收: the cases that the viewer's department or the center has to do with, the newest first. */
export function ReclaimListPage() {
  const { t } = useTranslation();
  const list = useList({
    name: 'reclaim-cases',
    spec,
    query: ReclaimListQuery,
    variables: ({ search, states }) => ({
      filter: { search: search || null, states: states.length > 0 ? states : null },
    }),
    rows: ({ reclaimCases }) => ({ ...reclaimCases, rows: readFragment(ReclaimRow, reclaimCases.nodes) }),
  });
  const selection = useSelection(list.rows, mayAnswer);
  const { selected, select, selectable, chosen } = selection;
  const [answer, setAnswer] = useState<ReclaimAnswer | null>(null);
  const ticks = selectable.length > 0;
  const columns = useMemo(
    (): Column<Row>[] => [
      ...(ticks
        ? [
            {
              key: 'select',
              title: t('life.select'),
              tick: true,
              leading: true,
              render: (row: Row) => (
                <Checkbox
                  aria-label={t('life.selectOne', { name: row.code })}
                  disabled={!mayAnswer(row)}
                  checked={selected.has(row.id)}
                  onChange={(event) => select(row.id, event.target.checked)}
                />
              ),
              text: () => null,
            },
          ]
        : []),
      {
        key: 'code',
        title: t('reclaim.code'),
        leading: true,
        render: (row) => (
          <Link className="jy-code" to={routes.reclaimCase(row.id)}>
            {row.code}
          </Link>
        ),
        text: (row) => row.code,
      },
      {
        key: 'state',
        title: t('reclaim.stateLabel'),
        render: (row) => <StateTag look={reclaimStates[row.state]} word={t(`reclaim.state.${row.state}`)} />,
        text: (row) => t(`reclaim.state.${row.state}`),
      },
      {
        key: 'resource',
        title: t('reclaim.resource'),
        render: ({ resource, line }) =>
          resource ? (
            <Link to={routes.resource(resource.id)}>{resource.name}</Link>
          ) : line?.request ? (
            <Link to={routes.request(line.request.id)}>{line.name}</Link>
          ) : (
            line?.name
          ),
        text: ({ resource, line }) => (resource ?? line)?.name ?? null,
      },
      {
        key: 'department',
        title: t('reclaim.department'),
        render: (row) => row.department.name,
        text: (row) => row.department.name,
      },
      {
        key: 'cause',
        title: t('reclaim.causeLabel'),
        render: (row) => t(`reclaim.cause.${row.cause}`),
        text: (row) => t(`reclaim.cause.${row.cause}`),
      },
      {
        key: 'evidence',
        title: t('reclaim.evidence'),
        optional: true,
        render: (row) => row.evidence,
        text: (row) => row.evidence,
      },
      {
        key: 'openedBy',
        title: t('reclaim.openedBy'),
        render: (row) => row.openedByName,
        text: (row) => row.openedByName,
      },
      {
        key: 'openedAt',
        title: t('reclaim.openedAt'),
        render: (row) => <Time at={row.openedAt} />,
        text: (row) => exactTime(row.openedAt),
      },
      {
        key: 'dueAt',
        title: t('reclaim.dueAt'),
        render: (row) => <Time at={row.dueAt} />,
        text: (row) => exactTime(row.dueAt),
      },
    ],
    [t, ticks, selected, select],
  );
  return (
    <>
      <ListPage
        list={list}
        title={t('reclaim.title')}
        lead={t('reclaim.lead')}
        columns={columns}
        rowKey={(row) => row.id}
        actions={
          ticks && (
            <BatchBar
              all={selection.all}
              chosen={chosen.length}
              text={t('reclaim.objectTo', { selected: count(chosen.length) })}
              onToggleAll={selection.toggleAll}
              onPress={() => setAnswer('OBJECT')}
              other={
                <Button disabled={chosen.length === 0} onClick={() => setAnswer('AGREE')}>
                  {t('reclaim.agreeTo', { selected: count(chosen.length) })}
                </Button>
              }
            />
          )
        }
        filters={
          <>
            <SearchFilter
              label={t('reclaim.search')}
              placeholder={t('reclaim.searchPlaceholder')}
              value={list.filter.search}
              onChange={(search) => list.setFilter({ search })}
            />
            <ChipFilter
              label={t('reclaim.stateLabel')}
              options={states.map((value) => ({ value, text: t(`reclaim.state.${value}`) }))}
              value={list.filter.states}
              onChange={(chosen) => list.setFilter({ states: chosen })}
            />
          </>
        }
        empty={
          <EmptyState title={t('reclaim.none')} action={<Link to={routes.resources()}>{t('resource.list')}</Link>}>
            {t('reclaim.noneText')}
          </EmptyState>
        }
      />
      {answer && (
        <AnswerCasesDialog
          answer={answer}
          rows={chosen.map(({ id, code, version, resource }) => ({
            id,
            name: code,
            version,
            system: { name: resource?.name ?? '' },
          }))}
          onClose={() => {
            setAnswer(null);
            selection.clear();
          }}
        />
      )}
    </>
  );
}
