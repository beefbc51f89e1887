import { Injectable } from '@nestjs/common';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result } from '../kernel/result.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { ServerIntakeService } from '../servers/server-intake.service.js';
import type { ServerTakenIn } from '../servers/servers.types.js';
import { usageFrom } from './domain/intake-item.js';
import type { Became, IntakeBatchRow, ItemOf } from './intake.types.js';

/** Servers of the time before, which are registered already, become their systems'. */
@Injectable()
export class ServerEntries {
  constructor(private readonly servers: ServerIntakeService) {}

  /** Before anything else of the batch is locked. */
  async lock(tx: Tx, items: readonly ItemOf<'SERVER'>[]): Promise<void> {
    await this.servers.lock(
      tx,
      items.map((item) => item.content.serverId),
    );
  }

  async takeIn(
    tx: Tx,
    batch: IntakeBatchRow,
    items: readonly ItemOf<'SERVER'>[],
    actorName: string,
  ): Promise<Result<Became[], readonly Refusal[]>> {
    if (items.length === 0) return ok([]);
    const taken = await this.servers.takeIn(tx, items.map(takenInOf), batch.code, actorName);
    return taken.ok ? ok(items.map((item) => ({ itemId: item.id, becameId: item.content.serverId }))) : taken;
  }

  /** What would stand in the way now. */
  async objections(tx: Tx, items: readonly ItemOf<'SERVER'>[]): Promise<readonly Refusal[]> {
    return items.length === 0 ? [] : this.servers.objections(tx, items.map(takenInOf));
  }
}

function takenInOf({ content, departmentId, systemId, ...item }: ItemOf<'SERVER'>): ServerTakenIn {
  return {
    serverId: content.serverId,
    assetNumber: content.assetNumber,
    departmentId,
    systemId,
    usedSince: usageFrom(item.startedOn),
    sourcePlatform: item.sourcePlatform,
    path: ['items', String(item.position)],
  };
}
