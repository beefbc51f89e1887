import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { FilesService } from '../files/files.service.js';
import { UserNames } from '../identity/user-names.service.js';
import { accountingYear } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Viewer } from '../kernel/viewer.js';
import { CodeSequence } from '../platform/database/code-sequence.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { Companies } from './companies.service.js';
import { afterAction, mayAct, NEEDS_OPINION, type WorkOrderAction } from './domain/work-order.js';
import { type Last, OrderEffects } from './order-effects.service.js';
import { OrderEnds } from './order-ends.service.js';
import { OrderNews } from './order-news.service.js';
import { type Answer, changedMeanwhile, done, invalid, notOpen, unknownOrder } from './order-refusals.js';
import { OrderSights } from './order-sights.service.js';
import { summaryOf } from './order-words.js';
import { RoomWindows } from './room-windows.service.js';
import { WorkOrdersRepository } from './workorders.repository.js';
import type { OrderSight, WorkOrderRow } from './workorders.types.js';

export interface MoveWish {
  readonly id: string | undefined;
  readonly expectedVersion: number;
  readonly idempotencyKey: string;
  readonly opinion: string | null;
}

export interface AssignWish extends MoveWish {
  /** null = the center's own people do it. */
  readonly companyId: string | null | undefined;
  readonly assigneeId: string | null | undefined;
  readonly windowFrom: Date | null;
  readonly windowTo: Date | null;
  readonly dueAt: Date | null;
  readonly overlapReason: string | null;
}

export type SimpleMove = Exclude<WorkOrderAction, 'EDIT' | 'OPEN' | 'ASSIGN' | 'RECORD'>;
const OPINION_LENGTH_MAX = 500;
interface Change {
  readonly values: Partial<WorkOrderRow>;
  readonly last?: Last;
}
type Changed = Result<Change, readonly Refusal[]>;

