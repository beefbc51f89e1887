import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ResourceMatch } from '../../../graphql/enums';
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
import { CenterFilter } from '../../../ui/three-centers/CenterFilter';
import { PlaceMark } from '../../../ui/three-centers/PlaceMark';
import { IntakeTabs } from '../components/IntakeTabs';
import { DifferenceRow, DifferencesQuery } from '../intake.gql';
import { matchLooks } from '../intake-look';
import { sizeDifference, sizeWords } from '../size-difference';

const matches = Object.keys(matchLooks) as ResourceMatch[];
const WRONG: ResourceMatch[] = ['DIFFERENT', 'MISSING'];
const spec = { search: urlText(), center: urlText(), matches: urlManyOf(matches) };

/** Records whose cluster says something else; without a filter only what needs a person. */
export function DifferencesPage() {
  const { t } = useTranslation();
  const list = useList({
    name: 'differences',
    spec,
    query: DifferencesQuery,
    variables: ({ search, center, matches }) => ({
      filter: { search: search || null, centerId: center || null, matches: matches.length > 0 ? matches : WRONG },
    }),
    rows: ({ resources }) => ({ ...resources, rows: readFragment(DifferenceRow, resources.nodes) }),
  });
  const { filter, setFilter, data } = list;
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
        optional: true,
        title: t('resource.management'),
        render: (row) => t(`management.${row.management}`),
        text: (row) => t(`management.${row.management}`),
      },
      {
        key: 'size',
        title: t('intake.recordedSize'),
        render: (row) => <span className="jy-number">{sizeWords(row.vcpu, row.memoryMib)}</span>,
        text: (row) => `${row.vcpu} vCPU ${row.memoryMib} MiB`,
      },
      {
        key: 'actual',
        title: t('intake.actualSize'),
        render: (row) => <span className="jy-number">{sizeWords(row.actualVcpu, row.actualMemoryMib) ?? '–'}</span>,
        text: (row) => (row.actualVcpu === null ? '' : `${row.actualVcpu} vCPU ${row.actualMemoryMib} MiB`),
      },
      {
        key: 'difference',
        title: t('intake.sizeDifference'),
        render: (row) => <strong className="jy-number">{sizeDifference(row) ?? '–'}</strong>,
        text: (row) => sizeDifference(row) ?? '',
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
        optional: true,
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
          <CenterFilter centers={data?.centers} value={filter.center} onChange={(center) => setFilter({ center })} />
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
