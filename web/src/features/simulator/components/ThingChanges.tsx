import { useTranslation } from 'react-i18next';
import { count } from '../../../lib/quantity';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { WideTable } from '../../../ui/WideTable';
import type { Simulation } from './LineResults';

const W_PER_KW = 1000;
const shown = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

/** "4 → 1", or only what there is where nothing was taken. */
function Then({ before, after, by = 1 }: { before: number; after: number; by?: number }) {
  const figure = (value: number) => shown.format(value / by);
  if (before === after) return <span className="jy-quiet-text">{figure(before)}</span>;
  return (
    <>
      {figure(before)} <span aria-hidden>→</span> <strong className="jy-strong">{figure(after)}</strong>
    </>
  );
}

/** Free servers of each class that was asked for. */
export function ServerChanges({ servers }: { servers: Simulation['servers'] }) {
  const { t } = useTranslation();
  return (
    <WideTable label={t('simulator.servers')}>
      <table className="jy-small-table jy-what-if-things" aria-label={t('simulator.servers')}>
        <thead>
          <tr>
            <th scope="col">{t('simulator.column.serverOffer')}</th>
            <th scope="col">{t('simulator.column.center')}</th>
            <th scope="col" className="jy-cell-number">
              {t('simulator.freeServers')}
            </th>
            <th scope="col" className="jy-cell-number">
              {t('simulator.away')}
            </th>
          </tr>
        </thead>
        <tbody>
          {servers.map(({ center, offer, freeBefore, freeAfter, away }) => (
            <tr key={`${offer.id} ${center.id}`}>
              <td>{offer.name}</td>
              <td>
                <CenterMark role={center.role} name={center.name} />
              </td>
              <td className="jy-cell-number">
                <Then before={freeBefore} after={freeAfter} />
              </td>
              <td className="jy-cell-number">{away > 0 ? count(away) : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </WideTable>
  );
}

/** What cabinets have free, in the zones that space was asked for in. */
export function SpaceChanges({ spaces }: { spaces: Simulation['spaces'] }) {
  const { t } = useTranslation();
  return (
    <WideTable label={t('simulator.spaces')}>
      <table className="jy-small-table jy-what-if-things" aria-label={t('simulator.spaces')}>
        <thead>
          <tr>
            <th scope="col">{t('simulator.column.center')}</th>
            <th scope="col">{t('simulator.column.zone')}</th>
            {(['cabinets', 'units', 'power', 'weight'] as const).map((column) => (
              <th key={column} scope="col" className="jy-cell-number">
                {t(`simulator.space.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {spaces.map(({ center, zone, cabinets, units, powerW, weightKg }) => (
            <tr key={`${center.id} ${zone}`}>
              <td>
                <CenterMark role={center.role} name={center.name} />
              </td>
              <td>{t(`zone.${zone}`)}</td>
              <td className="jy-cell-number">
                <Then {...cabinets} />
              </td>
              <td className="jy-cell-number">
                <Then {...units} />
              </td>
              <td className="jy-cell-number">
                <Then {...powerW} by={W_PER_KW} />
              </td>
              <td className="jy-cell-number">
                <Then {...weightKg} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </WideTable>
  );
}