/** Moves an order along its life: the state table and the sides decide who may, the effects what becomes of things. */
@Injectable()
export class OrderActs {
  constructor(
    private readonly repository: WorkOrdersRepository,
    private readonly sights: OrderSights,
    private readonly effects: OrderEffects,
    private readonly windows: RoomWindows,
    private readonly companies: Companies,
    private readonly news: OrderNews,
    private readonly ends: OrderEnds,
    private readonly names: UserNames,
    private readonly files: FilesService,
    private readonly codes: CodeSequence,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** 派单: from here on its window is kept in the rooms, its things have places and its ports are claimed. */
  async assign(viewer: Viewer, sight: OrderSight, action: 'OPEN' | 'ASSIGN', wish: AssignWish): Answer {
    const [person = null] = wish.assigneeId ? await this.names.named([wish.assigneeId]) : [];
    return this.perform(viewer, sight, action, wish, async (tx, order) => {
      const refusals: Refusal[] = [];
      const { companyId = null, assigneeId = null } = wish;
      if (companyId === undefined || (companyId !== null && !(await this.companies.fits(tx, companyId, assigneeId))))
        refusals.push(
          invalid(
            ['companyId'],
            'company',
            '服务商已停用，或该人员不属于它',
            'The company is closed, or the person is not of it',
          ),
        );
      if (companyId === null && !person?.roles.includes('FACILITY_ENGINEER'))
        refusals.push(
          invalid(
            ['assigneeId'],
            'required',
            '请选择服务商，或指定机房工程师',
            'Choose a company, or a facility engineer',
          ),
        );
      const window = {
        windowFrom: wish.windowFrom ?? order.windowFrom,
        windowTo: wish.windowTo ?? order.windowTo,
        overlapReason: wish.overlapReason?.trim() || null,
      };
      const planned = { ...order, ...window };
      refusals.push(...(await this.windows.objections(tx, planned)));
      if (refusals.length > 0) return refuse(refusals);
      const opened = action === 'OPEN' ? await this.effects.opened(tx, planned) : null;
      if (opened && !opened.ok) return opened;
      return ok({
        values: {
          ...window,
          companyId,
          assigneeId,
          assigneeName: person?.displayName ?? null,
          dueAt: wish.dueAt ?? window.windowTo ?? order.dueAt,
          toldStage: null,
        },
        ...(opened ? { last: opened.value } : {}),
      });
    });
  }

  async move(viewer: Viewer, sight: OrderSight, action: SimpleMove, wish: MoveWish): Answer {
    const slip = action === 'ISSUE_SLIP' ? await this.codes.next('CM', accountingYear(this.clock.now())) : null;
    return this.perform(viewer, sight, action, wish, async (tx, order): Promise<Changed> => {
      switch (action) {
        case 'SUBMIT':
          return this.unless(await this.ends.objectionsToSubmit(tx, order));
        case 'ACCEPT':
          return ok({ values: { assigneeId: viewer.userId, assigneeName: viewer.name } });
        case 'HAND_BACK':
          return ok({ values: { assigneeId: null, assigneeName: null } });
        case 'ISSUE_SLIP':
          return ok({ values: { slipNumber: slip, slipAt: tx.now, slipBy: viewer.name } });
        case 'FINISH':
          return this.finish(tx, order, viewer);
        case 'CONFIRM':
          await this.effects.confirmed(tx, order);
          return ok({ values: {}, last: await this.ends.confirmed(tx, order) });
        case 'CANCEL': {
          const given = await this.effects.cancelled(tx, order);
          if (!given.ok) return given;
          return ok({ values: {}, last: given.value });
        }
        default:
          return ok({ values: {} });
      }
    });
  }

  /** One step done, or not done after all, with what shows it. */
  record(
    viewer: Viewer,
    sight: OrderSight,
    wish: Omit<MoveWish, 'opinion'> & {
      readonly stepId: string | undefined;
      readonly isDone: boolean;
      readonly note: string | null;
      readonly fileIds: readonly string[];
    },
  ): Answer {
    return this.perform(viewer, sight, 'RECORD', { ...wish, opinion: null }, async (tx, order): Promise<Changed> => {
      const step = (await this.repository.stepsOf([order.id], tx.manager)).find((each) => each.id === wish.stepId);
      if (!step) return refuse([unknownOrder()]);
      const note = wish.note?.trim() || null;
      if (note !== null && note.length > OPINION_LENGTH_MAX)
        return refuse([
          invalid(['note'], 'length', `最多 ${OPINION_LENGTH_MAX} 字`, `At most ${OPINION_LENGTH_MAX} characters`),
        ]);
      if (!(await this.files.attach(tx, wish.fileIds, 'WorkOrderStep', step.id, viewer.userId)))
        return refuse([invalid(['fileIds'], 'files', '附件已失效，请重新上传', 'A file is gone; send it again')]);
      if (wish.isDone && step.needsEvidence && !(await this.files.hasAny(tx, 'WorkOrderStep', step.id)))
        return refuse([
          invalid(
            ['fileIds'],
            'evidence',
            `「${step.titleZh}」须上传照片或文件`,
            `“${step.titleEn}” wants a photograph or a document`,
          ),
        ]);
      await this.repository.updateStep(tx, step.id, {
        note,
        doneAt: wish.isDone ? (step.doneAt ?? tx.now) : null,
        doneBy: wish.isDone ? (step.doneBy ?? viewer.name) : null,
      });
      return ok({ values: {} });
    });
  }

  private unless(refusals: readonly Refusal[]): Changed {
    return refusals.length > 0 ? refuse(refusals) : ok({ values: {} });
  }

  private async finish(tx: Tx, order: WorkOrderRow, viewer: Viewer): Promise<Changed> {
    const refusals = await this.ends.objectionsToFinish(tx, order);
    if (refusals.length > 0) return refuse(refusals);
    const effect = await this.effects.finished(tx, order);
    if (!effect.ok) return effect;
    return ok({ values: { finishedById: viewer.userId, finishedAt: tx.now }, last: effect.value });
  }

  private perform(
    viewer: Viewer,
    sight: OrderSight,
    action: WorkOrderAction,
    wish: MoveWish,
    work: (tx: Tx, order: WorkOrderRow) => Promise<Changed>,
  ): Answer {
    return this.acts.perform(
      { name: `workorder.${action.toLowerCase()}`, actor: viewer, idempotencyKey: wish.idempotencyKey, input: wish },
      async (tx) => {
        const order = await this.repository.locked(tx, sight, wish.id);
        if (!order) return refuse([unknownOrder()]);
        const to = afterAction(order.state, action);
        if (to === undefined || !mayAct(order, action, this.sights.sidesOf(viewer, sight, order), viewer.userId))
          return refuse([notOpen(order, action)]);
        if (order.version !== wish.expectedVersion)
          return refuse([changedMeanwhile(wish.expectedVersion, order.version)]);
        const opinion = wish.opinion?.trim() || null;
        if (opinion === null && NEEDS_OPINION.includes(action))
          return refuse([invalid(['opinion'], 'required', '请说明原因', 'Say why')]);
        if (opinion !== null && opinion.length > OPINION_LENGTH_MAX)
          return refuse([
            invalid(['opinion'], 'length', `最多 ${OPINION_LENGTH_MAX} 字`, `At most ${OPINION_LENGTH_MAX} characters`),
          ]);
        const changed = await work(tx, order);
        if (!changed.ok) return changed;
        const { values, last } = changed.value;
        const now = { ...order, ...values, state: to };
        await this.repository.update(tx, order.id, {
          ...values,
          state: to,
          version: order.version + 1,
          ...(to === order.state ? {} : { stateSince: tx.now }),
        });
        await this.repository.appendEvent(tx, {
          orderId: order.id,
          actorId: viewer.userId,
          actorName: viewer.name,
          action,
          opinion,
          fromState: order.state,
          toState: to,
        });
        await this.news.moved(tx, now, action, viewer);
        tx.changed('workOrder', order.id);
        const change = { before: { state: order.state }, after: { state: to, ...values, opinion } };
        return ok(done({ id: order.id }, order, summaryOf(action, order.code), change, last));
      },
    );
  }
}
