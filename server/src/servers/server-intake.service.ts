import { Injectable } from '@nestjs/common';
import { say } from '../kernel/bilingual.js';
import { WHOLE_PROVINCE } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import {
  type HostName,
  matchBySerial,
  normalSerial,
  type ObservedHost,
  type SerialMatch,
} from './domain/match-serial.js';
import { checkedFacts } from './domain/server.js';
import { type ServerUse, STATE_WORDS, stateAfter, UNUSED } from './domain/server-state.js';
import { ServerLifeService } from './server-life.service.js';
import { ServersRepository } from './servers.repository.js';
import { rowBefore } from './servers.service.js';
import type { IncomingServer, PastServerLife } from './servers.types.js';

/** How many servers come at once: imports, intake of what already runs, hosts of a cluster. */
@Injectable()
export class ServerIntakeService {
  constructor(
    private readonly repository: ServersRepository,
    private readonly life: ServerLifeService,
  ) {}

  /**
   * Takes in many servers by bulk statements. The caller has checked them (`checkedFacts`, `existingByKeys`) and names
   * them in its own audit row; one that breaks a rule is a defect, and a number that is taken fails the whole.
   */
  async addAll(tx: Tx, servers: readonly IncomingServer[], actorName: string): Promise<void> {
    const rows = servers.map(({ use = UNUSED, since, holderId = null, ...server }) => {
      const facts = checkedFacts(server);
      if (!facts.ok) throw new RangeError(`server "${server.assetNumber}": ${facts.error[0]?.message.en}`);
      const { accelerators, ...columns } = facts.value;
      return {
        accelerators: accelerators.map((a) => ({ ...a, serverId: server.id })),
        row: {
          ...rowBefore(since ?? tx.now),
          ...columns,
          ...use,
          changedAt: tx.now,
          holderId,
          disks: [...columns.disks],
          nics: [...columns.nics],
          id: server.id,
          state: server.state,
        },
      };
    });
    await this.repository.insertAll(
      tx,
      rows.map(({ row }) => row),
      rows.flatMap(({ accelerators }) => accelerators),
    );
    await this.repository.appendEvents(
      tx,
      servers.map((server) => ({
        serverId: server.id,
        kind: 'ADD',
        state: server.state,
        text: say(
          `批量登记（${STATE_WORDS[server.state].zh}）`,
          `Registered with others (${STATE_WORDS[server.state].en})`,
        ),
        actorName,
        departmentId: server.use?.departmentId ?? null,
        ...(server.since ? { at: server.since } : {}),
      })),
    );
  }

  /** Takes over what became of registered servers, the earliest step first. For seeding, which has checked every step. */
  async takeOver(tx: Tx, lives: readonly PastServerLife[]): Promise<void> {
    await this.repository.appendEvents(
      tx,
      lives.flatMap(({ serverId, steps }) => steps.map((step) => ({ ...step, serverId }))),
    );
    for (const { serverId, state, use } of lives) await this.repository.change(tx, serverId, { state, ...use });
  }

  /**
   * A registered server that has been at work since before the console is written down as that system's. false = its
   * state does not allow it: only one that is being onboarded can be taken in.
   */
  async takeIn(tx: Tx, id: string, use: ServerUse, reason: string, actorName: string): Promise<boolean> {
    const row = await this.repository.locked(tx, WHOLE_PROVINCE, id);
    if (!row || stateAfter(row, 'TAKE_IN') === undefined) return false;
    await this.life.move(tx, actorName, row, 'TAKE_IN', use, reason);
    return true;
  }

  /** Which of these numbers are registered: by asset number, and by serial number in its one spelling. */
  async existingByKeys(
    keys: readonly { readonly assetNumber: string; readonly serial: string }[],
    tx?: Tx,
  ): Promise<{ readonly byAssetNumber: ReadonlyMap<string, string>; readonly bySerial: ReadonlyMap<string, string> }> {
    const rows = await this.repository.byKeys(
      keys.map((key) => key.assetNumber.trim()),
      keys.map((key) => normalSerial(key.serial) ?? ''),
      tx?.manager,
    );
    return {
      byAssetNumber: new Map(rows.map((row) => [row.assetNumber, row.id])),
      bySerial: new Map(rows.map((row) => [row.serial, row.id])),
    };
  }

  /** What a center's hosts and its servers say of each other; nothing is written. */
  async matchHosts(centerId: string, hosts: readonly ObservedHost[]): Promise<SerialMatch> {
    return matchBySerial(await this.repository.serversOfCenter(centerId), hosts);
  }

  /** Writes down that the server is that host of its center's cluster. false = it is bound already. */
  async bindHost(tx: Tx, serverId: string, host: HostName): Promise<boolean> {
    return this.repository.bindHost(tx, serverId, host);
  }
}
