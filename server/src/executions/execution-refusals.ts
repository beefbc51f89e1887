import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import type { ExecutionRow, StepRow } from './executions.types.js';

export const REASON_LENGTH_MIN = 4;
export const REASON_LENGTH_MAX = 500;

export function unknown(field: string): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: [field],
    message: say('不存在或无权查看', 'There is none, or not for you'),
  };
}

export function notPermitted(reason: string, zh: string, en: string, path: readonly string[] = []): Refusal {
  return { code: 'NOT_PERMITTED', path, reason, message: say(zh, en) };
}

export function wrongReason(reason: string): Refusal[] {
  const { length } = reason.trim();
  if (length >= REASON_LENGTH_MIN && length <= REASON_LENGTH_MAX) return [];
  return [
    {
      ...{ code: 'INVALID_INPUT', path: ['reason'], rule: 'length' },
      message: say(
        `请说明理由，${REASON_LENGTH_MIN} 至 ${REASON_LENGTH_MAX} 字`,
        `Say why, in ${REASON_LENGTH_MIN} to ${REASON_LENGTH_MAX} characters`,
      ),
    },
  ];
}

/** A person decides on what he saw: a newer state of it is shown first. */
export function wrongVersion(expected: number, row: Pick<ExecutionRow | StepRow, 'version'>): Refusal[] {
  if (expected === row.version) return [];
  return [
    {
      ...{ code: 'VERSION_CONFLICT', path: ['expectedVersion'], expected, current: row.version },
      message: say('状态已变化，请核对后再操作', 'It has changed meanwhile; look again before you act'),
    },
  ];
}

export function wrongState(state: string, action: string): Refusal {
  return {
    ...{ code: 'ILLEGAL_TRANSITION', path: [], state, action },
    message: say('当前状态不能这样操作', 'That cannot be done in its present state'),
  };
}
