import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import type { AppealAction, AppealState } from './domain/appeal.js';

export function unknownEvaluation(): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: ['evaluationId'],
    message: say('没有这项评价，或不属于您的单位', 'There is no such evaluation, or it is not your department’s'),
  };
}

export function unknownAppeal(): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: ['id'],
    message: say('没有这份申诉，或不属于您的单位', 'There is no such appeal, or it is not your department’s'),
  };
}

export function unknownProof(): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: ['fileIds'],
    message: say('找不到上传的文件，或已用于别处', 'There is no such file, or it is attached elsewhere'),
  };
}

export function over(state: AppealState, action: AppealAction): Refusal {
  return {
    ...{ code: 'ILLEGAL_TRANSITION', path: [], state, action },
    message: say('该申诉已处理，请刷新', 'The appeal was dealt with already; look again'),
  };
}

export function changed(expected: number, current: number): Refusal {
  return {
    ...{ code: 'VERSION_CONFLICT', path: ['expectedVersion'], expected, current },
    message: say('该申诉刚被他人处理，请刷新后再操作', 'Somebody has just changed the appeal; look again'),
  };
}
