/** Decides how a month of use becomes spending of a budget item: what was reserved for it is used up first, the rest is spent all the same. */
import type { Fen } from '../../kernel/money.js';
import { type BudgetEntry, lesser } from './budget.js';

/** Subject kind of what a use has cost in a month; the id is the use's, the round says month and close. */
export const USAGE_SUBJECT = 'USAGE';

/** A month that is reopened and closed again is another round; nobody does that a hundred times. */
export const CLOSES_PER_MONTH_MAX = 100;

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

/** Of a month ("2026-11") and its so-many-eth close, 0 = the first: 20261100. */
export function roundOfClose(month: string, revision: number): number {
  if (!MONTH.test(month)) throw new RangeError(`"${month}" is no month`);
  if (!Number.isInteger(revision) || revision < 0 || revision >= CLOSES_PER_MONTH_MAX)
    throw new RangeError(`${month} cannot be closed for the ${revision}th time`);
  return roundOfPast(month) * CLOSES_PER_MONTH_MAX + revision;
}

/** Of a month as books of the time before have entered it, by request: 202611. */
export function roundOfPast(month: string): number {
  return Number(month.replace('-', ''));
}

/** Which month's use an entry is of; null = it is of none. */
export function monthOfEntry({ subject }: Pick<BudgetEntry, 'subject'>): string | null {
  if (subject.kind !== USAGE_SUBJECT) return null;
  const [digits = ''] = /^\d{6}/.exec(String(subject.round)) ?? [];
  const month = `${digits.slice(0, 4)}-${digits.slice(4)}`;
  return MONTH.test(month) ? month : null;
}

/** One reservation, and what is left of it. */
export interface Standing {
  readonly id: string;
  readonly budgetId: string;
  /** Who reserved it. */
  readonly subjectId: string;
  readonly amount: Fen;
  readonly left: Fen;
}

/** One use, one month, one item. */
export interface MonthUse {
  /** The use as metering knows it. A month is spent once for it and item. */
  readonly useId: string;
  /** Who has reserved for it, in that order: its request, then the changes that made it dearer; a use that nobody asked for, itself. */
  readonly reservedBy: readonly string[];
  readonly budgetId: string;
  /** Items that paid before this one was named: what is left of reservations of them goes first, and no more than that. */
  readonly before?: readonly string[];
  /** Negative where corrections take back more of months that are over than this one has cost. */
  readonly amount: Fen;
}

/** An amount, and from which reservation it is taken; null = nothing was reserved for it. */
export interface SpentPart {
  readonly useId: string;
  readonly budgetId: string;
  readonly amount: Fen;
  readonly fromReserved: Fen;
  readonly encumbranceId: string | null;
}

/**
 * The parts of every use, in the order of the uses, and how much of each reservation is used up. A use has one entry an item:
 * where it uses up several reservations the entry names the first, and every one of them is less by what it gave. Of an item that
 * another has replaced no more is spent than what is reserved of it, so that it is not overrun while the new one has something
 * reserved for the same use; the rest is the new one's.
 */
export function spendMonth(
  uses: readonly MonthUse[],
  standing: readonly Standing[],
): { readonly parts: readonly SpentPart[]; readonly taken: ReadonlyMap<string, Fen> } {
  const left = new Map(standing.map(({ id, left }) => [id, left]));
  const taken = new Map<string, Fen>();
  const bySubject = Map.groupBy(standing, ({ subjectId, budgetId }) => `${subjectId} ${budgetId}`);
  const reservedOf = (reservedBy: readonly string[], budgetId: string, amount: Fen) => {
    let wanted = amount;
    let encumbranceId: string | null = null;
    for (const { id } of reservedBy.flatMap((subject) => bySubject.get(`${subject} ${budgetId}`) ?? [])) {
      if (wanted <= 0n) break;
      const part = lesser(left.get(id) ?? 0n, wanted);
      if (part <= 0n) continue;
      encumbranceId ??= id;
      left.set(id, (left.get(id) ?? 0n) - part);
      taken.set(id, (taken.get(id) ?? 0n) + part);
      wanted -= part;
    }
    return { fromReserved: amount > 0n ? amount - wanted : 0n, encumbranceId };
  };
  const parts = uses.flatMap(({ useId, reservedBy, budgetId, before = [], amount }): SpentPart[] => {
    let rest = amount;
    const replaced = before.flatMap((earlier): SpentPart[] => {
      const reserved = reservedOf(reservedBy, earlier, rest);
      rest -= reserved.fromReserved;
      return reserved.fromReserved > 0n
        ? [{ useId, budgetId: earlier, amount: reserved.fromReserved, ...reserved }]
        : [];
    });
    if (rest === 0n && replaced.length > 0) return replaced;
    return [...replaced, { useId, budgetId, amount: rest, ...reservedOf(reservedBy, budgetId, rest) }];
  });
  return { parts, taken };
}

/**
 * What each reservation gets back when the spending of these uses is taken back, and how much of it goes by which use:
 * `spent` in the order in which it was spent, so that the same reservations are filled in the order in which they were
 * emptied. None gets more than it had; what none of a use's own has room for stays unreserved.
 */
export function returnMonth(
  spent: readonly { readonly reservedBy: readonly string[]; readonly budgetId: string; readonly fromReserved: Fen }[],
  standing: readonly Standing[],
): { readonly back: ReadonlyMap<string, Fen>; readonly returned: readonly Fen[] } {
  const room = new Map(standing.map(({ id, amount, left }) => [id, amount - left]));
  const bySubject = Map.groupBy(standing, ({ subjectId, budgetId }) => `${subjectId} ${budgetId}`);
  const back = new Map<string, Fen>();
  const returned = spent.map(({ reservedBy, budgetId, fromReserved }) => {
    let wanted = fromReserved;
    for (const { id } of reservedBy.flatMap((subject) => bySubject.get(`${subject} ${budgetId}`) ?? [])) {
      const part = lesser(room.get(id) ?? 0n, wanted);
      if (part <= 0n) continue;
      room.set(id, (room.get(id) ?? 0n) - part);
      back.set(id, (back.get(id) ?? 0n) + part);
      wanted -= part;
    }
    return fromReserved - wanted;
  });
  return { back, returned };
}
