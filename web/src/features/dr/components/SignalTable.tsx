import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { drLevels } from '../../../ui/dr-states';
import { StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import { WideTable } from '../../../ui/WideTable';
import type { DrGroup } from '../dr.gql';
import { durationText, signalValue, sourceText } from '../dr-words';
import { SignalHistoryDialog } from './SignalHistoryDialog';

const WORST_FIRST = ['CRITICAL', 'UNKNOWN', 'WARN', 'GOOD'] as const;
const worseFirst = (a: { level: (typeof WORST_FIRST)[number] }, b: typeof a) =>
  WORST_FIRST.indexOf(a.level) - WORST_FIRST.indexOf(b.level);

/** Each signal with what it said, who said it, when, and how old it may be. */
export function SignalTable({ groupId, signals }: { groupId: string; signals: DrGroup['signals'] }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<DrGroup['signals'][number] | null>(null);
  if (signals.length === 0) return <p className="jy-quiet-text">{t('dr.noSignals')}</p>;
  return (
    <>
      <WideTable label={t('dr.signals')}>
        <table className="jy-small-table">
          <thead>
            <tr>
              <th scope="col">{t('dr.signalName')}</th>
              <th scope="col">{t('dr.signalOf')}</th>
              <th scope="col">{t('dr.signalLevel')}</th>
              <th scope="col" className="jy-cell-number">
                {t('dr.signalValue')}
              </th>
              <th scope="col">{t('dr.observedAt')}</th>
              <th scope="col">{t('dr.source')}</th>
              <th scope="col">{t('dr.history')}</th>
            </tr>
          </thead>
          <tbody>
            {signals.toSorted(worseFirst).map((signal) => (
              <tr key={signal.signalId}>
                <th scope="row">
                  {t(`dr.signal.${signal.name}`)}
                  {signal.towards && (
                    <span className="jy-quiet-text"> {t(signal.towards === 'RECOVERY' ? 'dr.far' : 'dr.near')}</span>
                  )}
                </th>
                <td>{signal.subject ?? t('dr.wholeGroup')}</td>
                <td>
                  <StateTag
                    look={drLevels[signal.level]}
                    word={t(signal.settling ? 'dr.settling' : `dr.signalLevels.${signal.level}`)}
                  />
                </td>
                <td className="jy-cell-number">{signalValue(t, signal.name, signal.value)}</td>
                <td>
                  <Time at={signal.observedAt} />
                  <div className="jy-quiet-text">{t('dr.maxAge', { time: durationText(t, signal.maxAgeSeconds) })}</div>
                </td>
                <td className="jy-quiet-text">{sourceText(t, signal.source)}</td>
                <td>
                  <Button
                    size="small"
                    aria-label={`${t('dr.history')} ${t(`dr.signal.${signal.name}`)} ${signal.subject ?? ''}`}
                    onClick={() => setAsked(signal)}
                  >
                    {t('dr.history')}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </WideTable>
      {asked && <SignalHistoryDialog groupId={groupId} signal={asked} onClose={() => setAsked(null)} />}
    </>
  );
}
