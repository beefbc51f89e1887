import { Injectable } from '@nestjs/common';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { WHOLE_PROVINCE } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { FollowUpService } from '../requests/follow-up.service.js';
import type { SystemSites } from '../resources/system-sites.service.js';
import { policyAfter } from './domain/network-policy.js';
import { NetworkPoliciesRepository, type PolicyRow } from './network-policies.repository.js';
import { invalid } from './order-refusals.js';
import { PolicyOrders } from './policy-orders.service.js';

type Where = Awaited<ReturnType<SystemSites['of']>>;

/** How a policy comes into force: an object where the cluster is driven, a work order where people do it. */
@Injectable()
export class PolicyOpening {
  constructor(
    private readonly repository: NetworkPoliciesRepository,
    private readonly orders: PolicyOrders,
    private readonly requests: FollowUpService,
  ) {}

  async open(tx: Tx, policy: PolicyRow, where: Where, orderCode?: string): Promise<Result<null, readonly Refusal[]>> {
    // No NetworkPolicy knows ICMP: it is opened by people wherever it is.
    const modes = where.map(({ centerId, management }) => ({
      centerId,
      mode: management === 'DRIVEN' && policy.protocol !== 'ICMP' ? ('DRIVEN' as const) : ('RECORDED' as const),
    }));
    const unique = [...new Map(modes.map((each) => [`${each.centerId}/${each.mode}`, each])).values()];
    if (unique.length === 0)
      return refuse([
        invalid(
          ['id'],
          'noMachines',
          '该系统还没有虚拟机，开通后再审定',
          'The system has no machines yet; allow it once it has',
        ),
      ]);
    await this.repository.addSites(
      tx,
      unique.map((each) => ({
        ...each,
        policyId: policy.id,
        phase: 'PENDING',
        drift: null,
        message: null,
        observedAt: null,
      })),
    );
    const byHand = unique.find((each) => each.mode === 'RECORDED');
    if (byHand) await this.orders.openFor(tx, policy, byHand.centerId, orderCode);
    return ok(null);
  }

  /** One that was approved with its request; `orderCode` = of the order, should people have to open it. */
  async insertActive(tx: Tx, policy: PolicyRow, where: Where, orderCode?: string): Promise<void> {
    await this.repository.insert(tx, { ...policy, state: 'ACTIVE', decidedAt: tx.now });
    const opened = await this.open(tx, policy, where, orderCode);
    if (!opened.ok) throw new Error(`${policy.code} has nowhere to be opened`);
    tx.changed('networkPolicy', policy.id);
  }

  /** People have done their part, with evidence. */
  async doneByHand(tx: Tx, policyId: string): Promise<void> {
    for (const site of await this.repository.sitesOf([policyId], tx))
      if (site.mode === 'RECORDED' && site.phase === 'PENDING')
        await this.repository.updateSite(tx, site, { phase: 'APPLIED', observedAt: tx.now });
    await this.tellRequest(tx, policyId);
  }

  /** ENDING → ENDED once every center is rid of it. */
  async settle(tx: Tx, policyId: string): Promise<void> {
    const policy = await this.repository.locked(tx, WHOLE_PROVINCE, policyId);
    if (policy?.state === 'ACTIVE' || !policy) return;
    const left = (await this.repository.sitesOf([policyId], tx)).filter((site) => site.phase !== 'REMOVED');
    if (left.length > 0 || policyAfter(policy.state, 'GONE') === undefined) return;
    await this.repository.update(tx, policyId, { state: 'ENDED', endedAt: tx.now, version: policy.version + 1 });
    tx.changed('networkPolicy', policyId);
  }

  /** People have taken it out again, with evidence. */
  async removedByHand(tx: Tx, policyId: string): Promise<void> {
    for (const site of await this.repository.sitesOf([policyId], tx))
      if (site.mode === 'RECORDED' && site.phase === 'REMOVING')
        await this.repository.updateSite(tx, site, { phase: 'REMOVED', observedAt: tx.now });
    await this.settle(tx, policyId);
  }

  /** The line that asked for it stands ready once it holds everywhere. */
  async tellRequest(tx: Tx, policyId: string): Promise<void> {
    const policy = await this.repository.byId(tx, policyId);
    if (!policy?.lineId) return;
    const sites = await this.repository.sitesOf([policyId], tx);
    if (sites.every((site) => site.phase === 'APPLIED'))
      await this.requests.lineFulfilled(tx, policy.lineId, policy.code);
  }
}
