import type { StorageTier } from '../allocation/domain/capacity.js';
import type { Bilingual } from '../kernel/bilingual.js';
import type { DrillRule, Due, DueState } from './domain/drill-calendar.js';
import type { DrillMark, ItemCode, OwnItem } from './domain/drill-items.js';
import type { Measured } from './domain/drill-marks.js';
import type { Deviation, DrillOutcome, DrillTargets } from './domain/drill-outcome.js';
import type { DrillKind, DrillState } from './domain/drill-state.js';
import type {
  DrDrillEntity,
  DrDrillItemEntity,
  DrDrillMachineEntity,
  DrDrillMarkEntity,
  DrDrillTicketEntity,
} from './drills.entity.js';

export type DrillRow = DrDrillEntity;
export type ItemRow = Omit<DrDrillItemEntity, 'drill'>;
export type MarkRow = Omit<DrDrillMarkEntity, 'drill'>;
export type CopyRow = Omit<DrDrillMachineEntity, 'drill'>;
export type TicketRow = Omit<DrDrillTicketEntity, 'drill'>;

/** Its disk is the copy's own. */
export interface BorrowedByCopy {
  readonly poolId: string;
  readonly vcpu: number;
  readonly memoryMib: number;
  readonly storageTier: StorageTier;
}

/** One thing that was looked at before anything is made. */
export interface Precheck {
  readonly code: 'MACHINES' | 'CLUSTER' | 'ROOM' | 'SIGNALS' | 'FREE';
  readonly ok: boolean;
  readonly text: Bilingual;
}

export interface DrillFilter {
  readonly states: readonly DrillState[];
  readonly kinds: readonly DrillKind[];
  readonly groupId: string | null;
  readonly search: string | null;
}

export interface PlanWish {
  readonly groupId: string | undefined;
  readonly kind: DrillKind;
  readonly centerId: string | null | undefined;
  readonly scenario: string;
  readonly plannedAt: Date;
  readonly cleanupHours: number;
  readonly items: readonly OwnItem[];
  readonly idempotencyKey: string;
}

export interface Versioned {
  readonly id: string | undefined;
  readonly expectedVersion: number;
  readonly idempotencyKey: string;
}

/** Frozen as the drill closes; its hash is what is signed, and stands in the audit's chain. */
export interface DrillReport {
  readonly code: string;
  readonly system: string;
  readonly department: string;
  readonly kind: DrillKind;
  readonly scenario: string;
  readonly center: string | null;
  readonly plannedAt: string;
  readonly closedAt: string;
  readonly people: { readonly plannedBy: string; readonly approvedBy: string | null; readonly took: readonly string[] };
  /** Left out of reports that were frozen before these were said in them. */
  readonly approvedAt?: string | null;
  readonly checks?: readonly { readonly ok: boolean; readonly text: string }[];
  /** As of which moment the data is that was brought back; null = nothing tells it, or there is none. */
  readonly dataPoint?: string | null;
  readonly cleanup?: { readonly dueAt: string | null; readonly attempts: number };
  readonly targets: DrillTargets;
  readonly measured: Measured;
  readonly marks: readonly { readonly mark: DrillMark; readonly at: string; readonly by: string | null }[];
  readonly items: readonly {
    readonly number: number;
    readonly code: ItemCode;
    readonly title: string | null;
    readonly limitSeconds: number;
    readonly begunAt: string | null;
    readonly doneAt: string | null;
    readonly by: string | null;
    readonly note: string | null;
    readonly done: boolean;
  }[];
  readonly machines: readonly {
    readonly name: string;
    readonly readyAt: string | null;
    readonly trouble: string | null;
  }[];
  readonly level: {
    readonly standard: string;
    readonly level: number | null;
    readonly target: number | null;
    readonly elements: readonly { readonly element: string; readonly level: number | null }[];
  };
  readonly outcome: DrillOutcome;
  readonly abortReason: string | null;
  readonly deviations: readonly (Deviation & {
    readonly ticket: string;
    readonly owner: string;
    readonly dueOn: string;
  })[];
}

export interface CalendarEntry extends Due {
  readonly groupName: string;
  /** Planned and not over, of that kind or a harder one. */
  readonly planned: DrillRow | null;
}

export interface Calendar {
  readonly rule: DrillRule;
  readonly entries: readonly CalendarEntry[];
  readonly counts: { readonly [S in DueState]: number };
}
