import { Inject, Injectable } from '@nestjs/common';
import { AllocationService } from '../allocation/allocation.service.js';
import { ItemRecord } from '../allocation/item-record.service.js';
import type { BudgetMove } from '../budgets/ledger.service.js';
import { DrDebts } from '../drdebts/drdebts.service.js';
import type { Fen } from '../kernel/money.js';
import { type Actor, WHOLE_PROVINCE } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { wasDelivered } from '../resources/domain/resource-state.js';
import { LineMachines } from '../resources/line-machines.service.js';
import { RecordedMachines } from '../resources/recorded-machines.service.js';
import { ResourcesService } from '../resources/resources.service.js';
import { DataCosts } from './data-costs.service.js';
import { encumberedParts } from './domain/change.js';
import { RESOURCE_SUBJECT } from './domain/encumbrance.js';
import { after, type RequestMove, type RequestState } from './domain/request-state.js';
import { EncumberingService } from './encumbering.service.js';
import { HAND_OVERS, type HandOvers } from './hand-overs.types.js';
import { LineTermsRepository } from './line-terms.repository.js';
import { RequestChangesRepository } from './request-changes.repository.js';
import { RequestsRepository } from './requests.repository.js';
import type { RequestRow } from './requests.types.js';

/** Who did what nobody pressed. */
const SYSTEM_NAME: Actor['name'] = '集云';

/** What happens to a request without a person: what it asked for stands ready, what it had is gone. */
@Injectable()
export class FollowUpService {
  constructor(
    private readonly repository: RequestsRepository,
    private readonly resources: ResourcesService,
    private readonly items: ItemRecord,
    private readonly recorded: RecordedMachines,
    private readonly encumbering: EncumberingService,
    private readonly allocation: AllocationService,
    private readonly machines: LineMachines,
    private readonly debts: DrDebts,
    @Inject(HAND_OVERS) private readonly handOvers: HandOvers,
    private readonly changes: RequestChangesRepository,
    private readonly dataCosts: DataCosts,
    private readonly terms: LineTermsRepository,
  ) {}

  /** Called by provisioning in the transaction in which a machine came into use: the last one delivers the request. */
  async resourceDelivered(tx: Tx, requestId: string): Promise<void> {
    const request = await this.repository.locked(tx, WHOLE_PROVINCE, requestId);
    if (!request) return;
    await this.settleDelivered(tx, requestId);
    if (await this.isDone(tx, requestId)) await this.moveBySystem(tx, request, 'DELIVER');
  }

  /**
   * Called by provisioning in the transaction in which a machine's objects were gone: the last one closes
   * the request. Answers what its budget gets back, for `moveBudgets`.
   */
  async resourceReleased(
    tx: Tx,
    resource: { readonly id: string; readonly requestId: string; readonly monthlyFen: Fen },
  ): Promise<readonly BudgetMove[]> {
    const { requestId } = resource;
    const request = await this.repository.locked(tx, WHOLE_PROVINCE, requestId);
    if (!request) return [];
    await this.thingsGone(tx, request);
    const moves = await this.noLongerReserved(tx, resource);
    const data = await this.allocation.claimsOf(tx, await this.dataWithoutMachines(tx, requestId));
    return [...moves, ...(await this.dataCosts.gone(tx, data, [resource.id], SYSTEM_NAME))];
  }

  /** Each request that reserved a part of its price gets that part back: the one that made it, and each that made it dearer. */
  private async noLongerReserved(
    tx: Tx,
    { id, requestId, monthlyFen }: { readonly id: string; readonly requestId: string; readonly monthlyFen: Fen },
  ): Promise<readonly BudgetMove[]> {
    const done = (await this.changes.grantedOf(tx, id)).filter(({ state }) => state === 'DONE');
    const moves: BudgetMove[] = [];
    for (const [at, part] of encumberedParts(requestId, monthlyFen, done).entries()) {
      const subject = { kind: RESOURCE_SUBJECT, id, round: at + 1 };
      const back = { id, requestId: part.requestId, monthlyFen: part.fen, subject };
      moves.push(...(await this.encumbering.shrink(tx, back, SYSTEM_NAME)));
    }
    return moves;
  }

  /** Something of the request is gone: what is owed for it follows, and the last of it closes the request. */
  async thingsGone(tx: Tx, request: RequestRow): Promise<void> {
    const { id } = request;
    const [states, items] = [
      await this.resources.statesOfRequest(tx, id),
      await this.items.of(id, ['HELD', 'ALLOCATED'], tx),
    ];
    const services = await this.repository.runningServices(tx, id);
    if (states.every((s) => s === 'RELEASED') && items.length === 0 && services === 0)
      await this.moveBySystem(tx, request, 'CLOSE');
    else if (await this.isDone(tx, id)) await this.moveBySystem(tx, request, 'DELIVER');
    await this.terms.endGone(
      tx,
      id,
      items.map((item) => item.lineId),
    );
    await this.followMains(tx, id);
    await this.settleDelivered(tx, id);
  }

