/** Decides from when to when a thing is accounted and with how much: half-open intervals by meter, cut only where it changes. */
import type { ShareName } from '../../allocation/domain/dr-shares.js';
import type { Architecture } from '../../facilities/domain/facility.js';
import type { Quantities } from './meter-units.js';

/** DATA: storage in the recovery center where no machine stands. DISK: what outlives its machine. ADDRESS: of no machine or server. SHARED: a part of what a center costs in common, which nobody meters. */
export const METERED_KINDS = ['MACHINE', 'DATA', 'DISK', 'SERVER', 'SPACE', 'SERVICE', 'ADDRESS', 'SHARED'] as const;
export type MeteredKind = (typeof METERED_KINDS)[number];

/** What a thing has from a moment until its next fact; the record gives them in any order, and may give one twice. */
export interface UseFact {
  readonly id: string;
  readonly at: Date;
  readonly quantities: Quantities;
}

/** Half-open; null = still. */
export interface Span {
  readonly from: Date;
  readonly to: Date | null;
}

/** Whose it is and where it stands: what of it sums are grouped by. */
export interface UseOwner {
  readonly departmentId: string;
  readonly systemId: string | null;
  readonly projectId: string | null;
  readonly centerId: string | null;
  readonly architecture: Architecture | null;
  readonly share: ShareName;
}

/** One use of one thing, as its lifecycle record tells it. */
export interface MeteredUse {
  /** The use: a server that is given out again is another. */
  readonly resourceId: string;
  /** The thing itself, to be looked at. */
  readonly subjectId: string;
  readonly kind: MeteredKind;
  readonly owner: UseOwner;
  /** Delivery; null = held or being made, which is not accounted. */
  readonly begins: Date | null;
  /** Release; null = still in use. */
  readonly ends: Date | null;
  readonly facts: readonly UseFact[];
  /** While its delivery is disputed. */
  readonly disputed: readonly Span[];
}

export interface Interval {
  readonly meter: string;
  readonly from: Date;
  /** null = it goes on. */
  readonly to: Date | null;
  readonly quantity: number;
  /** Its delivery is disputed: counted, and not charged. */
  readonly suspended: boolean;
}

interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly quantity: number;
  readonly suspended: boolean;
}

const OPEN = Number.POSITIVE_INFINITY;

/** In the order of meters and time. No two of one meter overlap, and none lies outside of [delivery, release). */
export function intervalsOf(use: Pick<MeteredUse, 'begins' | 'ends' | 'facts' | 'disputed'>): Interval[] {
  const begins = use.begins?.getTime();
  const ends = use.ends?.getTime() ?? OPEN;
  if (begins === undefined || ends <= begins) return [];
  const facts = inOrder(use.facts);
  const known = facts.filter(({ at }) => at.getTime() <= begins).at(-1) ?? facts[0];
  if (!known) return [];
  // What it was delivered with holds from its delivery, though the record may have told it earlier, or a little later.
  const later = facts.filter(({ at }) => at.getTime() > begins && at.getTime() < ends);
  const steps = [
    { at: begins, quantities: known.quantities },
    ...later.map(({ at, quantities }) => ({ at: at.getTime(), quantities })),
  ];
  const disputed = use.disputed.map(({ from, to }) => ({ from: from.getTime(), to: to?.getTime() ?? OPEN }));
  const cuts = disputed.flatMap(({ from, to }) => [from, to]).filter((at) => at > begins && at < ends);
  const moments = [...new Set([...steps.map(({ at }) => at), ...cuts])].toSorted((a, b) => a - b);
  const meters = [...new Set(steps.flatMap(({ quantities }) => Object.keys(quantities)))].toSorted();
  return meters.flatMap((meter) => {
    const stretches = moments.map((from, index): Stretch => {
      const step = steps.findLast(({ at }) => at <= from);
      return {
        from,
        to: moments[index + 1] ?? ends,
        quantity: step?.quantities[meter] ?? 0,
        suspended: disputed.some((span) => span.from <= from && from < span.to),
      };
    });
    return joined(stretches).map(({ from, to, quantity, suspended }) => ({
      meter,
      from: new Date(from),
      to: to === OPEN ? null : new Date(to),
      quantity,
      suspended,
    }));
  });
}

/** Neighbours that say the same are one; what is nothing is no interval. */
function joined(stretches: readonly Stretch[]): Stretch[] {
  const out: Stretch[] = [];
  for (const next of stretches) {
    const last = out.at(-1);
    if (last && last.to === next.from && last.quantity === next.quantity && last.suspended === next.suspended)
      out[out.length - 1] = { ...last, to: next.to };
    else out.push(next);
  }
  return out.filter(({ quantity }) => quantity > 0);
}

/** By time, then by id: ids of one process grow with what they name, so that of two facts of one moment the later holds. */
export function inOrder(facts: readonly UseFact[]): UseFact[] {
  const once = new Map(facts.map((fact) => [fact.id, fact]));
  return [...once.values()].toSorted(
    (a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  );
}
