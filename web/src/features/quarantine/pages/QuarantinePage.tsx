import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { QuarantineAction, QuarantineCause, QuarantineState } from '../../../graphql/enums';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { urlManyOf, urlText } from '../../../lib/url-state';
import { ChipFilter, SearchFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { EmptyState } from '../../../ui/page-states';
import { quarantineStates } from '../../../ui/quarantine-states';
import { CenterFilter } from '../../../ui/three-centers/CenterFilter';
import { useMay } from '../../../ui/viewer-context';
import { DecideQuarantineDialog } from '../components/DecideQuarantineDialog';
import { actColumn, type Quarantined, quarantineColumns } from '../components/quarantine-columns';
import { QuarantineListQuery, QuarantineRow } from '../quarantine.gql';

const states = Object.keys(quarantineStates) as QuarantineState[];
const causes: readonly QuarantineCause[] = ['NO_RECORD', 'UNLABELLED'];
const spec = { search: urlText(), states: urlManyOf(states), causes: urlManyOf(causes), center: urlText() };

/** 隔离清单: what the clusters have and no record tells of, and what people have decided of it. */
export function QuarantinePage() {
  const { t } = useTranslation();
  const may = useMay();
  const decides = may('CENTER', 'EDIT');
  const takesIn = may('INTAKE', 'CREATE');
  const list = useList({
    name: 'quarantine',
    spec,
    query: QuarantineListQuery,
    variables: ({ causes: of, center, search, states: in_ }) => ({
      filter: {
        search: search || null,
        states: in_.length > 0 ? in_ : null,
        causes: of.length > 0 ? of : null,
        centerId: center || null,
      },
    }),
    rows: ({ quarantinedObjects }) => ({
      ...quarantinedObjects,
      rows: readFragment(QuarantineRow, quarantinedObjects.nodes),
    }),
  });
  const { data, filter, setFilter } = list;
  const [asked, setAsked] = useState<{ object: Quarantined; action: QuarantineAction } | null>(null);
  const columns = useMemo(() => {
    const all = quarantineColumns(t);
    return decides || takesIn ? [...all, actColumn(t, takesIn, (object, action) => setAsked({ object, action }))] : all;
  }, [t, decides, takesIn]);
  return (
    <>
      <ListPage
        list={list}
        title={t('quarantine.title')}
        lead={t('quarantine.lead')}
        columns={columns}
        rowKey={(row) => row.id}
        filters={
          <>
            <SearchFilter
              label={t('quarantine.search')}
              placeholder={t('quarantine.searchPlaceholder')}
              value={filter.search}
              onChange={(search) => setFilter({ search })}
            />
            <CenterFilter centers={data?.centers} value={filter.center} onChange={(center) => setFilter({ center })} />
            <ChipFilter
              label={t('quarantine.stateLabel')}
              options={states.map((value) => ({ value, text: t(`quarantine.state.${value}`) }))}
              value={filter.states}
              onChange={(in_) => setFilter({ states: in_ })}
            />
            <ChipFilter
              label={t('quarantine.causeLabel')}
              options={causes.map((value) => ({ value, text: t(`quarantine.cause.${value}`) }))}
              value={filter.causes}
              onChange={(of) => setFilter({ causes: of })}
            />
          </>
        }
        empty={
          <EmptyState
            title={t('quarantine.none')}
            action={may('INTAKE', 'READ') && <Link to={routes.intake()}>{t('intake.reconcile')}</Link>}
          >
            {t('quarantine.noneText')}
          </EmptyState>
        }
      />
      {asked && <DecideQuarantineDialog {...asked} onClose={() => setAsked(null)} />}
    </>
  );
}
