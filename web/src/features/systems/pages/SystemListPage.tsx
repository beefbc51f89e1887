import { PlusOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { DeclarationState, LocalMode, RemoteMode } from '../../../graphql/enums';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { urlOneOf, urlText } from '../../../lib/url-state';
import { ChipFilter, SearchFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { EmptyState } from '../../../ui/page-states';
import { useMay } from '../../../ui/viewer-context';
import { declarationStates } from '../components/states';
import { systemColumns } from '../components/system-columns';
import { SystemListQuery, SystemRow } from '../systems.gql';

const levels = ['', '1', '2', '3'] as const;
const filings = ['', 'yes', 'no'] as const;
const declarations = ['', ...(Object.keys(declarationStates) as DeclarationState[])] as const;
const locals: readonly ('' | LocalMode)[] = ['', 'SINGLE', 'DUAL_ACTIVE'];
const remotes: readonly ('' | RemoteMode)[] = ['', 'NONE', 'DATA', 'APPLICATION'];
const spec = {
  search: urlText(),
  level: urlOneOf<(typeof levels)[number]>(levels, ''),
  filed: urlOneOf<(typeof filings)[number]>(filings, ''),
  declaration: urlOneOf<(typeof declarations)[number]>(declarations, ''),
  local: urlOneOf<'' | LocalMode>(locals, ''),
  remote: urlOneOf<'' | RemoteMode>(remotes, ''),
  owner: urlOneOf<'' | 'none'>(['', 'none'], ''),
};

export function SystemListPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay();
  const list = useList({
    name: 'systems',
    spec,
    query: SystemListQuery,
    variables: ({ search, level, filed, declaration, local, remote, owner }) => ({
      search: search || null,
      filter: {
        departmentId: null,
        protectionLevel: level === '' ? null : Number(level),
        filed: filed === '' ? null : filed === 'yes',
        declaration: declaration || null,
        localMode: local || null,
        remoteMode: remote || null,
        withoutOwner: owner === 'none',
      },
    }),
    rows: ({ systems }) => ({ ...systems, rows: readFragment(SystemRow, systems.nodes) }),
  });
  const { filter, setFilter } = list;
  const columns = useMemo(() => systemColumns(t), [t]);
  const register = may('SYSTEM', 'CREATE') && (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => void navigate(routes.newSystem())}>
      {t('system.register')}
    </Button>
  );
  const any = (text: string) => ({ value: '' as const, label: text });

  return (
    <ListPage
      list={list}
      title={t('system.list')}
      lead={t('system.lead')}
      actions={register}
      columns={columns}
      rowKey={(row) => row.id}
      filters={
        <>
          <SearchFilter
            label={t('system.search')}
            placeholder={t('system.searchPlaceholder')}
            value={filter.search}
            onChange={(search) => setFilter({ search })}
          />
          <Select
            className="jy-filter-select"
            aria-label={t('system.level')}
            value={filter.level}
            onChange={(level) => setFilter({ level })}
            options={levels.map((value) =>
              value === '' ? any(t('system.anyLevel')) : { value, label: t('system.levelText', { level: value }) },
            )}
          />
          <Select
            className="jy-filter-select"
            aria-label={t('system.filing')}
            value={filter.filed}
            onChange={(filed) => setFilter({ filed })}
            options={[
              any(t('system.anyFiling')),
              { value: 'yes', label: t('system.filedYes') },
              { value: 'no', label: t('system.filedNo') },
            ]}
          />
          <Select
            className="jy-filter-select"
            aria-label={t('system.declaration')}
            value={filter.declaration}
            onChange={(declaration) => setFilter({ declaration })}
            options={declarations.map((value) =>
              value === '' ? any(t('system.anyDeclaration')) : { value, label: t(`system.declarationState.${value}`) },
            )}
          />
          <Select
            className="jy-filter-select"
            aria-label={t('system.local')}
            value={filter.local}
            onChange={(local) => setFilter({ local })}
            options={locals.map((value) =>
              value === '' ? any(t('system.anyLocal')) : { value, label: t(`localMode.${value}`) },
            )}
          />
          <Select
            className="jy-filter-select"
            aria-label={t('system.remote')}
            value={filter.remote}
            onChange={(remote) => setFilter({ remote })}
            options={remotes.map((value) =>
              value === '' ? any(t('system.anyRemote')) : { value, label: t(`remoteMode.${value}`) },
            )}
          />
          <ChipFilter
            label={t('system.owner')}
            options={[{ value: 'none', text: t('system.noOwner') }]}
            value={filter.owner === 'none' ? ['none'] : []}
            onChange={(chosen) => setFilter({ owner: chosen.length > 0 ? 'none' : '' })}
          />
        </>
      }
      empty={
        <EmptyState title={t('system.none')} action={register}>
          {t('system.noneText')}
        </EmptyState>
      }
    />
  );
}
