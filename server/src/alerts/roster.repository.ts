import { Injectable } from '@nestjs/common';
import { DataSource, In, LessThan, MoreThan } from 'typeorm';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import type { HandOverRow, ShiftRow } from './alerts.types.js';
import type { DutyRole } from './domain/escalation.js';
import { DutyHandOverEntity, DutyShiftEntity } from './roster.entity.js';

/** The roster is the province's: reads take no scope, and are asked for by those who see all of it. */
@Injectable()
export class RosterRepository {
  constructor(private readonly db: DataSource) {}

  between(from: Date, to: Date, limit: number): Promise<ShiftRow[]> {
    return this.db.manager.find(DutyShiftEntity, {
      where: { fromAt: LessThan(to), toAt: MoreThan(from) },
      order: { fromAt: 'ASC', id: 'ASC' },
      take: limit,
    });
  }

  standing(now: Date, tx?: Tx): Promise<ShiftRow[]> {
    return (tx?.manager ?? this.db.manager)
      .createQueryBuilder(DutyShiftEntity, 's')
      .where('s.fromAt <= :now and s.toAt > :now', { now })
      .getMany();
  }

  /** Whoever changes a desk's shifts waits here for whoever does so already. */
  async lockDesks(tx: Tx, desks: readonly { centerId: string; role: DutyRole }[]): Promise<void> {
    const ordered = desks.toSorted((a, b) => `${a.centerId}${a.role}`.localeCompare(`${b.centerId}${b.role}`));
    if (ordered.length === 0) return;
    const pairs = ordered.map(({ centerId, role }) => [centerId, role]);
    await tx.manager.query('insert ignore into duty_desk (center_id, role) values ?', [pairs]);
    await tx.manager.query(
      'select 1 from duty_desk where (center_id, role) in (?) order by center_id, role for update',
      [pairs],
    );
  }

  ofDesks(tx: Tx, centerIds: readonly string[], from: Date, to: Date): Promise<ShiftRow[]> {
    return tx.manager.find(DutyShiftEntity, {
      where: { centerId: In(inList(centerIds) as string[]), fromAt: LessThan(to), toAt: MoreThan(from) },
    });
  }

  async insert(tx: Tx, rows: readonly ShiftRow[]): Promise<void> {
    await tx.manager.insert(DutyShiftEntity, [...rows]);
  }

  locked(tx: Tx, id: string | undefined): Promise<ShiftRow | null> {
    if (id === undefined) return Promise.resolve(null);
    return tx.manager.findOne(DutyShiftEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  byIds(ids: readonly string[]): Promise<ShiftRow[]> {
    return this.db.manager.find(DutyShiftEntity, { where: { id: In(inList(ids) as string[]) } });
  }

  async update(tx: Tx, { id, version }: Pick<ShiftRow, 'id' | 'version'>, values: Partial<ShiftRow>): Promise<void> {
    await tx.manager.update(DutyShiftEntity, { id, version }, { ...values, version: version + 1 });
  }

  async remove(tx: Tx, id: string): Promise<void> {
    await tx.manager.delete(DutyHandOverEntity, { shiftId: id });
    await tx.manager.delete(DutyShiftEntity, { id });
  }

  handOvers(limit: number): Promise<HandOverRow[]> {
    return this.db.manager.find(DutyHandOverEntity, { order: { givenAt: 'DESC', id: 'DESC' }, take: limit });
  }

  lockedHandOver(tx: Tx, id: string | undefined): Promise<HandOverRow | null> {
    if (id === undefined) return Promise.resolve(null);
    return tx.manager.findOne(DutyHandOverEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  openHandOver(tx: Tx, shiftId: string): Promise<HandOverRow | null> {
    return tx.manager.findOne(DutyHandOverEntity, { where: { shiftId, openKey: 1 } });
  }

  async offer(tx: Tx, row: HandOverRow): Promise<void> {
    await tx.manager.insert(DutyHandOverEntity, row);
  }

  async end(tx: Tx, id: string, as: 'takenAt' | 'withdrawnAt'): Promise<void> {
    await tx.manager.update(DutyHandOverEntity, { id }, { openKey: null, [as]: tx.now });
  }
}
