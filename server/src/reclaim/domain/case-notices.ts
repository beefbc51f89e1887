/** Decides who hears of a reclaim case, and in which words. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import { calendarDate } from '../../kernel/calendar.js';
import type { Audience, Notice, NoticeKind } from '../../kernel/notice.js';
import type { CaseMove } from './case-state.js';

export interface CaseToTell {
  readonly id: string;
  readonly code: string;
  readonly departmentId: string;
  readonly dueAt: Date;
  /** Of servers, places or services: those lie in no bin. */
  readonly lineId: string | null;
}

const CENTER: Audience = {
  roles: [
    { role: 'CENTER_REVIEWER', departmentId: null },
    { role: 'CAPACITY_ALLOCATOR', departmentId: null },
  ],
};

/** The department's own people: one of them answers for it. */
function departmentOf({ departmentId }: CaseToTell): Audience {
  return {
    roles: [
      { role: 'DEPARTMENT_HEAD', departmentId },
      { role: 'APPLICANT', departmentId },
    ],
  };
}

export function caseOpened(reclaim: CaseToTell, resource: string): Notice {
  const due = calendarDate(reclaim.dueAt);
  return notice(reclaim, 'WORK_WAITING', departmentOf(reclaim), {
    zh: `${resource} 拟作闲置回收（${reclaim.code}），请在 ${due} 前答复`,
    en: `${resource} is to be reclaimed as idle (${reclaim.code}); answer by ${due}`,
  });
}

const TOLD: {
  readonly [M in CaseMove]: { readonly to: 'CENTER' | 'DEPARTMENT'; readonly text: (code: string) => Bilingual };
} = {
  OBJECT: {
    to: 'CENTER',
    text: (code) => say(`${code} 单位提出异议，请决定`, `The department objects in ${code}; decide`),
  },
  AGREE: {
    to: 'CENTER',
    text: (code) => say(`${code} 单位同意收回，请决定`, `The department agrees in ${code}; decide`),
  },
  LAPSE: {
    to: 'CENTER',
    text: (code) => say(`${code} 告知期满，单位未答复，请决定`, `Nobody answered in ${code}; decide`),
  },
  RECLAIM: {
    to: 'DEPARTMENT',
    text: (code) => say(`${code} 决定收回，资源已放入回收站`, `Decided in ${code}: reclaimed, it lies in the bin`),
  },
  CLOSE: { to: 'DEPARTMENT', text: (code) => say(`${code} 已结案，不收回`, `${code} is closed; nothing is reclaimed`) },
  SETTLE: { to: 'DEPARTMENT', text: (code) => say(`${code} 已自动结案`, `${code} has closed by itself`) },
  UNDO: {
    to: 'DEPARTMENT',
    text: (code) => say(`${code} 撤销收回，资源已恢复`, `The reclaim of ${code} is taken back`),
  },
};

/** What people took over from people is emptied and handed back by people. */
const TOLD_OF_LINES: { readonly [M in CaseMove]?: (code: string) => Bilingual } = {
  RECLAIM: (code) =>
    say(
      `${code} 决定收回，请停用并腾空，腾空后自动退还`,
      `Decided in ${code}: stop using and empty it, it then goes back`,
    ),
  UNDO: (code) => say(`${code} 撤销收回，继续使用`, `The reclaim of ${code} is taken back; it stays in use`),
};

/** Who carries out what was decided about things in the rooms. */
export function lineToTake(reclaim: CaseToTell, name: string): Notice {
  return notice(
    reclaim,
    'WORK_WAITING',
    { roles: [{ role: 'FACILITY_ENGINEER', departmentId: null }] },
    say(
      `${reclaim.code} 决定收回 ${name}，请安排下架或退回`,
      `${reclaim.code} reclaims ${name}: arrange that it is unracked or returned`,
    ),
  );
}

export function caseMoved(reclaim: CaseToTell, move: CaseMove): Notice {
  const { to } = TOLD[move];
  const text = (reclaim.lineId === null ? undefined : TOLD_OF_LINES[move]) ?? TOLD[move].text;
  const waits = to === 'CENTER';
  return notice(
    reclaim,
    waits ? 'WORK_WAITING' : 'WORK_MOVED',
    waits ? CENTER : departmentOf(reclaim),
    text(reclaim.code),
  );
}

function notice(reclaim: CaseToTell, kind: NoticeKind, audience: Audience, text: Bilingual): Notice {
  return { kind, subject: { type: 'ReclaimCase', id: reclaim.id }, audience, text, onceKey: null };
}
