/** Decides what became of each line of a request when its shares were placed, and in what order centers are tried for lines that name none. */

import type { NetworkZone } from '../../facilities/domain/facility.js';
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { InputPath, Refusal } from '../../kernel/refusal.js';
import { type MachineSize, sizeOf } from './capacity.js';
import { type PlacedShare, type ShareWish, sizesOf } from './dr-shares.js';
import type {
  Candidate,
  Check,
  LineDemand,
  LineVerdict,
  PlaceRelation,
  PoolFacts,
  Relation,
} from './placement-facts.js';
import { toldOf } from './told-check.js';

/** What a share of a line takes of its center. */
export type WishedThing =
  | {
      readonly kind: 'VM';
      readonly size: MachineSize;
      readonly architecture: 'AMD64' | 'ARM64';
      readonly zone: NetworkZone;
      readonly imageArchitecture: 'AMD64' | 'ARM64';
      readonly imageMinimumDiskGib: number;
      readonly standbyRatioPercent: number;
      /** 等保 level of the system that it is for. */
      readonly protectionLevel: number;
      /** 信创: it may stand on domestic processors only. */
      readonly domesticCpu: boolean;
      /** Centers that have no price for it. */
      readonly unpricedCenterIds: readonly string[];
      readonly relations: readonly Relation[];
    }
  | {
      readonly kind: 'SERVER';
      readonly architecture: 'AMD64' | 'ARM64';
      readonly cpuMaker: string;
      readonly cores: number;
      readonly memoryMib: number;
      readonly accelerator: { readonly name: string; readonly countMin: number } | null;
      readonly relations?: readonly PlaceRelation[];
    }
  | {
      readonly kind: 'CABINET';
      readonly whole: boolean;
      /** Each place in a cabinet of its own. */
      readonly apart: boolean;
      readonly zone: NetworkZone;
      readonly heightHalfUnits: number;
      readonly powerW: number;
      readonly weightGrams: number;
      readonly relations?: readonly PlaceRelation[];
    }
  | { readonly kind: 'SERVICE' };

/** One line as it is to be placed. */
export interface LineWish {
  readonly index: number;
  /** A Check = its modes have no centers: it has no shares. */
  readonly shares: readonly ShareWish[] | Check;
  readonly thing: WishedThing;
}

/** A share in a center that was chosen for it. */
export interface ChosenShare extends ShareWish {
  /** null = it is owed, and no such center is known. */
  readonly centerId: string | null;
}

export interface PlannedPiece {
  readonly size: MachineSize;
  readonly poolId: string;
  readonly count: number;
}

export interface PlannedShare extends Omit<PlacedShare, 'monthlyFen' | 'prices'> {
  readonly feasible: boolean;
  readonly checks: readonly Check[];
  /** Of machines: which size goes where. */
  readonly pieces: readonly PlannedPiece[];
  /** Of machines: the pools that were looked at, the best first. */
  readonly candidates: readonly Candidate[];
  /** Of servers: how many there are to choose from, before any is taken. */
  readonly choices: number;
  /** Machines and servers that get an address there; left out = none. */
  readonly addresses?: number;
  /** Of servers: such that would serve now. */
  readonly serverIds?: readonly string[];
  /** Of a line that says how it stands to others: the cabinet of each of its servers or places. These are held, or none. */
  readonly cabinetIds?: readonly string[];
  /** Beside `cabinetIds`: when it was its turn, which holding goes by. */
  readonly turn?: number;
  /** Why it was refused, with its figures; null = it was not. */
  readonly refusal: Refusal | null;
  /** Of what is there already and changes: how much more each of it costs a month, or less. Nothing is made for it. */
  readonly settled?: readonly PricedShare[];
}

export interface PlannedLine {
  readonly index: number;
  readonly feasible: boolean;
  readonly shares: readonly PlannedShare[];
  /** Of all shares, in their order. */
  readonly checks: readonly Check[];
  readonly refusals: readonly Refusal[];
}

