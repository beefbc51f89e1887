import { type Bilingual, say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import type { GoLiveState } from './domain/go-live-state.js';

export function unknownCase(): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: ['id'],
    message: say('找不到这个上线案件，或不属于您的单位', 'There is no such case, or it is not your department’s'),
  };
}

export function unknownFile(path: readonly string[]): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path,
    message: say('附件不存在或已被使用，请重新上传', 'A file is not there or was used already; send it again'),
  };
}

export function illegal(state: GoLiveState, action: string, message: Bilingual): Refusal {
  return { code: 'ILLEGAL_TRANSITION', path: [], state, action, message };
}

export function notInTrial(state: GoLiveState, action: string): Refusal {
  return illegal(
    state,
    action,
    state === 'ACCEPTANCE'
      ? say(
          '已提交验收，材料不能再改；退回试运行后可以继续',
          'It is presented and stays as it is until somebody refuses it',
        )
      : say('案件已经结束', 'The case is over'),
  );
}

export function changedMeanwhile(expected: number, current: number): Refusal {
  return {
    code: 'VERSION_CONFLICT',
    path: ['expectedVersion'],
    expected,
    current,
    message: say('案件刚刚变化，请核对后再操作', 'The case has just changed; look again before you act'),
  };
}
