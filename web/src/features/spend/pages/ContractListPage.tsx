import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { urlManyOf, urlText } from '../../../lib/url-state';
import { ChipFilter, SearchFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { EmptyState } from '../../../ui/page-states';
import { ReportLinks } from '../../../ui/ReportLinks';
import { useMay } from '../../../ui/viewer-context';
import { contractColumns } from '../components/contract-columns';
import { SpendFigures } from '../components/SpendFigures';
import { ContractListQuery, ContractRow } from '../spend.gql';

const shows = ['WAITING', 'TO_PAY'] as const;
const spec = { search: urlText(), show: urlManyOf(shows), supplier: urlText() };

/** 合同: ceilings, and what of them was accepted, deducted and paid. */
export function ContractListPage() {
  const { t } = useTranslation();
  const may = useMay();
  const navigate = useNavigate();
  const list = useList({
    name: 'contracts',
    spec,
    query: ContractListQuery,
    variables: ({ search, show, supplier }) => ({
      filter: {
        search: search || null,
        states: show.includes('WAITING') ? (['ENTERED'] as const).slice() : null,
        toPayOnly: show.includes('TO_PAY'),
        supplierId: supplier || null,
      },
    }),
    rows: ({ contracts }) => ({ ...contracts, rows: readFragment(ContractRow, contracts.nodes) }),
  });
  const { filter, setFilter, data } = list;
  const columns = useMemo(() => contractColumns(t), [t]);
  return (
    <ListPage
      list={list}
      title={t('contract.list')}
      lead={
        <>
          {t('contract.lead')} {data && t('contract.totals', { count: data.contractTotals.count })}
        </>
      }
      columns={columns}
      rowKey={(row) => row.id}
      above={
        data && (
          <SpendFigures
            label={t('contract.totalsLabel')}
            figures={data.contractTotals.figures}
            outstanding={data.contractTotals.outstanding}
          />
        )
      }
      actions={
        <>
          {may('SPEND', 'EXPORT') && <ReportLinks name="contracts" query={{ search: filter.search }} />}
          {may('SPEND', 'EDIT') && (
            <Button
              type="primary"
              icon={<PlusOutlined aria-hidden />}
              onClick={() => void navigate(routes.newContract())}
            >
              {t('contract.create')}
            </Button>
          )}
        </>
      }
      filters={
        <>
          <SearchFilter
            label={t('contract.search')}
            placeholder={t('contract.searchPlaceholder')}
            value={filter.search}
            onChange={(search) => setFilter({ search })}
          />
          <ChipFilter
            label={t('contract.show')}
            options={shows.map((value) => ({ value, text: t(`contract.shows.${value}`) }))}
            value={filter.show}
            onChange={(chosen) => setFilter({ show: chosen.slice(-1) })}
          />
        </>
      }
      empty={
        <EmptyState
          title={t('contract.none')}
          action={may('SPEND', 'EDIT') && <Link to={routes.newContract()}>{t('contract.create')}</Link>}
        >
          {t('contract.noneText')}
        </EmptyState>
      }
    />
  );
}
