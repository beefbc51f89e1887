import type { TFunction } from 'i18next';
import { Link } from 'react-router';
import type { ResultOf } from '../../../graphql/tada';
import { gibOfMib } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { BackupHealthTag, BackupStateTag, scheduleText } from '../../../ui/backups/backup-looks';
import { Time } from '../../../ui/Time';
import type { Column } from '../../../ui/table/columns';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import type { BackupRow } from '../backups.gql';

type Row = ResultOf<typeof BackupRow>;

export function backupColumns(t: TFunction): Column<Row>[] {
  return [
    {
      key: 'name',
      title: t('backup.name'),
      leading: true,
      render: (row) => (
        <Link to={routes.backup(row.id)}>
          <span className="jy-strong">{row.name}</span>
          <br />
          <span className="jy-code jy-quiet-text">{row.code}</span>
        </Link>
      ),
      text: (row) => `${row.code} ${row.name}`,
    },
    {
      key: 'system',
      title: t('work.system'),
      render: (row) => (row.system ? <Link to={routes.system(row.system.id)}>{row.system.name}</Link> : '–'),
      text: (row) => row.system?.name ?? null,
    },
    {
      key: 'state',
      title: t('backup.stateTitle'),
      render: (row) => <BackupStateTag state={row.state} />,
      text: (row) => t(`backup.state.${row.state}`),
    },
    {
      key: 'health',
      title: t('backup.healthTitle'),
      render: (row) => (row.health ? <BackupHealthTag health={row.health} /> : '–'),
      text: (row) => (row.health ? t(`backup.health.${row.health}`) : null),
    },
    {
      key: 'object',
      title: t('backup.objectTitle'),
      render: (row) => <span className="jy-whole">{t(`backup.object.${row.object}`)}</span>,
      text: (row) => [t(`backup.object.${row.object}`), row.contents].filter(Boolean).join(' '),
    },
    {
      key: 'schedule',
      title: t('backup.scheduleTitle'),
      render: (row) => <span className="jy-number jy-whole">{scheduleText(t, row)}</span>,
      text: (row) => scheduleText(t, row),
    },
    {
      key: 'keep',
      title: t('backup.keep'),
      render: (row) => (
        <span className="jy-number jy-whole">
          {t('backup.keepText', { days: row.keepDays, copies: row.keepCopies })}
        </span>
      ),
      text: (row) => t('backup.keepText', { days: row.keepDays, copies: row.keepCopies }),
    },
    {
      key: 'target',
      title: t('backup.target'),
      render: (row) =>
        row.targetCenter ? <CenterMark role={row.targetCenter.role} name={row.targetCenter.name} /> : '–',
      text: (row) => row.targetCenter?.name ?? null,
    },
    {
      key: 'last',
      title: t('backup.lastRun'),
      render: (row) => (row.lastEndedAt ? <Time at={row.lastEndedAt} /> : '–'),
      text: (row) =>
        row.lastEndedAt && row.lastResult
          ? `${exactTime(row.lastEndedAt)} ${t(`backup.result.${row.lastResult}`)}`
          : null,
    },
    {
      key: 'size',
      title: t('backup.size'),
      numeric: true,
      optional: true,
      render: (row) => (row.lastSizeMib === null ? '–' : t('backup.gib', { size: gibOfMib(row.lastSizeMib) })),
      text: (row) => (row.lastSizeMib === null ? null : gibOfMib(row.lastSizeMib)),
    },
    {
      key: 'test',
      title: t('backup.nextTestOn'),
      render: (row) => <span className="jy-number jy-whole">{row.nextRestoreTestOn ?? '–'}</span>,
      text: (row) => row.nextRestoreTestOn,
    },
    {
      key: 'department',
      title: t('request.department'),
      optional: true,
      render: (row) => row.department?.name ?? '–',
      text: (row) => row.department?.name ?? null,
    },
    {
      key: 'request',
      title: t('work.request'),
      optional: true,
      render: (row) => <span className="jy-code">{row.requestCode ?? '–'}</span>,
      text: (row) => row.requestCode,
    },
  ];
}
