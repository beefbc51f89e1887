import {
  type Architecture,
  type Center,
  type Cluster,
  type NetworkZone,
  type Pool,
  type PoolPresent,
  promisable,
} from '../facilities/domain/facility.js';
import { acceleratorMeter } from '../facilities/domain/pool-meters.js';
import { type PoolSize, promised } from '../facilities/domain/promised.js';
import { DEMONSTRATION_ACCELERATOR } from './made-up-catalog.js';
import type { Seeded } from './seeded.js';

/** Nodes of one kind; the simulated cluster starts with them. `vcpu` and `memoryMib` are what kubelet calls allocatable. */
interface MadeUpNode {
  readonly name: string;
  readonly architecture: Architecture;
  readonly zone: NetworkZone;
  readonly vcpu: number;
  readonly memoryMib: number;
}

export interface MadeUpFacilities {
  readonly centers: readonly Center[];
  readonly clusters: readonly Cluster[];
  readonly pools: readonly Pool[];
  /** What allocation may promise of each pool. */
  readonly limits: readonly {
    readonly poolId: string;
    readonly vcpu: number;
    readonly memoryMib: number;
    readonly storage: { readonly SSD: number; readonly HDD: number };
    readonly accelerators: { readonly [name: string]: number };
  }[];
  readonly nodes: readonly { readonly centerCode: string; readonly nodes: readonly MadeUpNode[] }[];
}

const CENTERS = [
  ['center-a', '同城主中心（A）', 'ACTIVE_A'],
  ['center-b', '同城双活中心（B）', 'ACTIVE_B'],
  ['center-c', '异地灾备中心（C）', 'RECOVERY'],
] as const;

/** A two-socket machine, less what its own system and agents keep. */
interface Hardware {
  readonly processor: string;
  readonly vcpu: number;
  readonly memoryMib: number;
}
const THREADS_KEPT = 4;
const MEMORY_KEPT_MIB = 16 * 1024;

function hardware(processor: string, threads: number, memoryGib: number): Hardware {
  return { processor, vcpu: threads - THREADS_KEPT, memoryMib: memoryGib * 1024 - MEMORY_KEPT_MIB };
}

const KUNPENG = hardware('鲲鹏 920', 128, 1024);
const PHYTIUM = hardware('飞腾 S5000C', 128, 512);
const HYGON = hardware('海光 C86-4G', 128, 1024);
const ZHAOXIN = hardware('兆芯 KH-40000', 64, 256);

/** How many nodes stand in centers A, B and C. */
const POOLS: readonly (readonly [
  suffix: string,
  architecture: Architecture,
  zone: NetworkZone,
  hardware: Hardware,
  nodes: readonly [number, number, number],
])[] = [
  ['arm64-extranet', 'ARM64', 'GOVERNMENT_EXTRANET', KUNPENG, [24, 20, 12]],
  ['arm64-internet', 'ARM64', 'INTERNET', PHYTIUM, [10, 8, 4]],
  ['amd64-extranet', 'AMD64', 'GOVERNMENT_EXTRANET', HYGON, [16, 14, 8]],
  ['amd64-internet', 'AMD64', 'INTERNET', ZHAOXIN, [8, 6, 4]],
];

/** Its zone was never assessed for level 3. */
const LEVEL_2_POOL = 'amd64-internet';

/** The usual promise of a government cloud: three vCPU on one hardware thread. */
const VCPU_OVERCOMMIT_PERCENT = 300;
/** One node of each pool is promised to nobody, so that its machines find a place when a node dies. */
const SPARE_NODES = 1;
/** Eight cards in each of four machines; the spare node has its share of them. */
const NPUS = 32;
const SSD_GIB_PER_NODE = 16 * 1024;
const HDD_GIB_PER_NODE = 32 * 1024;

