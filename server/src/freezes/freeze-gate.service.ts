import { Injectable } from '@nestjs/common';
import type { Refusal } from '../kernel/refusal.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { type Change, type Freeze, forbiddenBy, frozenBy } from './domain/freeze.js';
import { FreezesRepository } from './freezes.repository.js';

/** Asked inside the act that would change something; none = nothing forbids it. What helps a machine that does not serve asks not. */
@Injectable()
export class FreezeGate {
  constructor(private readonly repository: FreezesRepository) {}

  async refused(tx: Tx, change: Change): Promise<Refusal[]> {
    const by = await this.forbidding(tx, change);
    return by === null ? [] : [frozenBy(by)];
  }

  /** Until when it has to wait; null = nothing forbids it. */
  async until(tx: Tx, change: Change): Promise<Date | null> {
    return (await this.forbidding(tx, change))?.toAt ?? null;
  }

  private async forbidding(tx: Tx, change: Change): Promise<Freeze | null> {
    const freezes = await this.repository.standing(tx);
    if (freezes.length === 0) return null;
    const releases = await this.repository.releases(
      freezes.map(({ id }) => id),
      tx,
    );
    return forbiddenBy(
      freezes,
      releases.map(({ subjectId, subjectType, ...one }) => ({ ...one, subject: { type: subjectType, id: subjectId } })),
      change,
      tx.now,
    );
  }
}
