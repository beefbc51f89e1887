import { Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { BackupHealth, BackupObject, BackupState } from '../../../graphql/enums';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { urlManyOf, urlOneOf, urlText } from '../../../lib/url-state';
import { backupHealths, backupStates } from '../../../ui/backups/backup-looks';
import { ChipFilter, SearchFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { EmptyState } from '../../../ui/page-states';
import { useMay } from '../../../ui/viewer-context';
import { BackupListQuery, BackupRow } from '../backups.gql';
import { backupColumns } from '../components/backup-columns';
import { type CopyLevel, copyLevels, DataCopies } from '../components/DataCopies';
import { OwnBackups } from '../components/OwnBackups';

const objects: readonly BackupObject[] = ['MACHINE', 'DATABASE', 'FILES'];
const spec = {
  search: urlText(),
  states: urlManyOf<BackupState>(backupStates),
  objects: urlManyOf<BackupObject>(objects),
  health: urlOneOf<BackupHealth | ''>(['', ...backupHealths], ''),
  untested: urlOneOf(['', 'yes'] as const, ''),
  copies: urlManyOf<CopyLevel>(copyLevels),
  system: urlText(),
};

export function BackupListPage() {
  const { t } = useTranslation();
  const may = useMay();
  const list = useList({
    name: 'backups',
    spec,
    query: BackupListQuery,
    variables: ({ search, states, objects: of, health, untested, system }) => ({
      filter: {
        search: search || null,
        states: states.length > 0 ? states : null,
        objects: of.length > 0 ? of : null,
        health: health || null,
        restoreTestOverdue: untested === 'yes' || null,
        systemId: system || null,
      },
    }),
    rows: ({ backups }) => ({ ...backups, rows: readFragment(BackupRow, backups.nodes) }),
  });
  const { filter, setFilter } = list;
  const columns = useMemo(() => backupColumns(t), [t]);
  return (
    <ListPage
      list={list}
      title={t('backup.list')}
      lead={t('backup.lead')}
      above={
        <>
          {may('CAPACITY', 'READ') && <OwnBackups />}
          {may('DR_GROUP', 'READ') && (
            <DataCopies
              systemId={filter.system}
              search={filter.search}
              levels={filter.copies}
              onLevels={(copies) => setFilter({ copies })}
            />
          )}
        </>
      }
      columns={columns}
      rowKey={(row) => row.id}
      filters={
        <>
          <SearchFilter
            label={t('backup.search')}
            placeholder={t('backup.searchPlaceholder')}
            value={filter.search}
            onChange={(search) => setFilter({ search })}
          />
          <Select
            className="jy-filter-select"
            aria-label={t('backup.healthTitle')}
            value={filter.health}
            onChange={(health: BackupHealth | '') => setFilter({ health })}
            options={[
              { value: '', label: t('backup.allHealths') },
              ...backupHealths.map((value) => ({ value, label: t(`backup.health.${value}`) })),
            ]}
          />
          <ChipFilter
            label={t('backup.restoreTest')}
            options={[{ value: 'yes', text: t('backup.untested') }]}
            value={filter.untested ? ['yes'] : []}
            onChange={(chosen) => setFilter({ untested: chosen.length > 0 ? 'yes' : '' })}
          />
          <ChipFilter
            label={t('backup.objectTitle')}
            options={objects.map((value) => ({ value, text: t(`backup.object.${value}`) }))}
            value={filter.objects}
            onChange={(chosen) => setFilter({ objects: chosen })}
          />
          <ChipFilter
            label={t('backup.stateTitle')}
            options={backupStates.map((value) => ({ value, text: t(`backup.state.${value}`) }))}
            value={filter.states}
            onChange={(states) => setFilter({ states })}
          />
        </>
      }
      empty={
        <EmptyState
          title={t('backup.none')}
          action={
            may('REQUEST', 'CREATE') && <Link to={routes.newRequest({ kind: 'SERVICE' })}>{t('backup.apply')}</Link>
          }
        >
          {t('backup.noneText')}
        </EmptyState>
      }
    />
  );
}
