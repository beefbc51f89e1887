import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useQuery } from 'urql';
import { routes } from '../../../lib/routes';
import { urlManyOf, urlOneOf, urlText } from '../../../lib/url-state';
import { useUrlState } from '../../../lib/use-url-state';
import { ChipFilter, SearchFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useWholeList } from '../../../ui/list/use-list';
import { EmptyState } from '../../../ui/page-states';
import { useMay } from '../../../ui/viewer-context';
import { CatalogPageQuery } from '../catalog.gql';
import { catalogColumns } from '../components/catalog-columns';
import { architectures, catalogRows, kinds } from '../components/catalog-rows';
import { AddEntryDialog } from '../forms/AddEntryDialog';
import { EntryDialog } from '../forms/EntryDialog';

const shows = ['WITHDRAWN'] as const;
const spec = {
  kind: urlOneOf(kinds, 'Offer'),
  search: urlText(),
  architectures: urlManyOf(architectures),
  show: urlManyOf(shows),
};
/** Opened dialogs are in the address too, but narrow nothing. */
const opened = { entry: urlText(), add: urlText() };

/** What can be requested, kind by kind, and what it costs. The whole catalog comes at once, so filters work here. */
export function CatalogPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const mayEdit = useMay()('CATALOG', 'EDIT');
  const [{ entry, add }, open] = useUrlState(opened);
  const [{ show }] = useUrlState(spec);
  const [{ data, error }, ask] = useQuery({ query: CatalogPageQuery, variables: { withdrawn: show.length > 0 } });
  const list = useWholeList({
    name: 'offers',
    spec,
    rows: data
      ? ({ kind, search, architectures }) =>
          catalogRows(t, data.catalog, kind).filter(
            (row) =>
              (architectures.length === 0 || row.architecture === null || architectures.includes(row.architecture)) &&
              `${row.name} ${row.code}`.toLowerCase().includes(search.toLowerCase()),
          )
      : null,
    error,
    retry: () => ask({ requestPolicy: 'network-only' }),
  });
  const { filter, setFilter } = list;
  const { kind } = filter;
  const columns = useMemo(() => catalogColumns(t, kind, (id) => open({ entry: id })), [t, kind, open]);
  const shown = list.rows?.find((row) => row.id === entry);

  return (
    <>
      <ListPage
        list={list}
        title={t('catalog.title')}
        lead={t('catalog.lead')}
        columns={columns}
        rowKey={(row) => row.id}
        actions={
          mayEdit && (
            <Button
              type="primary"
              icon={<PlusOutlined aria-hidden />}
              onClick={() => (kind === 'ServiceOffer' ? void navigate(routes.newService()) : open({ add: '1' }))}
            >
              {t(`catalog.add.${kind}`)}
            </Button>
          )
        }
        filters={
          <>
            <ChipFilter
              label={t('catalog.kinds')}
              options={kinds.map((value) => ({ value, text: t(`catalog.kind.${value}`) }))}
              value={[kind]}
              onChange={(chosen) => setFilter({ kind: chosen.at(-1) ?? kind })}
            />
            <SearchFilter
              label={t('catalog.search')}
              placeholder={t('catalog.search')}
              value={filter.search}
              onChange={(search) => setFilter({ search })}
            />
            <ChipFilter
              label={t('catalog.architecture')}
              options={architectures.map((value) => ({ value, text: t(`architecture.${value}`) }))}
              value={filter.architectures}
              onChange={(chosen) => setFilter({ architectures: chosen })}
            />
            <ChipFilter
              label={t('catalog.status')}
              options={shows.map((value) => ({ value, text: t('catalog.withdrawnToo') }))}
              value={filter.show}
              onChange={(chosen) => setFilter({ show: chosen })}
            />
          </>
        }
        empty={<EmptyState title={t('catalog.none')}>{t('catalog.noneText')}</EmptyState>}
      />
      {shown && <EntryDialog row={shown} editable={mayEdit} onClose={() => open({ entry: '' })} />}
      {add && kind !== 'ServiceOffer' && mayEdit && <AddEntryDialog kind={kind} onClose={() => open({ add: '' })} />}
    </>
  );
}
