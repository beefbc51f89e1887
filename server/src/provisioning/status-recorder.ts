import type { ResourceDesired, ResourceObservation } from '../resources/resources.types.js';
import { type LeaseGuard, LeaseLost } from './lease-guard.js';
import type { Records } from './provisioning.types.js';

/**
 * Writes where a machine stands: at most one transaction a look, none when nothing changed. What follows from it for
 * the claim and the request is written in the same one, or not at all.
 */
export class StatusRecorder {
  private readonly written = new Map<string, string>();

  constructor(
    private readonly records: Records,
    private readonly guard: LeaseGuard,
  ) {}

  async record(desired: ResourceDesired, observation: Omit<ResourceObservation, 'observedAt'>): Promise<void> {
    const { resourceId } = desired;
    const text = JSON.stringify(observation);
    if (this.written.get(resourceId) === text) return;
    const { allocation, leases, requests, resources, unitOfWork } = this.records;
    const ended = await unitOfWork.run(async (tx) => {
      if (!(await leases.stillHeld(tx, this.guard.lease))) throw new LeaseLost(this.guard.lease);
      const { claimId, from, requestId, to } = await resources.recordObservation(tx, resourceId, {
        ...observation,
        observedAt: tx.now,
      });
      if (from !== to && to === 'IN_USE') await requests.resourceDelivered(tx, requestId);
      if (from !== to && to === 'RELEASED') await requests.resourceReleased(tx, requestId);
      // Counters are hot: last before commit. Returned once, however often this is called.
      if (to === 'RELEASED') await allocation.release(tx, [claimId]);
      return to === 'RELEASED';
    });
    if (ended) this.forget(resourceId);
    else this.written.set(resourceId, text);
  }

  forget(resourceId: string): void {
    this.written.delete(resourceId);
  }
}
