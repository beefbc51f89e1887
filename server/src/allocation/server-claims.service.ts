import { Injectable } from '@nestjs/common';
import { type Tx, WriteConflict } from '../platform/database/unit-of-work.js';
import { HoldingService } from '../servers/holding.service.js';
import { takingOrder } from './domain/server-placement.js';
import type { ItemLine, ItemsFor } from './item-claims.service.js';
import { criteriaOf, type HeldShare, isHeld, type Taken } from './taken-items.js';

/** Takes the servers of lines, in the order of the plan (B5, B8, B9). */
@Injectable()
export class ServerClaims {
  constructor(private readonly servers: HoldingService) {}

  /** All of them; who was quicker makes the unit of work run again. */
  async take(tx: Tx, { requestId, actorName, near }: ItemsFor, lines: readonly ItemLine[]): Promise<Taken[]> {
    const wanted = lines.flatMap(({ lineId, wish: { thing, index }, planned }) =>
      thing.kind === 'SERVER' ? planned.shares.filter(isHeld).map((share) => ({ lineId, index, thing, share })) : [],
    );
    const taken = await this.takeRelated(tx, { requestId, actorName }, wanted);
    const others = wanted.filter(({ share }) => !share.cabinetIds);
    const inOrder = takingOrder(others.map(({ share }) => share.choices)).map(
      (at) => others[at] as (typeof others)[number],
    );
    // Lines of one class follow each other in that order, or find the same servers anyway: they are taken together.
    const classes = Map.groupBy(inOrder, ({ thing, share }) => JSON.stringify(criteriaOf(thing, share.centerId)));
    for (const own of classes.values()) {
      const [{ thing, share: first, index }] = own as [(typeof own)[number]];
      const count = own.reduce((sum, { share }) => sum + share.count, 0);
      const subject = { id: requestId, actorName };
      const ids = await this.servers.holdMany(tx, criteriaOf(thing, first.centerId), count, subject, near);
      // The plan saw enough of them: others were quicker, and the next plan says how many are left.
      if (ids === null) throw new WriteConflict(`line ${index}: its servers were taken meanwhile`);
      const next = ids[Symbol.iterator]();
      for (const { lineId, share } of own)
        for (let n = 0; n < share.count; n += 1)
          taken.push({
            ...{ lineId, kind: 'SERVER', subjectId: next.next().value as string, takes: { SERVER: 1 } },
            share: share.share,
            centerId: share.centerId,
          });
    }
    return taken;
  }

  /** Lines that say how they stand to others have the servers of the plan, or the plan is made again. */
  private async takeRelated(
    tx: Tx,
    { requestId, actorName }: Pick<ItemsFor, 'requestId' | 'actorName'>,
    wanted: readonly { readonly lineId: string; readonly index: number; readonly share: HeldShare }[],
  ): Promise<Taken[]> {
    const related = wanted.filter(({ share }) => share.cabinetIds);
    for (const [centerId, own] of Map.groupBy(related, ({ share }) => share.centerId)) {
      const chosen = own.flatMap(({ share: { serverIds = [], cabinetIds = [] } }) =>
        serverIds.map((id, at) => ({ id, cabinetId: cabinetIds[at] ?? '' })),
      );
      if (!(await this.servers.holdThese(tx, centerId, chosen, { id: requestId, actorName })))
        throw new WriteConflict('servers that were chosen for where they stand were taken or moved meanwhile');
    }
    return related.flatMap(({ lineId, share: { share, centerId, serverIds = [] } }) =>
      serverIds.map(
        (subjectId): Taken => ({ lineId, kind: 'SERVER', subjectId, takes: { SERVER: 1 }, share, centerId }),
      ),
    );
  }
}
