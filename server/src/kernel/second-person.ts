/** Decides whether a person may approve, return or withdraw what another person has prepared. */
import { type Bilingual, say } from './bilingual.js';
import type { Refusal } from './refusal.js';
import { ok, type Result, refuse } from './result.js';
import { nextState, type TransitionTable } from './state-machine.js';

export const SECOND_ACTIONS = ['APPROVE', 'RETURN', 'WITHDRAW'] as const;
export type SecondAction = (typeof SECOND_ACTIONS)[number];

/** A sentence or two; longer reasons belong into a file. */
export const OPINION_LENGTH_MAX = 500;

export interface Prepared<State> {
  readonly state: State;
  readonly version: number;
  /** Whoever had a hand in it. */
  readonly preparedByIds: readonly (string | null)[];
}

export interface SecondWish {
  readonly expectedVersion: number;
  readonly opinion?: string | null;
}

/** What each thing says of itself. */
export interface SecondWords {
  readonly over: Bilingual;
  /** `reason` = the word of the API. */
  readonly own: { readonly reason: string; readonly message: Bilingual };
  readonly changed: Bilingual;
}

/** Nobody approves or returns what they prepared themselves; taken back it may be by them. What is returned says why. */
export function decideAsSecond<State extends string>(
  table: Pick<TransitionTable<State, SecondAction>, 'transitions'>,
  words: SecondWords,
  userId: string,
  prepared: Prepared<State>,
  action: SecondAction,
  wish: SecondWish,
): Result<State, readonly Refusal[]> {
  const { preparedByIds, state, version } = prepared;
  const to = nextState(table, state, action);
  if (to === undefined) return refuse([{ code: 'ILLEGAL_TRANSITION', path: [], state, action, message: words.over }]);
  if (action !== 'WITHDRAW' && preparedByIds.includes(userId))
    return refuse([{ code: 'NOT_PERMITTED', path: [], ...words.own }]);
  if (wish.expectedVersion !== version)
    return refuse([
      {
        code: 'VERSION_CONFLICT',
        path: ['expectedVersion'],
        expected: wish.expectedVersion,
        current: version,
        message: words.changed,
      },
    ]);
  const opinion = wish.opinion?.trim() ?? '';
  if (opinion.length > OPINION_LENGTH_MAX || (opinion === '' && action === 'RETURN'))
    return refuse([
      {
        code: 'INVALID_INPUT',
        path: ['opinion'],
        rule: 'length',
        message: say(
          `请填写意见，最多 ${OPINION_LENGTH_MAX} 字`,
          `Give an opinion of at most ${OPINION_LENGTH_MAX} characters`,
        ),
      },
    ]);
  return ok(to);
}
