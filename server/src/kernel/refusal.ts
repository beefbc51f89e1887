import type { Bilingual } from './bilingual.js';

/** Where in the input the refusal belongs, e.g. ['content', 'lines', '0', 'count']; empty for the act as a whole. */
export type InputPath = readonly string[];

/**
 * What a pool or a center can run out of. MACHINE: no node is big enough for one machine, whatever the pool's sum says.
 * SERVER: free servers of the class that is asked for.
 */
export const CAPACITY_METERS = ['VCPU', 'MEMORY_MIB', 'STORAGE_GIB', 'ACCELERATOR', 'MACHINE', 'SERVER'] as const;
export type CapacityMeter = (typeof CAPACITY_METERS)[number];

/** What a quota (用云定额) limits: machines (VMs), vCPU, MiB, GiB of all tiers, accelerators of all classes, physical servers, half rack units, watts. */
export const QUOTA_METERS = [
  'MACHINE',
  'VCPU',
  'MEMORY_MIB',
  'STORAGE_GIB',
  'ACCELERATOR',
  'SERVER',
  'CABINET_HALF_UNIT',
  'POWER_W',
] as const;
export type QuotaMeter = (typeof QUOTA_METERS)[number];
/** What a department may hold only so much of at once; addresses are counted by who answers, whatever families he has. */
export const HELD_METERS = [
  'VCPU',
  'MEMORY_MIB',
  'STORAGE_GIB',
  'ACCELERATOR',
  'SERVER',
  'CABINET_HALF_UNIT',
  'POWER_W',
  'ADDRESS',
] as const;
export type HeldMeter = (typeof HELD_METERS)[number];

export const QUOTA_LEVELS = ['DEPARTMENT', 'SYSTEM', 'PROJECT'] as const;
export type QuotaLevel = (typeof QUOTA_LEVELS)[number];
/** What a cabinet, or the floor under its row, can run out of. UNITS come in halves. */
export const SPACE_METERS = ['UNITS', 'POWER_W', 'WEIGHT_GRAMS', 'ROW_WEIGHT_GRAMS'] as const;
export type SpaceMeter = (typeof SPACE_METERS)[number];

interface Said {
  readonly path: InputPath;
  readonly message: Bilingual;
}

