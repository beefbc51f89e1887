import { Injectable } from '@nestjs/common';
import { accountingYear } from '../kernel/calendar.js';
import type { Actor } from '../kernel/viewer.js';
import { CodeSequence } from '../platform/database/code-sequence.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { portsText } from './domain/network-policy.js';
import { STEPS_OF_KIND } from './domain/steps.js';
import { afterAction } from './domain/work-order.js';
import type { PolicyRow } from './network-policies.repository.js';
import { WorkOrdersRepository } from './workorders.repository.js';
import { newOrder } from './workorders.service.js';
import type { PolicyOrderKind, WorkOrderRow } from './workorders.types.js';

/** Where no cluster carries a policy out, people do: in each center by a work order that waits to be assigned, with evidence. */
@Injectable()
export class PolicyOrders {
  constructor(
    private readonly orders: WorkOrdersRepository,
    private readonly codes: CodeSequence,
  ) {}

  openFor(tx: Tx, policy: PolicyRow, centerId: string, code?: string): Promise<void> {
    return this.add(tx, policy, centerId, 'NETWORK_POLICY', `网络策略 ${policy.code}`, code);
  }

  /** What people have opened they remove, with evidence: nothing closes by itself there. */
  removeFor(tx: Tx, policy: PolicyRow, centerId: string): Promise<void> {
    return this.add(tx, policy, centerId, 'POLICY_REMOVAL', `撤除网络策略 ${policy.code}`);
  }

  private async add(
    tx: Tx,
    policy: PolicyRow,
    centerId: string,
    kind: PolicyOrderKind,
    title: string,
    taken?: string,
  ): Promise<void> {
    if ((await this.orders.ofPolicy(tx, policy.id, kind)).some((order) => order.centerId === centerId)) return;
    const id = newId(tx.now.getTime());
    const code = taken ?? (await this.codes.nextWithin(tx.manager, 'GD', accountingYear(tx.now)));
    const order = newOrder(
      id,
      code,
      {
        kind,
        title,
        instructions: instructionsOf(policy),
        departmentId: policy.departmentId,
        systemId: policy.systemId,
        centerId,
        windowFrom: null,
        windowTo: null,
        escort: null,
      },
      tx.now,
      { userId: policy.applicantId, name: policy.applicantName },
      'SUBMITTED',
    );
    await this.orders.insert(tx, { ...order, policyId: policy.id });
    await this.orders.setSteps(tx, id, STEPS_OF_KIND[kind]);
    const by = { orderId: id, actorId: null, actorName: '集云', opinion: null };
    await this.orders.appendEvent(tx, { ...by, action: 'CREATE', fromState: null, toState: 'SUBMITTED' });
    tx.changed('workOrder', id);
  }

  /** Whether that order is for a center: for its own, and, of the time when one was for all, for those that have none. */
  async coverage(tx: Tx, policyId: string, order: Pick<WorkOrderRow, 'kind' | 'centerId'>) {
    const kind = order.kind === 'POLICY_REMOVAL' ? order.kind : 'NETWORK_POLICY';
    const own = new Set((await this.orders.ofPolicy(tx, policyId, kind)).map(({ centerId }) => centerId));
    return (centerId: string): boolean => centerId === order.centerId || !own.has(centerId);
  }

  /** What has not been begun is cancelled with its policy. @returns whether it was begun in a center: people have to undo it. */
  async closedFor(tx: Tx, policy: PolicyRow, by: Actor): Promise<(centerId: string) => boolean> {
    const orders = await this.orders.ofPolicy(tx, policy.id, 'NETWORK_POLICY');
    const begun = new Map<string | null, boolean>();
    for (const order of orders) begun.set(order.centerId, await this.cancel(tx, policy, order, by));
    const any = [...begun.values()].includes(true);
    return (centerId) => begun.get(centerId) ?? any;
  }

  /** @returns whether it had been begun. */
  private async cancel(tx: Tx, policy: PolicyRow, order: WorkOrderRow, by: Actor): Promise<boolean> {
    if (order.state === 'CANCELLED') return false;
    const to = afterAction(order.state, 'CANCEL');
    if (to === undefined) return true;
    await this.orders.update(tx, order.id, {
      state: to,
      stateSince: tx.now,
      version: order.version + 1,
    });
    await this.orders.appendEvent(tx, {
      orderId: order.id,
      actorId: by.userId,
      actorName: by.name,
      action: 'CANCEL',
      opinion: `策略 ${policy.code} 已关闭`,
      fromState: order.state,
      toState: to,
    });
    tx.changed('workOrder', order.id);
    // Suspended work stands half done.
    return order.state === 'SUSPENDED';
  }
}

function instructionsOf(policy: PolicyRow): string {
  const peer = policy.peerCidr ?? policy.peerSystemCode ?? '';
  const [from, to] = policy.direction === 'INGRESS' ? [peer, policy.systemCode] : [policy.systemCode, peer];
  return [
    `源：${from}`,
    `目的：${to}`,
    `协议：${policy.protocol} ${portsText(policy.ports)}`,
    policy.untilDate ? `有效期至 ${policy.untilDate}` : '长期有效',
    `理由：${policy.reason}`,
  ].join('\n');
}
