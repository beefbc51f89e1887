import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../graphql/failure';
import { readFragment } from '../../graphql/tada';
import { routes } from '../../lib/routes';
import { exactTime } from '../../lib/time';
import { Panel } from '../Panel';
import { FailureState } from '../page-states';
import { CenterMark } from '../three-centers/CenterMark';
import { useMay } from '../viewer-context';
import { BackupHealthTag, BackupStateTag, scheduleText } from './backup-looks';
import { BackupLine, BackupsPanelQuery } from './backups.gql';

type Props = {
  /** What is covered: one resource, or a whole system. */
  of: { systemId: string } | { resourceId: string };
  /** For which system one is asked for. */
  systemId: string;
};

/** Which backups cover it, whether the last copies were good, and where they are kept. */
export function BackupsPanel({ of, systemId }: Props) {
  const { t } = useTranslation();
  const may = useMay();
  const [{ data, error }, ask] = useQuery({
    query: BackupsPanelQuery,
    variables: { filter: of },
    pause: !may('WORK_ORDER', 'READ'),
    requestPolicy: 'cache-and-network',
  });
  if (!may('WORK_ORDER', 'READ')) return null;
  const backups = readFragment(BackupLine, data?.backups.nodes ?? []);
  const total = data?.backups.totalCount ?? 0;
  return (
    <Panel
      title={t('backup.title')}
      aside={
        may('REQUEST', 'CREATE') && (
          <Link to={routes.newRequest({ kind: 'SERVICE', system: systemId })}>{t('backup.apply')}</Link>
        )
      }
    >
      {error && !data && (
        <FailureState failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
      )}
      {data && backups.length === 0 && <p className="jy-quiet-text">{t('backup.noneHere')}</p>}
      <ul className="jy-policies">
        {backups.map((backup) => (
          <li key={backup.id}>
            <div className="jy-policy-head">
              <Link to={routes.backup(backup.id)}>{backup.name}</Link>
              {backup.health ? <BackupHealthTag health={backup.health} /> : <BackupStateTag state={backup.state} />}
            </div>
            <p className="jy-quiet-text">
              <span className="jy-code">{backup.code}</span> · {t(`backup.object.${backup.object}`)} ·{' '}
              <span className="jy-number">{scheduleText(t, backup)}</span> ·{' '}
              {t('backup.keepText', { days: backup.keepDays, copies: backup.keepCopies })}
            </p>
            <p className="jy-policy-site">
              {backup.targetCenter ? (
                <CenterMark role={backup.targetCenter.role} name={backup.targetCenter.name} />
              ) : (
                <span className="jy-quiet-text">{t('backup.noTarget')}</span>
              )}
              <span className="jy-quiet-text">
                {backup.missedSince
                  ? t('backup.missedBanner', { at: exactTime(backup.missedSince) })
                  : backup.lastEndedAt && backup.lastResult
                    ? `${t(`backup.result.${backup.lastResult}`)} ${exactTime(backup.lastEndedAt)}`
                    : t('backup.noRun')}
              </span>
            </p>
          </li>
        ))}
      </ul>
      {'systemId' in of && total > backups.length && (
        <Link to={routes.backups({ system: systemId })}>{t('home.all')}</Link>
      )}
    </Panel>
  );
}
