/** Decides what is on a drill's checklist, which entry is at hand, who may tick it, and when one is late. */
import type { DrillKind } from './drill-state.js';

/** T0 begin, T1 alarm heard, T2 declared, T3 decided, T4 fenced off, T5 data there, T6 machines answer, T7 the business is served. */
export const DRILL_MARKS = ['T0', 'T1', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7'] as const;
export type DrillMark = (typeof DRILL_MARKS)[number];

export const ITEM_CODES = [
  'ACKNOWLEDGE',
  'DECLARE',
  'DECIDE',
  'FENCE',
  'SNAPSHOT',
  'RESTORE',
  'START',
  'PROBE',
  'OWN',
  'VERIFY',
] as const;
export type ItemCode = (typeof ITEM_CODES)[number];

/** AUTOMATIC: the console does it and measures. MANUAL: somebody does it and says so. DECISION: another than who declared. OWNER: whose system it is. */
export const ITEM_KINDS = ['AUTOMATIC', 'MANUAL', 'DECISION', 'OWNER'] as const;
export type ItemKind = (typeof ITEM_KINDS)[number];

export const ITEM_STATES = ['WAITING', 'DONE', 'FAILED'] as const;
export type ItemState = (typeof ITEM_STATES)[number];

export interface ItemPlan {
  readonly number: number;
  readonly code: ItemCode;
  readonly kind: ItemKind;
  /** Of OWN alone: what its planner wants done. */
  readonly title: string | null;
  readonly limitSeconds: number;
  readonly mark: DrillMark | null;
}

export interface Item extends ItemPlan {
  readonly state: ItemState;
  /** Since when it is at hand; null = not yet. */
  readonly begunAt: Date | null;
  readonly doneAt: Date | null;
  readonly doneById: string | null;
}

/** Longer than any step of a runbook that somebody would still wait for. */
export const ITEM_LIMIT_MAX_SECONDS = 24 * 3_600;
/** A list that is longer is read by nobody while a clock runs. */
export const OWN_ITEMS_MAX = 20;
export const TITLE_LENGTH_MAX = 200;

const MINUTE = 60;
const FIXED: { readonly [C in Exclude<ItemCode, 'OWN'>]: Omit<ItemPlan, 'number' | 'code' | 'title'> } = {
  ACKNOWLEDGE: { kind: 'MANUAL', limitSeconds: 5 * MINUTE, mark: 'T1' },
  DECLARE: { kind: 'MANUAL', limitSeconds: 10 * MINUTE, mark: 'T2' },
  DECIDE: { kind: 'DECISION', limitSeconds: 10 * MINUTE, mark: 'T3' },
  FENCE: { kind: 'AUTOMATIC', limitSeconds: 2 * MINUTE, mark: 'T4' },
  SNAPSHOT: { kind: 'AUTOMATIC', limitSeconds: 10 * MINUTE, mark: null },
  RESTORE: { kind: 'AUTOMATIC', limitSeconds: 30 * MINUTE, mark: 'T5' },
  START: { kind: 'AUTOMATIC', limitSeconds: 10 * MINUTE, mark: null },
  PROBE: { kind: 'AUTOMATIC', limitSeconds: 10 * MINUTE, mark: 'T6' },
  VERIFY: { kind: 'OWNER', limitSeconds: 30 * MINUTE, mark: 'T7' },
};

const ORDER: { readonly [K in DrillKind]: readonly Exclude<ItemCode, 'OWN' | 'VERIFY'>[] } = {
  TABLETOP: ['ACKNOWLEDGE', 'DECLARE', 'DECIDE'],
  SIMULATED: ['ACKNOWLEDGE', 'DECLARE', 'DECIDE', 'FENCE', 'SNAPSHOT', 'RESTORE', 'START', 'PROBE'],
};

export interface OwnItem {
  readonly title: string;
  readonly limitSeconds: number;
}

/** What its planner adds comes when the machines answer and before the owner is asked. */
export function planItems(kind: DrillKind, own: readonly OwnItem[]): ItemPlan[] {
  const fixed = (code: Exclude<ItemCode, 'OWN'>) => ({ code, title: null, ...FIXED[code] });
  const all = [
    ...ORDER[kind].map(fixed),
    ...own.map(({ limitSeconds, title }) => ({
      ...{ code: 'OWN' as const, kind: 'MANUAL' as const },
      ...{ title: title.trim(), limitSeconds, mark: null },
    })),
    fixed('VERIFY'),
  ];
  return all.map((item, index) => ({ number: index + 1, ...item }));
}

/** One after another: the first that is not done, be it because it failed. null = all are. */
export function atHand<I extends Pick<Item, 'state'>>(items: readonly I[]): I | null {
  return items.find(({ state }) => state !== 'DONE') ?? null;
}

export function isLate(item: Pick<Item, 'begunAt' | 'doneAt' | 'limitSeconds'>, now: Date): boolean {
  if (item.begunAt === null) return false;
  return ((item.doneAt ?? now).getTime() - item.begunAt.getTime()) / 1_000 > item.limitSeconds;
}

export type PressRefusal = 'NOT_AT_HAND' | 'AUTOMATIC' | 'SAME_PERSON' | 'NOT_OWNER';

export interface Presser {
  readonly userId: string;
  /** Whether the system is of the presser's department, and the presser signs for it. */
  readonly owns: boolean;
}

/** null = this person may say of this entry that it is done, or failed. */
export function refusedPress(items: readonly Item[], number: number, by: Presser): PressRefusal | null {
  const item = atHand(items);
  if (item?.number !== number) return 'NOT_AT_HAND';
  if (item.kind === 'AUTOMATIC') return 'AUTOMATIC';
  if (item.kind === 'OWNER' && !by.owns) return 'NOT_OWNER';
  const declared = items.find(({ code }) => code === 'DECLARE')?.doneById;
  return item.kind === 'DECISION' && declared === by.userId ? 'SAME_PERSON' : null;
}

/** Only the owner's word is asked for any more: what was to be tried has been. */
export function isTried(items: readonly Pick<Item, 'kind' | 'state'>[]): boolean {
  return items.every(({ kind, state }) => kind === 'OWNER' || state === 'DONE');
}
