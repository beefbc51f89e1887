/** Decides who hears of a batch of intake, and in which words. */
import { say } from '../../kernel/bilingual.js';
import type { Notice } from '../../kernel/notice.js';

interface Batch {
  readonly id: string;
  readonly code: string;
  readonly itemCount: number;
  readonly preparedById: string | null;
  readonly preparedByName: string;
}

/** Everyone who may approve it but who prepared it. */
export function waitsForReview({ id, code, itemCount, preparedById, preparedByName }: Batch): Notice {
  return {
    kind: 'WORK_WAITING',
    subject: { type: 'IntakeBatch', id },
    audience: {
      roles: [{ role: 'CENTER_REVIEWER', departmentId: null }],
      except: preparedById === null ? [] : [preparedById],
    },
    text: say(
      `纳管批次 ${code} 待审批：${itemCount} 项，${preparedByName}提交`,
      `Intake ${code} waits for approval: ${itemCount} entries, prepared by ${preparedByName}`,
    ),
    onceKey: null,
  };
}

export function wasDecided({ id, code, preparedById }: Batch, action: 'APPROVE' | 'RETURN'): Notice {
  return {
    kind: 'WORK_MOVED',
    subject: { type: 'IntakeBatch', id },
    audience: { userIds: preparedById === null ? [] : [preparedById] },
    text:
      action === 'APPROVE'
        ? say(`纳管批次 ${code} 已批准入账`, `Intake ${code} was approved and is in the books`)
        : say(`纳管批次 ${code} 被退回，请查看意见`, `Intake ${code} was returned; see the opinion`),
    onceKey: null,
  };
}