/** @param nodesTimes how many times the demonstration's usual number of nodes there are. */
export function makeUpFacilities(seeded: Seeded, nodesTimes = 1): MadeUpFacilities {
  const centers = CENTERS.map(
    ([code, name, role]): Center => ({ id: seeded.id(), code, name, role, life: 'IN_SERVICE', version: 1 }),
  );
  const clusters = centers.map(
    (center): Cluster => ({
      id: seeded.id(),
      centerId: center.id,
      name: `${center.code}-k8s`,
      reach: 'UNKNOWN',
      observedAt: null,
    }),
  );
  const made = { pools: [] as Pool[], limits: [] as MadeUpFacilities['limits'][number][], nodes: [] as MadeUpNode[][] };
  for (const [at, cluster] of clusters.entries()) {
    const nodes: MadeUpNode[] = [];
    for (const [suffix, architecture, zone, hardware, counts] of POOLS) {
      const count = counts[at as 0 | 1 | 2] * nodesTimes;
      const pool: Pool = {
        id: seeded.id(),
        code: `${CENTERS[at]?.[0].at(-1)}-${suffix}`,
        centerId: cluster.centerId,
        clusterId: cluster.id,
        kind: 'DRIVEN',
        architecture,
        zone,
        processor: hardware.processor,
        domesticCpu: true,
        protectionLevelMax: suffix === LEVEL_2_POOL ? 2 : 3,
        vcpuOvercommitPercent: VCPU_OVERCOMMIT_PERCENT,
        reserve: { percent: 0, nodes: SPARE_NODES },
        size: { ...presentSize(hardware, count), accelerators: acceleratorsOf(suffix, at) },
        present: presentOf(hardware, count),
        inMaintenance: false,
        platformName: null,
        cloud: null,
        version: 1,
      };
      made.pools.push(pool);
      made.limits.push({
        poolId: pool.id,
        ...promisable(pool, presentOf(hardware, count - SPARE_NODES)),
        accelerators: acceleratorLimits(pool),
      });
      nodes.push(...nodesOf(pool.code, architecture, zone, hardware, count));
    }
    made.nodes.push(nodes);
  }
  return {
    centers,
    clusters,
    pools: made.pools,
    limits: made.limits,
    nodes: centers.map((center, at) => ({ centerCode: center.code, nodes: made.nodes[at] as MadeUpNode[] })),
  };
}

function presentSize(hardware: Hardware, nodes: number): Omit<PoolSize, 'accelerators'> {
  const { largestMachine: _, ...size } = presentOf(hardware, nodes);
  return size;
}

/** Cards in center A only, beside 鲲鹏. */
function acceleratorsOf(suffix: string, center: number): PoolSize['accelerators'] {
  return center === 0 && suffix === 'arm64-extranet' ? { [DEMONSTRATION_ACCELERATOR]: NPUS } : {};
}

function acceleratorLimits({ vcpuOvercommitPercent, reserve, size }: Pool): { [name: string]: number } {
  const limits = size ? promised({ vcpuOvercommitPercent, reserve }, size) : {};
  return Object.fromEntries(
    Object.keys(size?.accelerators ?? {}).map((name) => [name, limits[acceleratorMeter(name)] ?? 0]),
  );
}

function presentOf({ vcpu, memoryMib }: Hardware, nodes: number): PoolPresent {
  return {
    nodes,
    vcpu: vcpu * nodes,
    memoryMib: memoryMib * nodes,
    storageGib: { SSD: SSD_GIB_PER_NODE * nodes, HDD: HDD_GIB_PER_NODE * nodes },
    largestMachine: { vcpu, memoryMib },
  };
}

function nodesOf(
  poolCode: string,
  architecture: Architecture,
  zone: NetworkZone,
  { vcpu, memoryMib }: Hardware,
  count: number,
): MadeUpNode[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `${poolCode}-${String(index + 1).padStart(2, '0')}`,
    architecture,
    zone,
    vcpu,
    memoryMib,
  }));
}