export interface RequestPlan {
  /** Every share of every line has its place; otherwise none has. */
  readonly feasible: boolean;
  readonly lines: readonly PlannedLine[];
}

export function hasShares(wish: LineWish): wish is LineWish & { readonly shares: readonly ShareWish[] } {
  return Array.isArray(wish.shares);
}

/** Lines that name no center, whose main share may go to more than one; of machines, placement itself finds which (C5). */
export function isOpenLine(wish: LineWish): boolean {
  return wish.thing.kind !== 'VM' && hasShares(wish) && wish.shares.some(isOpen);
}

export function isOpen({ share, centerIds }: ShareWish): boolean {
  return share === 'MAIN' && centerIds.length > 1;
}

/**
 * D2: centers for the lines that name none, the first to be tried first. Where most of the request goes anyway, then where
 * the smallest share of vCPU is in use, then by their order in the list.
 */
export function centerOrder(
  wishes: readonly LineWish[],
  candidates: readonly string[],
  pools: readonly Pick<PoolFacts, 'centerId' | 'total' | 'free'>[],
): string[] {
  const named = new Map<string, number>();
  for (const wish of wishes.filter(hasShares))
    for (const { centerIds, count } of wish.shares)
      if (centerIds.length === 1) named.set(centerIds[0] as string, (named.get(centerIds[0] as string) ?? 0) + count);
  const inUse = (centerId: string): number => {
    const own = pools.filter((pool) => pool.centerId === centerId);
    const total = own.reduce((sum, pool) => sum + pool.total.VCPU, 0);
    const free = own.reduce((sum, pool) => sum + pool.free.VCPU, 0);
    return total > 0 ? 1 - free / total : 1;
  };
  return candidates.toSorted((a, b) => (named.get(b) ?? 0) - (named.get(a) ?? 0) || inUse(a) - inUse(b));
}

/** One demand for the pools of a center, and whose it is. */
export interface SharedDemand {
  readonly line: number;
  readonly share: number;
  readonly demand: LineDemand;
}

/** What a line's shares ask of pools: machines of one size are one demand. */
export function demandsOf(wish: LineWish, shares: readonly ChosenShare[]): SharedDemand[] {
  const { thing } = wish;
  if (thing.kind !== 'VM') return [];
  const { size: full, standbyRatioPercent, kind: _, ...machine } = thing;
  return shares.flatMap((share, at) =>
    share.owed || share.centerId === null
      ? []
      : sizesOf(share, full, standbyRatioPercent).map(({ count, size }) => ({
          line: wish.index,
          share: at,
          demand: {
            ...machine,
            ...size,
            index: wish.index,
            count,
            centerId: isOpen(share) ? null : share.centerId,
            share: share.share === 'RECOVERY' ? ('RECOVERY' as const) : ('MAIN' as const),
            takesAddress: share.standing !== 'DATA',
            ofShare: share.count,
          },
        })),
  );
}

/** What became of a share that was given as one or more demands. */
export function shareOf(
  chosen: ChosenShare,
  parts: readonly { readonly demand: MachineSize; readonly verdict: LineVerdict }[],
  path: InputPath,
): PlannedShare {
  const refused = parts.find(({ verdict }) => !verdict.feasible)?.verdict;
  const pieces = parts.flatMap(({ demand, verdict }) =>
    verdict.shares.map((share) => ({ ...share, size: sizeOf(demand) })),
  );
  const pools = new Map<string, number>();
  for (const { poolId, count } of pieces) pools.set(poolId, (pools.get(poolId) ?? 0) + count);
  return {
    ...placedOf(chosen),
    centerId: parts[0]?.verdict.centerId ?? chosen.centerId,
    pools: [...pools].map(([poolId, count]) => ({ poolId, count })),
    pieces,
    feasible: refused === undefined,
    checks: (refused ?? parts[0]?.verdict)?.checks ?? [],
    candidates: parts.flatMap(({ verdict }) => verdict.candidates),
    // A price that is missing (P18) is told as such, with its meter.
    refusal: refused && refused.checks.at(-1)?.criterion !== 'P18' ? refusalOf(refused, path) : null,
  };
}

