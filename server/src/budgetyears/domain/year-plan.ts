/** Decides what is to be encumbered of what runs: of each use the cost to the year's end, less what is reserved for it already. */
import { type EntrySubject, lesser } from '../../budgets/domain/budget.js';
import type { Payer, UnpaidReason } from '../../budgets/domain/payer.js';
import type { Fen } from '../../kernel/money.js';

/** What one payer pays of a use: of the whole rest of the year, or of a half-open part of it where who pays has changed. */
export interface CostedPart {
  /** null = a price is missing. */
  readonly amount: Fen | null;
  readonly payer: Payer;
}

/** A use that runs, reckoned. */
export interface CostedUse {
  readonly useId: string;
  readonly requestId: string | null;
  /** Who may have reserved for it: its request, then the changes that made it dearer; a use that nobody asked for, itself. */
  readonly reservedBy: readonly string[];
  readonly departmentId: string;
  readonly projectId: string | null;
  /** It draws no quota, because its department pays for it. */
  readonly isBeyond: boolean;
  /** 定额内统付超出自付: who pays for what is on the other side of the quotas, of the same request and perhaps not running yet. */
  readonly beside: Payer | null;
  /** From the year's first day, or from the day where it begins, to the year's end, in the order of time. */
  readonly parts: readonly CostedPart[];
}

export interface PlannedUse extends Pick<CostedUse, 'useId' | 'requestId' | 'departmentId' | 'projectId'> {
  readonly amount: Fen;
  readonly budgetId: string | null;
  /** Why nothing is encumbered for it; null = it is. */
  readonly unpaid: UnpaidReason | null;
}

/** What is reserved together: of one item, for one request, or for a use that nobody asked for. */
export interface PlannedReservation {
  readonly subject: { readonly kind: 'REQUEST' | 'BEYOND' | 'USE'; readonly id: string };
  readonly budgetId: string;
  readonly amount: Fen;
}

/** What an item gives back that pays no longer: no more than another reserves in its place. */
export interface PlannedRelease {
  readonly encumbranceId: string;
  readonly reserved: EntrySubject;
  readonly budgetId: string;
  readonly amount: Fen;
}

/** What is left of a reservation of the year. */
export interface StandingReservation {
  readonly id: string;
  readonly budgetId: string;
  readonly subject: EntrySubject;
  readonly left: Fen;
}

export interface YearPlan {
  readonly uses: readonly PlannedUse[];
  readonly reservations: readonly PlannedReservation[];
  readonly releases: readonly PlannedRelease[];
}

/** Cost of one owner's uses that one item pays. */
interface Target {
  readonly kind: PlannedReservation['subject']['kind'];
  readonly budgetId: string;
  /** Of which items a reservation counts: its own, and those that it has replaced. */
  readonly of: ReadonlySet<string>;
  readonly parts: { readonly use: CostedUse; readonly amount: Fen }[];
}

/**
 * What is reserved already counts, whoever reserved it and when: the hold of a request, its additions, the changes that made it
 * dearer, earlier runs. Only what is missing is reserved, so that asked again at any time there is nothing to do. Requests take
 * in the order of their ids of what a change reserved for several of them; `wanted` = those that are answered of (the others
 * are there because they share a change with one of these).
 */
