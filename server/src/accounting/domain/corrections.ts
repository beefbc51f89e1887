/** Decides which correction lines an open month owes to a closed one: what is rated for it now, less what was ever charged. */

import type { Fen } from '../../kernel/money.js';
import type { MeteredKind, UseOwner } from '../../metering/domain/intervals.js';
import type { Month } from './accounting-units.js';

/**
 * LATE_FACT: use itself is other than was known. PRICE: only its price is. OWNER: it is another's, system's or project's.
 * DISPUTE: a disputed line was answered.
 */
export const CORRECTION_CAUSES = ['LATE_FACT', 'PRICE', 'OWNER', 'DISPUTE'] as const;
export type CorrectionCause = (typeof CORRECTION_CAUSES)[number];

/** What of one meter of one use is rated now, or was charged, in one month. */
export interface ChargedPart extends UseOwner {
  readonly ofMonth: Month;
  readonly resourceId: string;
  readonly subjectId: string;
  readonly kind: MeteredKind;
  readonly meter: string;
  readonly from: number;
  readonly to: number;
  /** null = a sum that was charged beside the use itself: a correction or a reversal. */
  readonly quantity: bigint | null;
  readonly unitPrice: string | null;
  readonly amount: Fen;
}

export interface Correction extends Omit<ChargedPart, 'quantity' | 'unitPrice'> {
  /** From 1, within one meter of one use and month. */
  readonly part: number;
  readonly cause: CorrectionCause;
  /** Charged so far. */
  readonly before: Fen;
}

/** In the order of month, use, meter and owner. Nothing is owed where the sums agree, whatever the lines. */
export function correctionsOf(now: readonly ChargedPart[], charged: readonly ChargedPart[]): Correction[] {
  const nowBy = Map.groupBy(now, meterKey);
  const chargedBy = Map.groupBy(charged, meterKey);
  const keys = [...new Set([...nowBy.keys(), ...chargedBy.keys()])].toSorted();
  return keys.flatMap((key) => ofMeter(nowBy.get(key) ?? [], chargedBy.get(key) ?? []));
}

function ofMeter(now: readonly ChargedPart[], charged: readonly ChargedPart[]): Correction[] {
  const nowBy = Map.groupBy(now, ownerKey);
  const chargedBy = Map.groupBy(charged, ownerKey);
  const owners = [...new Set([...nowBy.keys(), ...chargedBy.keys()])].toSorted();
  const owed = owners.flatMap((owner) => {
    const [is, was] = [nowBy.get(owner) ?? [], chargedBy.get(owner) ?? []];
    const before = sum(was);
    const amount = sum(is) - before;
    return amount === 0n ? [] : [{ is, was, before, amount }];
  });
  // What one owner has no longer and another has now is the same use in other hands.
  const moved = owed.some(({ is }) => is.length === 0) && owed.some(({ was }) => was.length === 0);
  return owed.flatMap(({ amount, before, is, was }, index) => {
    const some = [...is, ...was];
    const [first] = some;
    if (!first) return [];
    const { quantity: _quantity, unitPrice: _unitPrice, ...of } = first;
    return [
      {
        ...of,
        from: Math.min(...some.map(({ from }) => from)),
        to: Math.max(...some.map(({ to }) => to)),
        part: index + 1,
        cause: moved ? 'OWNER' : causeOf(is, was),
        before,
        amount,
      },
    ];
  });
}

function causeOf(now: readonly ChargedPart[], charged: readonly ChargedPart[]): CorrectionCause {
  const uses = charged.filter(({ quantity }) => quantity !== null);
  // Cut by prices or not, the same use is in the same hands with the same size in all the time.
  if (shapeOf(now) !== shapeOf(uses)) return 'LATE_FACT';
  return pricesOf(now) !== pricesOf(uses) ? 'PRICE' : 'DISPUTE';
}

function shapeOf(parts: readonly ChargedPart[]): string {
  const shape: { from: number; to: number; quantity: bigint | null }[] = [];
  for (const { from, quantity, to } of wholes(parts)) {
    const last = shape.at(-1);
    if (last && last.to === from && last.quantity === quantity) last.to = to;
    else shape.push({ from, to, quantity });
  }
  return shape.map(({ from, quantity, to }) => `${from} ${to} ${quantity}`).join(',');
}

/** What stands in tiers of one price beside each other is one use of all of it. */
function wholes(parts: readonly ChargedPart[]): { from: number; to: number; quantity: bigint | null }[] {
  const found: { from: number; to: number; quantity: bigint | null }[] = [];
  for (const { from, quantity, to } of parts.toSorted((a, b) => a.from - b.from)) {
    const last = found.at(-1);
    if (last && last.from === from && last.to === to && last.quantity !== null && quantity !== null)
      last.quantity += quantity;
    else found.push({ from, to, quantity });
  }
  return found;
}

/** Where a tier ends is of its price, too. */
function pricesOf(parts: readonly ChargedPart[]): string {
  return parts
    .map(({ from, quantity, unitPrice }) => `${from} ${unitPrice} ${quantity}`)
    .toSorted()
    .join(',');
}

function sum(parts: readonly ChargedPart[]): Fen {
  return parts.reduce((total, { amount }) => total + amount, 0n);
}

function meterKey({ meter, ofMonth, resourceId }: ChargedPart): string {
  return `${ofMonth} ${resourceId} ${meter}`;
}

function ownerKey(part: UseOwner): string {
  const { architecture, centerId, departmentId, projectId, share, systemId } = part;
  return [departmentId, systemId, projectId, centerId, architecture, share].join(' ');
}

/** Whether two corrections say the same: rewritten only when they do not. */
export function correctionText(of: Correction & { readonly month: Month; readonly book: string }): string {
  const { amount, before, book, cause, from, meter, month, ofMonth, part, resourceId, to } = of;
  return [ofMonth, resourceId, meter, part, book, month, cause, from, to, before, amount, ownerKey(of)].join(' ');
}
