import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import type { AuditFact } from '../audit/audit.types.js';
import { HolderDescriptions } from '../cabinets/holder-descriptions.service.js';
import { SpaceService } from '../cabinets/space.service.js';
import { CenterLives } from '../facilities/center-lives.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { ThingsGivenBack } from '../facilities/things-given-back.service.js';
import { FreezeGate } from '../freezes/freeze-gate.service.js';
import { say } from '../kernel/bilingual.js';
import { calendarDate } from '../kernel/calendar.js';
import type { InputPath, Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Actor, TenantScope } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { QuotaTakings } from '../quotas/quota-takings.service.js';
import { notYetClean } from './domain/host.js';
import { needsPool, takes, wrongReason } from './domain/life-act.js';
import { changedSince, invalid, notFromHere, stillDriven, unknown, unknownServer } from './domain/refused.js';
import {
  isOver,
  MOVE_WORDS,
  mayEndUse,
  type ServerAction,
  type ServerUse,
  stateAfter,
  termsAfter,
  UNUSED,
  useAfter,
} from './domain/server-state.js';
import { ADDRESSES_OF_SERVERS, type AddressesOfServers } from './server-addresses.types.js';
import { changeOfServer } from './server-change.js';
import { ServerHostsRepository } from './server-hosts.repository.js';
import { ServersRepository, useOf } from './servers.repository.js';
import type { MoveOfServer, NewServerEvent, ServerRow } from './servers.types.js';

export interface LifeWish {
  readonly id: string | undefined;
  readonly action: ServerAction;
  readonly expectedVersion: number;
  readonly idempotencyKey: string;
  readonly reason: string | null;
  readonly poolId: string | null | undefined;
}

/** Leads servers through their life by the one table (domain/server-state.ts). */
@Injectable()
export class ServerLifeService {
  constructor(
    private readonly repository: ServersRepository,
    private readonly facilities: FacilitiesService,
    private readonly lives: CenterLives,
    private readonly space: SpaceService,
    private readonly descriptions: HolderDescriptions,
    private readonly quotas: QuotaTakings,
    private readonly givenBack: ThingsGivenBack,
    @Inject(ADDRESSES_OF_SERVERS) private readonly addresses: AddressesOfServers,
    private readonly hosts: ServerHostsRepository,
    private readonly acts: Acts,
    private readonly freezes: FreezeGate,
  ) {}

  async change(actor: Actor, scope: TenantScope, wish: LifeWish): Promise<Result<{ id: string }, readonly Refusal[]>> {
    return this.acts.perform(
      { name: `server.${wish.action.toLowerCase()}`, actor, idempotencyKey: wish.idempotencyKey, input: wish },
      async (tx) => {
        // Its request is above it: whoever gives back something else of it goes from there to the same cabinet.
        if (wish.id !== undefined && mayEndUse(wish.action)) await this.givenBack.keep(tx, [wish.id]);
        const row = wish.id === undefined ? null : await this.repository.locked(tx, scope, wish.id);
        if (!row) return refuse([unknownServer()]);
        if (row.version !== wish.expectedVersion) return refuse([changedSince(wish.expectedVersion, row.version)]);
        if (stateAfter(row, wish.action) === undefined) return refuse([notFromHere(row.state, wish.action)]);
        // It goes from whoever works on it; a repair, or what nobody uses, is none of a freeze's affair.
        const frozen = isOver(row, wish.action) ? await this.freezes.refused(tx, changeOfServer(row)) : [];
        if (frozen.length > 0) return refuse(frozen);
        const host = await this.hosts.locked(tx, row.id);
        const driven = notYetClean(wish.action, row, host);
        if (driven !== null) return refuse([stillDriven(row.state, wish.action, driven)]);
        const reason = wish.reason?.trim() ?? '';
        const unsaid = wrongReason(wish.action, reason);
        if (unsaid) return refuse([unsaid]);
        const use = await this.useOfPool(tx, row, wish);
        if (!use.ok) return use;
        const moved = await this.move(tx, actor.name, { row, move: wish.action, given: use.value, reason });
        if (!moved.ok) return moved;
        const over = isOver(row, wish.action) ? [row.id] : [];
        const { giveBackLast } = await this.quotas.giveBack(tx, over);
        const followLast = await this.givenBack.givenBack(tx, over, actor.name);
        return ok({
          value: { id: row.id },
          audit: moved.value,
          last: async () => {
            await followLast();
            await giveBackLast();
            return ok(undefined);
          },
        });
      },
    );
  }

  /** One move of a locked row, its event and its audit fact. Refused where its cabinet is wholly another department's. */
  async move(tx: Tx, actorName: string, move: MoveOfServer): Promise<Result<AuditFact, readonly Refusal[]>> {
    const moved = await this.moveAll(tx, actorName, [move]);
    return moved.ok ? ok(moved.value[0] as AuditFact) : moved;
  }

