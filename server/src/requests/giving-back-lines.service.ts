import { Inject, Injectable, Optional } from '@nestjs/common';
import { type ItemClaim, ItemRecord } from '../allocation/item-record.service.js';
import { Acts } from '../audit/acts.service.js';
import type { Done } from '../audit/audit.types.js';
import type { BudgetMove } from '../budgets/ledger.service.js';
import { SpaceService } from '../cabinets/space.service.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { type Actor, type TenantScope, type Viewer, WHOLE_PROVINCE } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { QuotaTakings } from '../quotas/quota-takings.service.js';
import { ChangedServicesRepository } from './changed-services.repository.js';
import { unknownRequest } from './domain/decide.js';
import { serviceOpen } from './domain/service-change.js';
import { EncumberingService } from './encumbering.service.js';
import { FollowUpService } from './follow-up.service.js';
import { type Answer, done } from './request-acts.js';
import { RequestsRepository } from './requests.repository.js';
import type { RequestLineRow, RequestRow } from './requests.types.js';
import { SERVICE_ENDINGS, type ServiceEndings } from './service-endings.types.js';
import { stateOf } from './service-quotations.service.js';
import { ThingChangesDone } from './thing-changes-done.service.js';

const REASON_LENGTH_MAX = 500;
/** What of a budget a service gives back is known under its line. */
const LINE_SUBJECT = 'LINE';
const NO_OPEN = { openChangeId: null, openChangeCode: null };

export interface GiveBackLineWish {
  readonly lineId: string | undefined;
  /** Of the request. */
  readonly expectedVersion: number;
  readonly reason: string;
  readonly idempotencyKey: string;
}

/**
 * 退还: a service that is not used any more, or the places of a line once nothing stands in them. Their department says so,
 * and what was counted and reserved for them goes back; whoever set a service up is told to take it down. Servers go back by
 * their own life, machines by the bin.
 */
@Injectable()
export class GivingBackLines {
  constructor(
    private readonly repository: RequestsRepository,
    private readonly items: ItemRecord,
    private readonly takings: QuotaTakings,
    private readonly space: SpaceService,
    private readonly encumbering: EncumberingService,
    private readonly followUp: FollowUpService,
    private readonly services: ChangedServicesRepository,
    private readonly things: ThingChangesDone,
    private readonly acts: Acts,
    @Optional() @Inject(SERVICE_ENDINGS) private readonly endings: ServiceEndings | null = null,
  ) {}

  giveBack(viewer: Viewer, scope: TenantScope, wish: GiveBackLineWish): Answer {
    const { idempotencyKey, ...input } = wish;
    return this.acts.perform({ name: 'request.giveBackLine', actor: viewer, idempotencyKey, input }, async (tx) => {
      const reason = wish.reason.trim();
      if (reason.length < 1 || reason.length > REASON_LENGTH_MAX) return refuse([reasonMissing()]);
      const requestId = wish.lineId === undefined ? null : await this.repository.requestOfLine(tx, wish.lineId);
      const request = requestId === null ? null : await this.repository.locked(tx, scope, requestId);
      if (!request) return refuse([unknownRequest()]);
      const line = (await this.repository.lines(request.id, tx)).find(({ id }) => id === wish.lineId);
      if (line?.kind !== 'SERVICE' && line?.kind !== 'CABINET') return refuse([unknownRequest()]);
      if (request.version !== wish.expectedVersion) return refuse([conflict(wish.expectedVersion, request.version)]);
      if ((request.state !== 'PROVISIONING' && request.state !== 'DELIVERED') || line.fulfilledAt === null)
        return refuse([notRunning(request.state)]);
      const [open] = await this.repository.linesByIds([line.id], tx);
      if (open?.openChangeId) return refuse([{ ...serviceOpen({ ...NO_OPEN, ...open }, 0), path: [] }]);
      return this.end(tx, request, line, viewer, reason);
    });
  }

  /** By the rule of its term, or by a decision: no press of its department. `isDue` is asked, and tells, under the lock of its request. */
  giveBackByRule(actor: Actor, lineId: string, reason: string, isDue: (tx: Tx) => Promise<boolean>): Answer {
    return this.acts.perform({ name: 'request.giveBackLineByRule', actor, input: { lineId } }, async (tx) => {
      const requestId = await this.repository.requestOfLine(tx, lineId);
      const request = requestId === null ? null : await this.repository.locked(tx, WHOLE_PROVINCE, requestId);
      const line = request && (await this.repository.lines(request.id, tx)).find(({ id }) => id === lineId);
      if (!request || !line || (line.kind !== 'SERVICE' && line.kind !== 'CABINET') || !(await isDue(tx)))
        return refuse([unknownRequest()]);
      return this.end(tx, request, line, actor, reason);
    });
  }

