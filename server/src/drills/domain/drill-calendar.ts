/** Decides when a group is to be drilled next by the rule in force, and whether that is past. */
import type { LocalMode, RemoteMode } from '../../systems/domain/system.js';
import { DRILL_KINDS, type DrillKind } from './drill-state.js';

export interface DrillRuleLine {
  readonly kind: DrillKind;
  readonly everyDays: number;
  /** So many days before, people are told. */
  readonly warnDays: number;
  /** Only of groups whose data or machines are in more than one center. */
  readonly onlyProtected: boolean;
}

export interface DrillRule {
  readonly number: number;
  readonly effectiveOn: string;
  readonly terms: readonly DrillRuleLine[];
  /** Until when a deviation is to be put right. */
  readonly rectifyDays: number;
}

export const DUE_STATES = ['OVERDUE', 'SOON', 'FINE'] as const;
export type DueState = (typeof DUE_STATES)[number];

export interface GroupToDrill {
  readonly id: string;
  readonly localMode: LocalMode;
  readonly remoteMode: RemoteMode;
  readonly createdAt: Date;
}

export interface Due {
  readonly groupId: string;
  readonly kind: DrillKind;
  readonly lastPassedAt: Date | null;
  readonly dueAt: Date;
  readonly state: DueState;
}

const DAY_MS = 86_400_000;

/** A harder kind counts for an easier one. */
function counts(done: DrillKind, wanted: DrillKind): boolean {
  return DRILL_KINDS.indexOf(done) >= DRILL_KINDS.indexOf(wanted);
}

/** @param passed only drills that passed: one that missed its targets proved nothing that could be relied on. */
export function dueOf(
  group: GroupToDrill,
  passed: readonly { readonly kind: DrillKind; readonly closedAt: Date }[],
  rule: DrillRule,
  now: Date,
): Due[] {
  const isProtected = group.localMode === 'DUAL_ACTIVE' || group.remoteMode !== 'NONE';
  return rule.terms
    .filter(({ onlyProtected }) => isProtected || !onlyProtected)
    .map(({ everyDays, kind, warnDays }) => {
      const times = passed.filter((one) => counts(one.kind, kind)).map(({ closedAt }) => closedAt.getTime());
      const last = times.length === 0 ? null : Math.max(...times);
      const dueAt = (last ?? group.createdAt.getTime()) + everyDays * DAY_MS;
      const state = now.getTime() > dueAt ? 'OVERDUE' : now.getTime() > dueAt - warnDays * DAY_MS ? 'SOON' : 'FINE';
      const lastPassedAt = last === null ? null : new Date(last);
      return { groupId: group.id, kind, lastPassedAt, dueAt: new Date(dueAt), state };
    });
}
