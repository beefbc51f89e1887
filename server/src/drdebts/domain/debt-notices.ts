/** Decides who hears of DR debts, and in which words. */
import { say } from '../../kernel/bilingual.js';
import type { Audience, Notice } from '../../kernel/notice.js';

const OPS: Audience = {
  roles: [
    { role: 'CAPACITY_ALLOCATOR', departmentId: null },
    { role: 'DR_OPERATOR', departmentId: null },
  ],
};

/** A center begins to take promises, and so many debts wait for it. */
export function debtsDue(center: { readonly id: string; readonly name: string }, debts: number): Notice {
  return {
    kind: 'WORK_WAITING',
    subject: { type: 'Center', id: center.id },
    audience: OPS,
    text: say(
      `${center.name} 已可使用，${debts} 笔容灾欠账到期，请补建`,
      `${center.name} is open: ${debts} DR debts are due, settle them`,
    ),
    onceKey: null,
  };
}

export interface DebtToTell {
  readonly requestId: string;
  readonly requestCode: string;
  readonly lineName: string;
  readonly departmentId: string;
}

/** To the department whose share it is. */
function toDepartment(debt: DebtToTell, zh: string, en: string): Notice {
  return {
    kind: 'WORK_MOVED',
    subject: { type: 'Request', id: debt.requestId },
    audience: {
      roles: [
        { role: 'DEPARTMENT_HEAD', departmentId: debt.departmentId },
        { role: 'APPLICANT', departmentId: debt.departmentId },
      ],
    },
    text: say(zh, en),
    onceKey: null,
  };
}

export function debtSettling(debt: DebtToTell, center: string): Notice {
  return toDepartment(
    debt,
    `${debt.requestCode} ${debt.lineName} 的容灾欠账开始在${center}补建`,
    `The DR debt of ${debt.requestCode} ${debt.lineName} is being settled in ${center}`,
  );
}

export function debtWaived(debt: DebtToTell, reason: string): Notice {
  return toDepartment(
    debt,
    `${debt.requestCode} ${debt.lineName} 的容灾欠账免予补建：${reason}`,
    `The DR debt of ${debt.requestCode} ${debt.lineName} is waived: ${reason}`,
  );
}
