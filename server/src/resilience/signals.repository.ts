import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { newId } from '../platform/database/ids.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import {
  COARSE_MINUTES,
  DAMPING,
  FINE_DAYS,
  FINE_MINUTES,
  held,
  type Reading,
  rawLevel,
  type SignalName,
  slotOf,
} from './domain/dr-signal.js';
import type { SignalRow } from './resilience.types.js';
import { DrSignalChangeEntity, DrSignalEntity, DrSignalRollupEntity } from './signals.entity.js';

const DAY_MS = 86_400_000;
/** Of one statement: old roll-ups go in pieces that no reader waits for. */
const ROLLUPS_PER_PRUNE = 5_000;

/** As plain rows: some thousands are read by every round and for every look at the province, and entities of them cost ten times as much. */
const SELECT = `select id, subject_kind as subjectKind, subject_id as subjectId, name, towards, source, value,
  observed_at as observedAt, max_age_seconds as maxAgeSeconds, level, level_since as levelSince, pending,
  pending_since as pendingSince, settled from dr_signal`;

/** A row has no booleans: left a number, a level that is not believed yet would be shown as one that is. */
async function rowsOf(manager: EntityManager, where: string, values: readonly unknown[]): Promise<SignalRow[]> {
  const rows: (Omit<SignalRow, 'settled'> & { settled: number })[] = await manager.query(`${SELECT} ${where}`, [
    ...values,
  ]);
  return rows.map((row) => ({ ...row, settled: row.settled === 1 }));
}

const keyOf = (one: { subjectKind: string; subjectId: string; name: string; towards: string | null }) =>
  `${one.subjectKind}/${one.subjectId}/${one.name}/${one.towards ?? ''}`;

/** What was read: as it stands now, each change of its level, and roll-ups of its values. */
@Injectable()
export class SignalsRepository {
  constructor(private readonly db: DataSource) {}

  /** Of these subjects: centers, groups and tiers alike. */
  of(subjectIds: readonly string[]): Promise<SignalRow[]> {
    return rowsOf(this.db.manager, 'where subject_id in (?) order by name, id', [inList([...new Set(subjectIds)])]);
  }

  named(name: SignalName): Promise<SignalRow[]> {
    return rowsOf(this.db.manager, 'where name = ?', [name]);
  }

  /** With its history: nobody reads it any more. */
  async forget(tx: Tx, id: string): Promise<void> {
    await tx.manager.delete(DrSignalEntity, { id });
  }

  all(): Promise<SignalRow[]> {
    return rowsOf(this.db.manager, 'order by name, id', []);
  }

  /**
   * Readings that are no newer than what is known are passed over: a source that stands still grows old.
   * @param said where a level changes: LEVELS, unless who records judges by it at once.
   */
  async record(tx: Tx, readings: readonly Reading[], said: 'LEVELS' | 'READ' = 'LEVELS'): Promise<void> {
    const ids = [...new Set(readings.map(({ subjectId }) => subjectId))];
    const rowsBefore = await rowsOf(tx.manager, 'where subject_id in (?)', [inList(ids)]);
    const known = new Map(rowsBefore.map((row) => [keyOf(row), row]));
    const rows: unknown[][] = [];
    const changes: unknown[][] = [];
    const rollups: unknown[][] = [];
    for (const reading of readings) {
      const before = known.get(keyOf(reading)) ?? null;
      if (before && before.observedAt >= reading.observedAt) continue;
      const { maxAgeSeconds, name, observedAt, source, subjectId, subjectKind, towards, value } = reading;
      const now = held(before, rawLevel(reading), observedAt, DAMPING[name]);
      const id = before?.id ?? newId(tx.now.getTime());
      rows.push([
        ...[id, subjectKind, subjectId, name, towards ?? '', source, value, observedAt, maxAgeSeconds],
        ...[now.level, now.levelSince, now.pending, now.pendingSince, now.settled],
      ]);
      // What is not believed yet is no level that anything could have changed from.
      const was = before?.settled ? before.level : null;
      if (now.settled && was !== now.level)
        changes.push([newId(tx.now.getTime()), id, observedAt, was, now.level, value]);
      rollups.push([id, FINE_MINUTES, slotOf(observedAt, FINE_MINUTES), value, value, value, 1]);
    }
    if (rows.length === 0) return;
    await tx.manager.query(
      `insert into dr_signal (id, subject_kind, subject_id, name, towards, source, value, observed_at, max_age_seconds,
         level, level_since, pending, pending_since, settled) values ?
       on duplicate key update source = values(source), value = values(value), observed_at = values(observed_at),
         max_age_seconds = values(max_age_seconds), level = values(level), level_since = values(level_since),
         pending = values(pending), pending_since = values(pending_since),
         settled = values(settled)`,
      [rows],
    );
    if (changes.length > 0) tx.changed('dr', said);
    if (changes.length > 0)
      await tx.manager.query('insert into dr_signal_change (id, signal_id, at, from_level, to_level, value) values ?', [
        changes,
      ]);
    await tx.manager.query(
      `insert into dr_signal_rollup (signal_id, minutes, starts_at, least, most, total, readings) values ?
       on duplicate key update least = least(least, values(least)), most = greatest(most, values(most)),
         total = total + values(total), readings = readings + 1`,
      [rollups],
    );
  }

  /** What is older than the fine ones are kept becomes hours. Gives how many fine ones went. */
  async coarsen(tx: Tx): Promise<number> {
    const before = new Date(slotOf(new Date(tx.now.getTime() - FINE_DAYS * DAY_MS), COARSE_MINUTES).getTime());
    const old = await tx.manager.find(DrSignalRollupEntity, {
      where: { minutes: FINE_MINUTES },
      order: { startsAt: 'ASC' },
      take: ROLLUPS_PER_PRUNE,
    });
    const gone = old.filter(({ startsAt }) => startsAt < before);
    if (gone.length === 0) return 0;
    await tx.manager.query(
      `insert into dr_signal_rollup (signal_id, minutes, starts_at, least, most, total, readings) values ?
       on duplicate key update least = least(least, values(least)), most = greatest(most, values(most)),
         total = total + values(total), readings = readings + values(readings)`,
      [
        gone.map((one) => [
          ...[one.signalId, COARSE_MINUTES, slotOf(one.startsAt, COARSE_MINUTES)],
          ...[one.least, one.most, one.total, one.readings],
        ]),
      ],
    );
    await tx.manager.query('delete from dr_signal_rollup where (signal_id, minutes, starts_at) in (?)', [
      gone.map(({ minutes, signalId, startsAt }) => [signalId, minutes, startsAt]),
    ]);
    return gone.length;
  }

  /** Tiers whose data was seen to be carried at some time, whatever is seen now. */
  async everCovered(): Promise<Set<string>> {
    const rows: { id: string }[] = await this.db.query(
      `select distinct s.subject_id as id from dr_signal s join dr_signal_change c on c.signal_id = s.id
       where s.name = 'REPLICATION_COVERAGE' and c.to_level = 'GOOD'`,
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** The newest first. */
  changes(signalId: string, limit: number): Promise<DrSignalChangeEntity[]> {
    return this.db.manager.find(DrSignalChangeEntity, {
      where: { signalId },
      order: { at: 'DESC', id: 'DESC' },
      take: limit,
    });
  }

  rollups(signalId: string, since: Date): Promise<DrSignalRollupEntity[]> {
    return this.db.manager
      .createQueryBuilder(DrSignalRollupEntity, 'r')
      .where('r.signalId = :signalId and r.startsAt >= :since', { signalId, since })
      .orderBy('r.startsAt')
      .getMany();
  }
}
