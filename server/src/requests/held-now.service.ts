import { Injectable } from '@nestjs/common';
import { AllocationService } from '../allocation/allocation.service.js';
import { quotaTaker } from '../allocation/domain/deltas.js';
import { HeldCaps } from '../allocation/held-caps.service.js';
import { ItemClaims } from '../allocation/item-claims.service.js';
import { ItemRecord } from '../allocation/item-record.service.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { quotaDeltas } from '../quotas/domain/quota.js';
import type { Own } from './held-lines.js';

/** What a request holds already, of all kinds: it counts as free for it. */
@Injectable()
export class HeldNow {
  constructor(
    private readonly allocation: AllocationService,
    private readonly items: ItemClaims,
    private readonly record: ItemRecord,
    private readonly caps: HeldCaps,
  ) {}

  async of(requestId: string, tx?: Tx): Promise<Own> {
    const held = await this.allocation.heldOf(requestId, tx);
    const items = await this.record.of(requestId, ['HELD'], tx);
    const takings = await this.items.takersOf(items, tx);
    const deltas = quotaDeltas([...held.map(quotaTaker), ...takings], []);
    return {
      held,
      heldPlaces: items.filter((item) => item.kind === 'CABINET').map((item) => item.subjectId),
      capped: await this.caps.ofRequest(held, items, tx),
      inQuotas: new Map(deltas.map(({ subjectId, amounts }) => [subjectId, amounts])),
    };
  }
}
