import { Injectable } from '@nestjs/common';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { AddressesService } from '../networks/addresses.service.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { AddressContent } from './domain/intake-item.js';
import type { Became, IntakeBatchRow, IntakeItemRow } from './intake.types.js';

type AddressItem = IntakeItemRow & { readonly content: AddressContent };

/** Addresses that are in use already become claims: allocated at once, because they are on the wire. */
@Injectable()
export class AddressIntake {
  constructor(private readonly addresses: AddressesService) {}

  /** Networks in the order of their ids, so that two batches do not wait for each other in a circle. */
  async takeIn(
    tx: Tx,
    batch: IntakeBatchRow,
    items: readonly AddressItem[],
    actorName: string,
  ): Promise<Result<Became[], readonly Refusal[]>> {
    const byNetwork = Map.groupBy(items, (item) => item.content.networkId);
    const became: Became[] = [];
    const refusals: Refusal[] = [];
    for (const networkId of [...byNetwork.keys()].toSorted()) {
      const own = byNetwork.get(networkId) ?? [];
      const claimed = await this.addresses.claimAll(
        tx,
        networkId,
        own.map((item) => ({
          text: item.content.address,
          path: ['items', String(item.position), 'address'],
          subject: {
            type: 'System',
            id: item.systemId,
            departmentId: item.departmentId,
            purpose: say(`${item.name}（${batch.code} 期初纳管）`, `${item.name} (taken in by ${batch.code})`).zh,
            actorName,
          },
        })),
        'ALLOCATED',
      );
      if (claimed.ok)
        became.push(...claimed.value.map((claim, at) => ({ itemId: own[at]?.id as string, becameId: claim.id })));
      else refusals.push(...claimed.error);
    }
    return refusals.length > 0 ? refuse(refusals) : ok(became);
  }
}
