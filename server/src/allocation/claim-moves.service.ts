import { Injectable } from '@nestjs/common';
import { Counters } from '../platform/counters/counters.js';
import { inList, type Tx, WriteConflict } from '../platform/database/unit-of-work.js';
import type { Move } from './domain/chosen-places.js';
import { poolDeltas } from './domain/deltas.js';

/** Moves what is held, or what was granted and not made yet, from pool to pool. Quotas see nothing of it. */
@Injectable()
export class ClaimMoves {
  constructor(private readonly counters: Counters) {}

  /** `takeLast` moves the counters; it throws WriteConflict when another took the place since it was judged. */
  async move(
    tx: Tx,
    moves: readonly Move[],
    state: 'HELD' | 'ALLOCATED' = 'HELD',
  ): Promise<{ takeLast: () => Promise<void> }> {
    const ways = Map.groupBy(moves, ({ fromPoolId, toPoolId }) => `${fromPoolId} ${toPoolId}`);
    for (const [, of] of [...ways].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      const [{ fromPoolId, toPoolId }] = of as [Move];
      const claimIds = of.map(({ claimId }) => claimId).toSorted();
      const moved: { affectedRows: number } = await tx.manager.query(
        'update claim set pool_id = ? where id in (?) and pool_id = ? and state = ?',
        [toPoolId, inList(claimIds), fromPoolId, state],
      );
      if (moved.affectedRows !== claimIds.length) throw new WriteConflict('a claim is no longer where it was');
    }
    const taken = moves.map(({ toPoolId, size }) => ({ ...size, poolId: toPoolId }));
    const givenBack = moves.map(({ fromPoolId, size }) => ({ ...size, poolId: fromPoolId }));
    return {
      takeLast: async () => {
        if (!(await this.counters.moveAll(tx, poolDeltas(taken, givenBack))))
          throw new WriteConflict('a pool no longer has what was chosen');
      },
    };
  }
}
