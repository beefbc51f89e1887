import type { AuditFact, Done, Json } from '../audit/audit.types.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import type { InputPath, Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import type { WorkOrderRow } from './workorders.types.js';

export type Answer = Promise<Result<{ id: string }, readonly Refusal[]>>;

export function unknown(path: InputPath, what: Bilingual): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path,
    message: say(`没有这个${what.zh}，或不在您的范围内`, `There is no such ${what.en}, or it is not yours to use`),
  };
}

export function unknownOrder(): Refusal {
  return unknown(['id'], say('工单', 'work order'));
}

export function invalid(path: InputPath, rule: string, zh: string, en: string): Refusal {
  return { code: 'INVALID_INPUT', path, rule, message: say(zh, en) };
}

export function notOpen(order: Pick<WorkOrderRow, 'code' | 'state'>, action: string): Refusal {
  return {
    code: 'ILLEGAL_TRANSITION',
    path: ['id'],
    state: order.state,
    action,
    message: say(
      `工单 ${order.code} 当前状态或您的身份不允许此操作，未作任何更改`,
      `The state of work order ${order.code}, or your part in it, does not allow this; nothing was changed`,
    ),
  };
}

export function changedMeanwhile(expected: number, current: number): Refusal {
  return {
    code: 'VERSION_CONFLICT',
    path: ['expectedVersion'],
    expected,
    current,
    message: say('工单已被他人更新，请刷新后再试', 'Somebody has changed the order meanwhile; load it again'),
  };
}

/** There are not so many ports or sockets left of a set. */
export function tooFewPorts(label: string, asked: number, free: number, at: number): Refusal {
  return {
    code: 'INVALID_INPUT',
    path: ['ports', String(at), 'count'],
    rule: 'portsShort',
    message: say(
      `「${label}」不足：需要 ${asked} 个，空闲 ${free} 个，缺 ${asked - free} 个`,
      `“${label}” has too few: ${asked} asked, ${free} free, ${asked - free} short`,
    ),
  };
}

/** What an act on an order answers and writes down. */
export function done<T extends Json>(
  value: T,
  order: Pick<WorkOrderRow, 'id' | 'departmentId'>,
  summary: Bilingual,
  change: Pick<AuditFact, 'before' | 'after'>,
  last?: Done<T>['last'],
): Done<T> {
  return {
    value,
    audit: { objectType: 'WorkOrder', objectId: order.id, departmentId: order.departmentId, summary, ...change },
    ...(last ? { last } : {}),
  };
}

/** Otherwise it would stand in what is about to go. */
export function beingShrunk(path: InputPath, label: string): Refusal {
  return {
    code: 'NOT_PERMITTED',
    path,
    reason: 'SPACE_SHRINKS',
    message: say(
      `机位 ${label} 的缩减申请正在办理，办结前不能再上架：请选择其他机位`,
      `A change request is making ${label} smaller: choose another space until that is done`,
    ),
  };
}
