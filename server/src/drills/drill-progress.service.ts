import { Injectable } from '@nestjs/common';
import type { Bilingual } from '../kernel/bilingual.js';
import type { Actor } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import { atHand, type ItemState, isTried } from './domain/drill-items.js';
import { isNext } from './domain/drill-marks.js';
import { awaitsOwner } from './domain/drill-notices.js';
import { DrillsRepository } from './drills.repository.js';
import type { DrillRow } from './drills.types.js';

export interface Tick {
  readonly state: ItemState;
  /** A person's own, or the console's in both languages. */
  readonly note: Bilingual | string | null;
  /** null = the console itself, of what it read at the cluster. */
  readonly by: Pick<Actor, 'userId' | 'name'> | null;
}

/** The checklist as it goes on: one entry ends, its moment is taken, the next is at hand, and at the end the owner is asked. */
@Injectable()
export class DrillProgress {
  constructor(
    private readonly repository: DrillsRepository,
    private readonly notices: Notices,
  ) {}

  /** The first entry's time runs. */
  async begin(tx: Tx, drillId: string): Promise<void> {
    const first = atHand(await this.repository.items(drillId, tx));
    if (first && first.begunAt === null) await this.repository.updateItem(tx, first, { begunAt: tx.now });
  }

  /** Of the drill's locked row, and the entry that is at hand. A failed one stays at hand until it is done or the drill is broken off. */
  async tick(tx: Tx, row: DrillRow, number: number, { by, note, state }: Tick): Promise<void> {
    const items = await this.repository.items(row.id, tx);
    const item = items.find((one) => one.number === number);
    if (!item) throw new Error(`${row.code} has no entry ${number}`);
    const said =
      typeof note === 'string' ? { note, noteEn: null } : { note: note?.zh ?? null, noteEn: note?.en ?? null };
    const ended = { state, ...said, doneById: by?.userId ?? null, doneBy: by?.name ?? null };
    await this.repository.updateItem(tx, item, { ...ended, doneAt: tx.now });
    if (state === 'DONE' && item.mark !== null) {
      const marks = await this.repository.markTimes(row.id, tx);
      if (isNext(marks, item.mark, tx.now))
        await this.repository.mark(tx, { drillId: row.id, mark: item.mark, at: tx.now, byName: by?.name ?? null });
    }
    if (state === 'DONE') await this.begin(tx, row.id);
    const after = items.map((one) => (one.number === number ? { ...one, state } : one));
    const isAsked = row.state === 'RUNNING' && isTried(after);
    await this.repository.update(tx, row, {
      trouble: null,
      troubleEn: null,
      ...(isAsked ? { state: 'VALIDATING' } : {}),
    });
    if (isAsked) await this.notices.tell(tx, awaitsOwner(row));
  }
}
