/** Decides whether machines that are there may grow where they are: by the criteria of PLACEMENT.md, but for what they get more alone (R1). */

import type { NetworkZone } from '../../facilities/domain/facility.js';
import { type Bilingual, say } from '../../kernel/bilingual.js';
import { memoryWords } from '../../kernel/quantity.js';
import { type Amounts, amountsOf, type MachineSize, NOTHING, plus } from './capacity.js';
import type { ShareName, Standing } from './dr-shares.js';
import { place } from './placement.js';
import type { Check, LineDemand, LineVerdict, PlacementFacts, PoolFacts } from './placement-facts.js';
import {
  checkRefusal,
  type PlannedLine,
  type PlannedShare,
  type PricedShare,
  pathOf,
  refusalOf,
} from './request-plan.js';
import { isNothing, type SizeAmounts } from './resize.js';

/** A live claim whose machine becomes bigger or smaller. */
export interface ResizedClaim {
  /** Of the line of the request. */
  readonly line: number;
  readonly share: ShareName;
  readonly standing: Standing;
  readonly centerId: string;
  readonly poolId: string;
  readonly size: MachineSize;
  readonly grows: SizeAmounts;
  readonly architecture: 'AMD64' | 'ARM64';
  readonly zone: NetworkZone;
  readonly protectionLevel: number;
  readonly domesticCpu: boolean;
  /** How much more it costs a month; below zero how much less. null = a price is missing. */
  readonly deltaFen: bigint | null;
}

/** What of a machine's size is judged: an amount that does not grow is not asked for again. */
function grown(claim: ResizedClaim, amounts: (size: MachineSize, more: SizeAmounts) => SizeAmounts): MachineSize {
  const { vcpu, memoryMib, diskGib } = amounts(claim.size, claim.grows);
  return {
    vcpu: claim.grows.vcpu > 0 ? vcpu : 0,
    memoryMib: claim.grows.memoryMib > 0 ? memoryMib : 0,
    diskGib: claim.grows.diskGib > 0 ? diskGib : 0,
    storageTier: claim.size.storageTier,
  };
}

/**
 * Of each line the shares that stay where they are. What such a machine has counts as free for it, so that only its growth
 * decides, and a pool that promises more than it has (its limit was lowered) refuses growth, and nothing else.
 */
export function judgeGrowth(claims: readonly ResizedClaim[], facts: PlacementFacts): Map<number, PlannedShare[]> {
  const verdicts = new Map<ResizedClaim, LineVerdict>();
  const growing = claims.filter(({ grows }) => !isNothing(grows));
  for (const [poolId, own] of Map.groupBy(growing, (claim) => claim.poolId)) {
    const pool = facts.pools.find((one) => one.poolId === poolId);
    if (!pool) continue;
    const { lines } = place(own.map(demandOf), { ...facts, pools: [withOwn(pool, own)] });
    for (const [at, claim] of own.entries()) verdicts.set(claim, lines[at] as LineVerdict);
  }
  const planned = new Map<number, PlannedShare[]>();
  for (const [line, own] of Map.groupBy(claims, (claim) => claim.line)) {
    const shares = Map.groupBy(own, ({ share, standing }) => `${share} ${standing}`);
    planned.set(
      line,
      [...shares.values()].map((some) => shareOf(some, verdicts, line)),
    );
  }
  return planned;
}

function withOwn(pool: PoolFacts, own: readonly ResizedClaim[]): PoolFacts {
  const free = Object.fromEntries(
    Object.entries(pool.free).map(([meter, amount]) => [meter, Math.max(0, amount)]),
  ) as Amounts;
  const had = own.map((claim) =>
    amountsOf(
      grown(claim, (size) => size),
      1,
    ),
  );
  return { ...pool, free: had.reduce(plus, { ...NOTHING, ...free }) };
}

