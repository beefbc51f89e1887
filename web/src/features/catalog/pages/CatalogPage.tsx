import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import type { Architecture, OfferFamily } from '../../../graphql/enums';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { plainYuanOfFen } from '../../../lib/money';
import { count, gibOfMib } from '../../../lib/quantity';
import { urlManyOf, urlText } from '../../../lib/url-state';
import { ChipFilter, SearchFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useWholeList } from '../../../ui/list/use-list';
import { Money } from '../../../ui/Money';
import { EmptyState } from '../../../ui/page-states';
import type { Column } from '../../../ui/table/columns';
import { CatalogPageQuery, OfferRow } from '../catalog.gql';
import { UnitPriceList } from '../components/UnitPriceList';

type Row = ResultOf<typeof OfferRow>;
const families: readonly OfferFamily[] = ['GENERAL', 'MEMORY', 'COMPUTE'];
const architectures: readonly Architecture[] = ['AMD64', 'ARM64'];
const spec = { search: urlText(), families: urlManyOf(families), architectures: urlManyOf(architectures) };

/** What can be requested and what it costs. The whole catalog comes at once, so filters work here. */
export function CatalogPage() {
  const { t } = useTranslation();
  const [{ data, error }, ask] = useQuery({ query: CatalogPageQuery });
  const list = useWholeList({
    name: 'offers',
    spec,
    rows: data
      ? ({ search, families, architectures }) =>
          readFragment(OfferRow, data.catalog.offers).filter(
            (offer) =>
              (families.length === 0 || families.includes(offer.family)) &&
              (architectures.length === 0 || architectures.includes(offer.architecture)) &&
              `${offer.name} ${offer.code}`.toLowerCase().includes(search.toLowerCase()),
          )
      : null,
    error,
    retry: () => ask({ requestPolicy: 'network-only' }),
  });
  const { filter, setFilter } = list;
  const columns = useMemo(() => offerColumns(t), [t]);

  return (
    <ListPage
      list={list}
      title={t('catalog.title')}
      lead={t('catalog.lead')}
      columns={columns}
      rowKey={(row) => row.id}
      filters={
        <>
          <SearchFilter
            label={t('catalog.search')}
            placeholder={t('catalog.search')}
            value={filter.search}
            onChange={(search) => setFilter({ search })}
          />
          <ChipFilter
            label={t('catalog.family')}
            options={families.map((value) => ({ value, text: t(`family.${value}`) }))}
            value={filter.families}
            onChange={(chosen) => setFilter({ families: chosen })}
          />
          <ChipFilter
            label={t('catalog.architecture')}
            options={architectures.map((value) => ({ value, text: t(`architecture.${value}`) }))}
            value={filter.architectures}
            onChange={(chosen) => setFilter({ architectures: chosen })}
          />
        </>
      }
      empty={<EmptyState title={t('catalog.none')}>{t('catalog.noneText')}</EmptyState>}
    >
      {data && <UnitPriceList catalog={data.catalog} />}
    </ListPage>
  );
}

function offerColumns(t: TFunction): Column<Row>[] {
  return [
    { key: 'name', title: t('catalog.offer'), leading: true, render: (row) => row.name, text: (row) => row.name },
    {
      key: 'code',
      title: t('catalog.code'),
      render: (row) => <span className="jy-code">{row.code}</span>,
      text: (row) => row.code,
    },
    {
      key: 'family',
      title: t('catalog.family'),
      render: (row) => t(`family.${row.family}`),
      text: (row) => t(`family.${row.family}`),
    },
    {
      key: 'architecture',
      title: t('catalog.architecture'),
      render: (row) => (
        <>
          {t(`architecture.${row.architecture}`)}
          {row.domesticCpu && <span className="jy-mark">{t('request.domestic')}</span>}
        </>
      ),
      text: (row) => t(`architecture.${row.architecture}`),
    },
    {
      key: 'vcpu',
      title: 'vCPU',
      numeric: true,
      render: (row) => <span className="jy-number">{count(row.vcpu)}</span>,
      text: (row) => row.vcpu,
    },
    {
      key: 'memory',
      title: t('center.column.memoryGib'),
      numeric: true,
      render: (row) => <span className="jy-number">{gibOfMib(row.memoryMib)}</span>,
      text: (row) => row.memoryMib / 1024,
    },
    {
      key: 'monthlyPrice',
      title: t('catalog.monthlyPrice'),
      numeric: true,
      render: (row) => <Money fen={row.monthlyPrice} />,
      text: (row) => (row.monthlyPrice === null ? null : plainYuanOfFen(row.monthlyPrice)),
    },
  ];
}