export function planYear(
  uses: readonly CostedUse[],
  standing: readonly StandingReservation[],
  wanted: (owner: string) => boolean = () => true,
): YearPlan {
  const left = new Map(standing.map((one) => [one.id, one.left]));
  const bySubject = Map.groupBy(standing, ({ subject }) => subject.id);
  const plan = { uses: [] as PlannedUse[], reservations: [] as PlannedReservation[], releases: [] as PlannedRelease[] };
  const owners = [...Map.groupBy(uses, ownerOf)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  for (const [owner, own] of owners) {
    const subjects = [...new Set([owner, ...own.flatMap(({ reservedBy }) => reservedBy)])];
    const reserved = subjects.flatMap((id) => bySubject.get(id) ?? []);
    const targets = targetsOf(own);
    const missing = targets.map((target) => ({ target, amount: lackOf(target, reserved, left) }));
    if (!wanted(owner)) continue;
    plan.uses.push(...own.flatMap(unpaidOf));
    const paid = new Map<string, PlannedUse>();
    for (const { target, amount } of missing.filter(({ amount: some }) => some > 0n)) {
      const { kind, budgetId } = target;
      plan.reservations.push({ subject: { kind, id: owner }, budgetId, amount });
      for (const use of writtenOf(target, amount)) {
        const before = paid.get(use.useId);
        paid.set(use.useId, before ? { ...use, amount: before.amount + use.amount } : use);
      }
    }
    plan.uses.push(...paid.values());
    // An item that pays none of them at the year's end pays no longer; what its own months cost was taken off above.
    const [covered, beyond] = [payingOf(own, false), payingOf(own, true)];
    const former = reserved.filter(
      ({ budgetId, subject }) => !(subject.kind === 'BEYOND' ? beyond : covered).has(budgetId),
    );
    plan.releases.push(...releasesOf(former, left, sumOf(missing)));
  }
  return plan;
}

/** Which items pay on one side of the quotas. Where one payer pays for all, it is that of either side. */
function payingOf(uses: readonly CostedUse[], isBeyondSide: boolean): ReadonlySet<string> {
  return new Set(
    uses.flatMap(({ beside, isBeyond, parts }) => {
      const payer = parts.at(-1)?.payer;
      return itemsOf(isBeyond === isBeyondSide ? payer : (beside ?? payer));
    }),
  );
}

function itemsOf(payer: Payer | undefined | null): readonly string[] {
  return !payer || 'unpaid' in payer ? [] : [payer.budgetId, ...(payer.before ?? [])];
}

function ownerOf({ requestId, useId }: CostedUse): string {
  return requestId ?? useId;
}

function targetsOf(uses: readonly CostedUse[]): Target[] {
  const targets = new Map<string, Target>();
  for (const use of uses)
    for (const { amount, payer } of use.parts) {
      if ('unpaid' in payer || amount === null || amount <= 0n) continue;
      const kind = use.requestId === null ? 'USE' : use.isBeyond ? 'BEYOND' : 'REQUEST';
      const { budgetId, before = [] } = payer;
      const key = `${kind} ${budgetId}`;
      const target = targets.get(key) ?? { kind, budgetId, of: new Set([budgetId, ...before]), parts: [] };
      target.parts.push({ use, amount });
      targets.set(key, target);
    }
  return [...targets.values()];
}

/** What of it nobody has reserved; what counts is used up. */
function lackOf(target: Target, reserved: readonly StandingReservation[], left: Map<string, Fen>): Fen {
  let lack = target.parts.reduce((sum, { amount }) => sum + amount, 0n);
  for (const { id, budgetId } of reserved) {
    if (lack <= 0n) break;
    if (!target.of.has(budgetId)) continue;
    const part = lesser(left.get(id) ?? 0n, lack);
    left.set(id, (left.get(id) ?? 0n) - part);
    lack -= part;
  }
  return lack;
}

/** The last uses are those that came last: what is missing is theirs. */
function writtenOf({ parts, budgetId }: Target, amount: Fen): PlannedUse[] {
  let rest = amount;
  return parts
    .toSorted((a, b) => (a.use.useId < b.use.useId ? 1 : -1))
    .flatMap(({ use, amount: cost }): PlannedUse[] => {
      const part = lesser(rest, cost);
      rest -= part;
      return part > 0n ? [{ ...factsOf(use), amount: part, budgetId, unpaid: null }] : [];
    });
}

function unpaidOf(use: CostedUse): PlannedUse[] {
  // Where somebody pays for a part of it, that is what is told of it.
  if (use.parts.some(({ payer, amount }) => amount !== null && 'budgetId' in payer)) return [];
  const [open] = use.parts;
  if (!open) return [];
  if (open.amount === null) return [{ ...factsOf(use), amount: 0n, budgetId: null, unpaid: 'NO_PRICE' }];
  const unpaid = 'unpaid' in open.payer ? open.payer.unpaid : null;
  return [{ ...factsOf(use), amount: open.amount, budgetId: null, unpaid }];
}

function factsOf({ useId, requestId, departmentId, projectId }: CostedUse) {
  return { useId, requestId, departmentId, projectId };
}

function releasesOf(former: readonly StandingReservation[], left: Map<string, Fen>, most: Fen): PlannedRelease[] {
  let rest = most;
  return former.flatMap(({ id, subject, budgetId }) => {
    const amount = lesser(left.get(id) ?? 0n, rest);
    if (amount <= 0n) return [];
    left.set(id, (left.get(id) ?? 0n) - amount);
    rest -= amount;
    return [{ encumbranceId: id, reserved: subject, budgetId, amount }];
  });
}

function sumOf(missing: readonly { readonly amount: Fen }[]): Fen {
  return missing.reduce((sum, { amount }) => sum + amount, 0n);
}

/** A year has at most so many runs of its opening. */
export const RUNS_PER_YEAR_MAX = 1_000;

/** Below nothing: rounds of a request's own holds count up from 1, and never meet those of openings. */
export function roundOfOpening(year: number, run: number): number {
  if (run < 0 || run >= RUNS_PER_YEAR_MAX) throw new RangeError(`${year} cannot be opened for the ${run}th time`);
  return -(year * RUNS_PER_YEAR_MAX + run);
}

/** Nobody changes who pays for a project that often, nor dies that often while it is carried. */
const TURNS_PER_PROJECT_MAX = 100_000;

/** Further below: rounds of what follows a change of who pays, by its turn. */
export function roundOfTurn(year: number, turn: number): number {
  if (turn < 0 || turn >= TURNS_PER_PROJECT_MAX) throw new RangeError(`who pays cannot change for the ${turn}th time`);
  return -(year * TURNS_PER_PROJECT_MAX + turn);
}
