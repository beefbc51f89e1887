import type { Center } from '../facilities/domain/facility.js';
import { parseUnitPrice } from '../kernel/money.js';
import type { SharedKind, SharedPool, SharedPoolVersion } from '../sharedcosts/domain/shared-pool.js';
import type { Seeded } from './seeded.js';

interface MadeUpSharedCosts {
  readonly pools: readonly SharedPool[];
  readonly versions: readonly SharedPoolVersion[];
}

/** Yuan a month by center; what is in the recovery center costs half. [kind, code, 中文, English, yuan, by which meter] */
const FIXED: readonly (readonly [SharedKind, string, string, string, bigint, string | null])[] = [
  ['NETWORK', 'network', '骨干网络与出口', 'Backbone and uplinks', 26_800n, null],
  ['SECURITY', 'security', '平台安全服务', 'Security services of the platform', 14_500n, 'VCPU'],
];
const YUAN_PER_KWH = '0.620000';
/** Kept ready in the recovery center, and used by nobody so far: shown as unallocated. */
const STANDBY_YUAN = 3_600n;

/** What each center costs in common, from the first month of the accounting year on. */
export function makeUpSharedCosts(seeded: Seeded, centers: readonly Center[], fromMonth: string): MadeUpSharedCosts {
  const pools: SharedPool[] = [];
  const versions: SharedPoolVersion[] = [];
  const add = (
    pool: Pick<SharedPool, 'code' | 'name' | 'kind' | 'centerId'>,
    version: Pick<SharedPoolVersion, 'method' | 'monthly' | 'pricePerKwh' | 'basis' | 'meter' | 'reason'>,
  ) => {
    const id = seeded.id();
    pools.push({ ...pool, id, version: 1 });
    versions.push({ ...version, id: seeded.id(), poolId: id, fromMonth, enteredBy: '丁思远' });
  };
  for (const center of centers) {
    const centerId = center.id;
    const suffix = center.code.at(-1) ?? '';
    const recovery = center.role === 'RECOVERY';
    for (const [kind, code, zh, en, yuan, meter] of FIXED)
      add(
        { kind, centerId, code: `${code}-${suffix}`, name: { zh: `${center.name}${zh}`, en: `${en}, ${center.code}` } },
        {
          ...{ method: 'FIXED', monthly: (yuan * 100n) / (recovery ? 2n : 1n), pricePerKwh: null, meter },
          ...{ basis: meter === null ? 'AMOUNT' : 'METER', reason: '年度公共费用测算（演示）' },
        },
      );
    add(
      {
        ...{ kind: 'POWER_OVERHEAD', centerId, code: `power-${suffix}` },
        name: { zh: `${center.name}供电损耗`, en: `Power overhead, ${center.code}` },
      },
      {
        ...{ method: 'PUE', monthly: null, pricePerKwh: parseUnitPrice(YUAN_PER_KWH), basis: 'AMOUNT', meter: null },
        reason: '大工业电价（演示）',
      },
    );
    if (recovery)
      add(
        {
          ...{ kind: 'OTHER', centerId, code: `standby-${suffix}` },
          name: { zh: `${center.name}加速卡备用环境`, en: `Accelerators kept ready, ${center.code}` },
        },
        {
          ...{ method: 'FIXED', monthly: STANDBY_YUAN * 100n, pricePerKwh: null, basis: 'METER', meter: 'POWER_KW' },
          reason: '备用环境维持费（演示）',
        },
      );
  }
  return { pools, versions };
}
