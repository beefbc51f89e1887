import { Injectable } from '@nestjs/common';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { WHOLE_PROVINCE } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { FollowUpService } from '../requests/follow-up.service.js';
import type { SystemSites } from '../resources/system-sites.service.js';
import { policyAfter } from './domain/network-policy.js';
import { NetworkPoliciesRepository, type PolicyRow, type PolicySiteRow } from './network-policies.repository.js';
import { invalid } from './order-refusals.js';
import { PolicyOrders } from './policy-orders.service.js';
import type { WorkOrderRow } from './workorders.types.js';

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
    const unique = modesOf(policy, where);
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
      unique.map((each) => pending(policy.id, each)),
    );
    await this.orderIn(tx, policy, unique, orderCode);
    return ok(null);
  }

  /**
   * Its system has come to places where the policy does not hold yet: under its lock, so that two workers open each once.
   * Whatever became of the orders elsewhere, people open it there by an order of its own.
   */
  async widen(tx: Tx, policyId: string, where: Where): Promise<boolean> {
    const policy = await this.repository.locked(tx, WHOLE_PROVINCE, policyId);
    if (policy?.state !== 'ACTIVE') return false;
    const sites = await this.repository.sitesOf([policyId], tx);
    const missing = modesOf(policy, where).filter(
      (each) => !sites.some(({ centerId, mode }) => centerId === each.centerId && mode === each.mode),
    );
    if (missing.length === 0) return false;
    await this.repository.addSites(
      tx,
      missing.map((each) => pending(policyId, each)),
    );
    await this.orderIn(tx, policy, missing);
    tx.changed('networkPolicy', policyId);
    return true;
  }

  /** One that was approved with its request; `orderCode` = of the order, should people have to open it. */
  async insertActive(tx: Tx, policy: PolicyRow, where: Where, orderCode?: string): Promise<void> {
    await this.repository.insert(tx, { ...policy, state: 'ACTIVE', decidedAt: tx.now });
    const opened = await this.open(tx, policy, where, orderCode);
    if (!opened.ok) throw new Error(`${policy.code} has nowhere to be opened`);
    tx.changed('networkPolicy', policy.id);
  }

  /** One order a center; the code that was taken before is the first one's. */
  private async orderIn(tx: Tx, policy: PolicyRow, places: readonly Place[], code?: string): Promise<void> {
    const byHand = places.filter(({ mode }) => mode === 'RECORDED');
    for (const [at, { centerId }] of byHand.entries())
      await this.orders.openFor(tx, policy, centerId, at === 0 ? code : undefined);
  }

  /** People have done their part in a center, with evidence. Under the policy's lock: it may be ending, or done elsewhere at this moment. */
  async doneByHand(tx: Tx, policyId: string, order: OrderOfPolicy): Promise<void> {
    await this.repository.locked(tx, WHOLE_PROVINCE, policyId);
    const covers = await this.orders.coverage(tx, policyId, order);
    for (const site of await this.repository.sitesOf([policyId], tx))
      if (site.mode === 'RECORDED' && site.phase === 'PENDING' && covers(site.centerId))
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

  /** People have taken it out of a center again, with evidence. */
  async removedByHand(tx: Tx, policyId: string, order: OrderOfPolicy): Promise<void> {
    await this.repository.locked(tx, WHOLE_PROVINCE, policyId);
    const covers = await this.orders.coverage(tx, policyId, order);
    for (const site of await this.repository.sitesOf([policyId], tx))
      if (site.mode === 'RECORDED' && site.phase === 'REMOVING' && covers(site.centerId))
        await this.repository.updateSite(tx, site, { phase: 'REMOVED', observedAt: tx.now });
    await this.settle(tx, policyId);
  }

  /** The line that asked for it stands ready once it holds everywhere: of the last two at once, each sees the other under its lock. */
  async tellRequest(tx: Tx, policyId: string): Promise<void> {
    const policy = await this.repository.locked(tx, WHOLE_PROVINCE, policyId);
    if (!policy?.lineId) return;
    const sites = await this.repository.sitesOf([policyId], tx);
    if (sites.every((site) => site.phase === 'APPLIED'))
      await this.requests.lineFulfilled(tx, policy.lineId, policy.code);
  }
}

type OrderOfPolicy = Pick<WorkOrderRow, 'kind' | 'centerId'>;
type Place = Pick<PolicySiteRow, 'centerId' | 'mode'>;

/** No NetworkPolicy knows ICMP: it is opened by people wherever it is. */
function modesOf({ protocol }: PolicyRow, where: Where): Place[] {
  const modes = where.map(({ centerId, management }) => ({
    centerId,
    mode: management === 'DRIVEN' && protocol !== 'ICMP' ? ('DRIVEN' as const) : ('RECORDED' as const),
  }));
  return [...new Map(modes.map((each) => [`${each.centerId}/${each.mode}`, each])).values()];
}

function pending(policyId: string, place: Place): PolicySiteRow {
  return { ...place, policyId, phase: 'PENDING', drift: null, message: null, observedAt: null };
}
