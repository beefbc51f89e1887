/** Decides when a long-term resource is to be reviewed by its owner, and whom an overdue review has reached. */
import type { LifePolicy } from './life-policy.js';

const DAY_MS = 86_400_000;

/**
 * How far a review has come, in this order and never two at once. NONE → owner told → head told → center told → case
 * opened. A review sets it back.
 */
export const REVIEW_STAGES = ['NONE', 'OWNER', 'HEAD', 'CENTER', 'CASE'] as const;
export type ReviewStage = (typeof REVIEW_STAGES)[number];

type ReviewPolicy = Pick<
  LifePolicy,
  'REVIEW_EVERY_DAYS' | 'REVIEW_LEAD_DAYS' | 'REVIEW_HEAD_DAYS' | 'REVIEW_CENTER_DAYS' | 'REVIEW_CASE_DAYS'
>;

/** IN_USE: needed as it is. SHRINK: less would do, a change request follows. GIVE_BACK: into the bin with it. */
export const REVIEW_OUTCOMES = ['IN_USE', 'SHRINK', 'GIVE_BACK'] as const;
export type ReviewOutcome = (typeof REVIEW_OUTCOMES)[number];

export function reviewDueAt(reviewFrom: Date, policy: Pick<LifePolicy, 'REVIEW_EVERY_DAYS'>): Date {
  return new Date(reviewFrom.getTime() + policy.REVIEW_EVERY_DAYS * DAY_MS);
}

/** Days after `reviewFrom` at which a stage is reached. */
function daysTo(stage: Exclude<ReviewStage, 'NONE'>, policy: ReviewPolicy): number {
  const due = policy.REVIEW_EVERY_DAYS;
  switch (stage) {
    case 'OWNER':
      return due - policy.REVIEW_LEAD_DAYS;
    case 'HEAD':
      return due + policy.REVIEW_HEAD_DAYS;
    case 'CENTER':
      return due + policy.REVIEW_CENTER_DAYS;
    case 'CASE':
      return due + policy.REVIEW_CASE_DAYS;
  }
}

/** A review that is counted from this moment, or from before, has reached the stage by now. */
export function reachedFrom(stage: Exclude<ReviewStage, 'NONE'>, now: Date, policy: ReviewPolicy): Date {
  return new Date(now.getTime() - daysTo(stage, policy) * DAY_MS);
}

/** The next stage, when its time has come: none is left out, so that nobody is taken by surprise. */
export function stageDue(reviewFrom: Date, stage: ReviewStage, now: Date, policy: ReviewPolicy): ReviewStage | null {
  const next = REVIEW_STAGES[REVIEW_STAGES.indexOf(stage) + 1];
  if (next === undefined || next === 'NONE') return null;
  return reviewFrom <= reachedFrom(next, now, policy) ? next : null;
}
