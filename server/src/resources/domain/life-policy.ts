/** Decides which rules of a resource's life are data, what they may be set to, and what they are until somebody sets them. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';

export const LIFE_POLICY_NAMES = [
  'BIN_DAYS',
  'DISK_KEEP_DAYS_MAX',
  'TERM_GRACE_DAYS',
  'TEMPORARY_DAYS_MAX',
  'EXTENSION_DAYS_MAX',
  'EXTENSION_TIMES_MAX',
  'REVIEW_EVERY_DAYS',
  'REVIEW_LEAD_DAYS',
  'REVIEW_HEAD_DAYS',
  'REVIEW_CENTER_DAYS',
  'REVIEW_CASE_DAYS',
  'RECLAIM_NOTICE_WORKING_DAYS',
  'HELD_SHARE_PERCENT',
  'IDLE_WINDOW_DAYS',
  'IDLE_SEEN_DAYS',
  'IDLE_CPU_PERCENT',
  'IDLE_MEMORY_PERCENT',
] as const;
export type LifePolicyName = (typeof LIFE_POLICY_NAMES)[number];
export type LifePolicy = Readonly<Record<LifePolicyName, number>>;

interface Bounds {
  readonly initial: number;
  readonly least: number;
  readonly most: number;
}

/** A rule of days never reaches beyond ten years: a figure above it is a slip of the hand. */
const YEARS_TEN = 3_650;

export const LIFE_POLICY_BOUNDS: Readonly<Record<LifePolicyName, Bounds>> = {
  // At least a day, so that nobody's click on a wrong row is final; the claims stay all the while, so not for ever.
  BIN_DAYS: { initial: 7, least: 1, most: 90 },
  // 0: disks go with their machines. A year: what is kept longer is an archive, which is another service (domain/kept-disks.ts).
  DISK_KEEP_DAYS_MAX: { initial: 30, least: 0, most: 365 },
  TERM_GRACE_DAYS: { initial: 15, least: 0, most: 180 },
  TEMPORARY_DAYS_MAX: { initial: 730, least: 1, most: YEARS_TEN },
  EXTENSION_DAYS_MAX: { initial: 90, least: 1, most: YEARS_TEN },
  // 0: every extension is the center's to approve.
  EXTENSION_TIMES_MAX: { initial: 2, least: 0, most: 20 },
  REVIEW_EVERY_DAYS: { initial: 365, least: 30, most: YEARS_TEN },
  REVIEW_LEAD_DAYS: { initial: 30, least: 0, most: 180 },
  REVIEW_HEAD_DAYS: { initial: 7, least: 0, most: 365 },
  REVIEW_CENTER_DAYS: { initial: 15, least: 0, most: 365 },
  REVIEW_CASE_DAYS: { initial: 30, least: 1, most: 365 },
  RECLAIM_NOTICE_WORKING_DAYS: { initial: 10, least: 3, most: 60 },
  // A fifth: five departments at once hold all, and one never more. 100: nothing is capped (allocation/domain/held-cap.ts).
  HELD_SHARE_PERCENT: { initial: 20, least: 1, most: 100 },
  // A month's end and its batches lie within; what is longer than a quarter names nobody in time (domain/idle.ts).
  IDLE_WINDOW_DAYS: { initial: 30, least: 7, most: 90 },
  IDLE_SEEN_DAYS: { initial: 20, least: 1, most: 90 },
  IDLE_CPU_PERCENT: { initial: 5, least: 1, most: 50 },
  IDLE_MEMORY_PERCENT: { initial: 20, least: 1, most: 90 },
};

export const INITIAL_LIFE_POLICY = Object.fromEntries(
  LIFE_POLICY_NAMES.map((name) => [name, LIFE_POLICY_BOUNDS[name].initial]),
) as LifePolicy;

/** Refusals of a whole set of rules as it would stand: each within its bounds, and escalation in its order. */
export function checkLifePolicy(policy: LifePolicy): Refusal[] {
  const refusals = LIFE_POLICY_NAMES.filter((name) => !within(policy[name], LIFE_POLICY_BOUNDS[name])).map((name) => {
    const { least, most } = LIFE_POLICY_BOUNDS[name];
    return invalid(name, 'range', say(`请填写 ${least} 至 ${most} 的整数`, `A whole number from ${least} to ${most}`));
  });
  if (refusals.length > 0) return refusals;
  if (policy.IDLE_SEEN_DAYS > policy.IDLE_WINDOW_DAYS)
    return [
      invalid(
        'IDLE_SEEN_DAYS',
        'order',
        say('有数据的天数不能多于统计天数', 'No more days can be seen than are looked at'),
      ),
    ];
  const order = ['REVIEW_HEAD_DAYS', 'REVIEW_CENTER_DAYS', 'REVIEW_CASE_DAYS'] as const;
  const late = order.find((name, at) => at > 0 && policy[name] < policy[order[at - 1] as LifePolicyName]);
  return late
    ? [
        invalid(
          late,
          'order',
          say(
            '超期提醒的顺序须为：负责人、大数据中心、发起回收',
            'Overdue reviews go to the head first, then to the center, then become a case',
          ),
        ),
      ]
    : [];
}

function within(value: number, { least, most }: Bounds): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

function invalid(name: LifePolicyName, rule: string, message: Bilingual): Refusal {
  return { code: 'INVALID_INPUT', path: ['values', name], rule, message };
}
