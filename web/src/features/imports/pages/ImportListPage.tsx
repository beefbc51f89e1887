import { UploadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { urlText } from '../../../lib/url-state';
import { ChipFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { EmptyState } from '../../../ui/page-states';
import { importColumns } from '../components/import-columns';
import { ImportListQuery, ImportRunRow } from '../imports.gql';

const spec = { kind: urlText() };

/** What was imported, and what waits for somebody to look at it. */
export function ImportListPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const list = useList({
    name: 'imports',
    spec,
    query: ImportListQuery,
    variables: ({ kind }) => ({ kind: kind || null }),
    rows: ({ importRuns }) => ({ ...importRuns, rows: readFragment(ImportRunRow, importRuns.nodes) }),
  });
  const { filter, setFilter, data } = list;
  const columns = useMemo(() => importColumns(t), [t]);
  const kinds = data?.importKinds ?? [];
  const begin =
    kinds.length === 0 ? null : (
      <Button
        type="primary"
        icon={<UploadOutlined aria-hidden />}
        onClick={() => void navigate(routes.newImport(filter.kind || undefined))}
      >
        {t('import.new')}
      </Button>
    );
  return (
    <ListPage
      list={list}
      title={t('import.title')}
      lead={t('import.lead')}
      actions={begin}
      columns={columns}
      rowKey={(row) => row.id}
      filters={
        <ChipFilter
          label={t('import.kind')}
          options={kinds.map(({ name, title }) => ({ value: name, text: title }))}
          value={filter.kind ? [filter.kind] : []}
          onChange={(chosen) => setFilter({ kind: chosen.at(-1) ?? '' })}
        />
      }
      empty={
        <EmptyState title={t('import.none')} action={begin}>
          {t('import.noneText')}
        </EmptyState>
      }
    />
  );
}
