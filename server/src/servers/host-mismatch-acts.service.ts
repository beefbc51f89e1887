import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import type { InputPath, Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Actor, TenantScope } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { afterMismatchAction, type MismatchAction } from './domain/host-mismatch.js';
import { changedSince, invalid, stillDriven, taken, unknownServer } from './domain/refused.js';
import { isSerial } from './domain/server.js';
import { HostMismatchesRepository } from './host-mismatches.repository.js';
import type { HostMismatchRow } from './host-mismatches.types.js';
import { HostRecords } from './host-records.service.js';
import { ServersRepository } from './servers.repository.js';
import type { ServerRow } from './servers.types.js';

export interface MismatchWish {
  readonly items: readonly { readonly id: string | undefined; readonly expectedVersion: number }[];
  readonly action: Exclude<MismatchAction, 'MATCH'>;
  readonly reason: string;
  readonly idempotencyKey: string;
}

export interface MatchWish {
  readonly id: string | undefined;
  readonly expectedVersion: number;
  readonly serverId: string | undefined;
  readonly reason: string;
  readonly idempotencyKey: string;
}

const REASON_LENGTH_MAX = 300;
/** As many as a page of the list shows. */
const ITEMS_MAX = 100;

const WORDS: { readonly [A in MismatchWish['action']]: Bilingual } = {
  IGNORE: say('不再提示', 'let be'),
  WATCH: say('重新提示', 'watched again'),
};

/** What a person decides of hosts and assets without their twin. To register one is the server's own act. */
@Injectable()
export class HostMismatchActs {
  constructor(
    private readonly repository: HostMismatchesRepository,
    private readonly servers: ServersRepository,
    private readonly records: HostRecords,
    private readonly acts: Acts,
  ) {}

  /** All of them, or none. */
  decide(actor: Actor, wish: MismatchWish): Promise<Result<{ ids: string[] }, readonly Refusal[]>> {
    const { idempotencyKey, ...input } = wish;
    return this.acts.perform({ name: 'hostMismatch.decide', actor, idempotencyKey, input }, async (tx) => {
      const wrong = [...reasonWrong(wish.reason), ...countWrong(wish.items.length)];
      if (wrong.length > 0) return refuse(wrong);
      const rows: HostMismatchRow[] = [];
      // In the order of their ids, so that two who decide on the same ones wait for each other.
      for (const { expectedVersion, id } of wish.items.toSorted((a, b) => ((a.id ?? '') < (b.id ?? '') ? -1 : 1))) {
        const row = await this.repository.locked(tx, id);
        const stopped = row ? objection(row, wish.action, expectedVersion) : unknownMismatch();
        if (!row || stopped) return refuse(stopped ? [stopped] : []);
        rows.push(row);
      }
      const reason = wish.reason.trim();
      for (const row of rows) {
        const state = afterMismatchAction(row, wish.action) as HostMismatchRow['state'];
        await this.repository.update(tx, row, { state, decidedBy: actor.name, decidedAt: tx.now, reason });
      }
      const ids = rows.map(({ id }) => id);
      const { en, zh } = WORDS[wish.action];
      return ok({
        value: { ids },
        audit: {
          objectType: 'HostMismatch',
          objectId: ids[0] ?? '',
          departmentId: null,
          summary: say(
            `主机账实不符 ${ids.length} 项：${zh}`,
            `${ids.length} hosts or assets without their twin: ${en}`,
          ),
          before: { subjects: rows.map(({ subjectId }) => subjectId) },
          after: { action: wish.action, reason },
        },
      });
    });
  }

