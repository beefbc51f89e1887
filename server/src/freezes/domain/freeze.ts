/** Decides when a freeze (重保、封网) forbids a change, what lets one through, and which freezes may be set. */
import { say } from '../../kernel/bilingual.js';
import type { ChangeFrozen, InvalidInput } from '../../kernel/refusal.js';

export interface Freeze {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly fromAt: Date;
  readonly toAt: Date;
  /** null = it lasts until its end; else it was ended sooner. */
  readonly endedAt: Date | null;
  /** None = all of the province. */
  readonly centerIds: readonly string[];
}

/** What a leader lets through: of a system, of a request, one machine, one server, one change, one drill, or one drift, until a moment. */
export const RELEASE_SUBJECTS = ['System', 'Request', 'Resource', 'Server', 'Change', 'Drill', 'Drift'] as const;
export type ReleaseSubject = (typeof RELEASE_SUBJECTS)[number];
export interface Subject {
  readonly type: ReleaseSubject;
  readonly id: string;
}
export interface FreezeRelease {
  readonly freezeId: string;
  readonly subject: Subject;
  readonly until: Date;
  readonly revokedAt: Date | null;
}

/** What somebody is about to change. */
export interface Change {
  /** null = it is not known which, and may be any. */
  readonly centerIds: readonly string[] | null;
  /** By any of which it may have been let through. */
  readonly subjects: readonly Subject[];
}

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** 重保 lasts days, seldom weeks; what is frozen longer is out of use. */
const FREEZE_DAYS_MAX = 60;
/** A release is for the work of a night, not for the rest of the freeze. */
export const RELEASE_HOURS_MAX = 24;
const AHEAD_DAYS_MAX = 400;
export const TITLE_LENGTH_MAX = 100;
export const REASON_LENGTH_MAX = 500;

export function isRunning({ endedAt, fromAt, toAt }: Pick<Freeze, 'fromAt' | 'toAt' | 'endedAt'>, now: Date): boolean {
  return fromAt <= now && now < toAt && (endedAt === null || endedAt > now);
}

export function touches({ centerIds }: Pick<Freeze, 'centerIds'>, change: Change): boolean {
  if (centerIds.length === 0 || change.centerIds === null) return true;
  return change.centerIds.some((id) => centerIds.includes(id));
}

/** The freeze that forbids it: of several the one that lasts longest, for it is the one to wait for; null = none. */
export function forbiddenBy(
  freezes: readonly Freeze[],
  releases: readonly FreezeRelease[],
  change: Change,
  now: Date,
): Freeze | null {
  const isLetThrough = (freeze: Freeze) =>
    releases.some(
      ({ freezeId, revokedAt, subject, until }) =>
        freezeId === freeze.id &&
        revokedAt === null &&
        until > now &&
        change.subjects.some(({ id, type }) => id === subject.id && type === subject.type),
    );
  const forbidding = freezes.filter(
    (freeze) => isRunning(freeze, now) && touches(freeze, change) && !isLetThrough(freeze),
  );
  return forbidding.toSorted((a, b) => b.toAt.getTime() - a.toAt.getTime())[0] ?? null;
}

/** Said before anybody has pressed: that nothing was changed goes without saying. */
export function wouldBeFrozenBy(freeze: Freeze): ChangeFrozen {
  const { code, title } = freeze;
  const until = beijing(freeze.toAt);
  return {
    ...frozenBy(freeze),
    message: say(
      `“${title}”（${code}）期间不做变更，至 ${until}；确需变更须由领导放行。`,
      `Nothing is changed during “${title}” (${code}), until ${until} (Beijing time), unless a leader lets it through.`,
    ),
  };
}

const beijing = (at: Date): string => new Date(at.getTime() + 8 * HOUR_MS).toISOString().slice(0, 16).replace('T', ' ');

export function frozenBy({ code, id, title, toAt }: Freeze): ChangeFrozen {
  const until = beijing(toAt);
  return {
    ...{ code: 'CHANGE_FROZEN', path: [], freezeId: id, freezeCode: code, until: toAt.toISOString() },
    message: say(
      `“${title}”（${code}）期间不做变更，至 ${until}。未作任何更改；确需变更请由领导放行。`,
      `Nothing is changed during “${title}” (${code}), until ${until} (Beijing time). Nothing was changed; a leader may let it through.`,
    ),
  };
}

export interface FreezeWish {
  readonly title: string;
  readonly reason: string;
  readonly fromAt: Date;
  readonly toAt: Date;
}

export function wrongFreeze({ fromAt, reason, title, toAt }: FreezeWish, now: Date): InvalidInput[] {
  const wrong: InvalidInput[] = [];
  const check = (fine: boolean, field: string, rule: string, zh: string, en: string) => {
    if (!fine) wrong.push({ code: 'INVALID_INPUT', path: [field], rule, message: say(zh, en) });
  };
  check(
    isText(title, TITLE_LENGTH_MAX),
    'title',
    'length',
    `请填写，最多 ${TITLE_LENGTH_MAX} 字`,
    `Required, ${TITLE_LENGTH_MAX} characters at most`,
  );
  check(
    isText(reason, REASON_LENGTH_MAX),
    'reason',
    'length',
    `请填写，最多 ${REASON_LENGTH_MAX} 字`,
    `Required, ${REASON_LENGTH_MAX} characters at most`,
  );
  const [from, to] = [fromAt.getTime(), toAt.getTime()];
  check(
    from % MINUTE_MS === 0 && to % MINUTE_MS === 0,
    'fromAt',
    'minute',
    '时间精确到分钟',
    'Times are of whole minutes',
  );
  check(to > from, 'toAt', 'order', '结束须晚于开始', 'It ends after it begins');
  check(to > now.getTime(), 'toAt', 'past', '结束时间已过', 'Its end has passed');
  check(
    to - from <= FREEZE_DAYS_MAX * DAY_MS,
    'toAt',
    'length',
    `最长 ${FREEZE_DAYS_MAX} 天`,
    `${FREEZE_DAYS_MAX} days at most`,
  );
  check(
    from <= now.getTime() + AHEAD_DAYS_MAX * DAY_MS,
    'fromAt',
    'ahead',
    `最多提前 ${AHEAD_DAYS_MAX} 天`,
    `${AHEAD_DAYS_MAX} days ahead at most`,
  );
  return wrong;
}

export function wrongRelease(reason: string, until: Date, freeze: Pick<Freeze, 'toAt'>, now: Date): InvalidInput[] {
  const wrong: InvalidInput[] = [];
  if (!isText(reason, REASON_LENGTH_MAX))
    wrong.push({
      code: 'INVALID_INPUT',
      path: ['reason'],
      rule: 'length',
      message: say('请写明放行原因', 'Say why it is let through'),
    });
  const latest = Math.min(now.getTime() + RELEASE_HOURS_MAX * HOUR_MS, freeze.toAt.getTime());
  if (until <= now || until.getTime() > latest)
    wrong.push({
      ...{ code: 'INVALID_INPUT', path: ['until'], rule: 'range' },
      message: say(
        `放行至多 ${RELEASE_HOURS_MAX} 小时，且不晚于封网结束`,
        `${RELEASE_HOURS_MAX} hours at most, and not beyond the freeze`,
      ),
    });
  return wrong;
}

const isText = (text: string, max: number) => text.trim() !== '' && text.trim().length <= max;
