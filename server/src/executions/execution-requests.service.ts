import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { reaches, type TenantScope, type Viewer } from '../kernel/viewer.js';
import { CodeSequence } from '../platform/database/code-sequence.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { groupOccupied } from '../resilience/domain/occupation.js';
import { GroupOccupations } from '../resilience/occupations.service.js';
import { CONFIRM_WITHIN_H } from './domain/approve-execution.js';
import { alwaysTyped, type ShownLoss } from './domain/data-loss.js';
import type { ExecutionKind } from './domain/execution-words.js';
import type { PlannedStep } from './domain/runbook.js';
import { type Sides, sidesOf } from './domain/sides.js';
import { coversPress } from './domain/standing-order.js';
import { EvidenceRepository } from './evidence.repository.js';
import { ExecutionGrounds, type Ground } from './execution-grounds.service.js';
import { notPermitted, unknown, wrongReason } from './execution-refusals.js';
import { ExecutionsRepository } from './executions.repository.js';
import { Fences } from './fences.service.js';
import { newExecution, newSteps } from './new-execution.js';
import { RunbooksRepository } from './runbooks.repository.js';
import { factOf } from './told.js';

/** 切换. */
export const CODE_PREFIX = 'QH';

type Answer = Promise<Result<{ executionId: string }, readonly Refusal[]>>;

export interface ExecutionWish {
  readonly groupId: string | undefined;
  readonly kind: ExecutionKind;
  readonly reason: string;
  /** When it is to begin; left out, as soon as it is approved. */
  readonly plannedAt?: Date | null;
  /** Where it is to serve from then on. */
  readonly toCenterId?: string | undefined;
  /** Its newest version is carried out. */
  readonly runbookId?: string | undefined;
  /** Nobody has verified that version, and it is to be carried out all the same. */
  readonly acceptUnverified?: boolean;
  /** 预授权 under which it is pressed. */
  readonly standingOrderId?: string | undefined;
  readonly idempotencyKey: string;
}

interface Plan {
  readonly steps: readonly PlannedStep[];
  readonly runbook: { readonly id: string; readonly number: number; readonly hash: string };
  readonly unverified: boolean;
}

/** Executions are asked for, by a runbook that is verified, from where the data is written to where it has a copy. */
@Injectable()
export class ExecutionRequests {
  constructor(
    private readonly repository: ExecutionsRepository,
    private readonly runbooks: RunbooksRepository,
    private readonly evidence: EvidenceRepository,
    private readonly grounds: ExecutionGrounds,
    private readonly occupations: GroupOccupations,
    private readonly codes: CodeSequence,
    private readonly acts: Acts,
    private readonly fences: Fences,
  ) {}

  async request(viewer: Viewer, scope: TenantScope, wish: ExecutionWish): Answer {
    const { idempotencyKey, plannedAt = null, ...asked } = wish;
    const input = { ...asked, ...(plannedAt === null ? {} : { plannedAt: plannedAt.toISOString() }) };
    const ground = wish.groupId === undefined ? null : await this.grounds.of(wish.groupId);
    const seen = ground && reaches(scope, ground.picture.row) ? ground : null;
    return this.acts.perform({ name: 'drExecution.request', actor: viewer, idempotencyKey, input }, async (tx) => {
      if (!seen) return refuse([unknown('groupId')]);
      const wrong = [...wrongReason(wish.reason), ...wrongPlan(wish, tx.now)];
      if (wrong.length > 0) return refuse(wrong);
      const { row: group } = seen.picture;
      // Whoever asks at the same moment waits here; the group's one key, which drills take too, is behind it.
      await tx.manager.query('select id from dr_group where id = ? for update', [group.id]);
      const id = newId(tx.now.getTime());
      const code = await this.codes.nextWithin(tx.manager, CODE_PREFIX, tx.now.getFullYear());
      const holder = await this.occupations.occupy(tx, group.id, { byKind: 'EXECUTION', byId: id, byCode: code });
      if (holder) return refuse([groupOccupied(holder)]);
      const plan = await this.planOf(tx, wish);
      if (!plan.ok) return plan;
      const sides = sidesWanted(seen, wish);
      if (!sides.ok) return refuse([sides.error]);
      const order = await this.orderOf(tx, viewer, wish, group.id);
      if (!order.ok) return order;
      const loss = this.grounds.lossOf(seen, wish.kind, sides.value.toCenterId);
      const execution = newExecution(tx.now, viewer, seen, wish, {
        ...{ id, code, loss, runbook: plan.value.runbook, unverified: plan.value.unverified },
        ...{ sides: sides.value, orderId: order.value },
        confirmDueAt: order.value === null ? null : later(tx.now, CONFIRM_WITHIN_H * 3_600),
      });
      await this.repository.insert(tx, execution, newSteps(tx.now, execution, plan.value.steps, 1));
      tx.changed('drExecution', execution.id);
      return ok({
        value: { executionId: execution.id },
        audit: {
          ...factOf(execution),
          summary: say(
            `申请${KIND_ZH[wish.kind]} ${code}：${group.name}`,
            `Ask for ${wish.kind} ${code} of ${group.name}`,
          ),
          before: null,
          after: {
            ...{ kind: wish.kind, reason: execution.reason, runbook: plan.value.runbook, ...sides.value },
            plannedAt: plannedAt?.toISOString() ?? null,
            shownLossSeconds: loss.seconds,
          },
        },
      });
    });
  }

