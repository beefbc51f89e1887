import { useTranslation } from 'react-i18next';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { Money } from '../../../ui/Money';
import { UseSumFields } from '../department-use.gql';
import { percentText } from '../use-days';

/** What all of the list amounts to: how much is used, and what could be saved a month. */
export function UseTotals({ total: masked }: { total: FragmentOf<typeof UseSumFields> }) {
  const { t } = useTranslation();
  const total = readFragment(UseSumFields, masked);
  const share = (percent: number | null) => (percent === null ? '–' : percentText(percent));
  const figures = [
    { label: t('use.seenMachines'), value: `${count(total.seen)} / ${count(total.machines)}` },
    { label: t('use.cpuMean'), value: share(total.cpuMean) },
    { label: t('use.memoryMean'), value: share(total.memoryMean) },
    { label: t('use.filter.IDLE'), value: count(total.idle), fen: total.idleMonthly },
    { label: t('use.filter.OVERSIZED'), value: count(total.oversized), fen: total.oversizedMonthly },
  ];
  return (
    <ul className="jy-figures jy-figures-narrow" aria-label={t('use.totals')}>
      {figures.map(({ label, value, fen }) => (
        <li key={label} className="jy-figure">
          <div>
            <span className="jy-figure-label">{label}</span>
            <span className="jy-figure-value">{value}</span>
            {fen != null && (
              <span className="jy-quiet-text">
                <Money fen={fen} compact /> {t('use.aMonth')}
              </span>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
