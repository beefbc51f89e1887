/** Decides which pools of a center may take a line at all: P5, P13, P14, P12, P16, P15 and P6 of PLACEMENT.md, in this order. */

import { acceleratorMeter } from '../../facilities/domain/pool-meters.js';
import { type Bilingual, say } from '../../kernel/bilingual.js';
import { memoryWords } from '../../kernel/quantity.js';
import { storageMeter } from './capacity.js';
import type { LineDemand, PoolFacts } from './placement-facts.js';

export interface PoolFilter {
  readonly criterion: string;
  readonly text: Bilingual;
  readonly admits: (pool: PoolFacts, line: LineDemand) => boolean;
  /** What is told of it; `before` are those that the filters before admitted. */
  readonly figures: (
    line: LineDemand,
    before: readonly PoolFacts[],
    admitted: readonly PoolFacts[],
  ) => Bilingual | null;
}

function allAway({ nodesAway }: PoolFacts): boolean {
  return nodesAway !== undefined && nodesAway.away >= nodesAway.nodes;
}

export const POOL_FILTERS: readonly PoolFilter[] = [
  {
    criterion: 'P5',
    text: say('该中心有此架构和网络区域的资源池', 'The center has a pool of that architecture and zone'),
    admits: (pool, line) => pool.architecture === line.architecture && pool.zone === line.zone,
    figures: (_, __, admitted) => say(codes(admitted, '、') || '无', codes(admitted, ', ') || 'none'),
  },
  {
    criterion: 'P13',
    text: say('资源池可承载该等保级别', 'A pool may carry that protection level'),
    admits: (pool, line) => pool.protectionLevelMax >= line.protectionLevel,
    figures: (line, before) => {
      const most = Math.max(...before.map((pool) => pool.protectionLevelMax));
      return say(
        `系统等保 ${line.protectionLevel} 级，资源池最高 ${most} 级`,
        `the system’s level ${line.protectionLevel}, a pool’s highest ${most}`,
      );
    },
  },
  {
    criterion: 'P14',
    text: say('信创资源只进信创资源池', 'Domestic processors where they are promised'),
    admits: (pool, line) => !line.domesticCpu || pool.domesticCpu,
    figures: (line) =>
      line.domesticCpu
        ? say('规格承诺国产处理器', 'the offer promises a domestic processor')
        : say('规格不要求国产处理器', 'the offer promises no domestic processor'),
  },
  {
    criterion: 'P12',
    text: say('资源池不在维护中', 'A pool is open: not in maintenance'),
    admits: (pool) => !pool.inMaintenance && !allAway(pool),
    figures: (_, before, admitted) => {
      const closed = before.filter((pool) => !admitted.includes(pool));
      const parts = before.flatMap(({ code, nodesAway }) => (nodesAway ? [{ code, ...nodesAway }] : []));
      const zh = [
        ...(closed.length === 0 ? [] : [`维护中：${codes(closed, '、')}`]),
        ...parts.map(({ code, away, nodes }) => `${code} 的 ${nodes} 台节点中 ${away} 台所在处正在维护，其份额不计`),
      ];
      const en = [
        ...(closed.length === 0 ? [] : [`in maintenance: ${codes(closed, ', ')}`]),
        ...parts.map(({ code, away, nodes }) => `${away} of ${nodes} nodes of ${code} stand where maintenance runs`),
      ];
      return zh.length === 0 ? null : say(zh.join('；'), en.join('; '));
    },
  },
  {
    criterion: 'P16',
    text: say('资源池有该存储类型', 'A pool has that storage tier'),
    admits: (pool, line) => pool.total[storageMeter(line.storageTier)] > 0,
    figures: (line) => say(line.storageTier, line.storageTier),
  },
  {
    criterion: 'P15',
    text: say('资源池有该型号加速卡', 'A pool has accelerators of that class'),
    admits: (pool, line) =>
      Object.entries(line.accelerators ?? {}).every(
        ([name, count]) => (pool.total[acceleratorMeter(name)] ?? 0) >= count,
      ),
    figures: ({ accelerators }) => {
      const asked = Object.entries(accelerators ?? {}).map(([name, count]) => `${name} × ${count}`);
      return asked.length === 0 ? null : say(asked.join('、'), asked.join(', '));
    },
  },
  {
    criterion: 'P6',
    text: say('单台规格放得进最大的节点', 'One machine fits the biggest node'),
    admits: ({ largestMachine }, line) =>
      largestMachine === null || (largestMachine.vcpu >= line.vcpu && largestMachine.memoryMib >= line.memoryMib),
    figures: (line, before, admitted) => {
      const node = admitted.length > 0 ? biggest(before) : nearestNode(line, before);
      return (
        node &&
        say(
          `最大可放 ${node.vcpu} 核 ${memoryWords(node.memoryMib)}`,
          `biggest takes ${node.vcpu} vCPU ${memoryWords(node.memoryMib)}`,
        )
      );
    },
  },
];

/** Criteria that a line without such a wish passes silently. */
export function isAsked(filter: PoolFilter, line: LineDemand): boolean {
  return filter.criterion !== 'P15' || Object.keys(line.accelerators ?? {}).length > 0;
}

function codes(pools: readonly PoolFacts[], separator: string): string {
  return pools.map((p) => p.code).join(separator);
}

function biggest(pools: readonly PoolFacts[]): PoolFacts['largestMachine'] {
  return pools
    .flatMap((p) => p.largestMachine ?? [])
    .reduce<PoolFacts['largestMachine']>((most, m) => (most === null || m.vcpu > most.vcpu ? m : most), null);
}

export interface NearestNode {
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
export function nearestNode(line: LineDemand, pools: readonly PoolFacts[]): NearestNode | null {
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
