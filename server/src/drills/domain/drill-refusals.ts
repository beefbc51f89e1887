/** Decides in which words an act on a drill is refused. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';
import {
  ITEM_LIMIT_MAX_SECONDS,
  OWN_ITEMS_MAX,
  type OwnItem,
  type PressRefusal,
  TITLE_LENGTH_MAX,
} from './drill-items.js';
import { DRILL_TABLE, type DrillAction, type DrillState } from './drill-state.js';

export const TEXT_LENGTH_MAX = 500;
/** A copy that stands longer than three days is no drill any more. */
export const CLEANUP_HOURS_MAX = 72;
/** Plans for longer than that are made anew. */
const PLAN_AHEAD_MAX_MS = 400 * 86_400_000;

const invalid = (path: string, rule: string, zh: string, en: string): Refusal => ({
  ...{ code: 'INVALID_INPUT', path: [path], rule, message: say(zh, en) },
});

export function unknownDrill(path = 'id'): Refusal {
  return { code: 'UNKNOWN_REFERENCE', path: [path], message: say('没有这一项', 'There is no such thing') };
}

export function changedMeanwhile(expected: number, current: number): Refusal | null {
  if (expected === current) return null;
  return {
    ...{ code: 'VERSION_CONFLICT', path: ['expectedVersion'], expected, current },
    message: say('演练状态刚有变化，请看过最新状态后再操作', 'The drill has just moved on; look at it again first'),
  };
}

const STATE_WORDS: { readonly [S in DrillState]: Bilingual } = {
  DRAFT: say('待批准', 'to be approved'),
  APPROVED: say('已批准', 'approved'),
  PRECHECKED: say('已检查，正在隔离', 'checked, being isolated'),
  ISOLATED: say('已隔离，待开始', 'isolated, ready to begin'),
  RUNNING: say('演练中', 'running'),
  VALIDATING: say('待业务验证', 'to be verified'),
  CLEANING_UP: say('清理中', 'being cleaned up'),
  CLEANUP_FAILED: say('清理失败', 'not cleaned up'),
  CLOSED: say('已结束', 'closed'),
  CANCELLED: say('已取消', 'cancelled'),
};

export function illegalNow(state: DrillState, action: DrillAction | 'PRESS'): Refusal | null {
  const may =
    action === 'PRESS' ? state === 'RUNNING' || state === 'VALIDATING' : DRILL_TABLE.transitions[state][action];
  if (may) return null;
  const word = STATE_WORDS[state];
  return {
    ...{ code: 'ILLEGAL_TRANSITION', path: [], state, action },
    message: say(`演练${word.zh}，现在不能这样做`, `The drill is ${word.en}; this cannot be done now`),
  };
}

export function samePerson(): Refusal {
  return {
    ...{ code: 'NOT_PERMITTED', path: [], reason: 'SAME_PERSON' },
    message: say('演练不能由提出人自己批准，请由他人批准', 'Nobody approves a drill of their own; ask another'),
  };
}

const PRESS: { readonly [R in PressRefusal]: Bilingual } = {
  NOT_AT_HAND: say('请按清单顺序进行，这一项还没轮到或已完成', 'Entries are taken in order: this one is not at hand'),
  AUTOMATIC: say(
    '这一项由系统执行并计时，不能手工填报',
    'The console does this entry and measures it; nobody ticks it',
  ),
  SAME_PERSON: say('决策须由宣布人以外的人作出', 'The decision is another’s than who declared'),
  NOT_OWNER: say('业务验证须由系统使用单位负责人作出', 'Whose system it is verifies it'),
};

export function refusedPressing(why: PressRefusal): Refusal {
  return { ...{ code: 'NOT_PERMITTED', path: ['number'], reason: why }, message: PRESS[why] };
}

export function wrongText(path: string, text: string): Refusal[] {
  const { length } = text.trim();
  return length > 0 && length <= TEXT_LENGTH_MAX
    ? []
    : [invalid(path, 'length', `请填写，1 至 ${TEXT_LENGTH_MAX} 字`, `Give 1 to ${TEXT_LENGTH_MAX} characters`)];
}

export interface PlanFacts {
  readonly scenario: string;
  readonly plannedAt: Date;
  readonly cleanupHours: number;
  readonly items: readonly OwnItem[];
}

export function wrongPlan({ cleanupHours, items, plannedAt, scenario }: PlanFacts, now: Date): Refusal[] {
  const wrong = wrongText('scenario', scenario);
  const ahead = plannedAt.getTime() - now.getTime();
  if (!(ahead > -86_400_000 && ahead < PLAN_AHEAD_MAX_MS))
    wrong.push(invalid('plannedAt', 'range', '计划时间须在今后一年内', 'It is planned for within a year'));
  if (!(Number.isInteger(cleanupHours) && cleanupHours >= 1 && cleanupHours <= CLEANUP_HOURS_MAX))
    wrong.push(
      invalid(
        ...(['cleanupHours', 'range'] as const),
        `清理时限为 1 至 ${CLEANUP_HOURS_MAX} 小时`,
        `It is cleaned up within 1 to ${CLEANUP_HOURS_MAX} hours`,
      ),
    );
  if (items.length > OWN_ITEMS_MAX)
    wrong.push(invalid('items', 'count', `最多 ${OWN_ITEMS_MAX} 项`, `${OWN_ITEMS_MAX} entries at most`));
  const isWrong = ({ limitSeconds, title }: OwnItem) =>
    title.trim() === '' ||
    title.trim().length > TITLE_LENGTH_MAX ||
    !(Number.isInteger(limitSeconds) && limitSeconds >= 60 && limitSeconds <= ITEM_LIMIT_MAX_SECONDS);
  if (items.some(isWrong))
    wrong.push(
      invalid(
        ...(['items', 'entry'] as const),
        `每项须有名称（${TITLE_LENGTH_MAX} 字以内）和 1 分钟至 24 小时的时限`,
        `Each entry has a name of up to ${TITLE_LENGTH_MAX} characters and a limit of a minute to a day`,
      ),
    );
  return wrong;
}

export function noMachines(): Refusal {
  return invalid(
    ...(['centerId', 'machines'] as const),
    '该中心没有本系统由集群驱动且已交付的虚拟机，无可演练的副本；可改选中心或做桌面推演',
    'No machine of the system that a cluster drives stands there: choose another center, or talk it through',
  );
}

export function notReady(failed: readonly Bilingual[]): Refusal {
  return {
    ...{ code: 'NOT_PERMITTED', path: [], reason: 'PRECHECK' },
    message: say(
      `演练前检查未通过：${failed.map(({ zh }) => zh).join('；')}`,
      `The precheck did not pass: ${failed.map(({ en }) => en).join('; ')}`,
    ),
  };
}
