import type { Standing } from '../approvals/domain/standing.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Viewer } from '../kernel/viewer.js';
import type { SigningAction, SigningWish } from './domain/request-state.js';
import type { SignedAs } from './request-acts.js';
import type { RequestRow } from './requests.types.js';

export const ACT_NAMES: { readonly [A in SigningWish]: string } = {
  SUBMIT: 'request.submit',
  APPROVE: 'request.approve',
  RETURN: 'request.return',
  REJECT: 'request.reject',
  // One name for the whole batch, whatever each request wanted: pressed again, the key finds the same act.
  SIGN: 'request.sign',
};

export function summaryOf(
  action: SigningAction,
  { code }: RequestRow,
  step: Bilingual,
  note: Bilingual | undefined,
): Bilingual {
  const what = {
    SUBMIT: say(`审签并提交 ${code}`, `Sign off and submit ${code}`),
    APPROVE: say(`${step.zh}同意 ${code}`, `Approve ${code} (${step.en})`),
    RETURN: say(`退回补正 ${code}`, `Return ${code} for correction`),
    REJECT: say(`不予批准 ${code}`, `Reject ${code}`),
  }[action];
  return note ? say(`${what.zh}，${note.zh}`, `${what.en}, ${note.en}`) : what;
}

const COUNT_WORDS = [
  ['machineCount', say('台云主机', 'machines')],
  ['serverCount', say('台服务器', 'servers')],
  ['cabinetCount', say('处机柜空间', 'places in cabinets')],
  ['serviceCount', say('项服务', 'services')],
] as const;

/** What is held or granted, as it was asked for. */
export function countsNote(what: 'HOLD' | 'GRANT', request: RequestRow): Bilingual {
  const asked = COUNT_WORDS.filter(([count]) => request[count] > 0);
  const verb = what === 'HOLD' ? say('预占', 'holding') : say('分配', 'allocating');
  return say(
    `${verb.zh} ${asked.map(([count, word]) => `${request[count]} ${word.zh}`).join('、')}`,
    `${verb.en} ${asked.map(([count, word]) => `${request[count]} ${word.en}`).join(', ')}`,
  );
}

/** Both names stand in the timeline: who pressed, and in whose name. */
export function nameOf(viewer: Viewer, onBehalfOf: string | null): string {
  return onBehalfOf === null ? viewer.name : `${viewer.name}（代 ${onBehalfOf}）`;
}

/** Whoever may give several signatures is told which it was: a batch takes the first. */
export function signedAs({ role, voice }: Standing, choices: readonly Standing[]): SignedAs {
  return {
    role,
    onBehalfOf: voice.delegationId === null ? null : voice.name,
    hadChoice: choices.length > 0,
  };
}

export function unknownFile(): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: ['fileId'],
    message: say('找不到这个文件，请重新上传', 'There is no such file; send it again'),
  };
}

export function otherChain(): Refusal {
  return {
    code: 'NOT_PERMITTED',
    path: [],
    reason: 'OTHER_CHAIN',
    message: say(
      '按今天的价格，这张申请单应走另一条流程；请退回经办人重新送审',
      "At today's prices the request takes another chain; return it, so that it is sent anew",
    ),
  };
}