  /** The same for many by bulk statements: all or none. What stands in a cabinet or has addresses has them as before, for its new user. */
  async moveAll(
    tx: Tx,
    actorName: string,
    moves: readonly MoveOfServer[],
  ): Promise<Result<AuditFact[], readonly Refusal[]>> {
    const done = moves.map((each) => ({ ...each, next: afterMove(each, tx.now) }));
    await this.repository.changeAll(
      tx,
      done.map(({ next }) => next),
    );
    const others = done.filter(({ row, next }) => row.departmentId !== next.departmentId && next.state !== 'RETIRED');
    const followed = await this.follow(
      tx,
      others.map(({ row, next, path }) => ({ ...row, departmentId: next.departmentId, ...(path ? { path } : {}) })),
    );
    if (!followed.ok) return followed;
    for (const { row, next } of done) if (next.state === 'RETIRED') await this.leave(tx, row);
    await this.repository.appendEvents(
      tx,
      done.flatMap((each) => eventsOf(each, actorName)),
    );
    for (const { row } of moves) tx.changed('server', row.id);
    return ok(done.map(auditOf));
  }

  /** Their places and addresses are their users'. Refused where a cabinet is wholly another department's. */
  async follow(tx: Tx, servers: readonly ServerOfUser[]): Promise<Result<void, readonly Refusal[]>> {
    await this.addresses.follow(
      tx,
      servers.map(({ id, departmentId }) => ({ serverId: id, departmentId })),
    );
    const standing = servers.flatMap(({ holderId, departmentId, since = null, path = [] }) =>
      holderId === null ? [] : [{ holderId, departmentId, since, path }],
    );
    return standing.length === 0 ? ok(undefined) : this.descriptions.describe(tx, standing);
  }

  /** Out of the house: out of its cabinet, its addresses go to rest, and whoever gets the machine finds nothing here. */
  private async leave(tx: Tx, row: ServerRow): Promise<void> {
    if (row.holderId !== null) await this.space.release(tx, row.holderId);
    await this.addresses.release(tx, row.id);
    await this.repository.forgetCredential(tx, row.id);
  }

  private async useOfPool(tx: Tx, row: ServerRow, wish: LifeWish): Promise<Result<ServerUse, readonly Refusal[]>> {
    if (!needsPool(wish.action)) return ok(UNUSED);
    const [pool] = wish.poolId ? await this.facilities.poolsWithin(tx, [wish.poolId]) : [];
    if (!pool) return refuse([unknown(['poolId'], '资源池', 'pool')]);
    if (!takes(pool, row))
      return refuse([
        invalid(
          ['poolId'],
          'pool',
          '资源池与服务器不在同一数据中心，或架构不同',
          'The pool is of another center or architecture than the server',
        ),
      ]);
    const closed = await this.lives.refusals(tx, [{ centerId: row.centerId, what: 'PROMISE', path: ['poolId'] }]);
    return closed.length > 0 ? refuse(closed) : ok({ ...UNUSED, poolId: pool.id });
  }
}

/** A server and whose it is now. */
interface ServerOfUser extends Pick<ServerRow, 'id' | 'holderId' | 'departmentId'> {
  /** Since when, where that was before it is written down; left out = now. */
  readonly since?: Date | null;
  readonly path?: InputPath;
}

interface Done extends MoveOfServer {
  readonly next: ServerRow;
}

function afterMove({ row, move, given = UNUSED, begun }: MoveOfServer, now: Date): ServerRow {
  const to = stateAfter(row, move);
  if (to === undefined) throw new RangeError(`${row.assetNumber}: ${row.state} does not allow ${move}`);
  const origin = given.departmentId === null ? null : 'REQUEST';
  return {
    ...row,
    ...useAfter(to, useOf(row), given),
    ...termsAfter(to, row, given, begun ?? { usedSince: now, origin, sourcePlatform: null }),
    state: to,
    holdSubject: to === 'HELD' ? row.holdSubject : null,
    holderId: to === 'RETIRED' ? null : row.holderId,
    version: row.version + 1,
    changedAt: now,
  };
}

/** What was taken in stands in the record from the day when its use began, and from today as written down. */
function eventsOf({ row, move, next, begun, reason = '' }: Done, actorName: string): NewServerEvent[] {
  const words = MOVE_WORDS[move];
  const departmentId = next.departmentId ?? row.departmentId;
  const event = { serverId: row.id, state: next.state, actorName, departmentId };
  if (!begun?.usedSince)
    return [
      {
        ...event,
        kind: move,
        text: reason === '' ? words : say(`${words.zh}：${reason}`, `${words.en}: ${reason}`),
      },
    ];
  const { usedSince, sourcePlatform } = begun;
  const day = calendarDate(usedSince);
  return [
    {
      ...event,
      kind: move,
      at: usedSince,
      text: say(
        `${words.zh}：原平台 ${sourcePlatform}，自 ${day} 起使用`,
        `${words.en}: from ${sourcePlatform}, in use since ${day}`,
      ),
    },
    {
      ...event,
      kind: 'BOOKED',
      text: say(`由纳管批次 ${reason} 记账`, `Entered in the books by intake ${reason}`),
    },
  ];
}

function auditOf({ row, move, next, reason = '' }: Done): AuditFact {
  const words = MOVE_WORDS[move];
  return {
    objectType: 'Server',
    objectId: row.id,
    departmentId: next.departmentId ?? row.departmentId,
    summary: say(`服务器 ${row.assetNumber}：${words.zh}`, `Server ${row.assetNumber}: ${words.en}`),
    before: { state: row.state, ...useOf(row) },
    after: { state: next.state, ...useOf(next), ...(reason === '' ? {} : { reason }) },
  };
}
