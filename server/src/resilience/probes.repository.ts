import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import type { ProbeName } from './domain/dr-words.js';
import { DrProbeEntity } from './probes.entity.js';
import type { ProbeRow } from './resilience.types.js';

/** A probe as a round asks it: with the promise that its answer is measured by. */
export type DueProbe = ProbeRow & { readonly rpoSeconds: number | null };

/** Probes belong to tiers; whoever asks has been let see their group. */
@Injectable()
export class ProbesRepository {
  constructor(private readonly db: DataSource) {}

  names(): Promise<ProbeName[]> {
    return this.db.query('select id, tier_id as tierId, name, towards from dr_probe where enabled = 1');
  }

  ofTiers(tierIds: readonly string[]): Promise<ProbeRow[]> {
    return this.db.manager.find(DrProbeEntity, {
      where: { tierId: In(inList(tierIds) as string[]) },
      order: { name: 'ASC', id: 'ASC' },
    });
  }

  count(tx: Tx, tierId: string): Promise<number> {
    return tx.manager.count(DrProbeEntity, { where: { tierId } });
  }

  locked(tx: Tx, id: string | undefined): Promise<ProbeRow | null> {
    if (id === undefined) return Promise.resolve(null);
    return tx.manager.findOne(DrProbeEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  async tierOf(id: string | undefined): Promise<string | undefined> {
    if (id === undefined) return undefined;
    return (await this.db.manager.findOne(DrProbeEntity, { where: { id }, select: { tierId: true } }))?.tierId;
  }

  async save(tx: Tx, row: ProbeRow): Promise<void> {
    if (row.version === 1) await tx.manager.insert(DrProbeEntity, row);
    else await tx.manager.update(DrProbeEntity, { id: row.id }, row);
  }

  async remove(tx: Tx, id: string): Promise<void> {
    await this.forget(tx, id);
    await tx.manager.delete(DrProbeEntity, { id });
  }

  /** What it told is of another target, or of none: it says nothing any more. */
  async forget(tx: Tx, id: string): Promise<void> {
    await tx.manager.query("delete from dr_signal where subject_kind = 'PROBE' and subject_id = ?", [id]);
  }

  /** The longest waiting first; those that measure data only while their tier is measured so. */
  async due(now: Date, limit: number): Promise<DueProbe[]> {
    const rows: { id: string; rpo: number | null }[] = await this.db.query(
      `select p.id, g.rpo_seconds as rpo from dr_probe p join dr_tier t on t.id = p.tier_id join dr_group g on g.id = t.group_id
       where p.enabled = 1 and p.next_at <= ? and (p.data_key is null or t.source = 'PROBE') order by p.next_at, p.id limit ?`,
      [now, limit],
    );
    const found = await this.db.manager.find(DrProbeEntity, {
      where: { id: In(inList(rows.map(({ id }) => id)) as string[]) },
    });
    const byId = new Map(found.map((row) => [row.id, row]));
    return rows.flatMap(({ id, rpo }) => {
      const row = byId.get(id);
      return row ? [{ ...row, rpoSeconds: rpo === null ? null : Number(rpo) }] : [];
    });
  }

  /** false = it was changed or removed meanwhile: what was heard is of what it was before. */
  async asked(
    tx: Tx,
    { everySeconds, id, version }: ProbeRow,
    { at, detail, ok }: { readonly at: Date; readonly ok: boolean; readonly detail: string },
  ): Promise<boolean> {
    const done = await tx.manager.update(
      DrProbeEntity,
      { id, version },
      { lastAt: at, lastOk: ok, lastDetail: detail, nextAt: new Date(at.getTime() + everySeconds * 1_000) },
    );
    return done.affected === 1;
  }
}
