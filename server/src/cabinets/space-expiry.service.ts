import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { ok, refuse } from '../kernel/result.js';
import type { Actor } from '../kernel/viewer.js';
import { QuotaTakings } from '../quotas/quota-takings.service.js';
import { illegal } from './domain/refusals.js';
import { SpaceService } from './space.service.js';

/** Places given back by one run; the next minute takes the rest. */
const EXPIRIES_PER_RUN = 200;

/** Gives back rack places whose hold ran out, without a person. */
@Injectable()
export class SpaceExpiry {
  constructor(
    private readonly space: SpaceService,
    private readonly acts: Acts,
    private readonly quotas: QuotaTakings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Each place in an act of its own: what two workers find at once goes back once, and one that fails keeps no other
   * waiting. Returns how many places this run gave back.
   */
  async run(actor: Actor): Promise<number> {
    const due = await this.space.expiredHolds(this.clock.now(), EXPIRIES_PER_RUN);
    const failures: unknown[] = [];
    let given = 0;
    for (const holderId of due)
      try {
        if (await this.expire(actor, holderId)) given += 1;
      } catch (error) {
        failures.push(error);
      }
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} rack places did not go back`);
    return given;
  }

  private async expire(actor: Actor, holderId: string): Promise<boolean> {
    const done = await this.acts.perform({ name: 'cabinet.expire_hold', actor, input: { holderId } }, async (tx) => {
      const holder = await this.space.expire(tx, holderId);
      // Meanwhile it was given, taken, ended or settled by another worker. Answered to nobody: the loop goes on.
      if (!holder) return refuse([illegal([], 'HELD', 'EXPIRE', '预占尚未到期', 'The hold has not run out')]);
      const { giveBackLast } = await this.quotas.giveBack(tx, [holder.id]);
      const { id, label, cabinetId, startHalfUnit, heightHalfUnits, face, heldUntil } = holder;
      const place = { id, label, cabinetId, startHalfUnit, heightHalfUnits, face, heldUntil: heldUntil?.toISOString() };
      return ok({
        last: async () => ok(await giveBackLast()),
        value: { id },
        audit: {
          objectType: 'Cabinet',
          objectId: cabinetId,
          departmentId: holder.departmentId,
          summary: say(`机位预占到期，已释放 ${label}`, `The hold of ${label} ran out; its place is free`),
          before: { ...place, state: 'HELD' },
          after: { id, state: 'RELEASED' },
        },
      });
    });
    return done.ok;
  }
}
