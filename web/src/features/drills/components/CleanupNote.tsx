import { useTranslation } from 'react-i18next';
import { clockText } from '../drill-words';
import type { Drill } from '../drills.gql';

const SECOND_MS = 1_000;
/** From here on who runs the drill should think of the end of it. */
const SOON_S = 1_800;
const BEGUN: readonly Drill['state'][] = ['PRECHECKED', 'ISOLATED', 'RUNNING', 'VALIDATING'];

/** 清理: how long the drill may still stand, how long it is cleaned up already, or that it was not, and what to do then. */
export function CleanupNote({ drill, now }: { drill: Drill; now: number }) {
  const { t } = useTranslation();
  if (drill.state === 'CLEANUP_FAILED') return <Blocked drill={drill} />;
  if (drill.state === 'CLEANING_UP' && drill.cleanupBegunAt) {
    const took = Math.max(0, Math.ceil((now - Date.parse(drill.cleanupBegunAt)) / SECOND_MS));
    return <p className="jy-drill-cleanup">{t('drill.cleanupSince', { took: clockText(took) })}</p>;
  }
  if (!drill.cleanupDueAt || !BEGUN.includes(drill.state)) return null;
  const left = Math.floor((Date.parse(drill.cleanupDueAt) - now) / SECOND_MS);
  if (left <= 0)
    return (
      <p className="jy-drill-trouble" role="status">
        {t('drill.cleanupOver')}
      </p>
    );
  return (
    <p className={left < SOON_S ? 'jy-drill-cleanup jy-drill-late' : 'jy-drill-cleanup'}>
      {t('drill.cleanupLeft', { left: clockText(left) })}
    </p>
  );
}

function Blocked({ drill }: { drill: Drill }) {
  const { t } = useTranslation();
  const left = drill.copies.filter(({ state }) => state !== 'GONE');
  return (
    <section className="jy-drill-blocked" role="alert">
      <h2>{t('drill.blockedTitle')}</h2>
      <p>{t('drill.blockedText')}</p>
      {drill.trouble && <p className="jy-wrap-anywhere">{t('drill.trouble', { text: drill.trouble })}</p>}
      <p>{left.length > 0 ? t('drill.blockedNext', { n: left.length }) : t('drill.blockedNone')}</p>
      {left.length > 0 && (
        <ul>
          {left.map(({ name, resourceId }) => (
            <li key={resourceId} className="jy-code">
              {name}
            </li>
          ))}
        </ul>
      )}
      {!drill.availableActions.includes('RETRY_CLEANUP') && <p>{t('drill.blockedWho')}</p>}
    </section>
  );
}
