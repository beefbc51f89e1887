import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Reading, Tx } from '../platform/database/unit-of-work.js';
import type { SharedPool, SharedPoolVersion } from '../sharedcosts/domain/shared-pool.js';
import type { WeightedBearer } from '../sharedcosts/domain/spread.js';
import { type LineRow, toLine } from './accounting.repository.js';
import type { Month } from './domain/accounting-units.js';
import type { StatementLine } from './domain/line-diff.js';
import { SharedSpreadEntity } from './shared-spread.entity.js';

/** What common costs are spread by and over, and what came of it. */
@Injectable()
export class SharedLinesRepository {
  constructor(private readonly db: DataSource) {}

  /** Whoever used something in the center in that month, with how much: of what costs in common, nobody uses anything. */
  async bearers(
    tx: Tx,
    month: Month,
    { centerId }: Pick<SharedPool, 'centerId'>,
    { basis, meter }: Pick<SharedPoolVersion, 'basis' | 'meter'>,
  ): Promise<WeightedBearer[]> {
    const weight = basis === 'AMOUNT' ? 'amount_fen' : 'quantity * timestampdiff(second, start_at, end_at)';
    const where = basis === 'AMOUNT' ? 'amount_fen > 0' : "meter = ? and state = 'RATED'";
    const rows: { department: string; system: string | null; project: string | null; weight: string }[] =
      await tx.manager.query(
        `select department_id as department, system_id as \`system\`, project_id as project, sum(${weight}) as weight
         from rated_line where month = ? and center_id = ? and kind <> 'SHARED' and ${where}
         group by department_id, system_id, project_id`,
        basis === 'AMOUNT' ? [month, centerId] : [month, centerId, meter],
      );
    return rows.map((row) => ({
      ...{ departmentId: row.department, systemId: row.system, projectId: row.project, weight: BigInt(row.weight) },
    }));
  }

  async lines(tx: Tx, month: Month): Promise<StatementLine[]> {
    const rows: LineRow[] = await tx.manager.query("select * from rated_line where month = ? and kind = 'SHARED'", [
      month,
    ]);
    return rows.map(toLine);
  }

  /** Whether something of the month has no price yet: it weighs nothing until it has. */
  async isAnythingUnpriced(tx: Tx, month: Month): Promise<boolean> {
    const rows: unknown[] = await tx.manager.query(
      "select 1 from rated_line where month = ? and state = 'UNPRICED' limit 1",
      [month],
    );
    return rows.length > 0;
  }

  spreads(months: readonly Month[] | null, { manager }: Reading = this.db): Promise<SharedSpreadEntity[]> {
    const query = manager.createQueryBuilder(SharedSpreadEntity, 's').orderBy('s.month').addOrderBy('s.poolId');
    if (months !== null) query.where('s.month in (:...months)', { months: months.length > 0 ? months : ['-'] });
    return query.getMany();
  }

  async keep(tx: Tx, row: SharedSpreadEntity): Promise<void> {
    await tx.manager.query(
      `insert into shared_spread (pool_id, month, version_id, amount_fen, carried_fen, spread_fen, unallocated_fen, bearers,
         settled, spread_at) values (?)
       on duplicate key update version_id = values(version_id), amount_fen = values(amount_fen),
         carried_fen = values(carried_fen), spread_fen = values(spread_fen), unallocated_fen = values(unallocated_fen),
         bearers = values(bearers), settled = values(settled), spread_at = values(spread_at)`,
      [
        [
          ...[row.poolId, row.month, row.versionId, row.amountFen?.toString() ?? null, row.carriedFen.toString()],
          ...[row.spreadFen.toString(), row.unallocatedFen.toString(), row.bearers, row.settled, row.spreadAt],
        ],
      ],
    );
  }

  async remove(tx: Tx, poolId: string, month: Month): Promise<void> {
    await tx.manager.query('delete from shared_spread where pool_id = ? and month = ?', [poolId, month]);
  }

  /** By which words people know these parts on their statements. */
  async name(tx: Tx, pool: SharedPool, lines: readonly StatementLine[]): Promise<void> {
    if (lines.length === 0) return;
    await tx.manager.query(
      `insert into metered_resource (resource_id, subject_id, kind, code, name, department_id, system_id, request_id) values ?
       on duplicate key update code = values(code), name = values(name)`,
      [
        lines.map(({ departmentId, resourceId, systemId }) => [
          ...[resourceId, pool.id, 'SHARED', pool.code, pool.name.zh, departmentId, systemId, null],
        ]),
      ],
    );
  }
}
