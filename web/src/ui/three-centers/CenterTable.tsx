import { useTranslation } from 'react-i18next';
import { count } from '../../lib/quantity';
import { type CenterFacts, type Meter, meterOf, tellsFigures } from './capacity';
import type { PlacedCenter } from './layout';

type Props = { centers: readonly PlacedCenter<CenterFacts>[]; planned?: ReadonlyMap<string, readonly string[]> };

/** The picture's text twin: every number of it, for those who hear the page. */
export function CenterTable({ centers, planned }: Props) {
  const { t } = useTranslation();
  return (
    // The box is hidden, not the table: a table grows past any width it is given and would widen the page.
    <div className="jy-sr-only">
      <table>
        <caption>{t('center.picture')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('center.column.center')}</th>
            <th scope="col">{t('center.column.role')}</th>
            <th scope="col">{t('center.column.reach')}</th>
            <th scope="col">{t('center.column.vcpu')}</th>
            <th scope="col">{t('center.column.memory')}</th>
            {planned && <th scope="col">{t('center.column.planned')}</th>}
          </tr>
        </thead>
        <tbody>
          {centers.map(({ center, letter }) => {
            const vcpu = meterOf(center.pools, 'VCPU');
            const memory = meterOf(center.pools, 'MEMORY_MIB');
            const told = (meter: Meter, scale = 1): string =>
              tellsFigures(center.pools)
                ? t('center.usedHeldTotal', {
                    used: count(meter.allocated / scale),
                    held: count(meter.held / scale),
                    total: count(meter.total / scale),
                  })
                : t('center.noFigures');
            return (
              <tr key={center.id}>
                <th scope="row">{`${letter} ${center.name}`}</th>
                <td>{t(`center.role.${center.role}`)}</td>
                <td>{t(`center.reach.${center.cluster?.reach ?? 'UNKNOWN'}`)}</td>
                <td>{told(vcpu)}</td>
                <td>{told(memory, 1024)}</td>
                {planned && <td>{planned.get(center.id)?.join('; ') ?? t('center.plannedNone')}</td>}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
