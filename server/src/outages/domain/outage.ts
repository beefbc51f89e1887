/** Decides what an outage (中断) is, and which records of one are refused. */
import { say } from '../../kernel/bilingual.js';
import type { InvalidInput } from '../../kernel/refusal.js';

/** What failed: the part of the house that somebody is paid to keep up. */
export const OUTAGE_LAYERS = ['PLATFORM', 'HARDWARE', 'ROOM', 'POWER', 'NETWORK', 'SECURITY', 'SOFTWARE'] as const;
export type OutageLayer = (typeof OUTAGE_LAYERS)[number];

/** EXCUSED: not the provider's to answer for, with the reason (another's fault, force majeure). */
export const LIABILITIES = ['PROVIDER', 'EXCUSED'] as const;
export type Liability = (typeof LIABILITIES)[number];

export interface OutageFacts {
  readonly layer: OutageLayer;
  readonly title: string;
  readonly fromAt: Date;
  /** null = it lasts. */
  readonly toAt: Date | null;
  readonly liability: Liability;
  /** With EXCUSED alone. */
  readonly excuse: string | null;
  /** From where it is known: monitoring, a report of the provider. */
  readonly source: string;
  /** Which systems were down; none named = nobody has said. */
  readonly systemIds: readonly string[];
}

export const TITLE_LENGTH_MAX = 120;
export const TEXT_LENGTH_MAX = 300;
/** Of more systems than that, all of the center were down, and it is of no use to name them. */
export const OUTAGE_SYSTEMS_MAX = 200;
/** Books of a year before the last are closed, and contracts with them. */
const BACK_DAYS_MAX = 400;
/** What is down longer than a quarter has been given up. */
const LENGTH_DAYS_MAX = 92;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Everything that is wrong at once. */
export function checkOutage(facts: OutageFacts, now: Date): InvalidInput[] {
  const wrong: InvalidInput[] = [];
  const check = (fine: boolean, path: string, rule: string, zh: string, en: string) => {
    if (!fine) wrong.push({ code: 'INVALID_INPUT', path: [path], rule, message: say(zh, en) });
  };
  const text = (path: 'title' | 'source', max: number) =>
    check(
      facts[path].trim() !== '' && facts[path].length <= max,
      path,
      'length',
      `请填写，最多 ${max} 个字`,
      `Required, ${max} characters at most`,
    );
  const { fromAt, toAt, liability, excuse } = facts;
  const [from, to] = [fromAt.getTime(), toAt?.getTime() ?? null];
  text('title', TITLE_LENGTH_MAX);
  text('source', TEXT_LENGTH_MAX);
  check(from % MINUTE_MS === 0, 'fromAt', 'minute', '时间精确到分钟', 'Times are of whole minutes');
  check(to === null || to % MINUTE_MS === 0, 'toAt', 'minute', '时间精确到分钟', 'Times are of whole minutes');
  check(from <= now.getTime(), 'fromAt', 'past', '中断开始时间不能晚于现在', 'An outage has begun');
  check(
    from > now.getTime() - BACK_DAYS_MAX * DAY_MS,
    'fromAt',
    'old',
    `只能登记 ${BACK_DAYS_MAX} 天内的中断`,
    `Only outages of the last ${BACK_DAYS_MAX} days are recorded`,
  );
  check(to === null || to > from, 'toAt', 'order', '恢复时间须晚于开始时间', 'It ends after it has begun');
  check(to === null || to <= now.getTime(), 'toAt', 'past', '恢复时间不能晚于现在', 'Its end is not to come');
  check(
    to === null || to - from <= LENGTH_DAYS_MAX * DAY_MS,
    'toAt',
    'length',
    `一次中断最长 ${LENGTH_DAYS_MAX} 天`,
    `One outage is of ${LENGTH_DAYS_MAX} days at most`,
  );
  const says = excuse !== null && excuse.trim() !== '';
  check(
    liability === 'PROVIDER' || says,
    'excuse',
    'required',
    '不计入服务商时，请写明原因',
    'Say why it does not count against the provider',
  );
  check(
    excuse === null || excuse.length <= TEXT_LENGTH_MAX,
    'excuse',
    'length',
    `最多 ${TEXT_LENGTH_MAX} 个字`,
    `${TEXT_LENGTH_MAX} characters at most`,
  );
  check(
    facts.systemIds.length <= OUTAGE_SYSTEMS_MAX,
    'systemIds',
    'count',
    `最多 ${OUTAGE_SYSTEMS_MAX} 个系统`,
    `${OUTAGE_SYSTEMS_MAX} systems at most`,
  );
  return wrong;
}
