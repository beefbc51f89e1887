/** Decides criteria P1 to P10 and P12 of PLACEMENT.md for one line alone, and the order C1 of the pools that may take it. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import { amountsOf, machinesThatFit, storageMeter } from './capacity.js';
import type { Check, LineDemand, LineVerdict, PlacementFacts, PoolFacts } from './placement-facts.js';

export interface JudgedLine {
  readonly line: LineDemand;
  readonly checks: readonly Check[];
  /** In the order of C1. */
  readonly pools: readonly PoolFacts[];
  /** null = every criterion up to P10 passed. */
  readonly verdict: LineVerdict | null;
}

export function bare(line: LineDemand): Pick<LineVerdict, 'index' | 'shares' | 'shortage'> {
  return { index: line.index, shares: [], shortage: null };
}

/** P1 to P10 for one line alone. The first that refuses ends it: what follows would only repeat it. */
export function judgeLine(line: LineDemand, facts: PlacementFacts): JudgedLine {
  const checks: Check[] = [];
  const check = (criterion: string, text: Bilingual, passed: boolean, figures: Bilingual | null = null): boolean => {
    checks.push({ criterion, text, passed, figures });
    return passed;
  };
  const refused = (shortage: LineVerdict['shortage'] = null): JudgedLine => ({
    line,
    checks,
    pools: [],
    verdict: { ...bare(line), feasible: false, checks, shortage },
  });
  const center = facts.centers.find((c) => c.centerId === line.centerId);
  if (
    !check(
      'P1',
      say('数据中心在用', 'The center is in service'),
      center?.life === 'IN_SERVICE' || center?.life === 'TRIAL',
      center ? say(center.name, center.name) : null,
    )
  )
    return refused();
  if (
    !check(
      'P2',
      say('中心的角色与份额相符', "The center's role is that of the share"),
      (center?.role === 'RECOVERY') === (line.share === 'RECOVERY'),
      center?.role === 'RECOVERY'
        ? say('异地灾备中心只承载灾备份额', 'A recovery center takes recovery shares only')
        : null,
    )
  )
    return refused();
  if (
    !check(
      'P3',
      say('镜像与规格的处理器架构一致', "The image is built for the offer's architecture"),
      line.imageArchitecture === line.architecture,
      say(
        `规格 ${line.architecture}，镜像 ${line.imageArchitecture}`,
        `offer ${line.architecture}, image ${line.imageArchitecture}`,
      ),
    )
  )
    return refused();
  if (
    !check(
      'P4',
      say('磁盘不小于镜像要求', 'The disk is big enough for the image'),
      line.diskGib >= line.imageMinimumDiskGib,
      say(
        `${line.diskGib} GiB，至少 ${line.imageMinimumDiskGib} GiB`,
        `${line.diskGib} GiB, at least ${line.imageMinimumDiskGib} GiB`,
      ),
    )
  )
    return refused();
  const matching = facts.pools
    .filter((p) => p.centerId === line.centerId && p.architecture === line.architecture && p.zone === line.zone)
    .toSorted((a, b) => (a.code < b.code ? -1 : 1));
  if (
    !check(
      'P5',
      say('该中心有此架构和网络区域的资源池', 'The center has a pool of that architecture and zone'),
      matching.length > 0,
      say(matching.map((p) => p.code).join('、') || '无', matching.map((p) => p.code).join(', ') || 'none'),
    )
  )
    return refused();
  const open = matching.filter((p) => !p.inMaintenance);
  if (
    !check(
      'P12',
      say('资源池不在维护中', 'A pool is open: not in maintenance'),
      open.length > 0,
      open.length < matching.length
        ? say(`维护中：${codesOf(matching, open, '、')}`, `in maintenance: ${codesOf(matching, open, ', ')}`)
        : null,
    )
  )
    return refused();
  const roomy = open.filter(
    (p) =>
      p.largestMachine === null || (p.largestMachine.vcpu >= line.vcpu && p.largestMachine.memoryMib >= line.memoryMib),
  );
  const nearest = nearestNode(line, open);
  const node = roomy.length > 0 ? biggest(open) : nearest;
  if (
    !check(
      'P6',
      say('单台规格放得进最大的节点', 'One machine fits the biggest node'),
      roomy.length > 0,
      node &&
        say(`最大可放 ${node.vcpu} 核 ${node.memoryMib} MiB`, `biggest takes ${node.vcpu} vCPU ${node.memoryMib} MiB`),
    )
  )
    return refused(nearest && { criterion: 'P6', centerId: line.centerId, ...nearest.lack });
  const pools = roomy.toSorted((a, b) => inUse(a) - inUse(b) || (a.code < b.code ? -1 : 1));
  const wanted = amountsOf(line, line.count);
  for (const [criterion, meter, public_, text] of [
    ['P7', 'VCPU', 'VCPU', say('vCPU 够', 'Enough vCPU')],
    ['P8', 'MEMORY_MIB', 'MEMORY_MIB', say('内存够', 'Enough memory')],
    [
      'P9',
      storageMeter(line.storageTier),
      'STORAGE_GIB',
      say(`${line.storageTier} 存储够`, `Enough ${line.storageTier} storage`),
    ],
  ] as const) {
    const free = pools.reduce((sum, p) => sum + p.free[meter], 0);
    const requested = wanted[meter];
    if (
      !check(criterion, text, requested <= free, say(`需 ${requested}，余 ${free}`, `needs ${requested}, ${free} free`))
    )
      return refused({
        criterion,
        centerId: line.centerId,
        poolId: pools.length === 1 ? (pools[0]?.poolId ?? null) : null,
        meter: public_,
        requested,
        free,
        short: requested - free,
      });
  }
  const fits = pools.reduce((sum, p) => sum + machinesThatFit(p.free, line), 0);
  if (
    !check(
      'P10',
      say('按整台放得下', 'The line fits as whole machines'),
      fits >= line.count,
      say(`需 ${line.count} 台，可放 ${fits} 台`, `${line.count} asked, ${fits} fit`),
    )
  )
    return refused({
      criterion: 'P10',
      centerId: line.centerId,
      poolId: null,
      meter: 'MACHINE',
      requested: line.count,
      free: fits,
      short: line.count - fits,
    });
  return { line, checks, pools, verdict: null };
}

