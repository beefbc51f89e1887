import { Injectable } from '@nestjs/common';
import type { Refusal } from '../kernel/refusal.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import {
  type Change,
  type Freeze,
  type FreezeRelease,
  forbiddenBy,
  frozenBy,
  wouldBeFrozenBy,
} from './domain/freeze.js';
import { FreezesRepository } from './freezes.repository.js';

/** Asked inside the act that would change something; none = nothing forbids it. What helps a machine that does not serve asks not. */
@Injectable()
export class FreezeGate {
  constructor(private readonly repository: FreezesRepository) {}

  async refused(tx: Tx, change: Change): Promise<Refusal[]> {
    const by = await this.forbidding(tx, change);
    return by === null ? [] : [frozenBy(by)];
  }

  /** A look before anybody presses, in their order: what would forbid each at that moment; null = nothing would. Decided again within the act. */
  async foreseen(changes: readonly Change[], at: Date, tx?: Tx): Promise<(Refusal | null)[]> {
    const { freezes, releases } = await this.read(at, tx);
    return changes.map((change) => {
      const by = forbiddenBy(freezes, releases, change, at);
      return by && wouldBeFrozenBy(by);
    });
  }

  /** Until when it has to wait; null = nothing forbids it. */
  async until(tx: Tx, change: Change): Promise<Date | null> {
    return (await this.forbidding(tx, change))?.toAt ?? null;
  }

  private async forbidding(tx: Tx, change: Change): Promise<Freeze | null> {
    const { freezes, releases } = await this.read(tx.now, tx);
    return forbiddenBy(freezes, releases, change, tx.now);
  }

  private async read(now: Date, tx?: Tx): Promise<{ freezes: readonly Freeze[]; releases: readonly FreezeRelease[] }> {
    const freezes = await this.repository.standing(now, tx);
    if (freezes.length === 0) return { freezes, releases: [] };
    const rows = await this.repository.releases(
      freezes.map(({ id }) => id),
      tx,
    );
    const releases = rows.map(({ subjectId, subjectType, ...one }) => ({
      ...{ ...one, subject: { type: subjectType, id: subjectId } },
    }));
    return { freezes, releases };
  }
}
