/** Decides what a person must say to move a server through its life, and which moves they are offered now. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { InvalidInput } from '../../kernel/refusal.js';
import type { ServerArchitecture } from './processor.js';
import {
  isUsed,
  SERVER_ACTIONS,
  type ServerAction,
  type ServerState,
  type ServerUse,
  stateAfter,
} from './server-state.js';

/** What takes a server out of use, or out of the house, is explained to those who ask later. */
const WITH_REASON: readonly ServerAction[] = ['RETURN', 'START_MAINTENANCE', 'RETIRE'];

export function needsReason(action: ServerAction): boolean {
  return WITH_REASON.includes(action);
}

/** Longer texts belong into a file. */
const REASON_LENGTH_MAX = 300;

/** What is wrong with what was said of it; null = nothing. @param reason without blanks around it */
export function wrongReason(action: ServerAction, reason: string): InvalidInput | null {
  const wrong = (rule: string, zh: string, en: string): InvalidInput => ({
    ...{ code: 'INVALID_INPUT', path: ['reason'], rule },
    message: say(zh, en),
  });
  if (needsReason(action) && reason === '') return wrong('required', '请填写原因', 'Give the reason');
  if (reason.length <= REASON_LENGTH_MAX) return null;
  return wrong('length', `原因最多 ${REASON_LENGTH_MAX} 字`, `At most ${REASON_LENGTH_MAX} characters`);
}

export function needsPool(action: ServerAction): boolean {
  return action === 'GIVE_TO_POOL';
}

/** A server becomes a host of a pool that stands where it stands and runs on what it is. */
export function takes(
  pool: { readonly centerId: string | null; readonly architecture: string },
  server: { readonly centerId: string; readonly architecture: ServerArchitecture },
): boolean {
  return pool.centerId === server.centerId && pool.architecture === server.architecture;
}

export interface OfferedAction {
  readonly action: ServerAction;
  /** Why it cannot be taken now; null = it can. */
  readonly because: Bilingual | null;
}

/** Acts that people look for in a state that does not allow them: they are shown with what stands in the way. */
const LOOKED_FOR: { readonly [S in ServerState]: readonly ServerAction[] } = {
  PLANNED: [],
  ONBOARDING: [],
  FREE: [],
  HELD: ['GIVE_TO_POOL', 'START_MAINTENANCE', 'RETIRE'],
  IN_USE: ['RETIRE'],
  CLEANING: ['RETIRE'],
  MAINTENANCE: ['RESUME_USE', 'FINISH_MAINTENANCE', 'RETIRE'],
  RETIRED: [],
};

type Living = { readonly state: ServerState } & ServerUse;

/** @param poolThere whether any pool takes it. In the order of the table of actions; empty = nothing happens to it any more. */
export function offeredActions(server: Living, poolThere: boolean): OfferedAction[] {
  return SERVER_ACTIONS.flatMap((action): OfferedAction[] => {
    const open = stateAfter(server, action) !== undefined;
    if (!open && !LOOKED_FOR[server.state].includes(action)) return [];
    return [{ action, because: open ? missing(action, poolThere) : inTheWay(server, action) }];
  });
}

function missing(action: ServerAction, poolThere: boolean): Bilingual | null {
  return needsPool(action) && !poolThere
    ? say('所在数据中心没有这种架构的资源池', 'Its center has no pool of this architecture')
    : null;
}

function inTheWay(server: Living, action: ServerAction): Bilingual {
  switch (server.state) {
    case 'HELD':
      return say('已为申请预占，预占解除后才能操作', 'It is held for a request; wait until the hold has ended');
    case 'CLEANING':
      return say('正在清理，清理完毕后才能退役', 'It is being cleaned; finish that before it retires');
    case 'MAINTENANCE':
      if (!isUsed(server)) return say('没有使用方，维修完毕后转为空闲', 'Nobody uses it; after its repair it is free');
      return action === 'RETIRE'
        ? say('仍有使用方：恢复使用并退还后才能退役', 'It has a user: resume use and return it before it retires')
        : say('仍有使用方，维修完毕后恢复使用', 'It has a user; after its repair it goes back into use');
    default:
      return say('仍在使用：退还并清理后才能退役', 'It is in use: return and clean it before it retires');
  }
}
