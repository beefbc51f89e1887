import { useTranslation } from 'react-i18next';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { Panel } from '../../../ui/Panel';
import { EmptyState } from '../../../ui/page-states';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { PlaceParts } from '../capacity.gql';

const W_PER_KW = 1_000;
const GRAMS_PER_TONNE = 1_000_000;

/** Cabinets and servers: U, kW, kg and machines. */
export function PlacePanels({ report }: { report: FragmentOf<typeof PlaceParts> }) {
  const { t } = useTranslation();
  const { space, servers } = readFragment(PlaceParts, report);
  const pair = (free: number, total: number, unit = 1) => `${count(free / unit)} / ${count(total / unit)}`;
  return (
    <>
      <Panel title={t('capacity.space')}>
        {space.length === 0 ? (
          <EmptyState title={t('capacity.noSpace')} />
        ) : (
          <div className="jy-plain-scroll">
            <table className="jy-small-table" aria-label={t('capacity.space')}>
              <thead>
                <tr>
                  <th scope="col">{t('capacity.center')}</th>
                  <th scope="col">{t('pool.zone')}</th>
                  {(['cabinets', 'units', 'power', 'weight'] as const).map((key) => (
                    <th key={key} scope="col" className="jy-cell-number">
                      {t(`capacity.${key}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {space.map((row) => (
                  <tr key={`${row.center.id} ${row.zone}`}>
                    <th scope="row">
                      <CenterMark role={row.center.role} name={row.center.name} />
                    </th>
                    <td>{t(`zone.${row.zone}`)}</td>
                    <td className="jy-cell-number">{count(row.cabinets)}</td>
                    <td className="jy-cell-number">{pair(row.freeUnits, row.totalUnits)}</td>
                    <td className="jy-cell-number">{pair(row.powerLimitW - row.powerW, row.powerLimitW, W_PER_KW)}</td>
                    <td className="jy-cell-number">
                      {pair(row.weightLimitGrams - row.weightGrams, row.weightLimitGrams, GRAMS_PER_TONNE)}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Panel>
      <Panel title={t('capacity.servers')}>
        {servers.length === 0 ? (
          <EmptyState title={t('capacity.noServers')} />
        ) : (
          <div className="jy-plain-scroll">
            <table className="jy-small-table" aria-label={t('capacity.servers')}>
              <thead>
                <tr>
                  <th scope="col">{t('capacity.center')}</th>
                  <th scope="col">{t('pool.architecture')}</th>
                  {(['serverFree', 'serverHeld', 'serverInUse', 'serverOther'] as const).map((key) => (
                    <th key={key} scope="col" className="jy-cell-number">
                      {t(`capacity.${key}`)}
                    </th>
                  ))}
                  <th scope="col" className="jy-cell-number">
                    {t('consolidation.total')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {servers.map((row) => (
                  <tr key={`${row.center.id} ${row.architecture}`}>
                    <th scope="row">
                      <CenterMark role={row.center.role} name={row.center.name} />
                    </th>
                    <td>{row.architecture}</td>
                    <td className="jy-cell-number">{count(row.free)}</td>
                    <td className="jy-cell-number">{count(row.held)}</td>
                    <td className="jy-cell-number">{count(row.inUse)}</td>
                    <td className="jy-cell-number">{count(row.other)}</td>
                    <td className="jy-cell-number">{count(row.total)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Panel>
    </>
  );
}
