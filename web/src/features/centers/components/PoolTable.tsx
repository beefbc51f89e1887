import { ToolOutlined, WarningOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, type ResultOf, readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { EmptyState } from '../../../ui/page-states';
import { StateTag } from '../../../ui/StateTag';
import { WideTable } from '../../../ui/WideTable';
import { PoolRow } from '../centers.gql';

export type Pool = ResultOf<typeof PoolRow>;
type Meter = Pool['capacity'][number];

type Props = { pools: readonly FragmentOf<typeof PoolRow>[]; caption: string; onEdit?: (pool: Pool) => void };

/** The pools of one center with what each has left. */
export function PoolTable({ pools: masked, caption, onEdit }: Props) {
  const { t } = useTranslation();
  const pools = readFragment(PoolRow, masked);
  if (pools.length === 0) return <EmptyState title={t('pool.none')}>{t('pool.noneText')}</EmptyState>;
  return (
    <WideTable label={caption}>
      <table className="jy-small-table jy-pool-table" aria-label={caption}>
        <thead>
          <tr>
            <th scope="col">{t('pool.code')}</th>
            <th scope="col">{t('pool.architecture')}</th>
            <th scope="col">{t('pool.zone')}</th>
            {(['VCPU', 'MEMORY_MIB', 'STORAGE_GIB_SSD', 'STORAGE_GIB_HDD'] as const).map((meter) => (
              <th key={meter} scope="col" className="jy-cell-number">
                {t(`capacity.meters.${meter}`)}
                <span className="jy-quiet-text jy-under">{t('pool.free')}</span>
              </th>
            ))}
            <th scope="col">{t('pool.accelerators')}</th>
            <th scope="col">{t('pool.reserve')}</th>
            {onEdit && <th scope="col" aria-label={t('pool.edit')} />}
          </tr>
        </thead>
        <tbody>
          {pools.map((pool) => (
            <tr key={pool.id}>
              <th scope="row">
                <span className="jy-code">{pool.code}</span>
                <PoolMarks pool={pool} />
                <span className="jy-quiet-text jy-under">
                  {[
                    t(`pool.kinds.${pool.kind}`),
                    pool.platformName ?? pool.processor,
                    pool.domesticCpu && t('pool.domestic'),
                    t('pool.protectionUpTo', { level: pool.protectionLevelMax }),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </th>
              <td>{t(`architecture.${pool.architecture}`)}</td>
              <td>{t(`zone.${pool.zone}`)}</td>
              <Amount meter={meterOf(pool, 'VCPU', null)} />
              <Amount meter={meterOf(pool, 'MEMORY_MIB', null)} scale={1024} />
              <Amount meter={meterOf(pool, 'STORAGE_GIB', 'SSD')} />
              <Amount meter={meterOf(pool, 'STORAGE_GIB', 'HDD')} />
              <td>
                {pool.capacity
                  .filter((meter) => meter.accelerator !== null && meter.total > 0)
                  .map((meter) => `${meter.accelerator} ${count(meter.free)} / ${count(meter.total)}`)
                  .join(t('common.comma')) || '–'}
              </td>
              <td>
                <Reserve sizing={pool.sizing} />
              </td>
              {onEdit && (
                <td className="jy-cell-number">
                  <Button size="small" onClick={() => onEdit(pool)} aria-label={`${t('pool.edit')} ${pool.code}`}>
                    {t('pool.edit')}
                  </Button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </WideTable>
  );
}

function meterOf(pool: Pool, name: Meter['meter'], tier: Meter['storageTier']): Meter | undefined {
  return pool.capacity.find((meter) => meter.meter === name && meter.storageTier === tier);
}

function Amount({ meter, scale = 1 }: { meter: Meter | undefined; scale?: number }) {
  return (
    <td className="jy-cell-number">{meter ? `${count(meter.free / scale)} / ${count(meter.total / scale)}` : '–'}</td>
  );
}

/** What a person must know of a pool beside its figures. */
function PoolMarks({ pool }: { pool: Pool }) {
  const { t } = useTranslation();
  const missing = pool.capacity.some((meter) => meter.present !== null && meter.present < meter.total);
  return (
    <>
      {pool.inMaintenance && <StateTag look={{ tone: 'moving', icon: ToolOutlined }} word={t('pool.inMaintenance')} />}
      {missing && <StateTag look={{ tone: 'waiting', icon: WarningOutlined }} word={t('pool.missing')} />}
      {pool.sizing && !pool.sizing.size && (
        <StateTag look={{ tone: 'waiting', icon: WarningOutlined }} word={t('pool.notSized')} />
      )}
    </>
  );
}

function Reserve({ sizing }: { sizing: Pool['sizing'] }) {
  const { t } = useTranslation();
  if (!sizing) return <>–</>;
  const { reserveNodes, reservePercent, vcpuOvercommitPercent } = sizing;
  const parts = [
    reserveNodes > 0 && t('pool.reserveNodesValue', { nodes: reserveNodes }),
    reservePercent > 0 && t('pool.reservePercentValue', { percent: reservePercent }),
  ].filter(Boolean);
  return (
    <>
      {parts.join(' / ') || '–'}
      <span className="jy-quiet-text jy-under">{`${t('pool.overcommit')} ${vcpuOvercommitPercent}%`}</span>
    </>
  );
}
