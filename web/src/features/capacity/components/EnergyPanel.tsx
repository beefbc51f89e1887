import { CheckCircleOutlined, WarningOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, type ResultOf, readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { Dialog } from '../../../ui/Dialog';
import { Panel } from '../../../ui/Panel';
import { StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { useMay } from '../../../ui/viewer-context';
import { WideTable } from '../../../ui/WideTable';
import { EnergyParts } from '../capacity.gql';
import { MeterMonthDialog, PueTargetDialog } from './EnergyDialogs';
import { TrendLine } from './TrendLine';

type Center = ResultOf<typeof EnergyParts>;
type Energy = NonNullable<Center['energy']>;
type Month = Energy['months'][number];

const W_PER_KW = 1_000;
const PERCENT = 100;
const pueText = (value: number): string => value.toFixed(2);

/** Energy and PUE of each center. What nobody measured stays unknown, and a gap is a gap. */
export function EnergyPanel({ centers: masked }: { centers: readonly FragmentOf<typeof EnergyParts>[] }) {
  const { t } = useTranslation();
  const may = useMay();
  const [open, setOpen] = useState<{ kind: 'months' | 'target' | 'meter'; id: string } | null>(null);
  const centers = readFragment(EnergyParts, masked);
  const chosen = centers.find(({ id }) => id === open?.id);
  const edits = may('CENTER', 'EDIT');
  const close = () => setOpen(null);
  return (
    <Panel title={t('energy.title')}>
      <WideTable label={t('energy.title')}>
        <table className="jy-small-table" aria-label={t('energy.title')}>
          <thead>
            <tr>
              <th scope="col">{t('energy.center')}</th>
              <th scope="col">{t('energy.pue')}</th>
              <th scope="col">{t('energy.trend')}</th>
              <th scope="col" className="jy-cell-number">
                {t('energy.month')}
              </th>
              <th scope="col">{t('energy.power')}</th>
              <th scope="col" aria-label={t('energy.months')} />
            </tr>
          </thead>
          <tbody>
            {centers.map(
              (center) =>
                center.energy && (
                  <CenterRow key={center.id} center={center} energy={center.energy}>
                    <Button size="small" onClick={() => setOpen({ kind: 'months', id: center.id })}>
                      {t('energy.show')}
                    </Button>
                    {edits && (
                      <>
                        <Button size="small" onClick={() => setOpen({ kind: 'meter', id: center.id })}>
                          {t('energy.recordMonth')}
                        </Button>
                        <Button size="small" onClick={() => setOpen({ kind: 'target', id: center.id })}>
                          {t('energy.setTarget')}
                        </Button>
                      </>
                    )}
                  </CenterRow>
                ),
            )}
          </tbody>
        </table>
      </WideTable>
      {chosen?.energy && open?.kind === 'months' && (
        <Dialog kind="side" title={`${chosen.name} · ${t('energy.months')}`} onClose={close}>
          <FeedList energy={chosen.energy} />
          <MonthTable energy={chosen.energy} />
        </Dialog>
      )}
      {chosen && open?.kind === 'target' && <PueTargetDialog center={chosen} onClose={close} />}
      {chosen && open?.kind === 'meter' && <MeterMonthDialog center={chosen} onClose={close} />}
    </Panel>
  );
}

function CenterRow({ center, energy, children }: { center: Center; energy: Energy; children: React.ReactNode }) {
  const { t } = useTranslation();
  const latest = energy.months.findLast(({ pue }) => pue !== null);
  const lastMonth = energy.months.findLast(({ totalKwh }) => totalKwh !== null);
  const values = energy.months.map(({ pue }) => pue);
  // The running month may still be measured.
  const gaps = energy.months.slice(0, -1).filter(({ pue }) => pue === null).length;
  const known = values.filter((value) => value !== null);
  const kw = (watts: number | null) => (watts === null ? t('energy.unknown') : count(watts / W_PER_KW));
  return (
    <tr>
      <th scope="row">
        <CenterMark role={center.role} name={center.name} />
      </th>
      <td>
        <Pue month={latest} target={energy.target} />
      </td>
      <td>
        <TrendLine
          values={values}
          level={energy.target}
          label={t('energy.trendText', {
            first: pueText(known[0] ?? 0),
            last: pueText(known.at(-1) ?? 0),
            gaps,
          })}
        />
        {gaps > 0 && <span className="jy-quiet-text jy-under">{t('energy.gaps', { gaps })}</span>}
      </td>
      <td className="jy-cell-number">
        {lastMonth ? (
          <>
            {count(lastMonth.totalKwh ?? 0)}
            <span className="jy-quiet-text jy-under">{lastMonth.month}</span>
          </>
        ) : (
          t('energy.unknown')
        )}
      </td>
      <td>
        {energy.measuredAt ? (
          t('energy.powerText', { total: kw(energy.totalPowerW), it: kw(energy.itPowerW) })
        ) : (
          <span className="jy-quiet-text">{t('energy.notMeasured')}</span>
        )}
      </td>
      <td>
        <span className="jy-row-actions">{children}</span>
      </td>
    </tr>
  );
}

function Pue({ month, target }: { month: Month | undefined; target: number | null }) {
  const { t } = useTranslation();
  if (!month || month.pue === null) return <span className="jy-quiet-text">{t('energy.unknown')}</span>;
  return (
    <>
      <strong className="jy-number">{pueText(month.pue)}</strong>{' '}
      {target !== null && (
        <StateTag
          look={
            month.pue <= target
              ? { tone: 'good', icon: CheckCircleOutlined }
              : { tone: 'waiting', icon: WarningOutlined }
          }
          word={t(month.pue <= target ? 'energy.met' : 'energy.missed')}
        />
      )}
      <span className="jy-quiet-text jy-under">
        {[month.month, target === null ? t('energy.noTarget') : `${t('energy.target')} ${pueText(target)}`].join(' · ')}
      </span>
    </>
  );
}

/** Feeds that are measured now, by the names that their meters give them. */
function FeedList({ energy }: { energy: Energy }) {
  const { t } = useTranslation();
  if (energy.feeds.length === 0) return <p className="jy-quiet-text">{t('energy.noFeeds')}</p>;
  return (
    <table className="jy-small-table" aria-label={t('energy.feeds')}>
      <thead>
        <tr>
          <th scope="col">{t('energy.feed')}</th>
          <th scope="col" className="jy-cell-number">
            {t('energy.feedPower')}
          </th>
          <th scope="col">{t('energy.measuredAt')}</th>
        </tr>
      </thead>
      <tbody>
        {energy.feeds.map((feed) => (
          <tr key={feed.name}>
            <th scope="row" className="jy-code">
              {feed.name}
            </th>
            <td className="jy-cell-number">{count(feed.powerW / W_PER_KW)}</td>
            <td>
              <Time at={feed.measuredAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function MonthTable({ energy }: { energy: Energy }) {
  const { t } = useTranslation();
  return (
    <table className="jy-small-table" aria-label={t('energy.months')}>
      <thead>
        <tr>
          <th scope="col">{t('energy.monthColumn')}</th>
          <th scope="col" className="jy-cell-number">
            {t('energy.totalKwh')}
          </th>
          <th scope="col" className="jy-cell-number">
            {t('energy.itKwh')}
          </th>
          <th scope="col" className="jy-cell-number">
            PUE
          </th>
          <th scope="col" className="jy-cell-number">
            {t('energy.coverage')}
          </th>
        </tr>
      </thead>
      <tbody>
        {energy.months.toReversed().map((month) => (
          <tr key={month.month}>
            <th scope="row" className="jy-number">
              {month.month}
            </th>
            {month.totalKwh === null ? (
              <td colSpan={4} className="jy-quiet-text">
                {t('energy.gap')}
              </td>
            ) : (
              <>
                <td className="jy-cell-number">{count(month.totalKwh)}</td>
                <td className="jy-cell-number">{month.itKwh === null ? '–' : count(month.itKwh)}</td>
                <td className="jy-cell-number">{month.pue === null ? '–' : pueText(month.pue)}</td>
                <td className="jy-cell-number">
                  {month.source === 'METER'
                    ? t('energy.sources.METER')
                    : `${t('energy.sources.READINGS')} ${Math.round((month.knownHours / Math.max(1, month.hours)) * PERCENT)}%`}
                </td>
              </>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
