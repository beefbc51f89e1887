import { isDeepStrictEqual } from 'node:util';
import type { Claim } from '../allocation/domain/claim.js';
import type { BudgetMove } from '../budgets/ledger.service.js';
import { SharedWork } from '../platform/concurrency/shared-work.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { phaseOf, stateAfter } from '../resources/domain/resource-state.js';
import type { Recorded } from '../resources/resources.service.js';
import type { ResourceDesired, ResourceObservation } from '../resources/resources.types.js';
import { type LeaseGuard, LeaseLost } from './lease-guard.js';
import type { Records } from './provisioning.types.js';
import type { TaskLog } from './task-log.js';

type Reading = Omit<ResourceObservation, 'observedAt'> & { readonly asksForRestart?: boolean };

interface Look {
  readonly resourceId: string;
  readonly desired: ResourceDesired;
  readonly reading: Reading;
}

/** undefined = it is written. */
type Outcome = { readonly error: unknown } | undefined;

const CLUSTER_NAME = 'Kubernetes';

/** Keeps a transaction of them well under a tenth of a second. */
const BATCH_MAX = 32;
/** What comes in a flood (a request of hundreds of machines, a cluster that is back) shares transactions; nobody sees the difference. */
const EVERY_MS = 50;

/**
 * Writes where machines stand, each look at most once, and nothing when nothing changed. What follows from a reading for
 * the claim and the request is written with it, or not at all. The lease's row makes these transactions stand in line
 * anyway, so all who wait share the next one.
 */
export class StatusRecorder {
  private readonly writing = new SharedWork<Look, Outcome>((batch) => this.commit(batch), {
    atOnceMax: BATCH_MAX,
    everyMs: EVERY_MS,
  });

  constructor(
    private readonly records: Records,
    private readonly guard: LeaseGuard,
    private readonly tasks?: Pick<TaskLog, 'isWaiting' | 'seen' | 'settled'>,
  ) {}

  async record(desired: ResourceDesired, reading: Reading): Promise<void> {
    if (!saysAnythingNew(desired, reading) && this.tasks?.isWaiting(desired.resourceId) !== true) return;
    const outcome = await this.writing.ask({ resourceId: desired.resourceId, desired, reading });
    if (outcome) throw outcome.error;
  }

  /** Never rejects: each one who waits is told how it went. */
  private async commit(batch: readonly Look[]): Promise<Outcome[]> {
    try {
      // Rows are locked in one order, whoever else batches.
      const sorted = [...batch].sort((a, b) => (a.resourceId < b.resourceId ? -1 : 1));
      await this.records.unitOfWork.run((tx) => this.writeAll(tx, sorted));
      for (const { resourceId } of batch) this.tasks?.settled(resourceId);
      return batch.map(() => undefined);
    } catch (error) {
      if (batch.length === 1 || error instanceof LeaseLost) return batch.map(() => ({ error }));
      // One that cannot be written must not take the others with it.
      const outcomes: Outcome[] = [];
      for (const each of batch) outcomes.push(...(await this.commit([each])));
      return outcomes;
    }
  }

  private async writeAll(tx: Tx, batch: readonly Look[]): Promise<void> {
    const { allocation, changes, disks, leases, requests, resources } = this.records;
    if (!(await leases.stillHeld(tx, this.guard.lease))) throw new LeaseLost(this.guard.lease);
    const delivered = new Set<string>();
    const releasedClaims: string[] = [];
    const shrunk: Claim[] = [];
    const moves: BudgetMove[] = [];
    const recorded = await resources.recordObservations(
      tx,
      batch.map(({ reading: { asksForRestart: _, ...seen }, resourceId }) => ({
        resourceId,
        observation: { ...seen, observedAt: tx.now },
      })),
    );
    for (const [at, { desired, reading, resourceId }] of batch.entries()) {
      const { claimId, from, monthlyFen, requestId, resized, to } = recorded[at] as Recorded;
      if (from !== to && to === 'IN_USE') {
        // All of the batch are written: of one request the first call says what the others would.
        if (!delivered.has(requestId)) await requests.resourceDelivered(tx, requestId);
        delivered.add(requestId);
        await changes?.made(tx, resourceId);
      }
      if (reading.asksForRestart) await changes?.asksForRestart(tx, desired);
      if (resized) {
        const back = await changes?.resized(tx, { id: resourceId, requestId }, CLUSTER_NAME);
        moves.push(...(back?.moves ?? []));
        shrunk.push(...(back?.shrunk ?? []));
      }
      if (from !== to && to === 'RELEASED') {
        moves.push(...(await requests.resourceReleased(tx, { id: resourceId, requestId, monthlyFen })));
        await changes?.made(tx, resourceId);
      }
      if (to === 'RELEASED') {
        const after = await disks?.machineGone(tx, resourceId, reading.diskKept === true);
        shrunk.push(...(after?.givenBack ?? []));
        if (!after?.keepsClaim) releasedClaims.push(claimId);
        releasedClaims.push(...(await requests.dataWithoutMachines(tx, requestId)));
      }
    }
    await this.tasks?.seen(tx, batch);
    if (moves.length > 0) {
      await tx.writeChanges();
      await requests.moveBudgets(tx, moves);
    }
    // Counters are hot: last before commit. Each claim is returned once, however often this is called.
    if (releasedClaims.length + shrunk.length > 0) await allocation.release(tx, releasedClaims, shrunk);
  }
}

/** Compared with the record itself, not with what this process remembers: another may have written since. */
function saysAnythingNew(desired: ResourceDesired, reading: Reading): boolean {
  const {
    asksForRestart: _,
    diskKept: __,
    hasLeft,
    generation,
    instanceUid = null,
    liveRoom = null,
    phase,
    resized,
    ...shown
  } = reading;
  return (
    !isDeepStrictEqual(desired.liveRoom ?? null, liveRoom) ||
    desired.instanceUid !== instanceUid ||
    desired.observedGeneration !== generation ||
    stateAfter(desired.state, phaseOf(desired, phase), generation === desired.generation) !== desired.state ||
    (resized && desired.formerVcpu !== null) ||
    (hasLeft === true && Boolean(desired.leavingCenterId)) ||
    !isDeepStrictEqual(shown, { ...desired.recorded })
  );
}
