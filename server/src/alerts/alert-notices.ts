import { type Bilingual, say } from '../kernel/bilingual.js';
import type { Notice } from '../kernel/notice.js';
import { reasonText } from '../resilience/domain/reason-text.js';
import type { AlertRow } from './alerts.types.js';
import type { namesSaid } from './domain/bundling.js';
import type { NextCall } from './domain/escalation.js';

/** A column's width, less what stands before it. */
const TEXT_LENGTH_MAX = 420;

const about = ({ id }: AlertRow) => ({ type: 'DrAlert', id });
const OPERATORS = { roles: [{ role: 'DR_OPERATOR' as const, departmentId: null }] };

function textOf({ code, name, reason, tierName }: AlertRow): Bilingual {
  const said = reasonText(reason);
  const of = tierName === null ? name : `${name} / ${tierName}`;
  const cut = (text: string) => text.slice(0, TEXT_LENGTH_MAX);
  return say(cut(`告警 ${code ?? ''} ${of}：${said.zh}`), cut(`Alert ${code ?? ''}, ${of}: ${said.en}`));
}

/** Once a call: a worker that died between two writes left neither. */
export const callKey = (callId: string): string => `dr-alert-call/${callId}`;

export function callNotice(
  alert: AlertRow,
  callId: string,
  userId: string,
  minutes: number,
  behind: ReturnType<typeof namesSaid> = null,
): Notice {
  const said = textOf(alert);
  const zh = behind ? `${said.zh}；同因另有 ${behind.count} 项：${behind.names}等`.slice(0, TEXT_LENGTH_MAX) : said.zh;
  const en = behind
    ? `${said.en}; ${behind.count} more of the same cause: ${behind.names}`.slice(0, TEXT_LENGTH_MAX)
    : said.en;
  return {
    ...{ kind: 'CALL_OUT', subject: about(alert), audience: { userIds: [userId] }, onceKey: callKey(callId) },
    text: say(`${zh}。请在 ${minutes} 分钟内确认。`, `${en}. Acknowledge within ${minutes} min.`),
  };
}

export function nobodyNotice(alert: AlertRow, because: Extract<NextCall, { kind: 'NOBODY' }>['because']): Notice {
  const { en, zh } = textOf(alert);
  const why =
    because === 'EMPTY'
      ? say('值班表上此刻没有人', 'nobody is on the roster now')
      : say('值班表上的人都没有确认', 'nobody of the roster has answered');
  return {
    ...{ kind: 'CALL_OUT', subject: about(alert), audience: OPERATORS },
    // Whom they put on the roster since it was empty may not answer either.
    onceKey: `dr-alert-nobody/${alert.id}/${alert.series}/${because}`,
    text: say(`${zh}。${why.zh}。`, `${en}; ${why.en}.`),
  };
}

export function openedNotice(alert: AlertRow): Notice {
  return {
    ...{ kind: 'WORK_WAITING', subject: about(alert), audience: OPERATORS, text: textOf(alert) },
    onceKey: `dr-alert-opened/${alert.id}`,
  };
}

export function closedNotice(alert: AlertRow, userIds: readonly string[]): Notice {
  const { en, zh } = textOf(alert);
  return {
    ...{ kind: 'WORK_MOVED', subject: about(alert), audience: { userIds }, onceKey: `dr-alert-closed/${alert.id}` },
    text: say(`已恢复：${zh}`, `Over: ${en}`),
  };
}
