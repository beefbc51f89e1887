import type { TFunction } from 'i18next';
import type { DrSignalName, LocalMode, RemoteMode } from '../../graphql/enums';
import { durationText } from '../../lib/duration-text';
import { count } from '../../lib/quantity';

export { durationText };

/** Of what is furthest behind: while some of it is unknown, it is so far behind at least. */
export function lagText(t: TFunction, seconds: number, unknown: number): string {
  return `${unknown > 0 ? '≥ ' : ''}${durationText(t, seconds)}`;
}

export function modeText(t: TFunction, local: LocalMode | null, remote: RemoteMode | null): string {
  if (local === null || remote === null)
    return (
      [local && t(`dr.local.${local}`), remote && t(`dr.remote.${remote}`)].filter(Boolean).join(' · ') ||
      t('dr.unsaid')
    );
  return remote === 'NONE' ? t(`dr.local.${local}`) : `${t(`dr.local.${local}`)} · ${t(`dr.remote.${remote}`)}`;
}

/** Read with its own unit. */
export function signalValue(t: TFunction, name: DrSignalName, value: number | null): string {
  if (value === null) return '–';
  switch (name) {
    case 'CLUSTER_SILENCE':
    case 'WATCH_SILENCE':
    case 'REPLICATION_LAG':
      return durationText(t, value);
    case 'CERTIFICATE_DAYS':
    case 'DRILL_DAYS':
    case 'RESTORE_TEST_DAYS':
      return t('dr.time.days', { time: count(value) });
    case 'REPLICATION_COVERAGE':
    case 'ARBITER_PATHS':
    case 'CONSOLE_BACKUP_AGE':
    case 'TARGET_CAPACITY':
      return `${count(value)}%`;
    case 'SERVICE_ANSWER':
      return t(value > 0 ? 'dr.answers' : 'dr.answersNot');
    case 'DNS_TTL':
      return durationText(t, value);
    case 'BACKUP_LATE_HOURS':
      return t('dr.time.hours', { time: count(value) });
    case 'CONFIG_DRIFT':
      return t('dr.machineCount', { n: count(value) });
    case 'WRITER_COUNT':
      return count(value);
  }
}

const SOURCES: readonly (readonly [RegExp, 'record' | 'drills' | 'backups' | 'capacity' | 'backup' | 'arbiter'])[] = [
  [/^record of both centers$/, 'record'],
  [/^drills$/, 'drills'],
  [/^backups$/, 'backups'],
  [/^capacity (.+)$/, 'capacity'],
  [/^console backup (.+)$/, 'backup'],
  [/^TCP arbiter$/, 'arbiter'],
];

/** What the console knows of itself, in the reader's words; of others the name by which their operators know them. */
export function sourceText(t: TFunction, source: string): string {
  for (const [pattern, word] of SOURCES) {
    const found = pattern.exec(source);
    if (found) return t(`dr.sourceOf.${word}`, { of: found[1] ?? '' });
  }
  return source;
}
