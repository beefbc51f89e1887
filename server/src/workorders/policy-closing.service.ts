import { Injectable } from '@nestjs/common';
import type { Actor } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { policyAfter } from './domain/network-policy.js';
import { NetworkPoliciesRepository, type PolicyRow } from './network-policies.repository.js';
import { PolicyOpening } from './policy-opening.service.js';
import { PolicyOrders } from './policy-orders.service.js';

/** How a policy goes out of force: clusters drop it, what nobody has begun is cancelled, what people opened they remove. */
@Injectable()
export class PolicyClosing {
  constructor(
    private readonly repository: NetworkPoliciesRepository,
    private readonly orders: PolicyOrders,
    private readonly opening: PolicyOpening,
  ) {}

  /** Of one that is locked and ending. */
  async close(tx: Tx, policy: PolicyRow, by: Actor): Promise<void> {
    const begun = await this.orders.closedFor(tx, policy, by);
    for (const site of await this.repository.sitesOf([policy.id], tx)) {
      const byHand = site.mode === 'RECORDED';
      const never = byHand && !begun(site.centerId);
      await this.repository.updateSite(tx, site, { phase: never ? 'REMOVED' : 'REMOVING' });
      if (byHand && !never) await this.orders.removeFor(tx, policy, site.centerId);
    }
    await this.opening.settle(tx, policy.id);
  }

  /** With the line that asked for it, unless it has ended before. false = the line asked for none. */
  async withLine(tx: Tx, lineId: string, by: Actor): Promise<boolean> {
    const policy = await this.repository.lockedOfLine(tx, lineId);
    if (!policy) return false;
    const to = policyAfter(policy.state, 'END');
    if (to === undefined) return true;
    await this.repository.update(tx, policy.id, { state: to, version: policy.version + 1 });
    await this.close(tx, policy, by);
    tx.changed('networkPolicy', policy.id);
    return true;
  }
}
