import { useTranslation } from 'react-i18next';
import type { DrDrillMark } from '../../../graphql/enums';
import { Time } from '../../../ui/Time';
import { clockText } from '../drill-words';
import type { Drill } from '../drills.gql';

const MARKS: readonly DrDrillMark[] = ['T0', 'T1', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7'];

/** The clock against the target, and the moments that were taken. */
export function DrillClock({ drill, now }: { drill: Drill; now: number }) {
  const { t } = useTranslation();
  const { figures, marks, targetRtoSeconds, targetRpoSeconds } = drill;
  const begun = marks.find(({ mark }) => mark === 'T0')?.at;
  const runs = begun !== undefined && figures.rtoSeconds === null && drill.state === 'RUNNING';
  const counts = begun !== undefined && (runs || drill.state === 'VALIDATING') && figures.rtoSeconds === null;
  const elapsed =
    figures.rtoSeconds ?? (counts && begun ? Math.max(0, Math.ceil((now - Date.parse(begun)) / 1_000)) : null);
  const over = elapsed !== null && targetRtoSeconds !== null && elapsed > targetRtoSeconds;
  return (
    <div className="jy-drill-clock">
      <dl className="jy-drill-figures">
        <div>
          <dt>{t(figures.rtoSeconds === null && counts ? 'drill.elapsed' : 'drill.rto')}</dt>
          <dd className={over ? 'jy-drill-big jy-drill-late' : 'jy-drill-big'}>{clockText(elapsed)}</dd>
          <dd className="jy-quiet-text">
            {t('drill.targetIs', {
              figure: targetRtoSeconds === null ? t('drill.noTarget') : clockText(targetRtoSeconds),
            })}
          </dd>
        </div>
        {drill.kind !== 'TABLETOP' && (
          <div>
            <dt>{t('drill.rpo')}</dt>
            <dd className="jy-drill-big">
              {begun === undefined
                ? '–'
                : figures.rpoSeconds === null
                  ? t('drill.unmeasured')
                  : clockText(figures.rpoSeconds)}
            </dd>
            <dd className="jy-quiet-text">
              {t('drill.targetIs', {
                figure: targetRpoSeconds === null ? t('drill.noTarget') : clockText(targetRpoSeconds),
              })}
            </dd>
          </div>
        )}
        {(['detectionSeconds', 'decisionSeconds', 'executionSeconds'] as const).map((share) => (
          <div key={share}>
            <dt>{t(`drill.share.${share}`)}</dt>
            <dd className="jy-number">{clockText(figures[share])}</dd>
          </div>
        ))}
      </dl>
      <ol className="jy-drill-marks" aria-label={t('drill.marks')}>
        {MARKS.map((mark) => {
          const taken = marks.find((one) => one.mark === mark);
          return (
            <li key={mark} className={taken ? 'jy-drill-taken' : undefined}>
              <strong>{mark}</strong>
              <span>{t(`drill.mark.${mark}`)}</span>
              {taken ? <Time at={taken.at} exact /> : <span className="jy-quiet-text">–</span>}
              {taken && <span className="jy-quiet-text">{taken.by ?? t('drill.byConsole')}</span>}
            </li>
          );
        })}
      </ol>
    </div>
  );
}
