/** Decides the words of the refusals that every act on the place can give. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { InputPath, Refusal } from '../../kernel/refusal.js';

export function invalid(path: InputPath, rule: string, message: Bilingual): Refusal {
  return { code: 'INVALID_INPUT', path, rule, message };
}

export function unknown(path: InputPath, message: Bilingual = say('找不到', 'There is no such thing')): Refusal {
  return { code: 'UNKNOWN_REFERENCE', path, message };
}

export function illegal(state: string, action: string, message: Bilingual): Refusal {
  return { code: 'ILLEGAL_TRANSITION', path: [], state, action, message };
}

export function changedMeanwhile(expected: number, current: number): Refusal {
  return {
    code: 'VERSION_CONFLICT',
    path: ['expectedVersion'],
    expected,
    current,
    message: say('刚刚有人改过，请核对后再操作', 'It has just been changed; look again before you act'),
  };
}

/** A window that is to start before its planned time. */
export function beforeItsTime(fromAt: Date): Refusal {
  return {
    code: 'NOT_PERMITTED',
    path: ['early'],
    reason: 'BEFORE_PLANNED',
    message: say(
      '未到计划开始时间。请核对现在开始的影响，再确认提前开始',
      `It was planned for ${fromAt.toISOString()}. Look at what starting now would break, then say so`,
    ),
  };
}

/** A limit may not go below what is live. */
export function belowLive(poolId: string, meter: LimitMeter, limit: number, live: number): Refusal {
  return {
    code: 'CAPACITY_SHORTAGE',
    path: ['size'],
    criterion: 'LIMIT',
    centerId: null,
    poolId,
    meter,
    requested: live,
    free: limit,
    short: live - limit,
    message: say(
      `已预占和已分配 ${live}，可承诺量不能降到 ${limit}`,
      `${live} is held or allocated; the promise cannot go down to ${limit}`,
    ),
  };
}
type LimitMeter = Extract<Refusal, { code: 'CAPACITY_SHORTAGE' }>['meter'];