  /** The host is that server, whatever number was written down for it: what its inspection found is the better word. */
  match(actor: Actor, scope: TenantScope, wish: MatchWish): Promise<Result<MatchedHost, readonly Refusal[]>> {
    const { idempotencyKey, ...input } = wish;
    return this.acts.perform({ name: 'hostMismatch.match', actor, idempotencyKey, input }, async (tx) => {
      const wrong = reasonWrong(wish.reason);
      if (wrong.length > 0) return refuse(wrong);
      // Servers first, as everywhere.
      const server = wish.serverId === undefined ? null : await this.servers.locked(tx, scope, wish.serverId);
      const row = await this.repository.locked(tx, wish.id);
      if (!row?.host) return refuse([unknownMismatch()]);
      const stopped = objection(row, 'MATCH', wish.expectedVersion);
      if (stopped) return refuse([stopped]);
      if (!server) return refuse([unknownServer(['serverId'])]);
      const unfit = await this.unfit(tx, server, row);
      if (unfit) return refuse([unfit]);
      const serial = row.serial ?? server.serial;
      if (serial !== server.serial) await this.servers.change(tx, server.id, { serial });
      const reason = wish.reason.trim();
      await this.records.bindByHand(tx, server, row.host, { serial, reason, by: actor.name });
      const decided = { decidedBy: actor.name, decidedAt: tx.now, reason };
      await this.repository.update(tx, row, { ...decided, state: 'ENDED', live: null, endedAt: tx.now });
      const { name, namespace } = row.host;
      return ok({
        value: { id: row.id, serverId: server.id },
        audit: {
          objectType: 'Server',
          objectId: server.id,
          departmentId: server.departmentId,
          summary: say(
            `裸金属主机 ${namespace}/${name} 对应到资产 ${server.assetNumber}`,
            `Host ${namespace}/${name} is asset ${server.assetNumber}`,
          ),
          before: { serial: server.serial, host: null },
          after: { serial, host: `${namespace}/${name}`, reason },
        },
      });
    });
  }

  private async unfit(tx: Tx, server: ServerRow, row: HostMismatchRow): Promise<Refusal | null> {
    const path: InputPath = ['serverId'];
    if (server.centerId !== row.centerId)
      return invalid(path, 'center', '资产不在这台主机的数据中心', 'The asset is in another center than the host');
    if (server.state === 'RETIRED')
      return stillDriven(server.state, 'MATCH', say('资产已退役', 'The asset is retired'));
    if (server.clusterHost !== null)
      return invalid(path, 'unique', '资产已有裸金属主机', 'The asset has a host already');
    if (row.serial === null || row.serial === server.serial) return null;
    if (!isSerial(row.serial))
      return invalid(path, 'serial', '检测到的序列号不能登记', 'The serial number as inspected cannot be registered');
    const others = await this.servers.byKeys([], [row.serial], tx.manager);
    return others.some(({ id }) => id !== server.id) ? taken('serial', row.serial) : null;
  }
}

export interface MatchedHost {
  readonly id: string;
  readonly serverId: string;
}

function objection(row: HostMismatchRow, action: MismatchAction, expectedVersion: number): Refusal | null {
  if (afterMismatchAction(row, action) === undefined)
    return {
      code: 'ILLEGAL_TRANSITION',
      path: [],
      state: row.state,
      action,
      message: say('它的状态已变，不能再这样处理', 'It stands otherwise now; this cannot be done to it'),
    };
  return row.version === expectedVersion ? null : { ...changedSince(expectedVersion, row.version), message: CHANGED };
}

const CHANGED = say(
  '刚有新的情况或他人的处理，请刷新后再定',
  'It has just changed, or somebody has decided; look again first',
);

function unknownMismatch(): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: ['id'],
    message: say('清单中没有这一项', 'There is no such item on the list'),
  };
}

function reasonWrong(text: string): Refusal[] {
  const { length } = text.trim();
  if (length >= 1 && length <= REASON_LENGTH_MAX) return [];
  const [zh, en] = [
    `请说明原因，1 至 ${REASON_LENGTH_MAX} 字`,
    `Give a reason of 1 to ${REASON_LENGTH_MAX} characters`,
  ];
  return [invalid(['reason'], 'length', zh, en)];
}

function countWrong(count: number): Refusal[] {
  if (count >= 1 && count <= ITEMS_MAX) return [];
  return [invalid(['items'], 'range', `请选择 1 至 ${ITEMS_MAX} 项`, `Choose 1 to ${ITEMS_MAX} items`)];
}