  /** What would be lost, where it would go and what it would be carried out by, before anybody presses. */
  async preview(
    scope: TenantScope,
    wish: Pick<ExecutionWish, 'groupId' | 'kind' | 'toCenterId'>,
  ): Promise<{ readonly loss: ShownLoss; readonly sides: Sides } | { readonly refusal: Refusal }> {
    const ground = wish.groupId === undefined ? null : await this.grounds.of(wish.groupId);
    if (!ground || !reaches(scope, ground.picture.row)) return { refusal: unknown('groupId') };
    // Said before the form is filled in, and not after: nothing else is begun on it meanwhile.
    const [holder] = await this.occupations.of([ground.picture.row.id]);
    if (holder) return { refusal: groupOccupied(holder) };
    const sides = sidesWanted(ground, wish);
    if (!sides.ok) return { refusal: sides.error };
    const loss = this.grounds.lossOf(ground, wish.kind, sides.value.toCenterId);
    const leaves =
      wish.kind === 'FAILOVER' && (await this.fences.leavesCity({ groupId: ground.picture.row.id, ...sides.value }));
    return { loss: leaves ? alwaysTyped(loss) : loss, sides: sides.value };
  }

  private async planOf(tx: Tx, wish: ExecutionWish): Promise<Result<Plan, readonly Refusal[]>> {
    if (wish.runbookId === undefined) return refuse([unknown('runbookId')]);
    const runbook = await this.runbooks.locked(tx, wish.runbookId);
    if (!runbook || runbook.groupId !== wish.groupId || runbook.kind !== wish.kind)
      return refuse([unknown('runbookId')]);
    const [version] = (await this.runbooks.versions([runbook.id], tx)).filter(
      ({ number }) => number === runbook.latestNumber,
    );
    const text = (await this.evidence.texts([{ runbookId: runbook.id, number: runbook.latestNumber }], tx)).get(
      `${runbook.id}/${runbook.latestNumber}`,
    );
    if (!version || !text) throw new Error(`runbook ${runbook.id} has no version ${runbook.latestNumber}`);
    const unverified = version.state !== 'VERIFIED';
    if (unverified && !wish.acceptUnverified)
      return refuse([
        notPermitted(
          'NEEDS_VERIFIED',
          `预案第 ${version.number} 版尚未核验；请先核验，或明确接受按未核验版本执行`,
          `Nobody has verified version ${version.number} of the runbook; have it verified, or accept that expressly`,
          ['runbookId'],
        ),
      ]);
    return ok({
      steps: text.steps,
      runbook: { id: runbook.id, number: version.number, hash: text.hash },
      unverified,
    });
  }

  private async orderOf(
    tx: Tx,
    viewer: Viewer,
    wish: ExecutionWish,
    groupId: string,
  ): Promise<Result<string | null, readonly Refusal[]>> {
    if (wish.standingOrderId === undefined) return ok(null);
    const order = await this.runbooks.order(tx, wish.standingOrderId);
    const press = { groupId, kind: wish.kind, userId: viewer.userId };
    const covered =
      order && coversPress({ ...order, from: order.validFrom, until: order.validUntil }, press, tx.now) ? order : null;
    if (covered) return ok(covered.id);
    return refuse([
      notPermitted(
        'NOT_COVERED',
        '预授权不适用于您、该容灾组、该种切换或当前时间',
        'The advance approval does not cover you, this group, this kind or this moment',
        ['standingOrderId'],
      ),
    ]);
  }
}

export const KIND_ZH: { readonly [K in ExecutionKind]: string } = {
  SWITCHOVER: '计划内切换',
  FAILOVER: '灾难切换',
  FAILBACK: '回切',
};

/** From the press on the group is kept for it: for longer than that nobody could do anything else with it. */
const PLANNED_AHEAD_MS = 14 * 86_400_000;

/** @param now what is planned for a moment that has passed was meant for another. */
function wrongPlan({ kind, plannedAt, standingOrderId }: ExecutionWish, now: Date): Refusal[] {
  if (!plannedAt) return [];
  const wrong = (rule: string, zh: string, en: string): Refusal[] => [
    { code: 'INVALID_INPUT', path: ['plannedAt'], rule, message: say(zh, en) },
  ];
  if (kind === 'FAILOVER' || standingOrderId !== undefined)
    return wrong(
      'kind',
      '灾难切换和依预授权发起的切换不能定时，批准后即开始',
      'A failover, and what is pressed under an advance approval, begins as it is approved and is not planned for later',
    );
  const ahead = plannedAt.getTime() - now.getTime();
  if (ahead > 0 && ahead <= PLANNED_AHEAD_MS) return [];
  return wrong('range', '计划时间须在今后 14 天内', 'It is planned for within the next 14 days');
}

const later = (now: Date, seconds: number) => new Date(now.getTime() + seconds * 1_000);

function sidesWanted(ground: Ground, wish: Pick<ExecutionWish, 'toCenterId'>): Result<Sides, Refusal> {
  const known = ground.centers.some(({ id }) => id === wish.toCenterId);
  return known && wish.toCenterId !== undefined
    ? sidesOf(ground.moved, wish.toCenterId)
    : refuse(unknown('toCenterId'));
}
