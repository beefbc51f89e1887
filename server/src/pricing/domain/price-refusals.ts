/** Decides in which words the price editor refuses. */
import { say } from '../../kernel/bilingual.js';
import type { InvalidInput, Refusal } from '../../kernel/refusal.js';

/** Versions of one item: a price that changed every month for a decade in three centers stays below. */
export const VERSIONS_MAX = 400;

export function invalid(path: string, rule: string, zh: string, en: string): InvalidInput {
  return { code: 'INVALID_INPUT', path: [path], rule, message: say(zh, en) };
}

export function noDate(path: string): InvalidInput {
  return invalid(path, 'date', '请填写存在的日期，如 2027-01-01', 'Give a day that exists, such as 2027-01-01');
}

export function begun(): InvalidInput {
  return invalid(
    'versionId',
    'begun',
    '已生效的价格不能撤回，只能在以后终止或新增版本',
    'A price that has begun is not taken back; end it on a later day or add another version',
  );
}

export function tooMany(): InvalidInput {
  return invalid(
    'itemId',
    'count',
    `一个计费项最多 ${VERSIONS_MAX} 个价格版本`,
    `A price item has at most ${VERSIONS_MAX} versions`,
  );
}

export function meterTaken(meter: string): InvalidInput {
  return invalid('meter', 'unique', `计费项 ${meter} 已存在`, `The price item ${meter} is there already`);
}

export function unknown(path: string): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: [path],
    message: say('找不到这个对象，可能已被他人更改', 'There is no such thing; somebody may have changed it'),
  };
}

export function versionConflict(expected: number, current: number): Refusal {
  return {
    code: 'VERSION_CONFLICT',
    path: ['expectedVersion'],
    expected,
    current,
    message: say('价格已被他人更改，请刷新后再试', 'Somebody changed these prices meanwhile; reload and look again'),
  };
}
