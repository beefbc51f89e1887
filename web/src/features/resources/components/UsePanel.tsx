import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import type { ResultOf } from '../../../graphql/tada';
import { machineSize } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { Facts } from '../../../ui/Facts';
import { Money } from '../../../ui/Money';
import { Panel } from '../../../ui/Panel';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { Time } from '../../../ui/Time';
import { UseChart } from '../../../ui/UseChart';
import { useMay } from '../../../ui/viewer-context';
import { ResourceUseQuery } from '../use.gql';
import { dayBefore, newestWhole, onCalendar, percentText, rateText } from '../use-days';

/** Each as a reader takes it in. */
const percents = (figures: Readonly<Record<'p50' | 'p95' | 'max' | 'mean', number>>) =>
  Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, percentText(value)]));

type Used = ResultOf<typeof ResourceUseQuery>['resource'];

const PERIODS = [30, 90] as const;

/** How much of what it has a machine uses, and what could follow from that. */
export function UsePanel({ id }: { id: string }) {
  const { t } = useTranslation();
  const [period, setPeriod] = useState<number>(PERIODS[0]);
  const [{ data, error }, ask] = useQuery({
    query: ResourceUseQuery,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  return (
    <Panel
      title={t('use.title')}
      aside={
        data &&
        data.resource.useDays.length > 0 && (
          <Segmented
            aria-label={t('use.period')}
            value={period}
            onChange={setPeriod}
            options={PERIODS.map((value) => ({ value, label: t('use.days', { count: value }) }))}
          />
        )
      }
    >
      {data ? (
        <UseOf resource={data.resource} period={period} />
      ) : error ? (
        <FailureState failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
      ) : (
        <LoadingState rows={4} />
      )}
    </Panel>
  );
}

function UseOf({ resource, period }: { resource: Used; period: number }) {
  const { t } = useTranslation();
  const { use, useDays } = resource;
  const newest = newestWhole(useDays);
  const last = useDays.at(-1)?.day;
  if (!newest || last === undefined)
    return <p className="jy-quiet-text">{t(`use.none.${use.state === 'NOT_MEASURED' ? 'NOT_MEASURED' : 'NEVER'}`)}</p>;
  const days = onCalendar(useDays, last, period);
  const ends = [dayBefore(last, period - 1), last] as const;
  const chart = (name: 'cpu' | 'memory' | 'disk') => {
    const figures = newest[name];
    if (!figures)
      return (
        <p key={name} className="jy-quiet-text">
          {t('use.unknownOf', { what: t(`use.${name}`) })}
        </p>
      );
    const text = t('use.figures', { p95: percentText(figures.p95), mean: percentText(figures.mean) });
    return (
      <UseChart
        key={name}
        title={t(`use.${name}`)}
        aside={text}
        ends={ends}
        label={t('use.chartLabel', { what: t(`use.${name}`), days: period, text })}
        days={days.map((day) => {
          const seen = day?.[name];
          if (!day || !seen) return null;
          const { max, mean, p50, p95 } = seen;
          return { p95, mean, tip: t('use.dayTip', { day: day.day, ...percents({ p50, p95, max, mean }) }) };
        })}
      />
    );
  };
  const rate = (one: { p95: number } | null) => (one ? rateText(one.p95) : t('use.unknown'));
  return (
    <>
      <Findings resource={resource} />
      {use.state === 'OLD' && use.lastSampleAt && (
        <p className="jy-banner jy-tone-waiting">
          {t('use.old')} <Time at={use.lastSampleAt} />
        </p>
      )}
      <div className="jy-use-charts">
        {chart('cpu')}
        {chart('memory')}
        {chart('disk')}
      </div>
      {newest.source === 'METRICS_API' && <p className="jy-quiet-text">{t('use.byMetricsApi')}</p>}
      <p className="jy-quiet-text jy-use-key">
        {t('use.key')}
        {useDays.at(-1)?.partial && ` ${t('use.partial', { hours: useDays.at(-1)?.hours ?? 0 })}`}
      </p>
      <Facts
        facts={[
          {
            label: t('use.window', { days: use.windowDays }),
            value:
              use.cpuP95 === null || use.memoryP95 === null
                ? '–'
                : t('use.windowText', {
                    cpu: percentText(use.cpuP95),
                    memory: percentText(use.memoryP95),
                    seen: use.seenDays,
                  }),
          },
          {
            label: t('use.diskRate'),
            value: t('use.readWrite', { read: rate(newest.diskRead), write: rate(newest.diskWrite) }),
          },
          {
            label: t('use.netRate'),
            value: t('use.inOut', { in: rate(newest.netIn), out: rate(newest.netOut) }),
          },
        ]}
      />
    </>
  );
}

/** What could follow: ask its department whether it is needed, or make it smaller. */
function Findings({ resource }: { resource: Used }) {
  const { t } = useTranslation();
  const may = useMay();
  const navigate = useNavigate();
  const { id, management, openChange, reclaimCase, sizeSuggestion: smaller, state, use } = resource;
  if (state !== 'IN_USE') return null;
  if (use.idle)
    return (
      <div className="jy-banner jy-tone-waiting jy-use-finding">
        <span>
          <b>{t('use.idle')}</b> {use.idle.text}
        </span>
        {!reclaimCase && may('RESOURCE', 'REVIEW') && (
          <Button size="small" onClick={() => void navigate(routes.newReclaimCase(id))}>
            {t('life.openCase')}
          </Button>
        )}
      </div>
    );
  if (!smaller) return null;
  return (
    <div className="jy-banner jy-tone-moving jy-use-finding">
      <span>
        <b>{t('use.smaller', { size: machineSize(smaller.vcpu, smaller.memoryMib) })}</b>{' '}
        {smaller.savedMonthly !== null && (
          <>
            {t('use.saves')} <Money fen={smaller.savedMonthly} />
          </>
        )}
      </span>
      {management !== 'OBSERVED' && !openChange && may('REQUEST', 'CREATE') && (
        <Button size="small" onClick={() => void navigate(routes.changeRequest([id], undefined, [], smaller.offerId))}>
          {t('change.start')}
        </Button>
      )}
    </div>
  );
}
