/** Decides who hears of a machine that is to be taken over, and in which words. */
import { say } from '../../kernel/bilingual.js';
import type { Notice } from '../../kernel/notice.js';
import type { TakeOverAction } from './take-over.js';

interface Machine {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly departmentId: string;
}

export function waitsForApproval(
  { code, id, name }: Machine,
  proposer: { readonly userId: string; readonly name: string },
): Notice {
  return {
    kind: 'WORK_WAITING',
    subject: { type: 'Resource', id },
    audience: { roles: [{ role: 'CENTER_REVIEWER', departmentId: null }], except: [proposer.userId] },
    text: say(
      `${name}（${code}）待批准纳入管理，${proposer.name}提出`,
      `${name} (${code}) waits to be taken over, proposed by ${proposer.name}`,
    ),
    onceKey: null,
  };
}

/** Whoever proposed it; and, of an approval, the department whose machine it is. */
export function decidedNotices(
  { code, departmentId, id, name }: Machine,
  { proposedById }: { readonly proposedById: string },
  action: TakeOverAction,
): Notice[] {
  if (action === 'WITHDRAW') return [];
  const about = { kind: 'WORK_MOVED', subject: { type: 'Resource', id }, onceKey: null } as const;
  const proposer: Notice = {
    ...about,
    audience: { userIds: [proposedById] },
    text:
      action === 'APPROVE'
        ? say(`${name}（${code}）已批准纳入管理`, `${name} (${code}) was approved to be taken over`)
        : say(
            `${name}（${code}）的纳入管理被退回，请查看意见`,
            `Taking over ${name} (${code}) was returned; see the opinion`,
          ),
  };
  if (action === 'RETURN') return [proposer];
  return [
    proposer,
    {
      ...about,
      audience: {
        roles: [
          { role: 'DEPARTMENT_HEAD', departmentId },
          { role: 'APPLICANT', departmentId },
        ],
      },
      text: say(
        `${name}（${code}）已由集云管理：规格与运行状态不变，今后可在本平台启停`,
        `The console drives ${name} (${code}) now: it runs as before and is started and stopped here`,
      ),
    },
  ];
}
