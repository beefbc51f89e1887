import { type Bilingual, say } from '../kernel/bilingual.js';
import type { WorkOrderAction } from './domain/work-order.js';

/** What the audit says of an act. */
export function summaryOf(action: WorkOrderAction, code: string): Bilingual {
  return say(`工单 ${code}：${WORDS[action].zh}`, `Work order ${code}: ${WORDS[action].en}`);
}

const WORDS: { readonly [A in WorkOrderAction]: Bilingual } = {
  EDIT: say('修改', 'edit'),
  SUBMIT: say('提交', 'submit'),
  RETURN: say('退回', 'return'),
  OPEN: say('派单', 'open'),
  ASSIGN: say('改派', 'assign anew'),
  ACCEPT: say('接单', 'accept'),
  HAND_BACK: say('退单', 'hand back'),
  START: say('开工', 'start'),
  RECORD: say('记录步骤', 'record a step'),
  ISSUE_SLIP: say('开具出门条', 'issue a release slip'),
  SUSPEND: say('暂停', 'suspend'),
  RESUME: say('恢复', 'resume'),
  FINISH: say('完工', 'finish'),
  REWORK: say('返工', 'rework'),
  CONFIRM: say('确认', 'confirm'),
  CANCEL: say('取消', 'cancel'),
};
