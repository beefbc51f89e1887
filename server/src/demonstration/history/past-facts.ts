import type { PlacementFacts } from '../../allocation/domain/placement-facts.js';
import type { Budget } from '../../budgets/domain/budget.js';
import type { Image, Offer } from '../../catalog/domain/catalog.js';
import type { Department } from '../../departments/domain/department.js';
import type { CalendarDate } from '../../kernel/calendar.js';
import type { Fen } from '../../kernel/money.js';
import type { MachineToPrice } from '../../pricing/domain/quote.js';
import { type GovernmentSystem, type PaymentLink, paysOn } from '../../systems/domain/system.js';

/** One who acted in the past. */
export interface PastPerson {
  readonly userId: string;
  readonly name: string;
}

/** A system that asked for things, with its department's people. */
export interface PastAsker {
  readonly system: GovernmentSystem;
  readonly department: Department;
  /** Who paid, from when to when; before the first of them, the first is taken to have paid. */
  readonly payers: readonly PaymentLink[];
  /** Of its departments and of itself; what it took, it took of these and of the project that paid. */
  readonly quotaIds: readonly string[];
  readonly applicant: PastPerson;
  readonly head: PastPerson;
}

/** All that a past is made from. It is read from the loaded province, so that what was asked for is there to be asked for. */
export interface PastFacts {
  readonly askers: readonly PastAsker[];
  readonly reviewers: readonly PastPerson[];
  readonly offers: readonly Offer[];
  readonly images: readonly Image[];
  readonly place: PlacementFacts;
  /** What a machine cost a month on that day; null = nobody can say. */
  readonly monthlyFen: (machine: MachineToPrice, centerId: string, on: CalendarDate) => Fen | null;
  readonly budgets: readonly Budget[];
  /** Projects that pay out of their department's own budget; what the province pays (统付) encumbers none. */
  readonly ownPaying: ReadonlySet<string>;
  /** Servers of the same-city centers that are there to be asked for, and since when. */
  readonly servers: readonly { readonly id: string; readonly from: Date }[];
  /** Who adds to a budget in the middle of a year. */
  readonly finance: PastPerson;
}

/** The project that paid for the system on that day. */
export function payerOn(asker: PastAsker, day: CalendarDate): string {
  const payer = asker.payers.find((link) => paysOn(link, day)) ?? asker.payers.at(-1);
  if (!payer) throw new RangeError(`nobody ever paid for ${asker.system.code}`);
  return payer.projectId;
}

export interface PastScale {
  /** About how many machines were ever granted. */
  readonly machines: number;
  /** How far back it goes. */
  readonly months: number;
  /** The past ends here; what was not decided by then is still open. */
  readonly until: Date;
}
