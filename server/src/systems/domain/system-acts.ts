/** Decides the refusals that acts on systems and projects share. */
import { say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';

/** For what does not exist and for what is another department's: the answer must not tell them apart. */
export function unknown(path: readonly string[], what: { readonly zh: string; readonly en: string }): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path,
    message: say(
      `找不到这个${what.zh}，或不属于您的单位`,
      `There is no such ${what.en}, or it is not your department’s`,
    ),
  };
}

export const SYSTEM = { zh: '系统', en: 'system' } as const;
export const PROJECT = { zh: '项目', en: 'project' } as const;
export const DEPARTMENT = { zh: '单位', en: 'department' } as const;
export const PERSON = { zh: '人员', en: 'person' } as const;
export const FILE = { zh: '文件', en: 'file' } as const;

export function codeTaken(): Refusal {
  return {
    code: 'INVALID_INPUT',
    path: ['content', 'code'],
    rule: 'unique',
    message: say('这个编号已被使用', 'This code is taken already'),
  };
}

export function changedMeanwhile(expected: number, current: number): Refusal {
  return {
    code: 'VERSION_CONFLICT',
    path: ['expectedVersion'],
    expected,
    current,
    message: say('刚被他人更新，请刷新后再操作', 'Somebody has just changed it; look again before you act'),
  };
}
