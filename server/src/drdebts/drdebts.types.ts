import type { ShareName, Standing } from '../allocation/domain/dr-shares.js';
import type { LineKind } from '../allocation/domain/line-kind.js';
import type { CenterRole } from '../facilities/domain/facility.js';
import type { DebtRule } from './domain/debt-policy.js';
import type { DebtState } from './domain/debt-state.js';
import type { OwedDemand, OwedThing } from './domain/owed-share.js';

export interface DebtRow extends OwedDemand {
  readonly id: string;
  readonly requestId: string;
  readonly requestCode: string;
  readonly lineId: string;
  readonly lineName: string;
  readonly departmentId: string;
  readonly systemId: string;
  readonly kind: LineKind;
  readonly share: ShareName;
  readonly standing: Standing;
  readonly role: CenterRole;
  /** That it was registered for, then that it was settled in; null = there was no such center. */
  readonly centerId: string | null;
  readonly thing: OwedThing;
  /** Machines, servers, places or data sets. */
  readonly itemCount: number;
  /** Of a month, at the prices of the day it was registered; null = there was none. */
  readonly monthlyFen: bigint | null;
  readonly state: DebtState;
  readonly since: Date;
  readonly firmAt: Date | null;
  readonly settledAt: Date | null;
  readonly closedAt: Date | null;
  readonly closedBy: string | null;
  readonly reason: string | null;
  readonly version: number;
}

/** A share as it is owed with the hold of its request. */
export interface NewDebt {
  readonly requestId: string;
  readonly requestCode: string;
  readonly lineId: string;
  readonly lineName: string;
  readonly departmentId: string;
  readonly systemId: string;
  readonly share: ShareName;
  readonly standing: Standing;
  readonly centerId: string | null;
  readonly thing: OwedThing;
  readonly count: number;
  readonly monthlyFen: bigint | null;
}

export interface DebtFilter {
  readonly states: readonly DebtState[];
  readonly roles: readonly CenterRole[];
  readonly kinds: readonly LineKind[];
  /** These and nothing else; null = of every department. */
  readonly departmentIds: readonly string[] | null;
  readonly systemId: string | null;
  readonly requestId: string | null;
  /** Only those whose center takes promises: roles that are open. null = whichever. */
  readonly dueIn: readonly CenterRole[] | null;
  readonly search: string | null;
}

/** What is owed to the centers of one role. */
export interface DebtTotal extends Omit<OwedDemand, 'accelerator' | 'accelerators'> {
  readonly role: CenterRole;
  /** Pieces by class, the classes by name. */
  readonly accelerators: readonly { readonly name: string; readonly count: number }[];
  readonly debts: number;
  /** Of those whose price is known. */
  readonly monthlyFen: bigint;
  readonly withoutPrice: number;
}

export interface PolicyRow {
  readonly number: number;
  readonly rules: readonly DebtRule[];
  readonly reason: string;
  readonly changedAt: Date;
  readonly changedBy: string;
}
