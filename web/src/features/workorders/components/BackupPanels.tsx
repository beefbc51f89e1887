import { CheckCircleOutlined, CloseCircleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { BackupResult } from '../../../graphql/enums';
import type { ResultOf } from '../../../graphql/tada';
import { gibOfMib } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { useNow } from '../../../lib/use-now';
import { scheduleText } from '../../../ui/backups/backup-looks';
import { type Fact, Facts } from '../../../ui/Facts';
import { Panel } from '../../../ui/Panel';
import { type StateLook, StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { useMay } from '../../../ui/viewer-context';
import { WideTable } from '../../../ui/WideTable';
import { WorkStateTag } from '../../../ui/work-looks';
import type { BackupParts } from '../backups.gql';

export type Backup = ResultOf<typeof BackupParts>;

/** What needs a person, and only that. */
export function BackupBanners({ backup }: { backup: Backup }) {
  const { t } = useTranslation();
  const today = exactTime(new Date(useNow()).toISOString()).slice(0, 10);
  const { nextRestoreTestOn: test } = backup;
  const active = backup.state === 'ACTIVE';
  return (
    <>
      {backup.missedSince && (
        <p className="jy-banner jy-tone-bad">{t('backup.missedBanner', { at: exactTime(backup.missedSince) })}</p>
      )}
      {backup.health === 'FAILED' && (
        <p className="jy-banner jy-tone-bad">{t('backup.failedBanner', { note: backup.runs[0]?.note ?? '' })}</p>
      )}
      {active && test && test < today && (
        <p className="jy-banner jy-tone-waiting">{t('backup.untestedBanner', { day: test })}</p>
      )}
      {backup.copiesUntil && (
        <p className="jy-banner jy-tone-quiet">{t('backup.endedBanner', { day: backup.copiesUntil })}</p>
      )}
    </>
  );
}

export function BackupFacts({ backup }: { backup: Backup }) {
  const { t } = useTranslation();
  const may = useMay();
  const set = backup.encryptionNote !== null;
  const facts: (Fact | false)[] = [
    backup.system !== null && {
      label: t('work.system'),
      value: <Link to={routes.system(backup.system.id)}>{backup.system.name}</Link>,
    },
    backup.department !== null && { label: t('request.department'), value: backup.department.name },
    { label: t('backup.objectTitle'), value: t(`backup.object.${backup.object}`) },
    (backup.machines.length > 0 || backup.state === 'PREPARING') && {
      label: t('backup.machines'),
      value:
        backup.machines.length === 0
          ? t('backup.noMachines')
          : backup.machines.map((machine) => (
              <span key={machine.id} className="jy-fact-line">
                {may('RESOURCE', 'READ') ? <Link to={routes.resource(machine.id)}>{machine.name}</Link> : machine.name}
                {machine.released && <span className="jy-quiet-text"> {t('backup.released')}</span>}
              </span>
            )),
    },
    backup.contents !== '' && { label: t('backup.contents'), value: backup.contents, wide: true },
    { label: t('backup.scheduleTitle'), value: <span className="jy-number">{scheduleText(t, backup)}</span> },
    { label: t('backup.keep'), value: t('backup.keepText', { days: backup.keepDays, copies: backup.keepCopies }) },
    {
      label: t('backup.target'),
      value: backup.targetCenter ? (
        <CenterMark role={backup.targetCenter.role} name={backup.targetCenter.name} />
      ) : (
        t('backup.noTarget')
      ),
    },
    { label: t('backup.remote'), value: t(backup.remote ? 'backup.remoteYes' : 'backup.remoteNo') },
    {
      label: t('backup.encryption'),
      value: set
        ? `${t(backup.encrypted ? 'backup.encrypted' : 'backup.plain')} · ${backup.encryptionNote}`
        : t('backup.noTarget'),
      wide: true,
    },
    backup.lastGoodAt !== null && { label: t('backup.lastGood'), value: <Time at={backup.lastGoodAt} /> },
    backup.lastSizeMib !== null && {
      label: t('backup.size'),
      value: <span className="jy-number">{t('backup.gib', { size: gibOfMib(backup.lastSizeMib) })}</span>,
    },
    backup.deadlineAt !== null && {
      label: t('backup.deadline'),
      value: <span className="jy-number">{exactTime(backup.deadlineAt)}</span>,
    },
    {
      label: t('backup.restoreTest'),
      value: (
        <>
          {backup.lastRestoreTestOn ? t('backup.lastTest', { day: backup.lastRestoreTestOn }) : t('backup.neverTested')}
          {backup.nextRestoreTestOn && ` · ${t('backup.nextTest', { day: backup.nextRestoreTestOn })}`}
        </>
      ),
      wide: true,
    },
    backup.copiesUntil !== null && {
      label: t('backup.copiesUntil'),
      value: <span className="jy-number">{backup.copiesUntil}</span>,
    },
    backup.requestId !== null && {
      label: t('work.request'),
      value: may('REQUEST', 'READ') ? (
        <Link className="jy-code" to={routes.request(backup.requestId)}>
          {backup.requestCode}
        </Link>
      ) : (
        <span className="jy-code">{backup.requestCode}</span>
      ),
    },
    backup.reason !== null && { label: t('backup.reason'), value: backup.reason, wide: true },
  ];
  return (
    <Panel title={t('backup.facts')}>
      <Facts facts={facts.filter((fact) => fact !== false)} />
    </Panel>
  );
}

const results = {
  SUCCEEDED: { tone: 'good', icon: CheckCircleOutlined },
  FAILED: { tone: 'bad', icon: CloseCircleOutlined },
} satisfies Record<BackupResult, StateLook>;

function RunResult({ result }: { result: BackupResult }) {
  const { t } = useTranslation();
  return <StateTag look={results[result]} word={t(`backup.result.${result}`)} />;
}

export function BackupRuns({ backup }: { backup: Backup }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('backup.runs')}>
      {backup.runs.length === 0 ? (
        <p className="jy-quiet-text">{t('backup.noRuns')}</p>
      ) : (
        <WideTable label={t('backup.runs')}>
          <table className="jy-small-table">
            <thead>
              <tr>
                <th>{t('backup.endedAt')}</th>
                <th>{t('backup.resultTitle')}</th>
                <th className="jy-cell-number">{t('backup.size')}</th>
                <th>{t('backup.source')}</th>
              </tr>
            </thead>
            <tbody>
              {backup.runs.map((run) => (
                <tr key={run.endedAt}>
                  <td className="jy-number jy-whole">{exactTime(run.endedAt).slice(0, 16)}</td>
                  <td>
                    <RunResult result={run.result} />
                    {run.note && <p className="jy-quiet-text">{run.note}</p>}
                  </td>
                  <td className="jy-cell-number">
                    {run.sizeMib === null ? '–' : t('backup.gib', { size: gibOfMib(run.sizeMib) })}
                  </td>
                  <td className="jy-whole">
                    {run.toldBy} <span className="jy-quiet-text">{t(`backup.sourceOf.${run.source}`)}</span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </WideTable>
      )}
    </Panel>
  );
}

export function BackupOrders({ backup }: { backup: Backup }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('backup.orders')}>
      {backup.orders.length === 0 ? (
        <p className="jy-quiet-text">{t('backup.noOrders')}</p>
      ) : (
        <ul className="jy-policies">
          {backup.orders.map((order) => (
            <li key={order.id}>
              <div className="jy-policy-head">
                <Link to={routes.workOrder(order.id)}>{order.title}</Link>
                <WorkStateTag state={order.state} />
              </div>
              <p className="jy-code jy-quiet-text">{order.code}</p>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
