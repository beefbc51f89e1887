/** Decides whether what a person says of a DR group is refused, and in which words. */
import { say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';
import { type Assessed, isAssessed, LEVEL_MAX } from './dr-level.js';
import type { ArbiterPath } from './dr-link.js';
import { PATHS_MAX, VIA_LENGTH_MAX, wrongPaths } from './dr-link.js';

const NAME_LENGTH_MAX = 60;
const REASON_LENGTH_MAX = 500;
/** Ten years: nobody promises less. */
const OBJECTIVE_MAX_S = 315_360_000;
/** More machines of one tier than that are a mistake of the form. */
export const MEMBERS_MAX = 500;

export function unknown(path: string): Refusal {
  return { code: 'UNKNOWN_REFERENCE', path: [path], message: say('没有这一项', 'There is no such thing') };
}

export function invalid(path: string, rule: string, zh: string, en: string): Refusal {
  return { code: 'INVALID_INPUT', path: [path], rule, message: say(zh, en) };
}

export function wrongVersion(expected: number, current: number): Refusal | null {
  if (expected === current) return null;
  return {
    code: 'VERSION_CONFLICT',
    path: [],
    ...{ expected, current },
    message: say('刚有人改过，请刷新后再改', 'Somebody has just changed it; look again before you save'),
  };
}

export function wrongName(name: string): Refusal[] {
  return name.trim() !== '' && name.trim().length <= NAME_LENGTH_MAX
    ? []
    : [
        invalid(
          'name',
          'length',
          `请填写名称，1 至 ${NAME_LENGTH_MAX} 字`,
          `Give a name of 1 to ${NAME_LENGTH_MAX} characters`,
        ),
      ];
}

export function wrongPartyName(partyName: string | null): Refusal[] {
  return (partyName ?? '').trim().length <= NAME_LENGTH_MAX
    ? []
    : [
        invalid(
          'partyName',
          'length',
          `责任方名称最多 ${NAME_LENGTH_MAX} 字`,
          `The name of the responsible party has ${NAME_LENGTH_MAX} characters at most`,
        ),
      ];
}

export function wrongReason(reason: string): Refusal[] {
  return reason.trim() !== '' && reason.trim().length <= REASON_LENGTH_MAX
    ? []
    : [
        invalid(
          'reason',
          'length',
          `请说明原因，1 至 ${REASON_LENGTH_MAX} 字`,
          `Give a reason of 1 to ${REASON_LENGTH_MAX} characters`,
        ),
      ];
}

export interface Targets {
  readonly level: number | null;
  readonly rtoSeconds: number | null;
  readonly rpoSeconds: number | null;
  readonly dooSeconds: number | null;
  readonly nroSeconds: number | null;
  readonly elements: Assessed;
}

export function wrongTargets(targets: Targets): Refusal[] {
  const { dooSeconds, elements, level, nroSeconds, rpoSeconds, rtoSeconds } = targets;
  const wrong: Refusal[] = [];
  if (level !== null && !(Number.isInteger(level) && level >= 1 && level <= LEVEL_MAX))
    wrong.push(invalid('level', 'range', '目标等级为 1 至 6 级', 'The level is 1 to 6'));
  for (const [field, value] of Object.entries({ rtoSeconds, rpoSeconds, dooSeconds, nroSeconds }))
    if (value !== null && !(Number.isInteger(value) && value >= 0 && value <= OBJECTIVE_MAX_S))
      wrong.push(invalid(field, 'range', '目标须为不小于 0 的时长', 'An objective is a time of 0 or more'));
  if (!isAssessed(elements)) wrong.push(invalid('elements', 'range', '各要素为 0 至 6 级', 'Each element is 0 to 6'));
  return wrong;
}

const PATHS = {
  TOO_MANY: say(`仲裁路径最多 ${PATHS_MAX} 条`, `${PATHS_MAX} paths to the arbiter at most`),
  UNNAMED: say(
    `请写明每条路径，${VIA_LENGTH_MAX} 字以内`,
    `Say of each path which it is, in ${VIA_LENGTH_MAX} characters`,
  ),
  TWICE: say('同一路径写了两次', 'The same path stands there twice'),
  TARGET: say('探测地址须为 地址:端口', 'Where a way is asked is host:port'),
};

export function refusedPaths(paths: readonly ArbiterPath[]): Refusal[] {
  const wrong = wrongPaths(paths);
  return wrong === null ? [] : [{ code: 'INVALID_INPUT', path: ['arbiterPaths'], rule: wrong, message: PATHS[wrong] }];
}

export function occupied(): Refusal {
  return {
    ...{ code: 'NOT_PERMITTED', path: ['id'], reason: 'GROUP_OCCUPIED' },
    message: say(
      '该容灾组正有演练或切换，结束之后才能改变它的层',
      'A drill or a switch of the group is open: its tiers are changed when that is over',
    ),
  };
}
