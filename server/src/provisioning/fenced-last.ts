import type { Tx } from '../platform/database/unit-of-work.js';
import { type LeaseGuard, LeaseLost } from './lease-guard.js';
import type { Records } from './provisioning.types.js';

/**
 * One transaction of a term, kept only if the lease is still this term's at its end: the epoch is the fence. The lease's row is
 * locked last, so that its renewal waits for no work, however long. For what no other transaction of the term writes: of two
 * that meet in a row, the one that has it and the one that has the lease would wait for each other (those ask first).
 */
export async function fencedLast(
  { leases, unitOfWork }: Pick<Records, 'leases' | 'unitOfWork'>,
  guard: LeaseGuard,
  work: (tx: Tx) => Promise<unknown>,
): Promise<void> {
  await unitOfWork.run(async (tx) => {
    await work(tx);
    await tx.writeChanges();
    if (!(await leases.stillHeld(tx, guard.lease))) throw new LeaseLost(guard.lease);
  });
}
