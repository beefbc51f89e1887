import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DrDrillKind, DrDrillState } from '../../../graphql/enums';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { urlManyOf, urlText } from '../../../lib/url-state';
import { drillOutcomes, drillStates } from '../../../ui/drill-states';
import { ChipFilter, FilterMark, SearchFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { EmptyState } from '../../../ui/page-states';
import { StateTag } from '../../../ui/StateTag';
import type { Column } from '../../../ui/table/columns';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { useMay } from '../../../ui/viewer-context';
import { drillKinds, PlanDialog } from '../components/PlanDialog';
import { clockText } from '../drill-words';
import { DrillListQuery, DrillRow } from '../drills.gql';

type Row = ResultOf<typeof DrillRow>;
const states = Object.keys(drillStates) as DrDrillState[];
const spec = {
  search: urlText(),
  states: urlManyOf(states),
  kinds: urlManyOf<DrDrillKind>(drillKinds),
  group: urlText(),
};

/** 容灾演练: what was tried, what is, and what came of it. */
export function DrillListPage() {
  const { t } = useTranslation();
  const may = useMay();
  const [planning, setPlanning] = useState(false);
  const list = useList({
    name: 'dr-drills',
    spec,
    query: DrillListQuery,
    variables: ({ group, kinds, search, states: in_ }) => ({
      filter: {
        search: search || null,
        states: in_.length > 0 ? in_ : null,
        kinds: kinds.length > 0 ? kinds : null,
        groupId: group || null,
      },
    }),
    rows: ({ drDrills }) => ({ ...drDrills, rows: readFragment(DrillRow, drDrills.nodes) }),
  });
  const { filter, setFilter } = list;
  const columns = useMemo(
    (): Column<Row>[] => [
      {
        ...{ key: 'code', title: t('drill.drill'), leading: true },
        render: ({ code, groupName, id }) => (
          <>
            <Link to={routes.drDrill(id)}>{groupName}</Link>
            <div className="jy-code jy-quiet-text">{code}</div>
          </>
        ),
        text: ({ code, groupName }) => `${code} ${groupName}`,
      },
      {
        ...{ key: 'state', title: t('drill.stateLabel') },
        render: ({ outcome, state }) =>
          outcome ? (
            <StateTag look={drillOutcomes[outcome]} word={t(`drill.outcome.${outcome}`)} />
          ) : (
            <StateTag look={drillStates[state]} word={t(`drill.state.${state}`)} />
          ),
        text: ({ outcome, state }) => (outcome ? t(`drill.outcome.${outcome}`) : t(`drill.state.${state}`)),
      },
      {
        ...{ key: 'kind', title: t('drill.kindLabel') },
        render: ({ center, kind }) => (
          <>
            {t(`drill.kind.${kind}`)}
            {center && (
              <div>
                <CenterMark role={center.role} name={center.name} />
              </div>
            )}
          </>
        ),
        text: ({ kind }) => t(`drill.kind.${kind}`),
      },
      {
        ...{ key: 'scenario', title: t('drill.scenario') },
        render: ({ scenario }) => scenario,
        text: ({ scenario }) => scenario,
      },
      {
        ...{ key: 'planned', title: t('drill.plannedAt') },
        render: ({ plannedAt, plannedBy }) => (
          <>
            <span className="jy-number">{exactTime(plannedAt).slice(0, -3)}</span>
            <div className="jy-quiet-text">{plannedBy}</div>
          </>
        ),
        text: ({ plannedAt }) => exactTime(plannedAt),
      },
      {
        ...{ key: 'rto', title: t('drill.rtoAgainst'), numeric: true },
        render: ({ figures, targetRtoSeconds }) => (
          <span className="jy-number">
            {clockText(figures.rtoSeconds)} / {clockText(targetRtoSeconds)}
          </span>
        ),
        text: ({ figures }) => figures.rtoSeconds ?? '',
      },
    ],
    [t],
  );
  const plan = may('DR_GROUP', 'EDIT') && (
    <Button type="primary" onClick={() => setPlanning(true)}>
      {t('drill.plan')}
    </Button>
  );
  return (
    <>
      <ListPage
        list={list}
        title={t('drill.title')}
        lead={t('drill.lead')}
        columns={columns}
        rowKey={({ id }) => id}
        actions={
          <>
            <Link to={routes.drDrillCalendar()}>{t('drill.toCalendar')}</Link>
            {plan}
          </>
        }
        filters={
          <>
            <SearchFilter
              label={t('drill.search')}
              placeholder={t('drill.search')}
              value={filter.search}
              onChange={(search) => setFilter({ search })}
            />
            <ChipFilter
              label={t('drill.kindLabel')}
              options={drillKinds.map((value) => ({ value, text: t(`drill.kind.${value}`) }))}
              value={filter.kinds}
              onChange={(kinds) => setFilter({ kinds })}
            />
            <ChipFilter
              label={t('drill.stateLabel')}
              options={states.map((value) => ({ value, text: t(`drill.state.${value}`) }))}
              value={filter.states}
              onChange={(in_) => setFilter({ states: in_ })}
            />
            {filter.group && (
              <FilterMark
                label={t('drill.group')}
                name={t('drill.ofOneGroup')}
                onRemove={() => setFilter({ group: '' })}
              />
            )}
          </>
        }
        empty={
          <EmptyState title={t('drill.none')} action={plan || undefined}>
            {t('drill.noneText')}
          </EmptyState>
        }
      />
      {planning && <PlanDialog groupId={filter.group} onClose={() => setPlanning(false)} />}
    </>
  );
}