function demandOf(claim: ResizedClaim): LineDemand {
  const whole = (size: MachineSize, more: SizeAmounts): SizeAmounts => ({
    vcpu: size.vcpu + more.vcpu,
    memoryMib: size.memoryMib + more.memoryMib,
    diskGib: size.diskGib + more.diskGib,
  });
  const { line, centerId, share, architecture, zone, protectionLevel, domesticCpu } = claim;
  return {
    ...grown(claim, whole),
    index: line,
    count: 1,
    centerId,
    share: share === 'RECOVERY' ? 'RECOVERY' : 'MAIN',
    ...{ architecture, zone, protectionLevel, domesticCpu },
    // It was made long ago: no image is written any more.
    imageArchitecture: architecture,
    imageMinimumDiskGib: 0,
  };
}

function shareOf(
  claims: readonly ResizedClaim[],
  verdicts: ReadonlyMap<ResizedClaim, LineVerdict>,
  line: number,
): PlannedShare {
  const [{ share, standing, centerId }] = claims as [ResizedClaim];
  const growing = claims.filter(({ grows }) => !isNothing(grows));
  const refused = growing.find((claim) => verdicts.get(claim)?.feasible !== true);
  const verdict = refused && verdicts.get(refused);
  const pools = [...Map.groupBy(claims, (claim) => claim.poolId)].map(([poolId, own]) => ({
    poolId,
    count: own.length,
  }));
  const checks = [onlyGrowth(growing), ...((refused ? verdict : growing[0] && verdicts.get(growing[0]))?.checks ?? [])];
  return {
    ...{ share, standing, centerId, owed: false, count: claims.length, pools },
    ...{ pieces: [], candidates: [], choices: 0 },
    feasible: refused === undefined,
    checks: refused && !verdict ? [...checks, noPool()] : checks,
    refusal: refused ? (verdict ? refusalOf(verdict, pathOf(line)) : checkRefusal(noPool(), pathOf(line))) : null,
    settled: claims.map(
      ({ deltaFen, size }): PricedShare => ({
        eachFen: deltaFen ?? 0n,
        count: 1,
        vcpu: size.vcpu,
        memoryMib: size.memoryMib,
      }),
    ),
  };
}

function onlyGrowth(growing: readonly ResizedClaim[]): Check {
  const text = say(
    '变更在原资源池内进行，只核对增加的部分',
    'It stays in its pool, and only what it gets more is asked for',
  );
  return { criterion: 'R1', text, passed: true, figures: growing.length > 0 ? figuresOf(growing) : NOTHING_MORE };
}

const NOTHING_MORE = say('不占用更多容量', 'nothing more is taken');

function figuresOf(growing: readonly ResizedClaim[]): Bilingual {
  const sum = (of: (grows: SizeAmounts) => number) => growing.reduce((total, { grows }) => total + of(grows), 0);
  const [vcpu, memory, disk] = [sum((g) => g.vcpu), sum((g) => g.memoryMib), sum((g) => g.diskGib)];
  const words = (core: string) =>
    [vcpu > 0 && `+${vcpu} ${core}`, memory > 0 && `+${memoryWords(memory)}`, disk > 0 && `+${disk} GiB`]
      .filter(Boolean)
      .join(' ');
  return say(words('核'), words('vCPU'));
}

function noPool(): Check {
  const text = say('所在资源池在本平台的数据中心内', 'Its pool stands in a center of the console');
  return { criterion: 'P5', text, passed: false, figures: null };
}

/** The shares that stay stand before those that are made. */
export function withGrowth(
  plan: { readonly lines: readonly PlannedLine[] },
  growth: ReadonlyMap<number, PlannedShare[]>,
) {
  const lines = plan.lines.map((line): PlannedLine => {
    const stays = growth.get(line.index) ?? [];
    if (stays.length === 0) return line;
    return {
      ...line,
      shares: [...stays, ...line.shares],
      feasible: line.feasible && stays.every((share) => share.feasible),
      checks: [...stays.flatMap((share) => share.checks), ...line.checks],
      refusals: [...stays.flatMap((share) => share.refusal ?? []), ...line.refusals],
    };
  });
  return { feasible: lines.every((line) => line.feasible), lines };
}
