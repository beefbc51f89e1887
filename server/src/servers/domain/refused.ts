/** Decides in which words an act on a server is refused. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { InputPath, InvalidInput, Refusal } from '../../kernel/refusal.js';
import { MOVE_WORDS, type ServerMove, type ServerState, STATE_WORDS } from './server-state.js';

/** Foreign and missing alike. */
export function unknownServer(path: InputPath = ['id']): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path,
    message: say('找不到这台服务器，或您无权查看', 'There is no such server, or you may not see it'),
  };
}

export function unknown(path: InputPath, zh: string, en: string): Refusal {
  return { code: 'UNKNOWN_REFERENCE', path, message: say(`找不到这个${zh}`, `There is no such ${en}`) };
}

export function changedSince(expected: number, current: number): Refusal {
  return {
    code: 'VERSION_CONFLICT',
    path: ['expectedVersion'],
    expected,
    current,
    message: say(
      '这台服务器已被他人更新，请刷新后再试',
      'Somebody has changed this server since; reload and try again',
    ),
  };
}

export function notFromHere(state: ServerState, move: ServerMove): Refusal {
  return {
    code: 'ILLEGAL_TRANSITION',
    path: ['action'],
    state,
    action: move,
    message: say(
      `服务器${STATE_WORDS[state].zh}，不能“${MOVE_WORDS[move].zh}”`,
      `The server is ${STATE_WORDS[state].en}; "${MOVE_WORDS[move].en}" is not possible now`,
    ),
  };
}

export function invalid(path: InputPath, rule: string, zh: string, en: string): InvalidInput {
  return { code: 'INVALID_INPUT', path, rule, message: say(zh, en) };
}

export function taken(field: 'assetNumber' | 'serial', value: string): InvalidInput {
  const [zh, en] = field === 'assetNumber' ? ['资产编号', 'asset number'] : ['序列号', 'serial number'];
  return invalid([field], 'unique', `${zh} ${value} 已登记`, `The ${en} ${value} is registered already`);
}

/** `action`: what its cluster does by itself, or has to end first. */
export function stillDriven(state: ServerState, action: string, because: Bilingual): Refusal {
  return { code: 'ILLEGAL_TRANSITION', path: ['action'], state, action, message: because };
}
