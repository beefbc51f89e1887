/** Decides how a drift goes from being seen to its end, and what a person may do about it meanwhile. */
import type { Handling } from './drift-policy.js';

/**
 * OPEN      the cluster says something else than the record.
 * ACCEPTED  a person lets it be until a day; then it is open again.
 * PUT_BACK  the console put it back.
 * GONE      it went without the console: whoever made it took it back, or the record now wants the same.
 */
export const DRIFT_STATES = ['OPEN', 'ACCEPTED', 'PUT_BACK', 'GONE'] as const;
export type DriftState = (typeof DRIFT_STATES)[number];

/** Those that still stand in the cluster. */
export const STANDING_STATES: readonly DriftState[] = ['OPEN', 'ACCEPTED'];

export const DRIFT_ACTIONS = ['PUT_BACK', 'ACCEPT'] as const;
export type DriftAction = (typeof DRIFT_ACTIONS)[number];

export interface DriftStanding {
  readonly state: DriftState;
  readonly handling: Handling;
  readonly acceptedUntil: Date | null;
}

/** What is accepted is looked at again by then: a console that no longer knows what runs is none. */
export const ACCEPTED_DAYS_MAX = 90;
const DAY_MS = 24 * 60 * 60_000;

/** When it is open again. */
export function acceptedUntil(days: number, now: Date): Date {
  return new Date(now.getTime() + days * DAY_MS);
}

export function isAccepted(drift: DriftStanding, now: Date): boolean {
  return drift.state === 'ACCEPTED' && drift.acceptedUntil !== null && drift.acceptedUntil > now;
}

/** Whether the console puts it back by itself. */
export function isToBePutBack(drift: DriftStanding, now: Date): boolean {
  return !isAccepted(drift, now) && STANDING_STATES.includes(drift.state) && drift.handling === 'HEAL';
}

/** Whether an apply for another reason must leave it alone. */
export function isLeftAlone(drift: DriftStanding, now: Date): boolean {
  return isAccepted(drift, now) || (STANDING_STATES.includes(drift.state) && drift.handling === 'REPORT');
}

/** It is not in the cluster any more. */
export function endedAs({ handling, state }: Pick<DriftStanding, 'state' | 'handling'>): DriftState {
  return state === 'OPEN' && handling === 'HEAL' ? 'PUT_BACK' : 'GONE';
}

/** What a person may do now: an order to put back is carried out within seconds, so a second one says nothing new. */
export function actionsOf(drift: DriftStanding): readonly DriftAction[] {
  if (drift.state === 'ACCEPTED') return ['PUT_BACK'];
  if (drift.state !== 'OPEN') return [];
  return drift.handling === 'HEAL' ? ['ACCEPT'] : DRIFT_ACTIONS;
}
