/** Decides the life of a server: which act leads from which state to which, and what must be true before it. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { Origin } from '../../kernel/origin.js';
import { checkedTable, nextState } from '../../kernel/state-machine.js';

export const SERVER_STATES = [
  'PLANNED',
  'ONBOARDING',
  'FREE',
  'HELD',
  'IN_USE',
  'CLEANING',
  'MAINTENANCE',
  'RETIRED',
] as const;
export type ServerState = (typeof SERVER_STATES)[number];

/** Acts of people who run the place. */
export const SERVER_ACTIONS = [
  'RECEIVE',
  'ACCEPT',
  'GIVE_TO_POOL',
  'RETURN',
  'FINISH_CLEANING',
  'START_MAINTENANCE',
  'RESUME_USE',
  'FINISH_MAINTENANCE',
  'RETIRE',
] as const;
export type ServerAction = (typeof SERVER_ACTIONS)[number];

/** Acts that follow from a request or from the intake of what already ran. */
export const SERVER_MOVES = ['HOLD', 'RELEASE_HOLD', 'ALLOCATE', 'TAKE_IN'] as const;
export type ServerMove = ServerAction | (typeof SERVER_MOVES)[number];

export const serverTable = checkedTable<ServerState, ServerMove>({
  name: 'server',
  states: SERVER_STATES,
  initial: 'PLANNED',
  actions: [...SERVER_ACTIONS, ...SERVER_MOVES],
  transitions: {
    PLANNED: { RECEIVE: 'ONBOARDING', RETIRE: 'RETIRED' },
    ONBOARDING: { ACCEPT: 'FREE', TAKE_IN: 'IN_USE', START_MAINTENANCE: 'MAINTENANCE', RETIRE: 'RETIRED' },
    FREE: { HOLD: 'HELD', GIVE_TO_POOL: 'IN_USE', START_MAINTENANCE: 'MAINTENANCE', RETIRE: 'RETIRED' },
    HELD: { ALLOCATE: 'IN_USE', RELEASE_HOLD: 'FREE' },
    IN_USE: { RETURN: 'CLEANING', START_MAINTENANCE: 'MAINTENANCE' },
    CLEANING: { FINISH_CLEANING: 'FREE', START_MAINTENANCE: 'MAINTENANCE' },
    MAINTENANCE: { RESUME_USE: 'IN_USE', FINISH_MAINTENANCE: 'FREE', RETIRE: 'RETIRED' },
    RETIRED: {},
  },
});

/** States in which somebody uses the server, or will again after its repair. */
const STATES_WITH_USER: readonly ServerState[] = ['IN_USE', 'MAINTENANCE'];

/** Who uses a server: a department's system, or the platform itself as a host of a pool. Never both. */
export interface ServerUse {
  readonly departmentId: string | null;
  readonly systemId: string | null;
  readonly poolId: string | null;
}
export const UNUSED: ServerUse = { departmentId: null, systemId: null, poolId: null };

/** How the present use began. All null while nobody uses the server. */
export interface UseTerms {
  readonly usedSince: Date | null;
  /** null = a host of a pool, which nobody asked for. */
  readonly origin: Origin | null;
  /** Where it ran until it was taken in. */
  readonly sourcePlatform: string | null;
}
export const NO_TERMS: UseTerms = { usedSince: null, origin: null, sourcePlatform: null };

export function isUsed(use: ServerUse): boolean {
  return use.departmentId !== null || use.poolId !== null;
}

/** A server under repair goes back to whoever has it; what nobody has becomes free. undefined = not from here. */
export function stateAfter(server: { readonly state: ServerState } & ServerUse, move: ServerMove) {
  const to = nextState(serverTable, server.state, move);
  if (to === undefined) return undefined;
  if (server.state !== 'MAINTENANCE') return to;
  return isUsed(server) === (move === 'RESUME_USE') ? to : undefined;
}

/** Who uses it after that act. What is cleaned, free or retired is nobody's. */
export function useAfter(to: ServerState, before: ServerUse, given: ServerUse = UNUSED): ServerUse {
  if (!STATES_WITH_USER.includes(to)) return UNUSED;
  return isUsed(given) ? given : before;
}

/** How the use began that it has after that act; a repair does not begin it anew. */
export function termsAfter(to: ServerState, before: UseTerms, given: ServerUse, begun: UseTerms): UseTerms {
  if (!STATES_WITH_USER.includes(to)) return NO_TERMS;
  return isUsed(given) ? begun : before;
}

/** Whether the move ends a department's use, so that its quota is free again. A repair does not. */
export function isOver(server: { readonly state: ServerState } & ServerUse, move: ServerMove): boolean {
  const to = stateAfter(server, move);
  return server.departmentId !== null && to !== undefined && useAfter(to, server).departmentId === null;
}

/** Whether the act may end somebody's use, seen from the act alone: before the server is locked. */
export function mayEndUse(move: ServerMove): boolean {
  return STATES_WITH_USER.some((state) => {
    const to = nextState(serverTable, state, move);
    return to !== undefined && !STATES_WITH_USER.includes(to);
  });
}

/** The states from which a move is legal, for conditional updates: the table speaks in the statement too. */
export function statesBefore(move: ServerMove): ServerState[] {
  return SERVER_STATES.filter((state) => nextState(serverTable, state, move) !== undefined);
}

export const STATE_WORDS: { readonly [S in ServerState]: Bilingual } = {
  PLANNED: say('规划中', 'planned'),
  ONBOARDING: say('上架纳管中', 'onboarding'),
  FREE: say('空闲', 'free'),
  HELD: say('已预占', 'held'),
  IN_USE: say('使用中', 'in use'),
  CLEANING: say('清理中', 'cleaning'),
  MAINTENANCE: say('维修中', 'under maintenance'),
  RETIRED: say('已退役', 'retired'),
};

export const MOVE_WORDS: { readonly [M in ServerMove]: Bilingual } = {
  RECEIVE: say('到货上架', 'Received'),
  ACCEPT: say('验收合格', 'Accepted'),
  GIVE_TO_POOL: say('编入资源池', 'Given to a pool'),
  RETURN: say('退还', 'Returned'),
  FINISH_CLEANING: say('清理完毕', 'Cleaned'),
  START_MAINTENANCE: say('开始维修', 'Maintenance began'),
  RESUME_USE: say('维修完毕，恢复使用', 'Repaired, in use again'),
  FINISH_MAINTENANCE: say('维修完毕，转为空闲', 'Repaired, free'),
  RETIRE: say('退役', 'Retired'),
  HOLD: say('预占', 'Held'),
  RELEASE_HOLD: say('解除预占', 'Hold released'),
  ALLOCATE: say('交付使用', 'Allocated'),
  TAKE_IN: say('存量纳管', 'Taken in'),
};
