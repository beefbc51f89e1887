import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DriftFieldClass, DriftState } from '../../../graphql/enums';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { urlManyOf, urlText } from '../../../lib/url-state';
import { driftStates } from '../../../ui/drift-states';
import { ChipFilter, FilterMark, SearchFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { EmptyState } from '../../../ui/page-states';
import { CenterFilter } from '../../../ui/three-centers/CenterFilter';
import { useMay } from '../../../ui/viewer-context';
import { DecideDialog } from '../components/DecideDialog';
import { actColumn, type Drift, type DriftAct, driftColumns } from '../components/drift-columns';
import { RulesPanel } from '../components/RulesPanel';
import { DriftListQuery, DriftRow } from '../drift.gql';

const states = Object.keys(driftStates) as DriftState[];
const classes: readonly DriftFieldClass[] = [
  'POWER',
  'SIZE',
  'NETWORK',
  'STORAGE',
  'PLACEMENT',
  'IDENTITY',
  'BOUNDARY',
  'OTHER',
];
const spec = {
  search: urlText(),
  states: urlManyOf(states),
  classes: urlManyOf(classes),
  center: urlText(),
  resource: urlText(),
};

/** 配置漂移: what others wrote into the console's fields, what has become of it, and by which rules. */
export function DriftListPage() {
  const { t } = useTranslation();
  const may = useMay();
  const withRules = may('CAPACITY', 'READ');
  const decides = may('CENTER', 'EDIT');
  const list = useList({
    name: 'drifts',
    spec,
    query: DriftListQuery,
    variables: ({ center, classes: of, resource, search, states: in_ }) => ({
      withRules,
      resourceId: resource,
      ofResource: resource !== '',
      filter: {
        search: search || null,
        states: in_.length > 0 ? in_ : null,
        classes: of.length > 0 ? of : null,
        centerId: center || null,
        resourceId: resource || null,
      },
    }),
    rows: ({ drifts }) => ({ ...drifts, rows: readFragment(DriftRow, drifts.nodes) }),
  });
  const { filter, setFilter, data } = list;
  const named = data?.node && 'name' in data.node ? data.node.name : undefined;
  const [asked, setAsked] = useState<{ drift: Drift; act: DriftAct } | null>(null);
  const columns = useMemo(
    () => (decides ? [...driftColumns(t), actColumn(t, (drift, act) => setAsked({ drift, act }))] : driftColumns(t)),
    [t, decides],
  );
  return (
    <>
      <ListPage
        list={list}
        title={t('drift.title')}
        lead={t('drift.lead')}
        columns={columns}
        rowKey={(row) => row.id}
        filters={
          <>
            <SearchFilter
              label={t('drift.search')}
              placeholder={t('drift.searchPlaceholder')}
              value={filter.search}
              onChange={(search) => setFilter({ search })}
            />
            <CenterFilter centers={data?.centers} value={filter.center} onChange={(center) => setFilter({ center })} />
            {filter.resource !== '' && (
              <FilterMark
                label={t('drift.resource')}
                name={named ?? t(data ? 'drift.resourceUnknown' : 'common.loading')}
                onRemove={() => setFilter({ resource: '' })}
              />
            )}
            <ChipFilter
              label={t('drift.stateLabel')}
              options={states.map((value) => ({ value, text: t(`drift.state.${value}`) }))}
              value={filter.states}
              onChange={(in_) => setFilter({ states: in_ })}
            />
            <ChipFilter
              label={t('drift.classLabel')}
              options={classes.map((value) => ({ value, text: t(`drift.class.${value}`) }))}
              value={filter.classes}
              onChange={(of) => setFilter({ classes: of })}
            />
          </>
        }
        empty={
          <EmptyState title={t('drift.none')} action={<Link to={routes.resources()}>{t('resource.list')}</Link>}>
            {t('drift.noneText')}
          </EmptyState>
        }
      >
        {data?.driftPolicies && <RulesPanel policies={data.driftPolicies} />}
      </ListPage>
      {asked && <DecideDialog {...asked} onClose={() => setAsked(null)} />}
    </>
  );
}
