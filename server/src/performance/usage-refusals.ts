import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';

export function unknownTask(): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: ['id'],
    message: say(
      '没有这项自评价，或不属于您的单位',
      'There is no such self-evaluation, or it is not your department’s',
    ),
  };
}

export function unknownNotice(): Refusal {
  return { code: 'UNKNOWN_REFERENCE', path: ['id'], message: say('没有这份通报', 'There is no such notice') };
}

export function readAlready(): Refusal {
  return {
    ...{ code: 'NOT_PERMITTED', path: [], reason: 'READ_ALREADY' },
    message: say('该通报已阅知', 'The notice was read already'),
  };
}
