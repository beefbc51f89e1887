import { useTranslation } from 'react-i18next';
import { readFragment } from '../../graphql/tada';
import { count } from '../../lib/quantity';
import { type CenterFragment, type Meter, meterOf, tellsFigures } from './capacity';
import { ThreeCentersCenter } from './three-centers.gql';

/** The pools of the chosen center: what is free of each architecture and zone. */
export function CenterPools({ centers: masked, centerId }: { centers: readonly CenterFragment[]; centerId: string }) {
  const { t } = useTranslation();
  const center = readFragment(ThreeCentersCenter, masked).find((candidate) => candidate.id === centerId);
  if (!center) return null;
  const cell = (meter: Meter, scale = 1) =>
    tellsFigures(center.pools) &&
    t('center.freeOfTotal', { free: count(meter.free / scale), total: count(meter.total / scale) });
  return (
    <table className="jy-small-table">
      <caption>
        {t('center.poolsOf', { name: center.name })}
        {!tellsFigures(center.pools) && ` · ${t('center.noFigures')}`}
      </caption>
      <thead>
        <tr>
          <th scope="col">{t('center.column.architecture')}</th>
          <th scope="col">{t('center.column.zone')}</th>
          <th scope="col" className="jy-cell-number">
            vCPU
          </th>
          <th scope="col" className="jy-cell-number">
            {t('center.column.memoryGib')}
          </th>
          <th scope="col" className="jy-cell-number">
            {t('center.column.storageGib')}
          </th>
        </tr>
      </thead>
      <tbody>
        {center.pools.map((pool) => (
          <tr key={pool.id}>
            <th scope="row">{t(`architecture.${pool.architecture}`)}</th>
            <td>{t(`zone.${pool.zone}`)}</td>
            <td className="jy-cell-number">{cell(meterOf([pool], 'VCPU'))}</td>
            <td className="jy-cell-number">{cell(meterOf([pool], 'MEMORY_MIB'), 1024)}</td>
            <td className="jy-cell-number">{cell(meterOf([pool], 'STORAGE_GIB'))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
