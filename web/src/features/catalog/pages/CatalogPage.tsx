import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import type { Architecture, OfferFamily } from '../../../graphql/enums';
import { failureOf } from '../../../graphql/failure';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { plainYuanOfFen } from '../../../lib/money';
import { count, gibOfMib } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { urlManyOf, urlText } from '../../../lib/url-state';
import { useUrlState } from '../../../lib/use-url-state';
import { ChipFilter, FilterBar, SearchFilter } from '../../../ui/FilterBar';
import { Money } from '../../../ui/Money';
import { PageHeader } from '../../../ui/PageHeader';
import { EmptyState, FailureState, LoadingState, NothingFound } from '../../../ui/page-states';
import type { Column } from '../../../ui/table/columns';
import { ResourceTable } from '../../../ui/table/ResourceTable';
import { CatalogPageQuery, OfferRow } from '../catalog.gql';
import { UnitPriceList } from '../components/UnitPriceList';

type Row = ResultOf<typeof OfferRow>;
const families: readonly OfferFamily[] = ['GENERAL', 'MEMORY', 'COMPUTE'];
const architectures: readonly Architecture[] = ['AMD64', 'ARM64'];
const spec = { search: urlText(), families: urlManyOf(families), architectures: urlManyOf(architectures) };
const noFilter = { search: '', families: [], architectures: [] };

/** What can be requested and what it costs. The whole catalog comes at once, so filters work here. */
export function CatalogPage() {
  const { t } = useTranslation();
  const [filter, setFilter] = useUrlState(spec);
  const [{ data, error }, ask] = useQuery({ query: CatalogPageQuery });
  const columns = useMemo(() => offerColumns(t), [t]);
  const offers = readFragment(OfferRow, data?.catalog.offers ?? []);
  const words = filter.search.toLowerCase();
  const rows = offers.filter(
    (offer) =>
      (filter.families.length === 0 || filter.families.includes(offer.family)) &&
      (filter.architectures.length === 0 || filter.architectures.includes(offer.architecture)) &&
      `${offer.name} ${offer.code}`.toLowerCase().includes(words),
  );
  const filtered = rows.length !== offers.length || words !== '';
  if (error && !data) {
    return (
      <>
        <PageHeader title={t('catalog.title')}>{t('catalog.lead')}</PageHeader>
        <FailureState
          failure={failureOf(error)}
          onRetry={() => ask({ requestPolicy: 'network-only' })}
          home={<Link to={routes.home()}>{t('shell.toHome')}</Link>}
        />
      </>
    );
  }

  return (
    <>
      <PageHeader title={t('catalog.title')}>{t('catalog.lead')}</PageHeader>
      <FilterBar active={filtered} onClear={() => setFilter(noFilter)}>
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
      </FilterBar>
      {data ? (
        <>
          <ResourceTable
            name="offers"
            caption={t('catalog.title')}
            columns={columns}
            rows={rows}
            rowKey={(row) => row.id}
            paging={{ from: 1, totalCount: rows.length, onNext: null, onPrevious: null }}
            empty={
              filtered ? (
                <NothingFound onClear={() => setFilter(noFilter)} />
              ) : (
                <EmptyState title={t('catalog.none')}>{t('catalog.noneText')}</EmptyState>
              )
            }
          />
          <UnitPriceList catalog={data.catalog} />
        </>
      ) : (
        <LoadingState rows={10} />
      )}
    </>
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
