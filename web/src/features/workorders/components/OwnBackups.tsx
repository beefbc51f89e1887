import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { routes } from '../../../lib/routes';
import { backupLevels } from '../../../ui/backups/console-levels';
import { Panel } from '../../../ui/Panel';
import { StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import { OwnBackupsQuery } from '../backups.gql';

/** 平台自身备份 beside those of systems: whoever looks after backups looks after both. */
export function OwnBackups() {
  const { t } = useTranslation();
  const [{ data }] = useQuery({ query: OwnBackupsQuery, requestPolicy: 'cache-and-network' });
  // What the list itself is for stands below: it is not held up by this.
  if (!data) return null;
  return (
    <Panel title={t('backup.own')}>
      <ul className="jy-dr-grades">
        {data.consoleData.backups.map(({ kind, lastDone, level }) => (
          <li key={kind}>
            <span>{t(`consoleData.kinds.${kind}`)}</span>{' '}
            <StateTag look={backupLevels[level]} word={t(`consoleData.levels.${level}`)} />{' '}
            {lastDone?.endedAt && (
              <span className="jy-quiet-text">
                <Time at={lastDone.endedAt} />
              </span>
            )}
          </li>
        ))}
        <li>
          <Link to={routes.consoleData()}>{t('backup.ownMore')}</Link>
        </li>
      </ul>
    </Panel>
  );
}
