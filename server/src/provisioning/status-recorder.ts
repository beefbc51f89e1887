import { isDeepStrictEqual } from 'node:util';
import { stateAfter } from '../resources/domain/resource-state.js';
import type { ResourceDesired, ResourceObservation } from '../resources/resources.types.js';
import { type LeaseGuard, LeaseLost } from './lease-guard.js';
import type { Records } from './provisioning.types.js';

type Reading = Omit<ResourceObservation, 'observedAt'>;

/**
 * Writes where a machine stands: at most one transaction a look, none when nothing changed. What follows from it for
 * the claim and the request is written in the same one, or not at all.
 */
export class StatusRecorder {
  constructor(
    private readonly records: Records,
    private readonly guard: LeaseGuard,
  ) {}

  async record(desired: ResourceDesired, reading: Reading): Promise<void> {
    if (!saysAnythingNew(desired, reading)) return;
    const { allocation, leases, requests, resources, unitOfWork } = this.records;
    await unitOfWork.run(async (tx) => {
      if (!(await leases.stillHeld(tx, this.guard.lease))) throw new LeaseLost(this.guard.lease);
      const observation = { ...reading, observedAt: tx.now };
      const { claimId, from, requestId, to } = await resources.recordObservation(tx, desired.resourceId, observation);
      if (from !== to && to === 'IN_USE') await requests.resourceDelivered(tx, requestId);
      if (from !== to && to === 'RELEASED') await requests.resourceReleased(tx, requestId);
      // Counters are hot: last before commit. Returned once, however often this is called.
      if (to === 'RELEASED') await allocation.release(tx, [claimId]);
    });
  }
}

/** Compared with the record itself, not with what this process remembers: another may have written since. */
function saysAnythingNew(desired: ResourceDesired, { generation, phase, ...shown }: Reading): boolean {
  return (
    desired.observedGeneration !== generation ||
    stateAfter(desired.state, phase, generation === desired.generation) !== desired.state ||
    !isDeepStrictEqual(shown, { ...desired.recorded })
  );
}
