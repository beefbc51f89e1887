import { WarningOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../graphql/tada';
import { Panel } from '../../../ui/Panel';
import { Time } from '../../../ui/Time';
import type { RackCabinetParts } from '../cabinets.gql';
import { kilograms, kilowatts } from './use-cabinet-words';

type Cabinet = ResultOf<typeof RackCabinetParts>;

/** Units, power and weight: what is taken, of what. */
export function CabinetFigures({ cabinet }: { cabinet: Cabinet }) {
  const { t } = useTranslation();
  const { power, weight, heightUnits, usedUnits, heldUnits, blockedUnits, freeUnits } = cabinet;
  // A city is told whether something fits when it asks, not how much there is.
  if (usedUnits === null || heldUnits === null || blockedUnits === null || freeUnits === null || !power || !weight)
    return (
      <Panel title={t('cabinet.figures')}>
        <p className="jy-quiet-text">{t('cabinet.figuresNotShown')}</p>
      </Panel>
    );
  const share = (part: number, whole: number) => `${whole > 0 ? Math.min(100, (part / whole) * 100) : 0}%`;
  return (
    <Panel title={t('cabinet.figures')}>
      <dl className="jy-figures-list">
        <div>
          <dt>{t('cabinet.units')}</dt>
          <dd>
            <div className="jy-meter" aria-hidden="true">
              <span className="jy-meter-used" style={{ width: share(usedUnits, heightUnits) }} />
              <span className="jy-meter-held" style={{ width: share(heldUnits, heightUnits) }} />
              <span className="jy-meter-blocked" style={{ width: share(blockedUnits, heightUnits) }} />
            </div>
            {t('cabinet.unitsFigures', {
              used: usedUnits,
              held: heldUnits,
              blocked: blockedUnits,
              free: freeUnits,
              total: heightUnits,
            })}
          </dd>
        </div>
        <div>
          <dt>{t('cabinet.longest')}</dt>
          <dd>
            {t('cabinet.longestFigures', {
              full: cabinet.longestFreeRunUnits ?? 0,
              front: cabinet.longestFreeFrontUnits ?? 0,
              rear: cabinet.longestFreeRearUnits ?? 0,
            })}
          </dd>
        </div>
        <div>
          <dt>{t('cabinet.power')}</dt>
          <dd>
            {power.usedW !== null && (
              <div className="jy-meter" aria-hidden="true">
                <span
                  className={power.usedW > power.limitW ? 'jy-meter-over' : 'jy-meter-used'}
                  style={{ width: share(power.usedW, power.limitW) }}
                />
              </div>
            )}
            <p>
              {power.usedW === null
                ? t('cabinet.powerLimit', { limit: kilowatts(power.limitW) })
                : t('cabinet.powerNameplate', { used: kilowatts(power.usedW), limit: kilowatts(power.limitW) })}
            </p>
            {/* Who sees a part of the cabinet is told neither sum. */}
            {power.usedW !== null && <MeasuredPower cabinet={cabinet} />}
            <p className="jy-quiet-text">
              {t('cabinet.feeds', {
                a: power.feedAWatts === null ? '–' : kilowatts(power.feedAWatts),
                b: power.feedBWatts === null ? '–' : kilowatts(power.feedBWatts),
                percent: power.deratingPercent,
              })}
            </p>
            {power.singleFed && (
              <p className="jy-tone-waiting">
                <WarningOutlined aria-hidden /> {t('cabinet.singleFed')}
              </p>
            )}
          </dd>
        </div>
        <div>
          <dt>{t('cabinet.weight')}</dt>
          <dd>
            {weight.usedGrams !== null && (
              <div className="jy-meter" aria-hidden="true">
                <span className="jy-meter-used" style={{ width: share(weight.usedGrams, weight.limitGrams) }} />
              </div>
            )}
            {weight.usedGrams === null
              ? t('cabinet.weightLimit', { limit: kilograms(weight.limitGrams) })
              : t('cabinet.weightOf', { used: kilograms(weight.usedGrams), limit: kilograms(weight.limitGrams) })}
          </dd>
        </div>
      </dl>
    </Panel>
  );
}

/** What 动环 or a PDU says it draws, with its age; nobody measured is never nought. */
function MeasuredPower({ cabinet: { measuredPowerW, powerMeasuredAt } }: { cabinet: Cabinet }) {
  const { t } = useTranslation();
  if (measuredPowerW === null) return <p className="jy-quiet-text">{t('cabinet.notMeasured')}</p>;
  return (
    <p>
      {t('cabinet.measuredPower', { watts: kilowatts(measuredPowerW) })}{' '}
      <span className="jy-quiet-text">
        <Time at={powerMeasuredAt} />
      </span>
    </p>
  );
}
