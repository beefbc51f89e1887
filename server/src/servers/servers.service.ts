import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { type Actor, type TenantScope, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { DUPLICATE_KEY_ERRNO, errnoOf, type Tx, WriteConflict } from '../platform/database/unit-of-work.js';
import { inOrderOf } from '../platform/graphql/request-context.js';
import { changedSince, invalid, unknownServer } from './domain/refused.js';
import { type Accelerator, checkedFacts, type ServerFacts } from './domain/server.js';
import { NO_TERMS, type ServerUse, serverTable, UNUSED } from './domain/server-state.js';
import { ServerPlaceService } from './server-place.service.js';
import { ServerReferences } from './server-references.service.js';
import { ServersRepository, useOf } from './servers.repository.js';
import type {
  AcceleratorTotals,
  ServerCounts,
  ServerEventRow,
  ServerFilter,
  ServerOrder,
  ServerRow,
  ServerTotals,
} from './servers.types.js';

type Answer = Promise<Result<{ id: string }, readonly Refusal[]>>;

/** What servers there are, and what is written down of them. */
@Injectable()
export class ServersService {
  constructor(
    private readonly repository: ServersRepository,
    private readonly references: ServerReferences,
    private readonly places: ServerPlaceService,
    private readonly acts: Acts,
  ) {}

  inScope(scope: TenantScope, id: string): Promise<ServerRow | null> {
    return this.repository.inScope(scope, id);
  }

  page(scope: TenantScope, filter: ServerFilter, order: ServerOrder, page: PageRequest): Promise<Page<ServerRow>> {
    return this.repository.page(scope, filter, order, page);
  }

  counts(scope: TenantScope, filter: ServerFilter): Promise<ServerCounts> {
    return this.repository.counts(scope, filter);
  }

  /** How many there are of each state, by center and architecture. Counts name nobody, so they take no scope. */
  totals(): Promise<ServerTotals[]> {
    return this.repository.totals();
  }

  /** How many accelerators there are of each class, by center and the state of their servers. */
  acceleratorTotals = (): Promise<AcceleratorTotals[]> => this.repository.acceleratorTotals();

  /** Servers of a center that are held or somebody's. */
  usedInCenter = (tx: Tx, centerId: string): Promise<number> => this.repository.usedInCenter(tx, centerId);

  /** Batch for loaders. Unscoped: reached by id from a row that the viewer may already see. */
  servers = async (ids: readonly string[]): Promise<(ServerRow | null)[]> =>
    inOrderOf(ids, await this.repository.byIds(ids), (server) => server.id);

  /** As people know them; what is not there is absent. */
  byAssetNumbers(assetNumbers: readonly string[]): Promise<{ id: string; assetNumber: string }[]> {
    return this.repository.byKeys(assetNumbers, []);
  }

  /** Who uses each of these, by id; inside a transaction when one is given. */
  async usesOf(ids: readonly string[], tx?: Tx): Promise<ReadonlyMap<string, ServerUse>> {
    return new Map((await this.repository.byIds(ids, tx?.manager)).map((row) => [row.id, useOf(row)]));
  }

  /** Whose it is and whether it is gone, kept so until the transaction ends. */
  async kept(tx: Tx, id: string): Promise<{ departmentId: string | null; over: boolean } | null> {
    const row = await this.repository.locked(tx, WHOLE_PROVINCE, id);
    return row && { departmentId: row.departmentId, over: row.state === 'RETIRED' };
  }

  /** Batch for loaders: which server stands as that holder of a cabinet. Unscoped: the caller asks whose it is. */
  serversByHolder = async (holderIds: readonly string[]): Promise<(ServerRow | null)[]> =>
    inOrderOf(holderIds, await this.repository.byHolders(holderIds), (server) => server.holderId ?? '');

  /** Batch for loaders. */
  acceleratorsOf = async (serverIds: readonly string[]): Promise<Accelerator[][]> => {
    const rows = Map.groupBy(await this.repository.acceleratorsOf(serverIds), (row) => row.serverId);
    return serverIds.map((id) => (rows.get(id) ?? []).map(({ serverId: _, ...accelerator }) => accelerator));
  };

  /** Batch for loaders; newest first. */
  eventsOf = async (serverIds: readonly string[]): Promise<ServerEventRow[][]> => {
    const rows = Map.groupBy(await this.repository.eventsOf(serverIds), (row) => row.serverId);
    return serverIds.map((id) => rows.get(id) ?? []);
  };

  /** A new server begins its life as planned. */
  async register(actor: Actor, facts: ServerFacts, idempotencyKey: string): Answer {
    return this.acts.perform({ name: 'server.register', actor, idempotencyKey, input: facts }, async (tx) => {
      const checked = checkedFacts(facts, ['facts']);
      if (!checked.ok) return checked;
      const wrong = await this.references.wrong(tx, checked.value, null);
      if (wrong.length > 0) return refuse(wrong);
      const id = newId(tx.now.getTime());
      const { accelerators, ...columns } = checked.value;
      const state = serverTable.initial;
      await this.orConflict(() =>
        this.repository.insertAll(
          tx,
          [{ ...columns, ...rowBefore(tx.now), id, state, disks: [...columns.disks], nics: [...columns.nics] }],
          accelerators.map((a) => ({ ...a, serverId: id })),
        ),
      );
      await this.repository.appendEvents(tx, [
        {
          serverId: id,
          kind: 'REGISTER',
          state,
          text: say('登记', 'Registered'),
          actorName: actor.name,
          departmentId: null,
        },
      ]);
      // A host may have waited for it.
      tx.changed('server', id);
      const { assetNumber } = checked.value;
      return ok({
        value: { id },
        audit: {
          objectType: 'Server',
          objectId: id,
          departmentId: null,
          summary: say(`登记服务器 ${assetNumber}`, `Registered server ${assetNumber}`),
          after: checked.value,
        },
      });
    });
  }

  async edit(
    actor: Actor,
    scope: TenantScope,
    wish: { readonly id: string | undefined; readonly expectedVersion: number; readonly idempotencyKey: string },
    facts: ServerFacts,
  ): Answer {
    return this.acts.perform(
      { name: 'server.edit', actor, idempotencyKey: wish.idempotencyKey, input: { ...wish, facts } },
      async (tx) => {
        const row = wish.id === undefined ? null : await this.repository.locked(tx, scope, wish.id);
        if (!row) return refuse([unknownServer()]);
        if (row.version !== wish.expectedVersion) return refuse([changedSince(wish.expectedVersion, row.version)]);
        const checked = checkedFacts(facts, ['facts']);
        if (!checked.ok) return checked;
        const wrong = [
          ...(await this.references.wrong(tx, checked.value, row)),
          ...whatHoldsItDown(row, checked.value),
        ];
        if (wrong.length > 0) return refuse(wrong);
        const { accelerators, ...columns } = checked.value;
        await this.orConflict(() =>
          this.repository.change(tx, row.id, { ...columns, disks: [...columns.disks], nics: [...columns.nics] }),
        );
        await this.repository.replaceAccelerators(tx, row.id, accelerators);
        const followed = await this.places.follow(tx, row, checked.value, ['facts']);
        if (!followed.ok) return followed;
        await this.repository.appendEvents(tx, [
          {
            serverId: row.id,
            kind: 'EDIT',
            state: row.state,
            text: say('修改登记信息', 'Facts edited'),
            actorName: actor.name,
            departmentId: row.departmentId,
          },
        ]);
        // Its cluster may wait for the right address of its controller.
        tx.changed('server', row.id);
        return ok({
          value: { id: row.id },
          audit: {
            objectType: 'Server',
            objectId: row.id,
            departmentId: row.departmentId,
            summary: say(`修改服务器 ${columns.assetNumber}`, `Edited server ${columns.assetNumber}`),
            before: { ...row, ...useOf(row) },
            after: checked.value,
          },
        });
      },
    );
  }

  /** Two people register the same number at once: the second asks again and is told so. */
  private async orConflict(write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      if (errnoOf(error) === DUPLICATE_KEY_ERRNO) throw new WriteConflict('the same number was registered meanwhile');
      throw error;
    }
  }
}

/** Columns of a server of which nothing has happened yet. */
export function rowBefore(now: Date) {
  return {
    ...UNUSED,
    ...NO_TERMS,
    version: 1,
    bmcUsername: null,
    bmcSealedPassword: null,
    holderId: null,
    holdSubject: null,
    clusterHostNamespace: null,
    clusterHostName: null,
    createdAt: now,
    changedAt: now,
  };
}

/** It is in that center: its host is known there, or it stands there. */
function whatHoldsItDown(row: ServerRow, facts: ServerFacts): Refusal[] {
  if (row.clusterHost && row.centerId !== facts.centerId)
    return [
      invalid(
        ['facts', 'centerId'],
        'clusterHost',
        '已与集群主机绑定，不能更换数据中心',
        'It is bound to a host of its center’s cluster',
      ),
    ];
  if (row.holderId !== null && row.centerId !== facts.centerId)
    return [
      invalid(
        ['facts', 'centerId'],
        'standing',
        '服务器在架，请先下架',
        'The server stands in a cabinet; unmount it first',
      ),
    ];
  return [];
}
