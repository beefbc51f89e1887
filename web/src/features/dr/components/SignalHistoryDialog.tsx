import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import type { ResultOf } from '../../../graphql/tada';
import { exactTime } from '../../../lib/time';
import { Dialog } from '../../../ui/Dialog';
import { drLevels } from '../../../ui/dr-states';
import { ChoiceBox } from '../../../ui/forms/fields';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { StateTag } from '../../../ui/StateTag';
import { scaleOf } from '../../../ui/trend';
import { WideTable } from '../../../ui/WideTable';
import { type DrGroup, DrSignalHistoryQuery } from '../dr.gql';
import { signalValue } from '../dr-words';
import { slotsOf } from '../signal-slots';
import { SignalChart } from './SignalChart';

const SPANS = { H24: 24, D7: 7 * 24, D30: 30 * 24, D90: 90 * 24 } as const;
type Span = keyof typeof SPANS;
type History = NonNullable<ResultOf<typeof DrSignalHistoryQuery>['drSignalHistory']>;
type Signal = DrGroup['signals'][number];
/** A page of the newest; the chart shows them all. */
const ROWS_SHOWN = 100;

/** How a signal went: a chart, the same as a table, and when its level changed. */
export function SignalHistoryDialog({
  groupId,
  signal,
  onClose,
}: {
  groupId: string;
  signal: Signal;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const [span, setSpan] = useState<Span>('H24');
  const [{ data, error }, ask] = useQuery({
    query: DrSignalHistoryQuery,
    variables: { group: groupId, signal: signal.signalId, hours: SPANS[span] },
    requestPolicy: 'cache-and-network',
  });
  const name = `${t(`dr.signal.${signal.name}`)}${signal.subject ? ` · ${signal.subject}` : ''}`;
  return (
    <Dialog title={t('dr.historyTitle', { signal: name })} kind="wide" onClose={onClose}>
      <ChoiceBox
        field="span"
        label={t('dr.historySpan')}
        errors={[]}
        value={span}
        options={(Object.keys(SPANS) as Span[]).map((value) => ({ value, label: t(`dr.historyOf.${value}`) }))}
        onChange={setSpan}
      />
      {data?.drSignalHistory ? (
        <HistoryParts history={data.drSignalHistory} signal={signal} hours={SPANS[span]} />
      ) : error ? (
        <FailureState failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
      ) : (
        <LoadingState rows={4} />
      )}
    </Dialog>
  );
}

function HistoryParts({ history, hours, signal }: { history: History; signal: Signal; hours: number }) {
  const { t } = useTranslation();
  const { changes, points } = history;
  const say = (value: number | null) => signalValue(t, signal.name, value);
  if (points.length === 0) return <p className="jy-quiet-text">{t('dr.historyNone')}</p>;
  const slots = slotsOf(points, hours, Date.now());
  const scale = scaleOf(
    points.map(({ most }) => most),
    [0],
  );
  const newest = points.at(-1);
  return (
    <>
      <SignalChart
        title={t(`dr.signal.${signal.name}`)}
        aside={t('dr.historyLatest', { value: say(newest?.mean ?? null) })}
        label={t('dr.historyChart')}
        slots={slots.map(
          (slot) => slot && { most: slot.most, mean: slot.mean, tip: `${exactTime(slot.startsAt)} ${say(slot.most)}` },
        )}
        top={scale?.high ?? 1}
        topText={say(Math.max(...points.map(({ most }) => most)))}
        ends={[exactTime(points[0]?.startsAt ?? ''), exactTime(new Date().toISOString())]}
      />
      <p className="jy-quiet-text">{t('dr.historyChart')}</p>
      <h3 className="jy-dr-history-head">{t('dr.historyChanges')}</h3>
      <WideTable label={t('dr.historyChanges')}>
        <table className="jy-small-table">
          <tbody>
            {changes.map(({ at, from, to, value }) => (
              <tr key={`${at}-${to}`}>
                <th scope="row" className="jy-number">
                  {exactTime(at)}
                </th>
                <td>
                  {from ? <StateTag look={drLevels[from]} word={t(`dr.signalLevels.${from}`)} /> : t('dr.historyFirst')}
                </td>
                <td>
                  <StateTag look={drLevels[to]} word={t(`dr.signalLevels.${to}`)} />
                </td>
                <td className="jy-cell-number">{say(value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </WideTable>
      <h3 className="jy-dr-history-head">{t('dr.historyTable')}</h3>
      <WideTable label={t('dr.historyTable')}>
        <table className="jy-small-table">
          <thead>
            <tr>
              <th scope="col">{t('dr.historySlot')}</th>
              {(['historyLeast', 'historyMean', 'historyMost'] as const).map((word) => (
                <th key={word} scope="col" className="jy-cell-number">
                  {t(`dr.${word}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {points
              .slice(-ROWS_SHOWN)
              .toReversed()
              .map(({ least, mean, most, startsAt }) => (
                <tr key={startsAt}>
                  <th scope="row" className="jy-number">
                    {exactTime(startsAt)}
                  </th>
                  <td className="jy-cell-number">{say(least)}</td>
                  <td className="jy-cell-number">{say(Math.round(mean * 10) / 10)}</td>
                  <td className="jy-cell-number">{say(most)}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </WideTable>
    </>
  );
}
