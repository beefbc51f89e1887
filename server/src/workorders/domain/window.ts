/** Decides which windows of work are fit to be kept, and which get in each other's way in a room. */
import { say } from '../../kernel/bilingual.js';
import type { InvalidInput } from '../../kernel/refusal.js';
import type { WorkOrderKind } from './work-order.js';

export interface Window {
  readonly from: Date;
  readonly to: Date;
}

const HOUR_MS = 3_600_000;
/** Longer work is two orders: nobody keeps a room for more than a week. */
export const WINDOW_HOURS_MAX = 7 * 24;
/** Who works in a room further ahead than a quarter plans it anew. */
const AHEAD_DAYS_MAX = 180;
/** People who are escorted may be in a room together; those who lift, cut power or pull cables may not. */
export const SHARED_KINDS: readonly WorkOrderKind[] = [
  'ENTRY',
  'SERVICE',
  'SERVICE_END',
  'NETWORK_POLICY',
  'BACKUP',
  'RESTORE',
  'POLICY_REMOVAL',
];

/** Half-open: what ends at nine leaves the room to what begins at nine. */
export function overlap(a: Window, b: Window): boolean {
  return a.from < b.to && b.from < a.to;
}

export function checkWindow(window: Window, now: Date): InvalidInput[] {
  const { from, to } = window;
  const hours = (to.getTime() - from.getTime()) / HOUR_MS;
  if (!(hours > 0)) return [wrong('windowTo', 'order', '结束须晚于开始', 'The end is after the beginning')];
  if (hours > WINDOW_HOURS_MAX)
    return [
      wrong(
        'windowTo',
        'length',
        `一次作业最长 ${WINDOW_HOURS_MAX / 24} 天，更长请分为多张工单`,
        `One window has at most ${WINDOW_HOURS_MAX / 24} days; make two orders of longer work`,
      ),
    ];
  if (to <= now) return [wrong('windowTo', 'past', '作业时间已经过去', 'The window has passed')];
  if (from.getTime() - now.getTime() > AHEAD_DAYS_MAX * 24 * HOUR_MS)
    return [wrong('windowFrom', 'far', `最多提前 ${AHEAD_DAYS_MAX} 天`, `At most ${AHEAD_DAYS_MAX} days ahead`)];
  return [];
}

export interface KeptWindow extends Window {
  readonly orderId: string;
  readonly kind: WorkOrderKind;
  readonly roomId: string;
}

/** Those of the kept windows that the new one would disturb, or be disturbed by. */
export function conflicts<K extends KeptWindow>(wanted: KeptWindow, kept: readonly K[]): K[] {
  if (SHARED_KINDS.includes(wanted.kind)) return [];
  return kept.filter(
    (other) =>
      other.orderId !== wanted.orderId &&
      other.roomId === wanted.roomId &&
      !SHARED_KINDS.includes(other.kind) &&
      overlap(wanted, other),
  );
}

function wrong(field: string, rule: string, zh: string, en: string): InvalidInput {
  return { code: 'INVALID_INPUT', path: [field], rule, message: say(zh, en) };
}
