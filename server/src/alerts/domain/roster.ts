/** Decides which shifts may stand beside one another, who is on duty now, and how a shift passes to another. */
import { say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';
import { DUTY_ROLES, type DutyRole, type OnDuty } from './escalation.js';

export interface Shift {
  readonly id: string;
  readonly centerId: string;
  readonly role: DutyRole;
  readonly userId: string;
  readonly fromAt: Date;
  readonly toAt: Date;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Longer than that nobody is awake; a leader's week is one shift. */
const SHIFT_HOURS_MAX = 7 * 24;
/** A roster is made for a year at most. */
const AHEAD_DAYS_MAX = 400;
/** Of one import: a month of three roles, three times a day, in three centers is eight hundred. */
export const SHIFTS_PER_IMPORT_MAX = 1_000;
export const NOTE_LENGTH_MAX = 500;

type Wish = Omit<Shift, 'id'>;

/** Half open: one ends where the next begins. */
export const overlap = (a: Pick<Shift, 'fromAt' | 'toAt'>, b: Pick<Shift, 'fromAt' | 'toAt'>): boolean =>
  a.fromAt < b.toAt && b.fromAt < a.toAt;

/** Everything that is wrong, row by row. @param standing those that are there, of the same centers. */
export function wrongShifts(wishes: readonly Wish[], standing: readonly Shift[], now: Date): Refusal[] {
  const wrong: Refusal[] = [];
  const say_ = (at: number, field: string, rule: string, zh: string, en: string) =>
    wrong.push({ code: 'INVALID_INPUT', path: ['rows', String(at), field], rule, message: say(zh, en) });
  // By desk and in time: two neighbours are enough to look at.
  for (const [at, wish] of wishes.entries()) {
    const ms = wish.toAt.getTime() - wish.fromAt.getTime();
    if (wish.fromAt.getTime() % MINUTE_MS !== 0 || wish.toAt.getTime() % MINUTE_MS !== 0)
      say_(at, 'fromAt', 'minute', '时间精确到分钟', 'Times are of whole minutes');
    if (ms <= 0) say_(at, 'toAt', 'order', '结束须晚于开始', 'It ends after it begins');
    else if (ms > SHIFT_HOURS_MAX * HOUR_MS)
      say_(at, 'toAt', 'length', `一班最长 ${SHIFT_HOURS_MAX} 小时`, `A shift has ${SHIFT_HOURS_MAX} hours at most`);
    if (wish.toAt <= now) say_(at, 'toAt', 'past', '这一班已经结束', 'It is over already');
    if (wish.fromAt.getTime() > now.getTime() + AHEAD_DAYS_MAX * DAY_MS)
      say_(at, 'fromAt', 'ahead', `最多排到 ${AHEAD_DAYS_MAX} 天后`, `${AHEAD_DAYS_MAX} days ahead at most`);
  }
  const desks = Map.groupBy(
    [...standing.map((shift) => ({ shift, at: -1 })), ...wishes.map((shift, at) => ({ shift, at }))],
    ({ shift }) => `${shift.centerId}/${shift.role}`,
  );
  for (const desk of desks.values()) {
    const inTime = desk.toSorted((a, b) => a.shift.fromAt.getTime() - b.shift.fromAt.getTime());
    let last: (typeof inTime)[number] | undefined;
    for (const one of inTime) {
      if (last && overlap(last.shift, one.shift) && (one.at >= 0 || last.at >= 0))
        say_(
          Math.max(one.at, last.at),
          'fromAt',
          'overlap',
          '同一岗位的两班时间重叠',
          'Two shifts of one desk overlap',
        );
      if (!last || one.shift.toAt > last.shift.toAt) last = one;
    }
  }
  return wrong;
}

/** Of one center, and, for a role that has nobody there, of whichever center has one: somebody is better than nobody. */
export function onDutyOf(shifts: readonly Shift[], centerId: string | null, now: Date): OnDuty {
  const standing = shifts.filter(({ fromAt, toAt }) => fromAt <= now && now < toAt);
  return Object.fromEntries(
    DUTY_ROLES.flatMap((role) => {
      const of = standing
        .filter((shift) => shift.role === role)
        .toSorted((a, b) => a.fromAt.getTime() - b.fromAt.getTime());
      const found = of.find((shift) => shift.centerId === centerId) ?? of[0];
      return found ? [[role, found.userId] as const] : [];
    }),
  );
}

export interface Passed {
  readonly kept: Pick<Shift, 'fromAt' | 'toAt'>;
  readonly taken: Pick<Shift, 'fromAt' | 'toAt'>;
}

/** From now on the other has it; null = it has not begun (then it is simply his) or is over. */
export function passedAt(shift: Pick<Shift, 'fromAt' | 'toAt'>, now: Date): Passed | null {
  if (now <= shift.fromAt || now >= shift.toAt) return null;
  return { kept: { fromAt: shift.fromAt, toAt: now }, taken: { fromAt: now, toAt: shift.toAt } };
}
