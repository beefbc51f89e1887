import { Injectable } from '@nestjs/common';
import { ClaimRecord } from '../allocation/claim-record.service.js';
import { MeteredDisks } from '../resources/metered-disks.service.js';
import { latestOf } from './domain/use-facts.js';
import { MeteringRepository } from './metering.repository.js';
import type { NamedUse, UsePage, UseSource } from './metering.types.js';

/** 保留的磁盘: storage that outlives its machine, from its machine's end to its own. */
@Injectable()
export class DiskUses implements UseSource {
  readonly name = 'DISK';

  constructor(
    private readonly disks: MeteredDisks,
    private readonly claims: ClaimRecord,
    private readonly repository: MeteringRepository,
  ) {}

  factsSince = (since: Date, before: Date): Promise<number> => this.disks.factsSince(since, before);

  async after(cursor: string, limit: number): Promise<UsePage> {
    const disks = await this.disks.after(cursor, limit);
    const shares = await this.claims.sharesOf(disks.map(({ claimId }) => claimId));
    const since = (await this.repository.starts()).get('DISK');
    const uses = disks.map((disk): NamedUse => {
      const { architecture, centerId, departmentId, projectId, systemId } = disk;
      const share = shares.get(disk.claimId) ?? 'MAIN';
      const begins = latestOf(disk.begins, since);
      return {
        ...{ resourceId: disk.id, subjectId: disk.machineId, kind: 'DISK', code: disk.code, name: disk.name },
        requestId: disk.requestId,
        // What it was as its machine's: the same price, whoever has the price of an architecture.
        owner: { departmentId, systemId, projectId, centerId, architecture, share },
        ...{ begins, ends: disk.ends },
        facts: [{ id: '', at: begins, quantities: { [`STORAGE_GIB_${disk.tier}`]: disk.gib } }],
        disputed: [],
      };
    });
    return { uses, cursor: disks.at(-1)?.id ?? null };
  }
}