  private async end(
    tx: Tx,
    request: RequestRow,
    line: RequestLineRow,
    actor: Actor,
    reason: string,
  ): Promise<Result<Done<{ id: string }>, readonly Refusal[]>> {
    if (!(await this.repository.endLine(tx, line.id))) return refuse([notRunning(request.state)]);
    const live = (await this.items.of(request.id, ['ALLOCATED'], tx)).filter((item) => item.lineId === line.id);
    if (line.kind === 'CABINET') {
      const emptied = await this.emptyPlaces(tx, live);
      if (!emptied.ok) return emptied;
    }
    await this.items.markReleased(
      tx,
      live.map((item) => item.id),
    );
    // A service has its quotas under its line, also those that it only grew by.
    const takers = line.kind === 'SERVICE' ? [line.id] : live.map((item) => item.subjectId);
    const { giveBackLast } = await this.takings.giveBack(tx, takers);
    const moves =
      line.kind === 'SERVICE'
        ? await this.ofService(tx, request, line, actor, reason)
        : await this.ofPlaces(tx, line, live, actor.name);
    await this.followUp.thingsGone(tx, request);
    tx.changed('request', request.id);
    return ok({
      ...done(
        request.id,
        request.departmentId,
        say(`${request.code} 退还 ${line.name}`, `Give back ${line.name} of ${request.code}`),
        { line: line.name, kind: line.kind, count: line.itemCount },
        { reason },
      ),
      last: async () => {
        const moved = await this.encumbering.move(tx, moves);
        if (moved.ok) await giveBackLast();
        return moved;
      },
    });
  }

  /** Nothing goes back while something stands in it: that leaves by its own order first. */
  private emptyPlaces(tx: Tx, places: readonly ItemClaim[]): Promise<Result<unknown, readonly Refusal[]>> {
    const ends = places.map(({ subjectId }) => ({ holderId: subjectId, expectedVersion: null, path: [] }));
    return this.space.endAll(tx, ends, (holder) => (holder.state === 'OCCUPIED' ? stillOccupied(holder.label) : null));
  }

  /**
   * Whoever set it up takes it down. Each request that reserved a part of it gets that part back: the one that asked for it,
   * and each that added to it.
   */
  private async ofService(
    tx: Tx,
    { id: requestId, code: requestCode, departmentId, systemId }: RequestRow,
    line: RequestLineRow,
    actor: Actor,
    reason: string,
  ): Promise<readonly BudgetMove[]> {
    const { id, name: lineName, definitionId } = line;
    const { count, answers, parts } = stateOf(line, await this.services.done([id], tx));
    const of = { lineId: id, lineName, requestId, requestCode, departmentId, systemId };
    const service = { ...of, definitionId, count, answers, reason };
    await this.endings?.ended(tx, service, actor);
    const moves: BudgetMove[] = [];
    for (const [at, part] of parts.entries()) {
      const subject = { kind: LINE_SUBJECT, id, round: at + 1 };
      const back = { id, requestId: part.requestId, count: part.count, monthlyFen: part.eachFen, subject };
      moves.push(...(await this.encumbering.shrink(tx, back, actor.name)));
    }
    return moves;
  }

  private async ofPlaces(
    tx: Tx,
    line: RequestLineRow,
    places: readonly ItemClaim[],
    by: string,
  ): Promise<readonly BudgetMove[]> {
    const moves: BudgetMove[] = [];
    for (const place of places) moves.push(...(await this.things.giveBack(tx, place, [line], by)));
    return moves;
  }
}

function stillOccupied(label: string): Refusal {
  return {
    code: 'NOT_PERMITTED',
    path: [],
    reason: 'STILL_IN_USE',
    message: say(
      `机位 ${label} 内还有设备，请先办理下架、出场工单`,
      `Something still stands in ${label}: it leaves by a work order first`,
    ),
  };
}

function reasonMissing(): Refusal {
  return {
    code: 'INVALID_INPUT',
    path: ['reason'],
    rule: 'length',
    message: say(`请说明原因，1 至 ${REASON_LENGTH_MAX} 字`, `Give a reason of 1 to ${REASON_LENGTH_MAX} characters`),
  };
}

function conflict(expected: number, current: number): Refusal {
  return {
    code: 'VERSION_CONFLICT',
    path: [],
    expected,
    current,
    message: say('申请单刚有变化，请刷新后再办', 'The request has just changed; look again first'),
  };
}

function notRunning(state: string): Refusal {
  return {
    code: 'ILLEGAL_TRANSITION',
    path: [],
    state,
    action: 'GIVE_BACK',
    message: say('尚未交付，或已退还', 'It is not delivered yet, or was given back before'),
  };
}
