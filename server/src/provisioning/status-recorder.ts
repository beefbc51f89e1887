import { isDeepStrictEqual } from 'node:util';
import type { Claim } from '../allocation/domain/claim.js';
import type { BudgetMove } from '../budgets/ledger.service.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { phaseOf, stateAfter } from '../resources/domain/resource-state.js';
import type { ResourceDesired, ResourceObservation } from '../resources/resources.types.js';
import { type LeaseGuard, LeaseLost } from './lease-guard.js';
import type { Records } from './provisioning.types.js';
import type { TaskLog } from './task-log.js';

type Reading = Omit<ResourceObservation, 'observedAt'>;

interface Waiting {
  readonly resourceId: string;
  readonly desired: ResourceDesired;
  readonly reading: Reading;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

const CLUSTER_NAME = 'Kubernetes';

/** Keeps a transaction of them well under a tenth of a second. */
const BATCH_MAX = 32;

/**
 * Writes where machines stand, each look at most once, and nothing when nothing changed. What follows from a reading for
 * the claim and the request is written with it, or not at all. The lease's row makes these transactions stand in line
 * anyway, so all who wait share the next one.
 */
export class StatusRecorder {
  private waiting: Waiting[] = [];
  private isWriting = false;

  constructor(
    private readonly records: Records,
    private readonly guard: LeaseGuard,
    private readonly tasks?: Pick<TaskLog, 'isWaiting' | 'seen' | 'settled'>,
  ) {}

  async record(desired: ResourceDesired, reading: Reading): Promise<void> {
    if (!saysAnythingNew(desired, reading) && this.tasks?.isWaiting(desired.resourceId) !== true) return;
    await new Promise<void>((done, failed) => {
      this.waiting.push({ resourceId: desired.resourceId, desired, reading, done, failed });
      if (!this.isWriting) void this.write();
    });
  }

  private async write(): Promise<void> {
    this.isWriting = true;
    while (this.waiting.length > 0) await this.commit(this.waiting.splice(0, BATCH_MAX));
    this.isWriting = false;
  }

  /** Never rejects: each one who waits is told how it went. */
  private async commit(batch: readonly Waiting[]): Promise<void> {
    try {
      // Rows are locked in one order, whoever else batches.
      const sorted = [...batch].sort((a, b) => (a.resourceId < b.resourceId ? -1 : 1));
      await this.records.unitOfWork.run((tx) => this.writeAll(tx, sorted));
      for (const { done, resourceId } of batch) {
        this.tasks?.settled(resourceId);
        done();
      }
    } catch (error) {
      // One that cannot be written must not take the others with it.
      if (batch.length > 1 && !(error instanceof LeaseLost)) for (const each of batch) await this.commit([each]);
      else for (const { failed } of batch) failed(error);
    }
  }

  private async writeAll(tx: Tx, batch: readonly Waiting[]): Promise<void> {
    const { allocation, changes, leases, requests, resources } = this.records;
    if (!(await leases.stillHeld(tx, this.guard.lease))) throw new LeaseLost(this.guard.lease);
    const releasedClaims: string[] = [];
    const shrunk: Claim[] = [];
    const moves: BudgetMove[] = [];
    for (const { reading, resourceId } of batch) {
      const observation = { ...reading, observedAt: tx.now };
      const { claimId, from, monthlyFen, requestId, resized, to } = await resources.recordObservation(
        tx,
        resourceId,
        observation,
      );
      if (from !== to && to === 'IN_USE') {
        await requests.resourceDelivered(tx, requestId);
        await changes?.made(tx, resourceId);
      }
      if (resized) {
        const back = await changes?.resized(tx, { id: resourceId, requestId }, CLUSTER_NAME);
        moves.push(...(back?.moves ?? []));
        shrunk.push(...(back?.shrunk ?? []));
      }
      if (from !== to && to === 'RELEASED') {
        moves.push(...(await requests.resourceReleased(tx, { id: resourceId, requestId, monthlyFen })));
        await changes?.made(tx, resourceId);
      }
      if (to === 'RELEASED') releasedClaims.push(claimId, ...(await requests.dataWithoutMachines(tx, requestId)));
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
  const { generation, instanceUid = null, phase, resized, ...shown } = reading;
  return (
    desired.instanceUid !== instanceUid ||
    desired.observedGeneration !== generation ||
    stateAfter(desired.state, phaseOf(desired, phase), generation === desired.generation) !== desired.state ||
    (resized && desired.formerVcpu !== null) ||
    !isDeepStrictEqual(shown, { ...desired.recorded })
  );
}