/** A field breaks a named rule ("dnsLabel", "range", "required" …). */
export interface InvalidInput extends Said {
  readonly code: 'INVALID_INPUT';
  readonly rule: string;
}
/** The id names nothing that the viewer may use here: unknown and foreign ids get the identical answer. */
export interface UnknownReference extends Said {
  readonly code: 'UNKNOWN_REFERENCE';
}
export interface CapacityShortage extends Said {
  readonly code: 'CAPACITY_SHORTAGE';
  readonly criterion: string;
  readonly centerId: string | null;
  readonly poolId: string | null;
  readonly meter: CapacityMeter;
  readonly requested: number;
  readonly free: number;
  readonly short: number;
}
/** A quota on the way (bureau, city, system, project) has less left than is asked. */
export interface QuotaShortage extends Said {
  readonly code: 'QUOTA_SHORTAGE';
  readonly level: QuotaLevel;
  readonly subjectId: string;
  readonly subjectName: string;
  readonly meter: QuotaMeter;
  readonly requested: number;
  readonly left: number;
  readonly short: number;
}
/** A department would hold more of the province at once than it may while nothing is decided. `held` is without this request. */
export interface HoldCap extends Said {
  readonly code: 'HOLD_CAP';
  readonly meter: HeldMeter;
  readonly held: number;
  readonly requested: number;
  readonly cap: number;
  readonly short: number;
}
/** A limit that may not be set: less than what is in use, more than its parent's, or less than a child's. */
export interface QuotaOutOfBounds extends Said {
  readonly code: 'QUOTA_OUT_OF_BOUNDS';
  readonly reason: 'IN_USE' | 'PARENT' | 'CHILD';
  readonly meter: QuotaMeter;
  readonly asked: number | null;
  readonly bound: number;
  readonly subjectName: string;
}
/** For UNITS, free is the longest piece that would do: room that is not in one piece holds nothing. */
export interface SpaceShortage extends Said {
  readonly code: 'SPACE_SHORTAGE';
  readonly meter: SpaceMeter;
  readonly requested: number;
  readonly free: number;
  readonly short: number;
  /** null = none of the cabinets that were asked. */
  readonly cabinetId: string | null;
}
/** A network has fewer free addresses of a family than are asked. */
export interface AddressShortage extends Said {
  readonly code: 'ADDRESS_SHORTAGE';
  /** Of placement, where a request asks; left out where a person takes one by hand. */
  readonly criterion?: string;
  readonly network: string;
  readonly family: string;
  readonly requested: number;
  readonly free: number;
  readonly short: number;
}
export interface IllegalTransition extends Said {
  readonly code: 'ILLEGAL_TRANSITION';
  readonly state: string;
  readonly action: string;
}
export interface VersionConflict extends Said {
  readonly code: 'VERSION_CONFLICT';
  readonly expected: number;
  readonly current: number;
}
export interface IdempotencyKeyReused extends Said {
  readonly code: 'IDEMPOTENCY_KEY_REUSED';
}
export interface PriceMissing extends Said {
  readonly code: 'PRICE_MISSING';
  readonly meter: string;
}
/** A budget, or a level above it, has not that much left. Figures are whole fen as text, because a refusal is plain JSON. */
export interface BudgetShortage extends Said {
  readonly code: 'BUDGET_SHORTAGE';
  readonly budgetId: string;
  readonly budgetKey: string;
  readonly availableFen: string;
  readonly requestedFen: string;
  readonly shortFen: string;
}
/** A budget, or a level above it, is used to the part from which on it takes nothing new by the rule in force. */
export interface BudgetBlocked extends Said {
  readonly code: 'BUDGET_BLOCKED';
  readonly budgetId: string;
  readonly budgetKey: string;
  readonly percent: number;
}
/** Nothing of the project's budget keys names one budget item of that year. */
export interface BudgetItemMissing extends Said {
  readonly code: 'BUDGET_ITEM_MISSING';
  readonly projectId: string;
  readonly year: number;
  /** As the project gives them; what it does not give is left out. */
  readonly budgetKeys: string;
  /** Items that the keys fit: none, or more than one. */
  readonly matching: number;
}
/** Where in the console something is put right; the screen turns it into an address. */
export const LINK_TARGETS = [
  'SYSTEM_DECLARATION',
  'SYSTEM_RELIABILITY',
  'SYSTEM_RECORD',
  'SYSTEM_PAGE',
  'PROJECT_RECORD',
  'REQUEST_FORM',
  'GATES',
  'EVALUATION',
] as const;
export type LinkTarget = (typeof LINK_TARGETS)[number];
export const GATE_SUBJECTS = ['System', 'Project', 'Request', 'PerformanceEvaluation'] as const;
export type GateSubject = (typeof GATE_SUBJECTS)[number];
/** A rule at submit (准入规则) is not met. */
export interface GateClosed extends Said {
  readonly code: 'GATE_CLOSED';
  /** Key of the rule in its edition. */
  readonly gate: string;
  readonly subjectType: GateSubject;
  /** null = the request that is being drafted and has no id yet. */
  readonly subjectId: string | null;
  readonly linkTo: LinkTarget;
}
export interface NotPermitted extends Said {
  readonly code: 'NOT_PERMITTED';
  readonly reason: string;
}
/** A step that is decided only with the sealed form: it was not sent, or what was sent is of other content. */
export interface SealedFormMissing extends Said {
  readonly code: 'SEALED_FORM_MISSING';
  /** Node id of the request whose papers are meant: the screen leads there. */
  readonly requestId: string;
  readonly reason: 'NONE' | 'VOID';
}
/** Another change request is under way for the resource: it is neither changed again nor released meanwhile. */
export interface ChangeOpen extends Said {
  readonly code: 'CHANGE_OPEN';
  readonly requestId: string;
  readonly requestCode: string;
}
/** Nothing is changed now (重保、封网) but what a leader lets through. */
export interface ChangeFrozen extends Said {
  readonly code: 'CHANGE_FROZEN';
  readonly freezeId: string;
  readonly freezeCode: string;
  /** ISO time of its end. */
  readonly until: string;
}
/** The month is closed, or just being closed: nothing of it changes any more but by a reversal or a correction in an open one. */
export interface PeriodClosed extends Said {
  readonly code: 'PERIOD_CLOSED';
  /** YYYY-MM */
  readonly month: string;
}
/** Something on the checklist keeps the month from being closed. */
export interface ClosingBlocked extends Said {
  readonly code: 'CLOSING_BLOCKED';
  /** Key of the item. */
  readonly item: string;
  readonly count: number;
}
export interface SignInRefused extends Said {
  readonly code: 'SIGN_IN_REFUSED';
  /** ISO time, while the account is locked. */
  readonly lockedUntil: string | null;
}
/** The database takes no writes here: its majority is elsewhere, or nowhere. */
export interface DatabaseIsReadOnly extends Said {
  readonly code: 'DATABASE_READ_ONLY';
  /** ISO time. */
  readonly since: string;
  /** The link broke while it was being kept: the same press, later, says what became of it. */
  readonly outcomeUnknown: boolean;
}

/** Every expected refusal of the API. Plain JSON, because the idempotency key keeps it to answer the same again. */
export type Refusal =
  | InvalidInput
  | UnknownReference
  | CapacityShortage
  | QuotaShortage
  | QuotaOutOfBounds
  | HoldCap
  | SpaceShortage
  | AddressShortage
  | IllegalTransition
  | VersionConflict
  | IdempotencyKeyReused
  | PriceMissing
  | BudgetShortage
  | BudgetBlocked
  | BudgetItemMissing
  | GateClosed
  | NotPermitted
  | SealedFormMissing
  | ChangeOpen
  | ChangeFrozen
  | PeriodClosed
  | ClosingBlocked
  | SignInRefused
  | DatabaseIsReadOnly;
