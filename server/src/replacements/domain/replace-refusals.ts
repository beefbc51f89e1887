/** Decides whether a machine may be placed elsewhere by a task, and in which words it is refused. */
import { say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';
import type { RePlaceVerdict } from './replace-choice.js';
import type { ReplaceTaskState } from './replace-task.js';

const REASON_LENGTH_MAX = 500;

export function reasonOf(text: string): { readonly reason: string } | { readonly wrong: Refusal } {
  const reason = text.trim();
  if (reason.length >= 1 && reason.length <= REASON_LENGTH_MAX) return { reason };
  return {
    wrong: {
      code: 'INVALID_INPUT',
      path: ['reason'],
      rule: 'length',
      message: say(`请说明原因，1 至 ${REASON_LENGTH_MAX} 字`, `Give a reason of 1 to ${REASON_LENGTH_MAX} characters`),
    },
  };
}

export function unknownTask(): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: ['id'],
    message: say('没有这个改放任务', 'There is no such re-place task'),
  };
}

/** null = it may be placed. */
export function mayPlace(
  task: { readonly state: ReplaceTaskState; readonly version: number },
  expectedVersion: number,
): Refusal | null {
  if (task.state !== 'OPEN') return noLonger(task.state);
  if (task.version === expectedVersion) return null;
  return {
    code: 'VERSION_CONFLICT',
    path: [],
    expected: expectedVersion,
    current: task.version,
    message: say('任务刚有变化，请刷新后再定', 'The task has just changed; look again first'),
  };
}

/** What was stuck no longer is: nothing is moved then. */
export function noLonger(state: string): Refusal {
  return {
    code: 'ILLEGAL_TRANSITION',
    path: [],
    state,
    action: 'PLACE',
    message: say(
      '该虚拟机已不再等待改放，占用未变',
      'It no longer waits to be placed elsewhere; its claim is as it was',
    ),
  };
}

export function refusalOf({ shortage, text }: Extract<RePlaceVerdict, { fits: false }>): Refusal {
  return shortage
    ? { ...shortage, code: 'CAPACITY_SHORTAGE', path: ['poolId'], message: text }
    : { code: 'INVALID_INPUT', path: ['poolId'], rule: 'placement', message: text };
}