function codesOf(all: readonly PoolFacts[], without: readonly PoolFacts[], separator: string): string {
  return all
    .filter((p) => !without.includes(p))
    .map((p) => p.code)
    .join(separator);
}

function biggest(pools: readonly PoolFacts[]): PoolFacts['largestMachine'] {
  return pools
    .flatMap((p) => p.largestMachine ?? [])
    .reduce<PoolFacts['largestMachine']>((most, m) => (most === null || m.vcpu > most.vcpu ? m : most), null);
}

interface NearestNode {
  readonly vcpu: number;
  readonly memoryMib: number;
  /** What the machine lacks most there, measured by what it asks. */
  readonly lack: { readonly poolId: string; readonly meter: 'VCPU' | 'MEMORY_MIB' } & Amount;
}
interface Amount {
  readonly requested: number;
  readonly free: number;
  readonly short: number;
}

/** Of nodes that are all too small, the one that lacks the smallest share of what one machine asks; of equals, the first. */
function nearestNode(line: LineDemand, pools: readonly PoolFacts[]): NearestNode | null {
  const nodes = pools.flatMap(({ poolId, largestMachine }): NearestNode[] => {
    if (largestMachine === null) return [];
    const lacks = (
      [
        ['VCPU', line.vcpu, largestMachine.vcpu],
        ['MEMORY_MIB', line.memoryMib, largestMachine.memoryMib],
      ] as const
    ).map(([meter, requested, free]) => ({ poolId, meter, requested, free, short: Math.max(0, requested - free) }));
    const lack = lacks.reduce((most, next) => (shareOf(next) > shareOf(most) ? next : most));
    return [{ ...largestMachine, lack }];
  });
  return nodes.reduce<NearestNode | null>(
    (best, next) => (best === null || shareOf(next.lack) < shareOf(best.lack) ? next : best),
    null,
  );
}

function shareOf({ short, requested }: Amount): number {
  return short / requested;
}

/** C1: the larger of the two shares in use; a pool without size is full. */
function inUse(pool: PoolFacts): number {
  const share = (meter: 'VCPU' | 'MEMORY_MIB'): number =>
    pool.total[meter] > 0 ? 1 - pool.free[meter] / pool.total[meter] : 1;
  return Math.max(share('VCPU'), share('MEMORY_MIB'));
}
