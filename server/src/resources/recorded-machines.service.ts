import { Injectable } from '@nestjs/common';
import { say } from '../kernel/bilingual.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { ResourcesRepository } from './resources.repository.js';

const CONSOLE_NAME = '集云';
const MADE = say('已在所在平台开通', 'Made on its platform');

/** Machines on foreign platforms: no cluster tells of them, people do. */
@Injectable()
export class RecordedMachines {
  constructor(private readonly repository: ResourcesRepository) {}

  /** People say that the machines of a line stand on their platform: they come into use. */
  async deliver(tx: Tx, lineId: string): Promise<void> {
    const waiting: { id: string; version: number; temporary_until: string | null }[] = await tx.manager.query(
      "select id, version, temporary_until from resource where line_id = ? and management = 'RECORDED' and state = 'PROVISIONING' order by id for update",
      [lineId],
    );
    for (const { id, version, temporary_until } of waiting) {
      await this.repository.update(tx, id, {
        state: 'IN_USE',
        version: version + 1,
        deliveredAt: tx.now,
        ...(temporary_until === null ? { reviewFrom: tx.now } : {}),
        progressPercent: null,
        statusText: MADE,
      });
      await this.repository.appendEvents(tx, [{ resourceId: id, kind: 'IN_USE', text: MADE, actorName: CONSOLE_NAME }]);
      tx.changed('resource', id);
    }
  }
}
