/** Decides into which shares a line is divided by its DR modes, in which centers they may go, and how big each is (D1 to D5 of PLACEMENT.md). */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import { ok, type Result, refuse } from '../../kernel/result.js';
import type { LocalMode, RemoteMode } from '../../systems/domain/system.js';
import type { MachineSize } from './capacity.js';
import type { LineKind } from './line-kind.js';
import type { CenterFacts, Check, Share } from './placement-facts.js';

/** 份额: MAIN runs alone; MAIN_A and MAIN_B run at once, one in each same-city center; RECOVERY stands in the recovery center. */
export const SHARE_NAMES = ['MAIN', 'MAIN_A', 'MAIN_B', 'RECOVERY'] as const;
export type ShareName = (typeof SHARE_NAMES)[number];

/** What stands there: what runs; what is defined and halted, or kept ready; only the data, without any machine. */
export const STANDINGS = ['RUNNING', 'STANDBY', 'DATA'] as const;
export type Standing = (typeof STANDINGS)[number];

/** Where a share of a line went, as the line keeps it. */
export interface PlacedShare {
  readonly share: ShareName;
  /** null = it is owed, and there is no such center yet. */
  readonly centerId: string | null;
  readonly standing: Standing;
  /** 容灾欠账: nothing is held for it until its center opens. */
  readonly owed: boolean;
  /** Machines, servers, places or data sets. */
  readonly count: number;
  /** Of machines: the pools that take them. */
  readonly pools: readonly Share[];
  /** Of a month; null = not known. Whole fen as text, because it is kept as JSON. */
  readonly monthlyFen: string | null;
  /** The same for each thing: machines of one size cost the same. */
  readonly prices: readonly SharePrice[];
}

export interface SharePrice {
  readonly vcpu: number;
  readonly memoryMib: number;
  readonly eachFen: string;
}

/** A share before it has its place. */
export interface ShareWish {
  readonly share: ShareName;
  /** Where it may go, the best first; of an owed share the center that it waits for, if there is one. */
  readonly centerIds: readonly string[];
  readonly standing: Standing;
  readonly owed: boolean;
  readonly count: number;
}

export interface LineToExpand {
  readonly kind: LineKind;
  readonly count: number;
  /** null = none was named. */
  readonly centerId: string | null;
  readonly localMode: LocalMode;
  readonly remoteMode: RemoteMode;
  /** Of its compute, how much stands ready under APPLICATION. */
  readonly standbyRatioPercent: number;
}

/**
 * Places that a service takes are its provider's affair: it has no shares.
 * @param mayOwe whether a share whose center is not in service is accepted as 容灾欠账.
 */
export function expandLine(
  line: LineToExpand,
  centers: readonly CenterFacts[],
  mayOwe: (share: ShareWish) => boolean,
): Result<readonly ShareWish[], Check> {
  if (line.kind === 'SERVICE') return ok([]);
  const mains = line.localMode === 'DUAL_ACTIVE' ? twins(line, centers) : alone(line, centers);
  if (!mains.ok) return mains;
  const standing = recoveryStanding(line);
  const recovery = standing === null ? ok([]) : recoveryShare(line, standing, centers);
  if (!recovery.ok) return recovery;
  const shares = [...mains.value, ...recovery.value];
  const owed = shares.filter((share) => share.owed);
  if (owed.length === 0) return ok(shares);
  const refused = owed.filter((share) => !mayOwe(share));
  if (refused.length > 0) return refuse(notInService(refused, centers));
  if (mains.value.every((share) => share.owed)) return refuse(nothingRuns());
  return ok(shares);
}

/** D2: one center, the one that was named or any that may run it. */
function alone(line: LineToExpand, centers: readonly CenterFacts[]): Result<readonly ShareWish[], Check> {
  const share = { share: 'MAIN', standing: 'RUNNING', owed: false, count: line.count } as const;
  if (line.centerId !== null) return ok([{ ...share, centerIds: [line.centerId] }]);
  const candidates = centers.filter((center) => center.role !== 'RECOVERY' && isOpen(center));
  if (candidates.length === 0) return refuse(noCenter(say('同城中心', 'same-city center')));
  return ok([{ ...share, centerIds: candidates.map((center) => center.centerId) }]);
}

/** D3: the same in A and in B, never twice in one. */
function twins(line: LineToExpand, centers: readonly CenterFacts[]): Result<readonly ShareWish[], Check> {
  const shares: ShareWish[] = [];
  for (const [share, role, word] of [
    ['MAIN_A', 'ACTIVE_A', say('同城中心 A', 'same-city center A')],
    ['MAIN_B', 'ACTIVE_B', say('同城中心 B', 'same-city center B')],
  ] as const) {
    const center = centerOf(role, centers);
    if (!center) return refuse(noCenter(word));
    shares.push({
      ...{ share, standing: 'RUNNING', count: line.count },
      centerIds: [center.centerId],
      owed: !isOpen(center),
    });
  }
  return ok(shares);
}

