import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { type FragmentOf, type ResultOf, readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { backupLevels } from '../../../ui/backups/console-levels';
import { Facts } from '../../../ui/Facts';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import { useMay } from '../../../ui/viewer-context';
import { WideTable } from '../../../ui/WideTable';
import { ConsoleBackupParts, ConsoleDataQuery } from '../console-data.gql';
import { databaseModes, nodeStandings } from '../looks';

type Data = ResultOf<typeof ConsoleDataQuery>['consoleData'];

const MIB = 1_048_576;

/** 平台自身数据: whether the console can write, through which node, and how old its own backups are. */
export function ConsoleDataPage() {
  const { t } = useTranslation();
  const may = useMay();
  const [{ data, error, fetching }, ask] = useQuery({ query: ConsoleDataQuery, requestPolicy: 'cache-and-network' });
  const again = () => ask({ requestPolicy: 'network-only' });
  if (!data)
    return error ? <FailureState wholePage failure={failureOf(error)} onRetry={again} /> : <LoadingState rows={12} />;
  const { consoleData } = data;
  return (
    <>
      <PageHeader
        title={t('consoleData.title')}
        actions={
          <Button onClick={again} disabled={fetching}>
            {t('consoleData.refresh')}
          </Button>
        }
      >
        {t('consoleData.lead')}
      </PageHeader>
      <Nodes consoleData={consoleData} />
      <Standings standings={consoleData.backups} />
      <Latest backups={consoleData.latestBackups} />
      {may('WORK_ORDER', 'READ') && (
        <p>
          <Link to={routes.backups()}>{t('consoleData.ofResources')}</Link>
        </p>
      )}
    </>
  );
}

function Nodes({ consoleData: { database, epoch, nodes } }: { consoleData: Data }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('consoleData.database')}>
      <Facts
        facts={[
          {
            label: t('consoleData.mode'),
            value: (
              <>
                <StateTag look={databaseModes[database.mode]} word={t(`consoleData.modes.${database.mode}`)} />{' '}
                <span className="jy-quiet-text">
                  <Time at={database.since} />
                </span>
              </>
            ),
          },
          ...(database.reason
            ? [{ label: t('consoleData.reason'), value: t(`consoleData.reasons.${database.reason}`), wide: true }]
            : []),
          {
            label: t('consoleData.epoch'),
            value: epoch === 0 ? t('consoleData.neverForced') : <span className="jy-number">{count(epoch)}</span>,
          },
        ]}
      />
      {nodes.length === 0 ? (
        <p className="jy-quiet-text">{t('consoleData.oneServer')}</p>
      ) : (
        <WideTable label={t('consoleData.nodes')}>
          <table className="jy-small-table">
            <caption className="jy-quiet-text">{t('consoleData.nodes')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('consoleData.node')}</th>
                <th scope="col">{t('consoleData.standing')}</th>
                <th scope="col" className="jy-cell-number">
                  {t('consoleData.epoch')}
                </th>
              </tr>
            </thead>
            <tbody>
              {nodes.map((node) => (
                <tr key={node.name}>
                  <th scope="row">{node.name}</th>
                  <td>
                    <StateTag look={nodeStandings[node.standing]} word={t(`consoleData.standings.${node.standing}`)} />
                  </td>
                  <td className="jy-cell-number">{node.epoch === null ? '–' : count(node.epoch)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </WideTable>
      )}
    </Panel>
  );
}

function Standings({ standings }: { standings: Data['backups'] }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('consoleData.backups')}>
      <p className="jy-quiet-text">{t('consoleData.backupsText')}</p>
      {standings.every(({ last }) => last === null) && <p>{t('consoleData.notSetUp')}</p>}
      <WideTable label={t('consoleData.backups')}>
        <table className="jy-small-table">
          <thead>
            <tr>
              <th scope="col">{t('consoleData.kind')}</th>
              <th scope="col">{t('consoleData.age')}</th>
              <th scope="col">{t('consoleData.lastDone')}</th>
              <th scope="col">{t('consoleData.last')}</th>
            </tr>
          </thead>
          <tbody>
            {standings.map(({ kind, last: lastMasked, lastDone: doneMasked, level }) => {
              const last = readFragment(ConsoleBackupParts, lastMasked);
              const lastDone = readFragment(ConsoleBackupParts, doneMasked);
              return (
                <tr key={kind}>
                  <th scope="row">{t(`consoleData.kinds.${kind}`)}</th>
                  <td>
                    <StateTag look={backupLevels[level]} word={t(`consoleData.levels.${level}`)} />
                  </td>
                  <td>{lastDone ? <Time at={lastDone.endedAt} /> : '–'}</td>
                  <td className="jy-wrap-anywhere">
                    {last === null || last.key === lastDone?.key
                      ? '–'
                      : last.endedAt === null
                        ? t('consoleData.underWay')
                        : `${t('consoleData.failed')} ${last.said ?? ''}`}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </WideTable>
    </Panel>
  );
}

function Latest({ backups }: { backups: FragmentOf<typeof ConsoleBackupParts>[] }) {
  const { t } = useTranslation();
  if (backups.length === 0) return null;
  return (
    <Panel title={t('consoleData.latest')}>
      <WideTable label={t('consoleData.latest')}>
        <table className="jy-small-table">
          <thead>
            <tr>
              <th scope="col">{t('consoleData.started')}</th>
              <th scope="col">{t('consoleData.kind')}</th>
              <th scope="col">{t('consoleData.outcome')}</th>
              <th scope="col" className="jy-cell-number">
                {t('consoleData.size')}
              </th>
              <th scope="col">{t('consoleData.file')}</th>
            </tr>
          </thead>
          <tbody>
            {readFragment(ConsoleBackupParts, backups).map((backup) => (
              <tr key={backup.key}>
                <td>
                  <Time at={backup.startedAt} />
                </td>
                <td>{t(`consoleData.kinds.${backup.kind}`)}</td>
                <td className="jy-wrap-anywhere">
                  {backup.endedAt === null
                    ? t('consoleData.underWay')
                    : t(backup.succeeded ? 'consoleData.succeeded' : 'consoleData.failed')}
                  {backup.endedAt !== null && (backup.kind === 'RESTORE_TEST' || !backup.succeeded) && (
                    <span className="jy-quiet-text"> {backup.said}</span>
                  )}
                </td>
                <td className="jy-cell-number">
                  {backup.bytes === null ? '–' : `${count(Math.round((backup.bytes / MIB) * 10) / 10)} MiB`}
                </td>
                <td className="jy-code jy-wrap-anywhere">{backup.fileName ?? '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </WideTable>
    </Panel>
  );
}
