/** Decides what of a request its quotas still cover and what goes beyond them (定额内统付超出自付), thing by thing, in the request's order. */
import { QUOTA_METERS } from '../../kernel/refusal.js';
import { type QuotaState, type SomeAmounts, sumAmounts, UNLIMITED } from '../../quotas/domain/quota.js';

/** So many things of one kind and size, each of which takes so much of every quota on the way. */
export interface QuotaUnit {
  readonly key: string;
  readonly count: number;
  /** Of each. */
  readonly takes: SomeAmounts;
}

export interface QuotaSplit {
  /** What is drawn of every quota on the way. */
  readonly within: SomeAmounts;
  /** By the unit's key, how many draw none; units that are covered as a whole are missing. */
  readonly beyond: ReadonlyMap<string, number>;
}

export const NOTHING_BEYOND: ReadonlyMap<string, number> = new Map();

/**
 * A thing is covered as a whole or not at all, because one item pays for it. In the order in which the request names them each
 * thing that still fits on every level is covered: so the quotas are used as far as they reach, and asked again with the same
 * figures the answer is the same. `fixed` = what must be covered, as growth of what is covered already: it comes first.
 */
export function splitByQuota(
  levels: readonly QuotaState[],
  fixed: SomeAmounts,
  units: readonly QuotaUnit[],
  own: ReadonlyMap<string, SomeAmounts> = new Map(),
): QuotaSplit {
  const left = new Map(
    QUOTA_METERS.flatMap((meter) => {
      const limited = levels.flatMap(({ subject, meters }) => {
        const state = meters[meter];
        if (!state || state.limit === UNLIMITED) return [];
        return [state.limit - state.live + (own.get(subject.id)?.[meter] ?? 0)];
      });
      return limited.length === 0 ? [] : [[meter, Math.min(...limited) - (fixed[meter] ?? 0)] as const];
    }),
  );
  const beyond = new Map<string, number>();
  const within: SomeAmounts[] = [fixed];
  for (const { key, count, takes } of units) {
    const fitting = [...left].map(([meter, room]) => {
      const each = takes[meter] ?? 0;
      return each === 0 ? count : Math.max(0, Math.floor(room / each));
    });
    const covered = Math.min(count, ...fitting);
    for (const [meter, room] of left) left.set(meter, room - covered * (takes[meter] ?? 0));
    within.push(times(takes, covered));
    if (covered < count) beyond.set(key, (beyond.get(key) ?? 0) + count - covered);
  }
  return { within: sumAmounts(within), beyond };
}

export function beyondCount({ beyond }: Pick<QuotaSplit, 'beyond'>): number {
  return [...beyond.values()].reduce((sum, count) => sum + count, 0);
}

export function times(takes: SomeAmounts, count: number): SomeAmounts {
  return Object.fromEntries(Object.entries(takes).map(([meter, amount]) => [meter, (amount ?? 0) * count]));
}

/** The first of each kind are covered, the last are not. `beyond` is used up by what it tells apart. */
export function tellApart<T extends { readonly count: number }>(
  pieces: readonly T[],
  keyOf: (piece: T) => string,
  beyond: ReadonlyMap<string, number>,
): (T & { readonly beyondQuota: boolean })[] {
  const covered = new Map<string, number>();
  for (const piece of pieces) covered.set(keyOf(piece), (covered.get(keyOf(piece)) ?? 0) + piece.count);
  for (const [key, count] of covered) covered.set(key, count - (beyond.get(key) ?? 0));
  return pieces.flatMap((piece) => {
    const key = keyOf(piece);
    const within = Math.max(0, Math.min(piece.count, covered.get(key) ?? 0));
    covered.set(key, (covered.get(key) ?? 0) - within);
    return [
      { ...piece, count: within, beyondQuota: false },
      { ...piece, count: piece.count - within, beyondQuota: true },
    ].filter(({ count }) => count > 0);
  });
}
