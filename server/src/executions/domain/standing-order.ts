/** Decides what a leader may sign in advance (预授权), and whether it covers what is pressed now. */
import { say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';
import type { ExecutionKind } from './execution-words.js';

/** A quarter: longer, and nobody remembers what was meant. */
export const STANDING_ORDER_DAYS_MAX = 92;
export const TRIGGER_LENGTH_MIN = 10;
export const TRIGGER_LENGTH_MAX = 500;
const DAY_MS = 86_400_000;

export interface StandingOrder {
  /** Of these groups; null = of every group. */
  readonly groupIds: readonly string[] | null;
  readonly kinds: readonly ExecutionKind[];
  readonly holderId: string;
  readonly from: Date;
  readonly until: Date;
  readonly revokedAt: Date | null;
}

export function refusedOrder(
  wish: Omit<StandingOrder, 'revokedAt'> & { readonly trigger: string },
  leaderId: string,
  now: Date,
): Refusal[] {
  const wrong: Refusal[] = [];
  const invalid = (path: string, rule: string, zh: string, en: string) =>
    wrong.push({ code: 'INVALID_INPUT', path: [path], rule, message: say(zh, en) });
  if (wish.holderId === leaderId)
    wrong.push({
      ...{ code: 'NOT_PERMITTED', path: ['holderId'], reason: 'OWN_REQUEST' },
      message: say('不能授权给自己', 'Nobody authorises himself in advance'),
    });
  const trigger = wish.trigger.trim().length;
  if (trigger < TRIGGER_LENGTH_MIN || trigger > TRIGGER_LENGTH_MAX)
    invalid(
      'trigger',
      'length',
      `请写明什么情形下可以使用，${TRIGGER_LENGTH_MIN} 至 ${TRIGGER_LENGTH_MAX} 字`,
      `Say on what it may be used, in ${TRIGGER_LENGTH_MIN} to ${TRIGGER_LENGTH_MAX} characters`,
    );
  if (wish.kinds.length === 0) invalid('kinds', 'choice', '请选择切换种类', 'Choose the kinds that it is for');
  if (wish.until.getTime() <= Math.max(now.getTime(), wish.from.getTime()))
    invalid('until', 'range', '截止时间须晚于开始时间和现在', 'It ends after it begins, and not in the past');
  else if (wish.until.getTime() - wish.from.getTime() > STANDING_ORDER_DAYS_MAX * DAY_MS)
    invalid('until', 'range', `最长 ${STANDING_ORDER_DAYS_MAX} 天`, `For at most ${STANDING_ORDER_DAYS_MAX} days`);
  return wrong;
}

export function coversPress(
  order: StandingOrder,
  press: { readonly groupId: string; readonly kind: ExecutionKind; readonly userId: string },
  now: Date,
): boolean {
  return (
    order.revokedAt === null &&
    order.holderId === press.userId &&
    order.kinds.includes(press.kind) &&
    (order.groupIds === null || order.groupIds.includes(press.groupId)) &&
    order.from.getTime() <= now.getTime() &&
    now.getTime() < order.until.getTime()
  );
}
