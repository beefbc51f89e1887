/** Decides what a thing must take of quotas and give back of them, so that it has taken exactly what it ought to. */
import type { SomeAmounts, Taker } from './quota.js';

/** HELD until what it was asked for is allocated; both count against the limit alike. */
export const TAKING_STATES = ['HELD', 'ALLOCATED'] as const;
export type TakingState = (typeof TAKING_STATES)[number];

export interface Taking extends Taker {
  /** The server, the place in a cabinet, or the whole cabinet. */
  readonly subjectId: string;
}

/** What a thing ought to have taken; null = nothing. */
export interface WantedTaking {
  readonly subjectId: string;
  readonly wanted: Taker | null;
}

/** What is to be written so that each has what it ought to; of what is right already nothing is touched. */
export function exchangeOf<T extends Taking>(
  wanted: readonly WantedTaking[],
  live: readonly T[],
): { readonly take: Taking[]; readonly giveBack: T[] } {
  const liveOf = new Map(live.map((taking) => [taking.subjectId, taking]));
  const take: Taking[] = [];
  const giveBack: T[] = [];
  for (const { subjectId, wanted: ought } of wanted) {
    const has = liveOf.get(subjectId);
    if (has && ought && isSame(has, ought)) continue;
    if (has) giveBack.push(has);
    if (ought) take.push({ ...ought, subjectId });
  }
  return { take, giveBack };
}

function isSame(one: Taker, other: Taker): boolean {
  return (
    JSON.stringify(one.quotaIds.toSorted()) === JSON.stringify(other.quotaIds.toSorted()) &&
    JSON.stringify(sorted(one.amounts)) === JSON.stringify(sorted(other.amounts))
  );
}

function sorted(amounts: SomeAmounts): [meter: string, amount: number][] {
  return Object.entries(amounts)
    .filter((entry): entry is [string, number] => (entry[1] ?? 0) !== 0)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
}
