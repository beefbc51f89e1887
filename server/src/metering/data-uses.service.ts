import { Injectable } from '@nestjs/common';
import { ClaimRecord, type DataClaim } from '../allocation/claim-record.service.js';
import { DeliveryDisputes } from '../documents/delivery-disputes.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { DeliveredLines, type LineOfData } from '../requests/delivered-lines.service.js';
import { MeteredMachines } from '../resources/metered-machines.service.js';
import { beginOfData, factsOfData } from './domain/data-uses.js';
import { latestOf } from './domain/use-facts.js';
import { MeteringRepository } from './metering.repository.js';
import type { NamedUse, UsePage, UseSource } from './metering.types.js';

/** 容灾数据: storage in the recovery center where no machine stands, by the record of claims. */
@Injectable()
export class DataUses implements UseSource {
  readonly name = 'DATA';

  constructor(
    private readonly claims: ClaimRecord,
    private readonly lines: DeliveredLines,
    private readonly machines: MeteredMachines,
    private readonly facilities: FacilitiesService,
    private readonly disputes: DeliveryDisputes,
    private readonly repository: MeteringRepository,
  ) {}

  /** By what the book does not say: a claim carries the moment of its grant, and begins with machines that may have been told late. */
  factsSince = async (_since: Date, before: Date): Promise<number> => {
    const { begun, ended } = await this.claims.dataNotBooked(before);
    const uses = await this.usesOf(begun);
    const late = uses.filter(({ begins, ends }) => begins && begins < before && (ends === null || ends > begins));
    return late.length + ended;
  };

  async after(cursor: string, limit: number): Promise<UsePage> {
    const claims = await this.claims.dataAfter(cursor, limit);
    return { uses: await this.usesOf(claims), cursor: claims.at(-1)?.id ?? null };
  }

  private async usesOf(claims: readonly DataClaim[]): Promise<NamedUse[]> {
    const lineIds = [...new Set(claims.map(({ lineId }) => lineId))];
    const poolIds = [...new Set(claims.map(({ poolId }) => poolId))];
    const [lines, all, machines, pools, growths, disputes, starts] = await Promise.all([
      this.lines.ofData(lineIds),
      this.claims.dataOfLines(lineIds),
      this.machines.ofLines(lineIds),
      this.facilities.pools(poolIds),
      this.claims.growthsOf(claims.map(({ id }) => id)),
      this.disputes.of(lineIds),
      this.repository.starts(),
    ]);
    const lineOf = new Map(lines.map((line) => [line.id, line]));
    const poolOf = new Map(pools.flatMap((pool) => (pool ? [[pool.id, pool] as const] : [])));
    const growthsOf = Map.groupBy(growths, ({ claimId }) => claimId);
    return claims.flatMap((claim) => {
      // A kept disk has a claim of storage, too: that is a use of its own.
      const line = lineOf.get(claim.lineId);
      const pool = poolOf.get(claim.poolId);
      if (!line) return [];
      const ofLine = <T extends { readonly lineId: string }>(some: readonly T[]) =>
        some.filter(({ lineId }) => lineId === claim.lineId);
      const begins = beginOfData(claim, ofLine(all), ofLine(machines));
      const meter = `STORAGE_GIB_${claim.storageTier}`;
      const facts = factsOfData(
        { allocatedAt: claim.allocatedAt, gib: claim.storageGib, meter },
        (growthsOf.get(claim.id) ?? []).map(({ at, storageGib }) => ({ at, gib: storageGib })),
      );
      return [
        {
          ...wordsOf(claim, line),
          owner: {
            ...{ departmentId: line.departmentId, systemId: line.systemId, projectId: line.projectId },
            ...{ centerId: pool?.centerId ?? null, architecture: pool?.architecture ?? null, share: 'RECOVERY' },
          },
          begins: begins && latestOf(begins, starts.get('DATA')),
          ends: claim.releasedAt,
          facts,
          disputed: disputes.filter(({ resourceId }) => resourceId === line.id),
        },
      ];
    });
  }
}

function wordsOf(claim: DataClaim, line: LineOfData) {
  return {
    ...{ resourceId: claim.id, subjectId: line.requestId, kind: 'DATA' as const },
    ...{ code: line.requestCode, name: line.name, requestId: line.requestId },
  };
}
