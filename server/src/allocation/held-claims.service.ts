import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { HeldInQuotas } from '../quotas/domain/held-in-quotas.js';
import { type SomeAmounts, sumAmounts } from '../quotas/domain/quota.js';
import { quotaIdsText } from './domain/claim.js';

/** Tells quotas how much of them claims only hold. One statement whatever is asked: few claims are held at a time. */
@Injectable()
export class HeldClaims implements HeldInQuotas {
  constructor(private readonly db: DataSource) {}

  async heldInQuotas(quotaIds: readonly string[]): Promise<ReadonlyMap<string, SomeAmounts>> {
    const rows: Record<string, string>[] = await this.db.query(
      `select quota_ids, sum(standing <> 'DATA' and grows_claim_id is null) as machines, sum(vcpu) as vcpu, sum(memory_mib) as memory_mib, sum(storage_gib) as storage_gib
       from claim where state = 'HELD' group by quota_ids`,
    );
    const wanted = new Set(quotaIds);
    const held = new Map<string, SomeAmounts>();
    for (const row of rows) {
      const amounts = {
        MACHINE: Number(row.machines),
        VCPU: Number(row.vcpu),
        MEMORY_MIB: Number(row.memory_mib),
        STORAGE_GIB: Number(row.storage_gib),
      };
      for (const id of quotaIdsText.from(row.quota_ids ?? ''))
        if (wanted.has(id)) held.set(id, sumAmounts([held.get(id) ?? {}, amounts]));
    }
    return held;
  }
}
