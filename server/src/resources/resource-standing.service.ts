import { Injectable } from '@nestjs/common';
import { say } from '../kernel/bilingual.js';
import { WHOLE_PROVINCE } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { ResourceMoves } from './resource-moves.service.js';
import { ResourcesRepository } from './resources.repository.js';

const DOWN = say('已转为灾备待命，正在停机', 'Stands by from now on; being halted');
const REBUILT = say('磁盘内容不完整，正在从快照重建', 'Its disk is torn; it is being made anew from a snapshot');
const UP = say('已转为承载业务，正在开机', 'Serves from now on; starting');

/**
 * Whether a machine stands by or serves, as DR executions move it. A machine that stands by is started by nobody but the
 * next execution: so the old side stays halted whoever presses, and its newer placement epoch outbids every older wish.
 */
@Injectable()
export class ResourceStanding {
  constructor(
    private readonly repository: ResourcesRepository,
    private readonly moves: ResourceMoves,
  ) {}

  /**
   * In one order, whoever else locks several. Gives those that it changed; one that has gone is passed over. One that is still
   * being made stands down as well: it would come up where nothing may write any more.
   */
  async stand(tx: Tx, ids: readonly string[], standby: boolean, by: string): Promise<string[]> {
    const changed: string[] = [];
    for (const id of [...ids].toSorted()) {
      const row = await this.moves.locked(tx, WHOLE_PROVINCE, id);
      if (!row || row.standby === standby) continue;
      const isMade = row.state === 'IN_USE' || row.state === 'IN_BIN';
      if (!isMade && !(standby && (row.state === 'PROVISIONING' || row.state === 'FAILED'))) continue;
      await this.repository.update(tx, id, {
        ...{
          standby,
          generation: row.generation + 1,
          placementEpoch: row.placementEpoch + 1,
          version: row.version + 1,
        },
        // In the recycle bin it is off either way.
        ...(row.state === 'IN_BIN' ? {} : { statusText: standby ? DOWN : UP }),
      });
      const text = standby ? say('转为灾备待命', 'Made to stand by') : say('转为承载业务', 'Made to serve');
      await this.moves.note(tx, row, standby ? 'STOOD_DOWN' : 'PROMOTED', { text, by });
      changed.push(id);
    }
    return changed;
  }

  /** This very disk is torn: another is to be made of the snapshot. false = its disk is not the console's to make, or it serves. */
  async rebuildDisk(
    tx: Tx,
    id: string,
    of: { readonly snapshot: string; readonly tornDiskUid: string },
    by: string,
  ): Promise<boolean> {
    const row = await this.moves.locked(tx, WHOLE_PROVINCE, id);
    if (!row?.standby || row.management !== 'DRIVEN' || row.takenOver) return false;
    const { snapshot, tornDiskUid } = of;
    if (row.diskSnapshot === snapshot && row.tornDiskUid === tornDiskUid) return true;
    await this.repository.update(tx, id, {
      ...{ diskSnapshot: snapshot, tornDiskUid, generation: row.generation + 1, version: row.version + 1 },
      statusText: REBUILT,
    });
    const text = say(`从快照 ${snapshot} 重建磁盘`, `Its disk is made anew from the snapshot ${snapshot}`);
    await this.moves.note(tx, row, 'DISK_REBUILT', { text, by });
    return true;
  }

  /**
   * Made anew, and whole: what is found torn after that is another. The snapshot stays in its wish, for what a disk was made of
   * never changes.
   */
  async diskStands(tx: Tx, ids: readonly string[]): Promise<void> {
    for (const id of [...ids].toSorted()) {
      const row = await this.moves.locked(tx, WHOLE_PROVINCE, id);
      if (row?.tornDiskUid) await this.repository.update(tx, id, { tornDiskUid: null, version: row.version + 1 });
    }
  }

  /** What lies in the recycle bin comes back as what its side is by then: restored, it would start where nobody may write. */
  async standBinned(tx: Tx, systemId: string, centerId: string, standby: boolean, by: string): Promise<string[]> {
    const rows: { id: string }[] = await tx.manager.query(
      "select id from resource where system_id = ? and center_id = ? and state = 'IN_BIN' and standby <> ?",
      [systemId, centerId, standby ? 1 : 0],
    );
    const ids = rows.map(({ id }) => id);
    return this.stand(tx, ids, standby, by);
  }
}
