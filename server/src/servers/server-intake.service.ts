import { Injectable } from '@nestjs/common';
import { HolderDescriptions } from '../cabinets/holder-descriptions.service.js';
import { CenterLives } from '../facilities/center-lives.service.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import {
  type HostName,
  matchBySerial,
  normalSerial,
  type ObservedHost,
  type SerialMatch,
} from './domain/match-serial.js';
import { checkedFacts } from './domain/server.js';
import { isUsed, STATE_WORDS, stateAfter, UNUSED } from './domain/server-state.js';
import { ServerLifeService } from './server-life.service.js';
import { ServersRepository } from './servers.repository.js';
import { rowBefore } from './servers.service.js';
import type { IncomingServer, PastServerLife, ServerRow, ServerTakenIn } from './servers.types.js';

/** A list longer than that is mended from its beginning. */
const REFUSALS_MAX = 50;

/** How many servers come at once: imports, intake of what already runs, hosts of a cluster. */
@Injectable()
export class ServerIntakeService {
  constructor(
    private readonly repository: ServersRepository,
    private readonly life: ServerLifeService,
    private readonly lives: CenterLives,
    private readonly descriptions: HolderDescriptions,
  ) {}

  /**
   * Takes in many servers by bulk statements. The caller has checked them (`checkedFacts`, `existingByKeys`) and names
   * them in its own audit row; one that breaks a rule is a defect, and a number that is taken fails the whole.
   */
  async addAll(tx: Tx, servers: readonly IncomingServer[], actorName: string): Promise<void> {
    const rows = servers.map(({ use = UNUSED, since, holderId = null, ...server }) => {
      const begun = { usedSince: since ?? tx.now, origin: use.departmentId === null ? null : 'REQUEST' } as const;
      const facts = checkedFacts(server);
      if (!facts.ok) throw new RangeError(`server "${server.assetNumber}": ${facts.error[0]?.message.en}`);
      const { accelerators, ...columns } = facts.value;
      return {
        accelerators: accelerators.map((a) => ({ ...a, serverId: server.id })),
        row: {
          ...rowBefore(since ?? tx.now),
          ...columns,
          ...use,
          ...(isUsed(use) ? begun : {}),
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

  /**
   * Takes over what became of registered servers, the earliest step first: at its end their places and addresses are their
   * users'. For seeding, which has checked every step; what does not hold is its defect.
   */
  async takeOver(tx: Tx, lives: readonly PastServerLife[]): Promise<void> {
    const rows = await this.repository.lockedAll(
      tx,
      lives.map(({ serverId }) => serverId),
    );
    const lifeOf = new Map(lives.map((life) => [life.serverId, life]));
    await this.repository.appendEvents(
      tx,
      lives.flatMap(({ serverId, steps }) => steps.map((step) => ({ ...step, serverId }))),
    );
    for (const life of lives) await this.repository.change(tx, life.serverId, becameOf(life));
    const followed = await this.life.follow(
      tx,
      rows.flatMap(({ id, holderId }) => {
        const { departmentId, usedSince } = becameOf(lifeOf.get(id) as PastServerLife);
        return departmentId === null ? [] : [{ id, holderId, departmentId, since: usedSince }];
      }),
    );
    if (!followed.ok) throw new RangeError(`the past of servers does not hold: ${followed.error[0]?.message.en}`);
  }

  /** In one order, so that two who take in the same do not wait for one another in a circle. */
  async lock(tx: Tx, serverIds: readonly string[]): Promise<void> {
    if (serverIds.length > 0) await this.repository.lockedAll(tx, serverIds);
  }

  /**
   * Registered servers that have been at work since before the console are written down as their systems', from the day
   * when that began. All or none: only what is being onboarded can be taken in, and only in a center that is open.
   */
  async takeIn(
    tx: Tx,
    servers: readonly ServerTakenIn[],
    batchCode: string,
    actorName: string,
  ): Promise<Result<void, readonly Refusal[]>> {
    const rows = await this.repository.lockedAll(
      tx,
      servers.map(({ serverId }) => serverId),
    );
    const byId = new Map(rows.map((row) => [row.id, row]));
    const movedOn = notOnboarding(servers, byId);
    if (movedOn.length > 0) return refuse(movedOn);
    const closed = await this.lives.refusals(tx, promisedOf(servers, byId));
    if (closed.length > 0) return refuse(closed.slice(0, REFUSALS_MAX));
    const taken = await this.life.moveAll(
      tx,
      actorName,
      servers.map(({ serverId, departmentId, systemId, usedSince, sourcePlatform, path }) => ({
        row: byId.get(serverId) as ServerRow,
        move: 'TAKE_IN',
        given: { departmentId, systemId, poolId: null },
        begun: { usedSince, origin: 'INTAKE', sourcePlatform },
        reason: batchCode,
        path,
      })),
    );
    return taken.ok ? ok(undefined) : taken;
  }

  /** Which of them could not be taken in now. Locks and writes nothing, so it promises nothing either. */
  async objections(tx: Tx, servers: readonly ServerTakenIn[]): Promise<readonly Refusal[]> {
    const ids = servers.map(({ serverId }) => serverId);
    const rows = new Map((await this.repository.byIds(ids, tx.manager)).map((row) => [row.id, row]));
    const movedOn = notOnboarding(servers, rows);
    if (movedOn.length > 0) return movedOn;
    const standing = servers.flatMap(({ serverId, departmentId, path }) => {
      const holderId = rows.get(serverId)?.holderId ?? null;
      return holderId === null ? [] : [{ holderId, departmentId, path }];
    });
    const inCabinets = standing.length === 0 ? [] : await this.descriptions.objections(tx, standing);
    const inCenters = await this.lives.refusals(tx, promisedOf(servers, rows), 'SEEN');
    return [...inCenters, ...inCabinets].slice(0, REFUSALS_MAX);
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

/** What a server is at the end of its past. */
function becameOf({ state, use, steps }: PastServerLife) {
  const given = isUsed(use) ? steps.findLast((step) => step.kind === 'ALLOCATE') : undefined;
  const origin = given === undefined ? null : ('REQUEST' as const);
  return { state, ...use, usedSince: given?.at ?? null, origin };
}

/** A server in use is a promise of its center, which a stop counts. */
function promisedOf(servers: readonly ServerTakenIn[], rows: ReadonlyMap<string, ServerRow>) {
  return servers.flatMap(({ serverId, path }) => {
    const row = rows.get(serverId);
    return row ? [{ centerId: row.centerId, what: 'PROMISE' as const, path }] : [];
  });
}

function notOnboarding(servers: readonly ServerTakenIn[], rows: ReadonlyMap<string, ServerRow>): Refusal[] {
  const movedOn = servers.filter(({ serverId }) => {
    const row = rows.get(serverId);
    return !row || stateAfter(row, 'TAKE_IN') === undefined;
  });
  return movedOn.slice(0, REFUSALS_MAX).map((one) => cannotTakeIn(one, rows));
}

function cannotTakeIn({ serverId, assetNumber, path }: ServerTakenIn, rows: ReadonlyMap<string, ServerRow>): Refusal {
  const state = rows.get(serverId)?.state;
  return {
    code: 'ILLEGAL_TRANSITION',
    path,
    state: state ?? 'UNKNOWN',
    action: 'TAKE_IN',
    message: say(
      `服务器 ${assetNumber} 不在“${STATE_WORDS.ONBOARDING.zh}”，不能作为存量纳管`,
      `Server ${assetNumber} is not ${STATE_WORDS.ONBOARDING.en}, so it cannot be taken in`,
    ),
  };
}
