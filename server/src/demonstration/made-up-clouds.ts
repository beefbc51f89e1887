import type { Department } from '../departments/domain/department.js';
import type { CloudKind } from '../facilities/domain/consolidation.js';
import type { Architecture, Pool } from '../facilities/domain/facility.js';
import type { MaintenanceWindow } from '../facilities/domain/maintenance.js';
import type { MadeUpFacilities } from './made-up-facilities.js';
import type { Seeded } from './seeded.js';

/** What stands outside the province's centers, and the one window in which a pool of center B is worked on. */
export interface MadeUpClouds {
  readonly pools: readonly Pool[];
  readonly maintenance: Omit<MaintenanceWindow, 'fromAt' | 'toAt'> & {
    /** From the day on which the province is loaded. */
    readonly startsInDays: number;
    readonly hours: number;
  };
}

const CLOUDS: readonly (readonly [
  code: string,
  platform: string,
  CloudKind,
  owner: string,
  Architecture,
  processor: string,
  servers: number,
  vcpu: number,
  memoryGib: number,
  ssdTib: number,
  hddTib: number,
  rackUnits: number | null,
  plan: string,
  target: string,
])[] = [
  [
    'nanjing-city-cloud',
    '南京政务云（演示）',
    'CITY_CLOUD',
    'nanjing',
    'AMD64',
    '海光 C86-3G',
    96,
    12_288,
    98_304,
    300,
    900,
    220,
    '业务系统按批次迁入省级政务云；不再新增服务器，专线先行打通。',
    '2028-12-31',
  ],
  [
    'rst-department-cloud',
    '人社业务云（演示）',
    'DEPARTMENT_CLOUD',
    'rst',
    'AMD64',
    '至强 6248R',
    28,
    2_688,
    14_336,
    60,
    180,
    64,
    '社保核心库完成国产化适配后整体迁入同城双活中心。',
    '2027-06-30',
  ],
  [
    'czt-data-center',
    '财政厅机房虚拟化（演示）',
    'DEPARTMENT_DATA_CENTER',
    'czt',
    'AMD64',
    '至强 E5-2680',
    14,
    784,
    3_584,
    12,
    96,
    null,
    '预算一体化系统已迁移，余下档案类系统随设备退役迁入。',
    '2027-03-31',
  ],
];

/** The center that has its maintenance is B's; its pool of the biggest zone has nodes to spare. */
/** Makers of domestic processors. */
const DOMESTIC = ['鲲鹏', '飞腾', '海光', '兆芯'];
const MAINTAINED_POOL = 'b-amd64-internet';

export function makeUpClouds(
  seeded: Seeded,
  departments: readonly Department[],
  facilities: MadeUpFacilities,
): MadeUpClouds {
  const pools = CLOUDS.map(
    ([
      code,
      platformName,
      kind,
      owner,
      architecture,
      processor,
      servers,
      vcpu,
      gib,
      ssd,
      hdd,
      rackUnits,
      plan,
      target,
    ]): Pool => ({
      id: seeded.id(),
      code,
      centerId: null,
      clusterId: null,
      kind: 'RECORDED',
      architecture,
      zone: 'GOVERNMENT_EXTRANET',
      processor,
      domesticCpu: DOMESTIC.some((maker) => processor.includes(maker)),
      protectionLevelMax: 2,
      vcpuOvercommitPercent: 100,
      reserve: { percent: 0, nodes: 0 },
      size: {
        nodes: servers,
        vcpu,
        memoryMib: gib * 1024,
        storageGib: { SSD: ssd * 1024, HDD: hdd * 1024 },
        accelerators: {},
      },
      present: null,
      inMaintenance: false,
      platformName,
      cloud: {
        kind,
        ownerDepartmentId: departments.find((d) => d.code === owner)?.id ?? missing(owner),
        migrationPlan: plan,
        migrationTarget: target,
        servers,
        rackUnits,
      },
      version: 1,
    }),
  );
  const pool = facilities.pools.find((p) => p.code === MAINTAINED_POOL) ?? missing(MAINTAINED_POOL);
  return {
    pools,
    maintenance: {
      id: seeded.id(),
      // Beside those that the console numbers.
      code: 'WH-DEMO-000001',
      centerId: pool.centerId ?? missing(MAINTAINED_POOL),
      poolId: pool.id,
      title: '宿主机固件升级（演示）',
      reason: '兆芯节点固件存在已知缺陷，分批腾空后升级，每批两台。',
      extent: 'POOL_NODES',
      nodes: 2,
      state: 'PLANNED',
      placeId: null,
      placeLabel: null,
      feed: null,
      uncovered: null,
      plannedBy: '蒋立群',
      startedAt: null,
      endedAt: null,
      version: 1,
      startsInDays: 4,
      hours: 6,
    },
  };
}

function missing(code: string): never {
  throw new Error(`the made-up province has no ${code}`);
}