  /** 异地数据级: storage in the recovery center that no machine of its line needs any more. To be released with the machine's. */
  async dataWithoutMachines(tx: Tx, requestId: string): Promise<string[]> {
    return this.allocation.surplusData(tx, requestId, await this.machines.mostInOneCenter(tx, requestId));
  }

  /** What `resourceReleased` answered, of all machines of the transaction together, before it gives back capacity. */
  async moveBudgets(tx: Tx, moves: readonly BudgetMove[]): Promise<void> {
    const moved = await this.encumbering.move(tx, moves);
    if (!moved.ok) throw new Error(`a budget refuses what is given back: ${moved.error[0]?.message.en}`);
  }

  /**
   * The way back of the port LINE_FULFILMENT: the line stands ready, and what proves it. The last one delivers the request.
   * A share that was owed came under its debt's id, and comes back so.
   * false = it was fulfilled before, or there is no such line.
   */
  async lineFulfilled(tx: Tx, lineId: string, evidence: string | null): Promise<boolean> {
    const debt = await this.debts.fulfilNow(tx, lineId, SYSTEM_NAME);
    if (debt) await this.recorded.deliver(tx, debt.lineId);
    if (debt) return true;
    const requestId = await this.repository.requestOfLine(tx, lineId);
    const request = requestId === null ? null : await this.repository.locked(tx, WHOLE_PROVINCE, requestId);
    if (!request || !(await this.repository.markFulfilled(tx, lineId, evidence))) return false;
    await this.recorded.deliver(tx, lineId);
    // What a change adds to a line is used for as long as that line.
    if (request.nature === 'NEW') await this.terms.begin(tx, request, lineId);
    tx.changed('request', request.id);
    if (await this.isDone(tx, request.id)) await this.moveBySystem(tx, request, 'DELIVER');
    return true;
  }

  /** 容灾欠账: shares that were on their way, all of whose machines are there now. */
  private async settleDelivered(tx: Tx, requestId: string): Promise<void> {
    const settling = (await this.debts.settling(tx, requestId)).filter(({ kind }) => kind === 'VM');
    if (settling.length === 0) return;
    const waiting = await this.machines.undelivered(tx, requestId);
    for (const debt of settling)
      if (!waiting.has(`${debt.lineId}/${debt.centerId}`)) await this.debts.fulfil(tx, debt, SYSTEM_NAME);
  }

  /** What is owed for machines, servers and places follows those that are left. */
  private async followMains(tx: Tx, requestId: string): Promise<void> {
    if (!(await this.debts.isAnythingOwed(tx, requestId))) return;
    const items = await this.items.of(requestId, ['HELD', 'ALLOCATED'], tx);
    const mains = new Map(await this.machines.mostInOneCenter(tx, requestId));
    for (const [, own] of Map.groupBy(items, (item) => `${item.lineId}/${item.centerId}`)) {
      const { lineId } = own[0] as (typeof own)[number];
      mains.set(lineId, Math.max(mains.get(lineId) ?? 0, own.length));
    }
    await this.debts.follow(tx, requestId, mains, SYSTEM_NAME);
  }

  /** Every machine runs, and every other line stands ready. */
  private async isDone(tx: Tx, requestId: string): Promise<boolean> {
    const states = await this.resources.statesOfRequest(tx, requestId);
    if (!states.every(wasDelivered)) return false;
    const waiting = await this.repository.unfulfilledLines(tx, requestId);
    if (waiting.length === 0) return true;
    // A server or place that went back before anybody handed it over is waited for no longer.
    const live = new Set((await this.items.of(requestId, ['HELD', 'ALLOCATED'], tx)).map((item) => item.lineId));
    return waiting.every(({ id, kind }) => kind !== 'SERVICE' && !live.has(id));
  }

  /** Moves the state where the table allows it; a request that has moved on already stays as it is. */
  async moveBySystem(
    tx: Tx,
    request: RequestRow,
    move: RequestMove,
    more: Partial<RequestRow> = {},
    opinion: string | null = null,
  ): Promise<void> {
    const to = after(request.state, move);
    if (to === undefined) return;
    const moved = to === request.state ? {} : { state: to, stateSince: tx.now, version: request.version + 1 };
    if (Object.keys({ ...moved, ...more }).length > 0)
      await this.repository.update(tx, request.id, { ...moved, ...more });
    await this.noteBySystem(tx, request.id, move, request.state, to, opinion);
    if (move === 'DELIVER') await this.handOvers.delivered(tx, request);
    tx.changed('request', request.id);
  }

  /** A row of the timeline that nobody pressed. */
  async noteBySystem(
    tx: Tx,
    requestId: string,
    action: RequestMove,
    fromState: RequestState,
    toState: RequestState,
    opinion: string | null = null,
  ): Promise<void> {
    const nobody = { actorId: null, actorName: SYSTEM_NAME, actorRole: null };
    // What follows an act by itself stands after it, though both are of one moment.
    const at = new Date(tx.now.getTime() + 1);
    await this.repository.appendStep(tx, requestId, { ...nobody, action, opinion, fromState, toState }, at);
  }
}
