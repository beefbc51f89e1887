import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ResourceMatch } from '../../../graphql/enums';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
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
import { PlaceMark } from '../../../ui/three-centers/PlaceMark';
import { IntakeTabs } from '../components/IntakeTabs';
import { DifferenceRow, DifferencesQuery } from '../intake.gql';
import { matchLooks } from '../intake-look';

const matches = Object.keys(matchLooks) as ResourceMatch[];
const WRONG: ResourceMatch[] = ['DIFFERENT', 'MISSING'];
const spec = { search: urlText(), matches: urlManyOf(matches) };
const MIB_PER_GIB = 1024;

/** Records whose cluster says something else; without a filter only what needs a person. */
export function DifferencesPage() {
  const { t } = useTranslation();
  const list = useList({
    name: 'differences',
    spec,
    query: DifferencesQuery,
    variables: ({ search, matches }) => ({
      filter: { search: search || null, matches: matches.length > 0 ? matches : WRONG },
    }),
    rows: ({ resources }) => ({ ...resources, rows: readFragment(DifferenceRow, resources.nodes) }),
  });
  const { filter, setFilter } = list;
  const columns = useMemo(
    (): Column<ResultOf<typeof DifferenceRow>>[] => [
      {
        key: 'name',
        title: t('resource.name'),
        leading: true,
        render: (row) => (
          <Link to={routes.resource(row.id)}>
            {row.name} <span className="jy-code">{row.code}</span>
          </Link>
        ),
        text: (row) => `${row.code} ${row.name}`,
      },
      {
        key: 'match',
        title: t('intake.match'),
        render: (row) => <StateTag look={matchLooks[row.match]} word={t(`intake.matches.${row.match}`)} />,
        text: (row) => t(`intake.matches.${row.match}`),
      },
      {
        key: 'management',
        title: t('resource.management'),
        render: (row) => t(`management.${row.management}`),
        text: (row) => t(`management.${row.management}`),
      },
      {
        key: 'size',
        title: t('intake.recordedSize'),
        render: (row) => `${row.vcpu} vCPU · ${count(row.memoryMib / MIB_PER_GIB)} GiB`,
        text: (row) => `${row.vcpu} vCPU ${row.memoryMib} MiB`,
      },
      {
        key: 'object',
        title: t('resource.clusterObject'),
        render: (row) => (row.clusterObject ? <code>{row.clusterObject}</code> : '–'),
        text: (row) => row.clusterObject,
      },
      { key: 'system', title: t('request.system'), render: (row) => row.system.name, text: (row) => row.system.name },
      {
        key: 'center',
        title: t('resource.center'),
        render: (row) => <PlaceMark center={row.center} />,
        text: (row) => row.center?.name ?? t('place.elsewhere'),
      },
      {
        key: 'observedAt',
        title: t('resource.observedAt'),
        render: (row) => <Time at={row.observedAt} />,
        text: (row) => row.observedAt && exactTime(row.observedAt),
      },
    ],
    [t],
  );

  return (
    <ListPage
      list={list}
      title={t('intake.differences')}
      lead={
        <>
          {t('intake.differencesLead')}
          <IntakeTabs />
        </>
      }
      columns={columns}
      rowKey={(row) => row.id}
      filters={
        <>
          <SearchFilter
            label={t('resource.search')}
            placeholder={t('resource.searchPlaceholder')}
            value={filter.search}
            onChange={(search) => setFilter({ search })}
          />
          <ChipFilter
            label={t('intake.match')}
            options={matches.map((value) => ({ value, text: t(`intake.matches.${value}`) }))}
            value={filter.matches}
            onChange={(chosen) => setFilter({ matches: chosen })}
          />
        </>
      }
      empty={<EmptyState title={t('intake.noDifference')}>{t('intake.noDifferenceText')}</EmptyState>}
    />
  );
}
