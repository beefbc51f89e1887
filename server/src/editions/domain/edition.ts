/** Decides what may be done with an edition: a draft is changed by anybody of its house, published by another than who changed it last, and stays from then on. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';

/** What is kept in editions, as people call it. */
export interface EditionSubject {
  readonly name: Bilingual;
  /** What is made public is published; what is only reckoned with is put in force. */
  readonly verb: 'PUBLISH' | 'PUT_IN_FORCE';
}

export interface EditionState {
  readonly number: number | null;
  readonly version: number;
  readonly changedById: string | null;
}

const VERBS = {
  PUBLISH: { zh: '发布', done: 'is published', does: 'publishes a draft of their own', it: 'publish it' },
  PUT_IN_FORCE: { zh: '启用', done: 'is in force', does: 'puts a draft of their own in force', it: 'put it in force' },
} as const;

/** null = it may be changed. */
export function refusedChange(
  subject: EditionSubject,
  found: EditionState | null,
  expectedVersion: number,
  action: string,
): Refusal | null {
  const { zh, done } = VERBS[subject.verb];
  const { name } = subject;
  if (!found)
    return { code: 'UNKNOWN_REFERENCE', path: ['id'], message: say('没有这个版本', 'There is no such edition') };
  if (found.number !== null)
    return {
      code: 'ILLEGAL_TRANSITION',
      path: [],
      state: 'PUBLISHED',
      action,
      message: say(
        `${name.zh}第 ${found.number} 版已${zh}，不能再改；请另起草稿`,
        `Edition ${found.number} of ${name.en} ${done} and stays; begin another draft`,
      ),
    };
  if (found.version !== expectedVersion)
    return {
      code: 'VERSION_CONFLICT',
      path: ['expectedVersion'],
      expected: expectedVersion,
      current: found.version,
      message: say(
        `${name.zh}草稿刚被他人修改，请刷新后再操作`,
        `Somebody has just changed the draft of ${name.en}; look again`,
      ),
    };
  return null;
}

/** null = this person may put the draft in force. */
export function refusedPublishing(subject: EditionSubject, draft: EditionState, userId: string): Refusal | null {
  if (draft.changedById !== userId) return null;
  const { zh, does } = VERBS[subject.verb];
  return {
    code: 'NOT_PERMITTED',
    path: [],
    reason: 'OWN_DRAFT',
    message: say(`不能${zh}自己修改的草稿，请由他人${zh}`, `Nobody ${does}; ask another`),
  };
}

/** There is one draft at a time, so that nobody's changes are lost to another's. */
export function draftThere(subject: EditionSubject): Refusal {
  const { zh, it } = VERBS[subject.verb];
  return {
    code: 'NOT_PERMITTED',
    path: [],
    reason: 'DRAFT_EXISTS',
    message: say(
      `已有一份${subject.name.zh}草稿，请先${zh}或放弃它`,
      `There is a draft of ${subject.name.en} already; ${it} or discard it first`,
    ),
  };
}

/** What the audit says of each act. */
export const summaryOf = {
  begun: ({ name }: EditionSubject) => say(`起草${name.zh}`, `Began a draft of ${name.en}`),
  saved: ({ name }: EditionSubject) => say(`修改${name.zh}草稿`, `Edited the draft of ${name.en}`),
  discarded: ({ name }: EditionSubject) => say(`放弃${name.zh}草稿`, `Discarded the draft of ${name.en}`),
  published: ({ name, verb }: EditionSubject, number: number, from: string | undefined) => {
    const en =
      verb === 'PUBLISH' ? `Published edition ${number} of ${name.en}` : `Put edition ${number} of ${name.en} in force`;
    const zh = `${VERBS[verb].zh}${name.zh}第 ${number} 版`;
    if (from === undefined) return say(zh, en);
    return say(`${zh}，自 ${from} 起施行`, verb === 'PUBLISH' ? `${en}, in force from ${from}` : `${en} from ${from}`);
  },
};
