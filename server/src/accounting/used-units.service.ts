import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { TenantScope } from '../kernel/viewer.js';
import { withinScope } from '../platform/database/listing.js';
import { inList } from '../platform/database/unit-of-work.js';
import { RatedLineEntity } from './accounting.entity.js';
import { type Month, spanOfMonth } from './domain/accounting-units.js';

export interface UsedUnitsOf {
  readonly first: Month;
  /** Included. */
  readonly last: Month;
  /** Whose lines are looked through: by them the lines are found. */
  readonly departmentIds: readonly string[];
  readonly systemId: string | null;
}

/** By center and meter: whole units as they are metered × the seconds that they were in use. */
export interface UnitSeconds {
  readonly centerId: string | null;
  readonly meter: string;
  readonly unitSeconds: bigint;
}

/** How much was in use in some months. Known of the lines, whatever was charged or closed of their money. One statement. */
@Injectable()
export class UsedUnitsService {
  constructor(private readonly db: DataSource) {}

  async of(scope: TenantScope, { departmentIds, first, last, systemId }: UsedUnitsOf): Promise<UnitSeconds[]> {
    const query = this.db.manager
      .createQueryBuilder(RatedLineEntity, 'l')
      .where('l.month between :first and :last', { first, last })
      .andWhere('l.departmentId in (:...ids)', { ids: inList(departmentIds) });
    if (systemId !== null) query.andWhere('l.systemId = :systemId', { systemId });
    const rows = await withinScope(query, 'l.departmentId', scope)
      .select('l.centerId', 'centerId')
      .addSelect('l.meter', 'meter')
      .addSelect('sum(l.quantity * timestampdiff(second, l.startAt, l.endAt))', 'unitSeconds')
      .groupBy('l.centerId')
      .addGroupBy('l.meter')
      .getRawMany<{ centerId: string | null; meter: string; unitSeconds: string }>();
    return rows.map((row) => ({ ...row, unitSeconds: BigInt(row.unitSeconds) }));
  }

  /** Of the months from the one to the other, both whole. */
  secondsOf(first: Month, last: Month): bigint {
    return BigInt((spanOfMonth(last).to - spanOfMonth(first).from) / 1_000);
  }
}
