/** Decides who hears of a work order, and in which words. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { Audience, Notice, NoticeKind } from '../../kernel/notice.js';
import type { WorkOrderAction } from './work-order.js';

export interface OrderToTell {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly applicantId: string | null;
  readonly assigneeId: string | null;
  readonly dueAt: Date | null;
}

const ENGINEERS: Audience = { roles: [{ role: 'FACILITY_ENGINEER', departmentId: null }] };

type Told =
  | 'SUBMIT'
  | 'OPEN'
  | 'ASSIGN'
  | 'RETURN'
  | 'HAND_BACK'
  | 'SUSPEND'
  | 'FINISH'
  | 'REWORK'
  | 'CONFIRM'
  | 'CANCEL';
const WORDS: { readonly [A in Told]: (code: string, title: string) => Bilingual } = {
  SUBMIT: (code, title) => say(`工单 ${code}「${title}」待派单`, `Work order ${code} “${title}” waits to be assigned`),
  OPEN: (code, title) =>
    say(`工单 ${code}「${title}」已派给您，请接单`, `Work order ${code} “${title}” is assigned to you`),
  ASSIGN: (code, title) =>
    say(`工单 ${code}「${title}」已改派给您`, `Work order ${code} “${title}” is now assigned to you`),
  RETURN: (code) => say(`工单 ${code} 被退回，请查看意见`, `Work order ${code} was returned; see the opinion`),
  HAND_BACK: (code) => say(`工单 ${code} 被退单，请改派`, `Work order ${code} was handed back; assign it anew`),
  SUSPEND: (code) => say(`工单 ${code} 已暂停`, `Work order ${code} is suspended`),
  FINISH: (code) => say(`工单 ${code} 已完工，待确认`, `Work order ${code} is done and waits to be confirmed`),
  REWORK: (code) => say(`工单 ${code} 需返工，请查看意见`, `Work order ${code} needs rework; see the opinion`),
  CONFIRM: (code) => say(`工单 ${code} 已确认完成`, `Work order ${code} is confirmed`),
  CANCEL: (code) => say(`工单 ${code} 已取消`, `Work order ${code} was cancelled`),
};

/** null = nobody waits for the news of it. */
export function orderMoved(
  order: OrderToTell,
  action: WorkOrderAction,
  workerIds: readonly string[],
  by: string,
): Notice | null {
  if (!isTold(action)) return null;
  const applicant = order.applicantId === null ? [] : [order.applicantId];
  const workers: Audience = { userIds: order.assigneeId === null ? workerIds : [order.assigneeId] };
  const audience: { readonly [A in Told]: Audience } = {
    SUBMIT: ENGINEERS,
    OPEN: workers,
    ASSIGN: workers,
    RETURN: { userIds: applicant },
    HAND_BACK: ENGINEERS,
    SUSPEND: { ...ENGINEERS, userIds: applicant },
    FINISH: { ...ENGINEERS, userIds: applicant },
    REWORK: workers,
    CONFIRM: { userIds: [...applicant, ...(workers.userIds ?? [])] },
    CANCEL: { userIds: [...applicant, ...(workers.userIds ?? [])] },
  };
  const waits: readonly Told[] = ['SUBMIT', 'OPEN', 'ASSIGN', 'RETURN', 'HAND_BACK', 'FINISH', 'REWORK'];
  const kind: NoticeKind = waits.includes(action) ? 'WORK_WAITING' : 'WORK_MOVED';
  return notice(order, kind, { ...audience[action], except: [by] }, WORDS[action](order.code, order.title), null);
}

/** One reminder a stage: a day before, and when it has passed. */
export function orderIsDue(order: OrderToTell, stage: 'SOON' | 'LATE', workerIds: readonly string[]): Notice {
  const text =
    stage === 'SOON'
      ? say(`工单 ${order.code} 将于 24 小时内到期`, `Work order ${order.code} is due within 24 hours`)
      : say(`工单 ${order.code} 已超期，请尽快处理`, `Work order ${order.code} is overdue`);
  const workers = order.assigneeId === null ? workerIds : [order.assigneeId];
  return notice(
    order,
    'DEADLINE',
    { ...ENGINEERS, userIds: workers },
    text,
    `workorder:${order.id}:${stage}:${order.dueAt?.getTime()}`,
  );
}

function isTold(action: WorkOrderAction): action is Told {
  return action in WORDS;
}

function notice(
  order: OrderToTell,
  kind: NoticeKind,
  audience: Audience,
  text: Bilingual,
  onceKey: string | null,
): Notice {
  return { kind, subject: { type: 'WorkOrder', id: order.id }, audience, text, onceKey };
}
