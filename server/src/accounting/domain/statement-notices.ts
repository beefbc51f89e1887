/** Decides who hears of statements and disputes, and in which words. */
import { say } from '../../kernel/bilingual.js';
import type { Notice } from '../../kernel/notice.js';
import type { Month } from './accounting-units.js';
import type { Book } from './closing.js';
import { financeOf } from './closing-notices.js';
import type { DisputeState } from './line-dispute.js';

/** Once for each amount that is put before the department. */
export function statementIssued(departmentId: string, month: Month, version: number, dueOn: string): Notice {
  return {
    kind: 'WORK_WAITING',
    subject: { type: 'Department', id: departmentId },
    audience: { roles: [{ role: 'DEPARTMENT_HEAD', departmentId }] },
    text: say(
      `${month} 费用核算单待确认，请于 ${dueOn} 前确认或对明细提出异议，逾期视同确认`,
      `The statement of ${month} waits for your word until ${dueOn}: confirm it, or dispute a line; silence counts as confirmed`,
    ),
    onceKey: `statement ${month} ${departmentId} ${version}`,
  };
}

interface Told {
  readonly id: string;
  readonly code: string;
  readonly month: Month;
  readonly raisedById: string;
  readonly raisedByName: string;
}

export function disputeRaised(dispute: Told, book: Book, departmentName: string): Notice {
  return {
    kind: 'WORK_WAITING',
    subject: { type: 'LineDispute', id: dispute.id },
    audience: { roles: [financeOf(book)], except: [dispute.raisedById] },
    text: say(
      `${departmentName}对 ${dispute.month} 核算明细提出异议（${dispute.code}），待答复`,
      `${departmentName} disputes a line of ${dispute.month} (${dispute.code}); it waits for an answer`,
    ),
    onceKey: null,
  };
}

export function disputeAnswered({ code, id, raisedById }: Told, state: DisputeState): Notice[] {
  if (state !== 'KEPT' && state !== 'CORRECTED') return [];
  return [
    {
      kind: 'WORK_MOVED',
      subject: { type: 'LineDispute', id },
      audience: { userIds: [raisedById] },
      text:
        state === 'KEPT'
          ? say(`异议 ${code} 已答复：维持原明细`, `Dispute ${code} was answered: the line is kept`)
          : say(`异议 ${code} 已答复：予以更正`, `Dispute ${code} was answered: the line is corrected`),
      onceKey: null,
    },
  ];
}
