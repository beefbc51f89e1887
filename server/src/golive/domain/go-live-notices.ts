/** Decides who hears of a go-live case, and in which words. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { Audience, Notice, NoticeKind } from '../../kernel/notice.js';

export interface CaseToTell {
  readonly id: string;
  readonly code: string;
  readonly departmentId: string;
  readonly openedById: string;
}

export const GO_LIVE_NEWS = ['TRIAL_OVER', 'PRESENT_OVERDUE', 'PRESENTED', 'SIGN_OVERDUE', 'REFUSED', 'LIVE'] as const;
export type GoLiveNews = (typeof GO_LIVE_NEWS)[number];

type Hears = 'OPENER' | 'DEPARTMENT' | 'SIGNERS' | 'ALL';

const NEWS: {
  readonly [N in GoLiveNews]: {
    readonly kind: NoticeKind;
    readonly hears: Hears;
    readonly text: (name: string) => Bilingual;
  };
} = {
  TRIAL_OVER: {
    kind: 'WORK_WAITING',
    hears: 'OPENER',
    text: (name) =>
      say(`${name} 试运行期满，请整理材料提交验收`, `The trial of ${name} is over: present it for acceptance`),
  },
  PRESENT_OVERDUE: {
    kind: 'DEADLINE',
    hears: 'ALL',
    text: (name) =>
      say(`${name} 试运行期满后逾期未提交验收`, `The trial of ${name} is over and nobody has presented it in time`),
  },
  PRESENTED: {
    kind: 'WORK_WAITING',
    hears: 'SIGNERS',
    text: (name) => say(`${name} 已提交上线验收，请审阅材料并签署`, `${name} is presented: open the facts and sign`),
  },
  SIGN_OVERDUE: {
    kind: 'DEADLINE',
    hears: 'ALL',
    text: (name) => say(`${name} 上线验收逾期未完成签署`, `The acceptance of ${name} is overdue: not all have signed`),
  },
  REFUSED: {
    kind: 'WORK_MOVED',
    hears: 'DEPARTMENT',
    text: (name) => say(`${name} 上线验收未通过，退回试运行`, `${name} was not accepted and is back in its trial`),
  },
  LIVE: {
    kind: 'WORK_MOVED',
    hears: 'ALL',
    text: (name) => say(`${name} 已通过各方验收，正式上线`, `${name} is accepted by all parties and live`),
  },
};

/** @param except who did it, and need not be told. */
export function goLiveNotice(news: GoLiveNews, row: CaseToTell, systemName: string, except: string | null): Notice {
  const { kind, hears, text } = NEWS[news];
  return {
    kind,
    subject: { type: 'GoLiveCase', id: row.id },
    audience: { ...audienceOf(hears, row), ...(except === null ? {} : { except: [except] }) },
    text: text(`${systemName}（${row.code}）`),
    onceKey: null,
  };
}

function audienceOf(hears: Hears, { departmentId, openedById }: CaseToTell): Audience {
  const head = { role: 'DEPARTMENT_HEAD' as const, departmentId };
  // Of the center's two reviewing desks either may sign.
  const center = [
    { role: 'CENTER_REVIEWER' as const, departmentId: null },
    { role: 'CENTER_ACCEPTANCE' as const, departmentId: null },
  ];
  if (hears === 'OPENER') return { userIds: [openedById] };
  if (hears === 'DEPARTMENT') return { userIds: [openedById], roles: [head] };
  if (hears === 'SIGNERS') return { roles: [head, ...center] };
  return { userIds: [openedById], roles: [head, ...center] };
}
