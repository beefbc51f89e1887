import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import type { AuditFact } from '../audit/audit.types.js';
import { SpaceService } from '../cabinets/space.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Actor, TenantScope } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { QuotaTakings } from '../quotas/quota-takings.service.js';
import { needsPool, needsReason, takes } from './domain/life-act.js';
import { changedSince, invalid, notFromHere, unknown, unknownServer } from './domain/refused.js';
import {
  isOver,
  MOVE_WORDS,
  type ServerAction,
  type ServerMove,
  type ServerUse,
  stateAfter,
  UNUSED,
  useAfter,
} from './domain/server-state.js';
import { ServersRepository, useOf } from './servers.repository.js';
import type { ServerRow } from './servers.types.js';

export interface LifeWish {
  readonly id: string | undefined;
  readonly action: ServerAction;
  readonly expectedVersion: number;
  readonly idempotencyKey: string;
  readonly reason: string | null;
  readonly poolId: string | null | undefined;
}

/** Longer texts belong into a file. */
const REASON_LENGTH_MAX = 300;

/** Leads servers through their life by the one table (domain/server-state.ts). */
@Injectable()
export class ServerLifeService {
  constructor(
    private readonly repository: ServersRepository,
    private readonly facilities: FacilitiesService,
    private readonly space: SpaceService,
    private readonly quotas: QuotaTakings,
    private readonly acts: Acts,
  ) {}

  async change(actor: Actor, scope: TenantScope, wish: LifeWish): Promise<Result<{ id: string }, readonly Refusal[]>> {
    return this.acts.perform(
      { name: `server.${wish.action.toLowerCase()}`, actor, idempotencyKey: wish.idempotencyKey, input: wish },
      async (tx) => {
        const row = wish.id === undefined ? null : await this.repository.locked(tx, scope, wish.id);
        if (!row) return refuse([unknownServer()]);
        if (row.version !== wish.expectedVersion) return refuse([changedSince(wish.expectedVersion, row.version)]);
        if (stateAfter(row, wish.action) === undefined) return refuse([notFromHere(row.state, wish.action)]);
        const reason = wish.reason?.trim() ?? '';
        if (needsReason(wish.action) && reason === '')
          return refuse([invalid(['reason'], 'required', '请填写原因', 'Give the reason')]);
        if (reason.length > REASON_LENGTH_MAX)
          return refuse([
            invalid(
              ['reason'],
              'length',
              `原因最多 ${REASON_LENGTH_MAX} 字`,
              `At most ${REASON_LENGTH_MAX} characters`,
            ),
          ]);
        const use = await this.useOfPool(tx, row, wish);
        if (!use.ok) return use;
        const audit = await this.move(tx, actor.name, row, wish.action, use.value, reason);
        const { giveBackLast } = await this.quotas.giveBack(tx, isOver(row, wish.action) ? [row.id] : []);
        return ok({
          value: { id: row.id },
          audit,
          last: async () => {
            await giveBackLast();
            return ok(undefined);
          },
        });
      },
    );
  }

  /** One move of a locked row, its event and its audit fact; the caller has asked the table. */
  async move(
    tx: Tx,
    actorName: string,
    row: ServerRow,
    move: ServerMove,
    given: ServerUse = UNUSED,
    reason = '',
  ): Promise<AuditFact> {
    const to = stateAfter(row, move);
    if (to === undefined) throw new RangeError(`${row.assetNumber}: ${row.state} does not allow ${move}`);
    const use = useAfter(to, useOf(row), given);
    // Out of the house, out of its cabinet.
    const gone = to === 'RETIRED' && row.holderId !== null;
    if (gone && row.holderId !== null) await this.space.release(tx, row.holderId);
    await this.repository.change(tx, row.id, {
      ...use,
      ...(gone ? { holderId: null } : {}),
      state: to,
      ...(to === 'HELD' ? {} : { holdSubject: null }),
      // A retired machine leaves the house; whoever gets it must find nothing here.
      ...(to === 'RETIRED' ? { bmcUsername: null, bmcSealedPassword: null } : {}),
    });
    const words = MOVE_WORDS[move];
    await this.repository.appendEvents(tx, [
      {
        serverId: row.id,
        kind: move,
        state: to,
        text: reason === '' ? words : say(`${words.zh}：${reason}`, `${words.en}: ${reason}`),
        actorName,
        departmentId: use.departmentId ?? row.departmentId,
      },
    ]);
    return {
      objectType: 'Server',
      objectId: row.id,
      departmentId: use.departmentId ?? row.departmentId,
      summary: say(`服务器 ${row.assetNumber}：${words.zh}`, `Server ${row.assetNumber}: ${words.en}`),
      before: { state: row.state, ...useOf(row) },
      after: { state: to, ...use, ...(reason === '' ? {} : { reason }) },
    };
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
    return ok({ ...UNUSED, poolId: pool.id });
  }
}
