import { Injectable } from '@nestjs/common';
import { say } from '../kernel/bilingual.js';
import type { Fen } from '../kernel/money.js';
import { AddressesService } from '../networks/addresses.service.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { stateAfter } from './domain/resource-state.js';
import { ResourcesRepository } from './resources.repository.js';

const CONSOLE_NAME = '集云';
const MADE = say('已在所在平台开通', 'Made on its platform');
const REMOVED = say('已在所在平台删除', 'Removed from its platform');

/** What ends with a machine, for whoever gives it back. */
export interface RemovedMachine {
  readonly claimId: string;
  readonly requestId: string;
  readonly monthlyFen: Fen;
}

/** Machines on foreign platforms: no cluster tells of them, people do. */
@Injectable()
export class RecordedMachines {
  constructor(
    private readonly repository: ResourcesRepository,
    private readonly addresses: AddressesService,
  ) {}

  /** People say that the machines of a line stand on their platform: they come into use. */
  deliver(tx: Tx, lineId: string): Promise<string[]> {
    return this.deliverWhere(tx, 'line_id = ?', lineId);
  }

  /** The same of these alone: a change makes machines of a line whose others have long been in use. Gives those that came. */
  async deliverThese(tx: Tx, ids: readonly string[]): Promise<string[]> {
    return ids.length === 0 ? [] : this.deliverWhere(tx, 'id in (?)', inList(ids));
  }

  private async deliverWhere(tx: Tx, where: string, value: string | readonly string[]): Promise<string[]> {
    const waiting: { id: string; version: number; temporary_until: string | null }[] = await tx.manager.query(
      `select id, version, temporary_until from resource where ${where} and management = 'RECORDED' and state = 'PROVISIONING' order by id for update`,
      [value],
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
    return waiting.map(({ id }) => id);
  }

  /** People say that it is gone from its platform. Its claim is for the caller to return, last; null = it had ended before. */
  async gone(tx: Tx, resourceId: string): Promise<RemovedMachine | null> {
    const row = await this.repository.locked(tx, resourceId);
    const to = row && stateAfter(row.state, 'GONE', true);
    if (!row || to !== 'RELEASED' || row.state === 'RELEASED') return null;
    await this.repository.update(tx, row.id, {
      state: to,
      live: null,
      version: row.version + 1,
      releasedAt: tx.now,
      statusText: REMOVED,
      progressPercent: null,
    });
    await this.addresses.release(tx, row.id);
    await this.repository.appendEvents(tx, [{ resourceId: row.id, kind: to, text: REMOVED, actorName: CONSOLE_NAME }]);
    tx.changed('resource', row.id);
    tx.changed('request', row.requestId);
    return row;
  }
}