export function placedOf({ share, centerId, standing, owed, count }: ChosenShare) {
  return { share, centerId, standing, owed, count, pools: [], pieces: [], candidates: [], choices: 0 };
}

/** What a share costs where it was put: of a month, and of each thing by its size. */
export interface PricedShare {
  readonly eachFen: bigint;
  readonly count: number;
  readonly vcpu: number;
  readonly memoryMib: number;
}

/** What the line keeps of its plan, with what each share costs there. */
function placedShares(line: PlannedLine, parts: readonly (readonly PricedShare[] | null)[]): PlacedShare[] {
  return line.shares.map((share, at) => placedShare(share, parts[at] ?? null));
}

/** Of a change only what is made for it: what stays is kept by the resources themselves. */
export function madeShares(line: PlannedLine, parts: readonly (readonly PricedShare[] | null)[]): PlacedShare[] {
  return placedShares(line, parts).filter((_, at) => line.shares[at]?.settled === undefined);
}

export function placedShare(
  { share, centerId, standing, owed, count, pools }: Omit<PlacedShare, 'monthlyFen' | 'prices'>,
  parts: readonly PricedShare[] | null,
): PlacedShare {
  const fen = parts?.reduce((sum, part) => sum + part.eachFen * BigInt(part.count), 0n);
  const prices = (parts ?? []).map(({ vcpu, memoryMib, eachFen }) => ({
    vcpu,
    memoryMib,
    eachFen: eachFen.toString(),
  }));
  return { share, centerId, standing, owed, count, pools, monthlyFen: fen?.toString() ?? null, prices };
}

/** A share for which nothing is to be held: it is owed. */
export function owedShare(chosen: ChosenShare): PlannedShare {
  const text = say('该份额记为容灾欠账，中心投用后补齐', 'This share is owed until its center opens');
  return {
    ...placedOf(chosen),
    feasible: true,
    checks: [{ criterion: 'D1', text, passed: true, figures: null }],
    refusal: null,
  };
}

export function lineOf(index: number, shares: readonly PlannedShare[]): PlannedLine {
  return {
    index,
    shares,
    feasible: shares.every((share) => share.feasible),
    checks: shares.flatMap((share) => share.checks),
    refusals: shares.flatMap((share) => share.refusal ?? []),
  };
}

/** A line whose modes have no centers. */
export function lineWithoutCenters(index: number, check: Check): PlannedLine {
  const path = pathOf(index);
  return { index, feasible: false, shares: [], checks: [check], refusals: [checkRefusal(check, path)] };
}

export function pathOf(index: number): InputPath {
  return ['content', 'lines', String(index)];
}

export function refusalOf(verdict: LineVerdict, path: InputPath): Refusal {
  const failed = verdict.checks.find((check) => !check.passed);
  if (!failed) throw new Error('a share is refused by a criterion');
  if (verdict.addressShortage)
    return { ...verdict.addressShortage, code: 'ADDRESS_SHORTAGE', path, message: noRoom(failed) };
  return verdict.shortage
    ? { ...verdict.shortage, code: 'CAPACITY_SHORTAGE', path, message: noRoom(failed) }
    : checkRefusal(failed, path);
}

export function checkRefusal(check: Check, path: InputPath): Refusal {
  return { code: 'INVALID_INPUT', path, rule: check.criterion, message: noRoom(check) };
}

export function noRoom(failed: Pick<Check, 'criterion' | 'text' | 'figures'>): Bilingual {
  const { zh, en } = toldOf(failed);
  return say(`放不下（${failed.criterion}）${zh}`, `No room (${failed.criterion}): ${en}`);
}
