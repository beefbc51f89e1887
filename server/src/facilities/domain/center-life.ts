/** Decides how a center goes from plan to stop, and which centers take anything new. */
import { say } from '../../kernel/bilingual.js';
import type { InputPath, NotPermitted } from '../../kernel/refusal.js';
import { checkedTable } from '../../kernel/state-machine.js';
import { CENTER_LIVES, type Center, type CenterLife } from './facility.js';

export const CENTER_ACTIONS = ['BEGIN_BUILDING', 'BEGIN_TRIAL', 'OPEN', 'STOP', 'REOPEN'] as const;
export type CenterAction = (typeof CENTER_ACTIONS)[number];

/** What was stopped opens again through a trial, never at once. */
export const centerLifeTable = checkedTable<CenterLife, CenterAction>({
  name: 'center life',
  states: CENTER_LIVES,
  initial: 'PLANNED',
  actions: CENTER_ACTIONS,
  transitions: {
    PLANNED: { BEGIN_BUILDING: 'BUILDING', STOP: 'STOPPED' },
    BUILDING: { BEGIN_TRIAL: 'TRIAL', STOP: 'STOPPED' },
    TRIAL: { OPEN: 'IN_SERVICE', STOP: 'STOPPED' },
    IN_SERVICE: { STOP: 'STOPPED' },
    STOPPED: { REOPEN: 'TRIAL' },
  },
});

/** Whether anything may be promised to a department there: machines, servers, space. */
export function takesPromises(life: CenterLife): boolean {
  return life === 'TRIAL' || life === 'IN_SERVICE';
}

/** Whether rooms, cabinets and the place's own equipment may come: while it is planned and built, they do. */
export function takesEquipment(life: CenterLife): boolean {
  return life !== 'STOPPED';
}

/** EQUIPMENT: the place's own rooms, cabinets and things; PROMISE: what is, or is kept for, a department's. */
export type ComingIn = 'EQUIPMENT' | 'PROMISE';

/** null = the center's life lets it come. */
export function comingObjection(
  center: Pick<Center, 'life' | 'name' | 'code'>,
  what: ComingIn,
  path: InputPath,
): NotPermitted | null {
  if (!takesEquipment(center.life))
    return {
      code: 'NOT_PERMITTED',
      path,
      reason: 'CENTER_STOPPED',
      message: say(
        `${center.name} 已停用，不再接收新的机房、机柜和设备；请先重新启用`,
        `${center.code} is stopped and takes in no rooms, cabinets or equipment; reopen it first`,
      ),
    };
  if (what === 'EQUIPMENT' || takesPromises(center.life)) return null;
  return {
    code: 'NOT_PERMITTED',
    path,
    reason: 'CENTER_NOT_OPEN',
    message: say(
      `${center.name} 尚未投入使用，机位、机柜和服务器还不能给单位使用；试运行后再办理`,
      `${center.code} is not open yet: its space, cabinets and servers go to no department before its trial`,
    ),
  };
}

/** What may still be somebody's in a center. */
export const REMAIN_KINDS = ['CLAIM', 'SERVER', 'SPACE', 'MAINTENANCE'] as const;
export type RemainKind = (typeof REMAIN_KINDS)[number];

export interface Remain {
  readonly kind: RemainKind;
  readonly count: number;
}

const REMAIN_WORDS: { readonly [K in RemainKind]: { zh: string; en: string } } = {
  CLAIM: { zh: '虚拟机占用', en: 'claims of virtual machines' },
  SERVER: { zh: '预占或使用中的独立服务器', en: 'servers held or in use' },
  SPACE: { zh: '单位的或预占的机位与整柜', en: 'places and whole cabinets of departments, or held' },
  MAINTENANCE: { zh: '进行中的维护窗口', en: 'running maintenance windows' },
};

/** null = nothing is in the way of stopping. */
export function stopObjection(remains: readonly Remain[]): NotPermitted | null {
  if (remains.length === 0) return null;
  const zh = remains.map(({ kind, count }) => `${REMAIN_WORDS[kind].zh} ${count}`).join('、');
  const en = remains.map(({ kind, count }) => `${REMAIN_WORDS[kind].en}: ${count}`).join('; ');
  return {
    code: 'NOT_PERMITTED',
    path: [],
    reason: 'STILL_IN_USE',
    message: say(
      `该数据中心还有：${zh}。迁出或释放后才能停用`,
      `The center still has ${en}. Move or release them before it is stopped`,
    ),
  };
}
