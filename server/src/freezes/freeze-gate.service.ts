import { Injectable } from '@nestjs/common';
import type { Refusal } from '../kernel/refusal.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { type Change, forbiddenBy, frozenBy } from './domain/freeze.js';
import { FreezesRepository } from './freezes.repository.js';

/** Asked inside the act that would change something; none = nothing forbids it. What helps a machine that does not serve asks not. */
@Injectable()
export class FreezeGate {
  constructor(private readonly repository: FreezesRepository) {}

  async refused(tx: Tx, change: Change): Promise<Refusal[]> {
    const freezes = await this.repository.standing(tx);
    if (freezes.length === 0) return [];
    const releases = await this.repository.releases(
      freezes.map(({ id }) => id),
      tx,
    );
    const by = forbiddenBy(
      freezes,
      releases.map(({ subjectId, subjectType, ...one }) => ({ ...one, subject: { type: subjectType, id: subjectId } })),
      change,
      tx.now,
    );
    return by === null ? [] : [frozenBy(by)];
  }
}
