import type { PlacementFacts } from '../../allocation/domain/placement-facts.js';
import type { Image, Offer } from '../../catalog/domain/catalog.js';
import type { Department } from '../../departments/domain/department.js';
import type { CalendarDate } from '../../kernel/calendar.js';
import type { Fen } from '../../kernel/money.js';
import type { MachineToPrice } from '../../pricing/domain/quote.js';
import type { GovernmentSystem } from '../../systems/domain/system.js';

/** One who acted in the past. */
export interface PastPerson {
  readonly userId: string;
  readonly name: string;
}

/** A system that asked for things, with its department's people. */
export interface PastAsker {
  readonly system: GovernmentSystem;
  readonly department: Department;
  /** Pays today; it is taken to have paid before. */
  readonly projectId: string;
  /** Of its departments, of itself and of its project: what it took, it took of these. */
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
}

export interface PastScale {
  /** About how many machines were ever granted. */
  readonly machines: number;
  /** How far back it goes. */
  readonly months: number;
  /** The past ends here; what was not decided by then is still open. */
  readonly until: Date;
}