/** D4: what stands in the recovery center; null = nothing. */
function recoveryStanding({ kind, remoteMode }: LineToExpand): Standing | null {
  if (remoteMode === 'NONE') return null;
  if (remoteMode === 'APPLICATION') return 'STANDBY';
  // Of a server or a cabinet nobody but its user knows the data: their copy is asked for as storage of machines.
  return kind === 'VM' ? 'DATA' : null;
}

function recoveryShare(
  line: LineToExpand,
  standing: Standing,
  centers: readonly CenterFacts[],
): Result<readonly ShareWish[], Check> {
  const all = centers.filter((center) => center.role === 'RECOVERY' && center.life !== 'STOPPED');
  const open = all.filter(isOpen);
  const chosen = open.length > 0 ? open : all.slice(0, 1);
  const count = line.kind === 'SERVER' ? standbyServers(line.count, line.standbyRatioPercent) : line.count;
  if (count === 0) return ok([]);
  const centerIds = chosen.map((center) => center.centerId);
  return ok([{ share: 'RECOVERY', centerIds, standing, owed: open.length === 0, count }]);
}

const PERCENT = 100;

/** D5: whole servers, rounded up: a part of a server starts nothing. */
export function standbyServers(count: number, ratioPercent: number): number {
  return Math.ceil((count * ratioPercent) / PERCENT);
}

export interface SizeGroup {
  readonly count: number;
  readonly size: MachineSize;
}

/**
 * D5: the machines of a share by the size that each takes of its pool. Storage is taken in full everywhere; of compute a
 * standby share takes its ratio of the whole line, rounded up once for all of it, and divided over the machines as evenly
 * as whole vCPU and MiB go. Accelerators are whole pieces: with fewer than it has a machine cannot be promoted.
 */
export function sizesOf(
  share: Pick<ShareWish, 'standing' | 'count'>,
  full: MachineSize,
  ratioPercent: number,
): SizeGroup[] {
  const { standing, count } = share;
  if (standing === 'RUNNING') return [{ count, size: full }];
  const { accelerators: _, ...bare } = full;
  if (standing === 'DATA') return [{ count, size: { ...bare, vcpu: 0, memoryMib: 0 } }];
  const vcpu = evenly(Math.ceil((count * full.vcpu * ratioPercent) / PERCENT), count);
  const memory = evenly(Math.ceil((count * full.memoryMib * ratioPercent) / PERCENT), count);
  const edges = [...new Set([0, vcpu.more, memory.more, count])].toSorted((a, b) => a - b);
  return edges.slice(1).map((end, at) => {
    const begin = edges[at] as number;
    const size = { ...full, vcpu: vcpu.of(begin), memoryMib: memory.of(begin) };
    return { count: end - begin, size };
  });
}

/** The first `more` of them get one more than the others. */
function evenly(total: number, parts: number): { readonly more: number; readonly of: (part: number) => number } {
  const each = Math.floor(total / parts);
  const more = total - each * parts;
  return { more, of: (part) => each + (part < more ? 1 : 0) };
}

/** D1: a center takes something in while it is in service, on trial included. */
export function isOpen(center: Pick<CenterFacts, 'life'>): boolean {
  return center.life === 'IN_SERVICE' || center.life === 'TRIAL';
}

/** Active roles are held by one center at a time, of those that are not stopped. */
function centerOf(role: CenterFacts['role'], centers: readonly CenterFacts[]): CenterFacts | undefined {
  return centers.find((center) => center.role === role && center.life !== 'STOPPED');
}

function failed(criterion: string, text: Bilingual, figures: Bilingual): Check {
  return { criterion, text, passed: false, figures };
}

const MODE_TEXT = say('容灾模式所需的中心齐备', 'There is a center for each share of the DR mode');

function noCenter(which: Bilingual): Check {
  return failed('D1', MODE_TEXT, say(`没有${which.zh}`, `there is no ${which.en}`));
}

function notInService(owed: readonly ShareWish[], centers: readonly CenterFacts[]): Check {
  const names = owed.map((share) => centers.find((c) => c.centerId === share.centerIds[0])?.name);
  const known = names.filter((name) => name !== undefined);
  return failed(
    'D1',
    MODE_TEXT,
    known.length > 0
      ? say(`尚未投用：${known.join('、')}`, `not in service yet: ${known.join(', ')}`)
      : say('没有异地灾备中心', 'there is no recovery center'),
  );
}

function nothingRuns(): Check {
  return failed(
    'D1',
    MODE_TEXT,
    say('两个同城中心都未投用，不能全部记为欠账', 'neither same-city center is in service: not all of it can be owed'),
  );
}
