/** Decides which outages of the record a contract answers for, and how many of a month's minutes they come to. */
import { type Month, spanOfMonth } from '../../accounting/domain/accounting-units.js';
import { type CalendarDate, startOfDay } from '../../kernel/calendar.js';
import {
  type Down,
  type DownTime,
  downTimeOf,
  minutesOf,
  partsOf,
  type Stretch,
} from '../../outages/domain/down-time.js';
import type { OutageLayer } from '../../outages/domain/outage.js';
import type { ContractKind } from './contract.js';

/** Whoever houses the machines answers for the power that comes with the room, too. */
const KINDS_OF_LAYER: { readonly [L in OutageLayer]: readonly ContractKind[] } = {
  PLATFORM: ['CLOUD_PLATFORM'],
  HARDWARE: ['MAINTENANCE'],
  ROOM: ['HOSTING'],
  POWER: ['POWER', 'HOSTING'],
  NETWORK: ['NETWORK'],
  SECURITY: ['SECURITY'],
  SOFTWARE: ['SOFTWARE'],
};

export interface CoveringTerms {
  readonly kind: ContractKind;
  readonly fromDate: CalendarDate;
  readonly toDate: CalendarDate;
  /** Of the centers that it pays for; none = of all. */
  readonly centerIds: readonly string[];
}

/** What of an outage is kept beside a deduction: enough to reckon it again, and to find the paper. */
export interface RecordedFault {
  readonly outageId: string;
  readonly version: number;
  readonly code: string;
  readonly title: string;
  readonly layer: OutageLayer;
  /** RFC 3339; null = it lasted when this was reckoned. */
  readonly from: string;
  readonly to: string | null;
  readonly orderCode: string | null;
  readonly windowCode: string | null;
  /** Why it does not count at all. */
  readonly excuse: string | null;
}

export interface CoveredOutage extends Down {
  readonly centerId: string;
  readonly fault: RecordedFault;
}

export interface ContractFault extends RecordedFault {
  /** Of the month, each outage by itself: together they may be fewer. */
  readonly minutes: number;
  readonly countedMinutes: number;
  /** Why finance left it out of this contract; null = it is in. */
  readonly leftOut: string | null;
}

export interface FaultsOfMonth extends DownTime {
  readonly faults: readonly ContractFault[];
}

export function answersFor(terms: CoveringTerms, outage: CoveredOutage): boolean {
  if (!KINDS_OF_LAYER[outage.fault.layer].includes(terms.kind)) return false;
  return terms.centerIds.length === 0 || terms.centerIds.includes(outage.centerId);
}

/** The days of the month that are the contract's; half-open, and empty where there are none. */
export function contractTime({ fromDate, toDate }: CoveringTerms, month: Month): Stretch {
  const { from, to } = spanOfMonth(month);
  return { from: Math.max(from, startOfDay(fromDate).getTime()), to: Math.min(to, startOfDay(toDate).getTime()) };
}

/** Minutes are counted once, whatever overlaps; what is left out was down all the same, and does not count. */
export function faultsOf(
  terms: CoveringTerms,
  month: Month,
  outages: readonly CoveredOutage[],
  leftOut: ReadonlyMap<string, string>,
): FaultsOfMonth {
  const bound = contractTime(terms, month);
  const downs = outages
    .filter((outage) => answersFor(terms, outage))
    .map((outage) => ({ ...outage, counts: outage.counts && !leftOut.has(outage.fault.outageId) }));
  const faults = downs.flatMap((down): ContractFault[] => {
    const { all, counted } = partsOf(down, bound);
    const minutes = minutesOf(all);
    if (minutes === 0) return [];
    const reason = leftOut.get(down.fault.outageId) ?? null;
    return [{ ...down.fault, minutes, countedMinutes: minutesOf(counted), leftOut: reason }];
  });
  return { ...downTimeOf(downs, bound), faults };
}

/** Whether the record says of the month today what it said when the deduction was reckoned: what ends after it, ends later. */
export function saysTheSame(month: Month, then: readonly ContractFault[], now: readonly ContractFault[]): boolean {
  const bound = spanOfMonth(month);
  const begins = (from: string) => Math.max(Date.parse(from), bound.from);
  const ends = (to: string | null) => (to === null ? bound.to : Math.min(Date.parse(to), bound.to));
  const said = (faults: readonly ContractFault[]) =>
    JSON.stringify(
      faults
        .map(({ outageId, minutes, countedMinutes, from, to }) => [
          ...[outageId, minutes, countedMinutes, begins(from), ends(to)],
        ])
        .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
    );
  return said(then) === said(now);
}

export function leftOutOf(faults: readonly ContractFault[]): ReadonlyMap<string, string> {
  return new Map(
    faults.flatMap(({ outageId, leftOut }) => (leftOut === null ? [] : ([[outageId, leftOut]] as [string, string][]))),
  );
}
