import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import { accountingYear, calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { QuotaMeter, Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { type Actor, scopeFor, type TenantScope, type Viewer, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { eachAlone } from '../platform/concurrency/each-alone.js';
import { type Tx, UnitOfWork } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import { type QuotaState, type QuotaSubject, UNLIMITED } from '../quotas/domain/quota.js';
import { QuotaSettings, type QuotasAround, type SetQuotas } from '../quotas/quota-settings.service.js';
import { QuotasService } from '../quotas/quotas.service.js';
import { SystemsService } from '../systems/systems.service.js';
import { quotasRefused } from './domain/plan-notices.js';
import { type ApprovedAmounts, limitsThatFollow } from './domain/plan-quotas.js';
import { plannedAmounts } from './domain/plan-use.js';
import { type Answer, type PlanActWish, PlanDesk, planChanged, unknownPlan } from './plan-desk.service.js';
import { PlanLinesRepository } from './plan-lines.repository.js';
import { PlansRepository } from './plans.repository.js';
import type { LineOfDepartment, PlanRow } from './plans.types.js';

/** Read before the transaction: who is whose hardly changes. */
export interface PreparedQuotas {
  readonly around: QuotasAround;
  /** Of every department above and of the plan's own: ids of its tree. */
  readonly trees: ReadonlyMap<string, readonly string[]>;
  readonly systemIds: readonly string[];
}

/** One limit as it is and as it will be. */
export interface QuotaChange {
  readonly subject: QuotaSubject;
  readonly meter: QuotaMeter;
  /** null = no limit. */
  readonly before: number | null;
  readonly after: number;
  readonly live: number;
}

const PLANS_PER_ROUND = 200;

/** 定额 follows the approved plan of the running year: shown before, set with the approval, refused below what is in use. */
@Injectable()
export class PlanQuotas {
  constructor(
    private readonly plans: PlansRepository,
    private readonly lines: PlanLinesRepository,
    private readonly desk: PlanDesk,
    private readonly settings: QuotaSettings,
    private readonly quotas: QuotasService,
    private readonly departments: DepartmentsService,
    private readonly systems: SystemsService,
    private readonly notices: Notices,
    private readonly acts: Acts,
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Quotas are those of the running year: a plan of next year waits for it, and of a past one nothing follows. */
  followNow(plan: Pick<PlanRow, 'year'>, now: Date = this.clock.now()): boolean {
    return plan.year === accountingYear(now);
  }

  async prepare(plan: PlanRow): Promise<PreparedQuotas> {
    const systemIds = [...new Set((await this.lines.of(plan.id)).map((line) => line.systemId))];
    const systems = (await this.systems.systems(systemIds)).flatMap((system) => system ?? []);
    const around = await this.settings.around(
      plan.departmentId,
      systems.map(({ id, name, departmentId }) => ({ level: 'SYSTEM', id, name, departmentId })),
    );
    const trees = new Map<string, readonly string[]>();
    for (const { id } of [...around.above, around.own]) trees.set(id, await this.departments.treeIds(id));
    return { around, trees, systemIds };
  }

  /** What approval would do to limits, and what stands in its way, as things are now. */
  async outlook(plan: PlanRow): Promise<{ changes: QuotaChange[]; objections: Refusal[] }> {
    if (plan.quotasSetAt !== null || plan.year < accountingYear(this.clock.now()))
      return { changes: [], objections: [] };
    const prepared = await this.prepare(plan);
    const { above, own, beneath } = prepared.around;
    const states = new Map((await this.quotas.statesOf([...above, own, ...beneath])).map((s) => [s.subject.id, s]));
    const wishes = this.wishes(plan, prepared, await this.counted(plan, prepared), states);
    const changes = wishes.flatMap(({ subject, limits }) =>
      (Object.entries(limits) as [QuotaMeter, number][]).map(([meter, after]): QuotaChange => {
        const state = states.get(subject.id)?.meters[meter];
        const limit = state?.limit ?? UNLIMITED;
        return { subject, meter, after, before: limit === UNLIMITED ? null : limit, live: state?.live ?? 0 };
      }),
    );
    return { changes, objections: await this.settings.objections(wishes, prepared.around) };
  }

  /** In the act that approves the plan, or that puts its quotas in force later. */
  async set(tx: Tx, plan: PlanRow, prepared: PreparedQuotas): Promise<Result<SetQuotas, readonly Refusal[]>> {
    const counted = await this.counted(plan, prepared, tx);
    return this.settings.set(
      tx,
      prepared.around,
      (states) => this.wishes(plan, prepared, counted, states),
      say(`按计划 ${plan.code} 调整`, `Set by the plan ${plan.code}`),
    );
  }

  /** Once more by hand, where it was refused when the year began. */
  async setByHand(viewer: Viewer, scope: TenantScope, wish: PlanActWish): Answer {
    const seen = wish.id === undefined ? null : await this.desk.plan(viewer, scope, wish.id);
    if (!seen || scopeFor(viewer, 'PLAN', 'REVIEW')?.kind !== 'PROVINCE') return refuse([unknownPlan()]);
    return this.putInForce(viewer, seen, scope, wish);
  }

  /** Quotas of what was approved before its year began. Several workers may do it at once. */
  async setDue(actor: Actor): Promise<void> {
    const now = this.clock.now();
    await eachAlone(await this.plans.due(accountingYear(now), PLANS_PER_ROUND), async (plan) => {
      const done = await this.putInForce(actor, plan, WHOLE_PROVINCE, null);
      if (done.ok) return;
      const why: Bilingual = done.error[0]?.message ?? say('请查看', 'look at it');
      const [department] = await this.departments.departments([plan.departmentId]);
      const toTell = this.desk.toTell(plan, [], department?.name ?? '');
      await this.unitOfWork.run((tx) => this.notices.tell(tx, quotasRefused(toTell, why, calendarDate(now))));
    });
  }

  private async putInForce(actor: Actor, seen: PlanRow, scope: TenantScope, wish: PlanActWish | null): Answer {
    const prepared = await this.prepare(seen);
    const key = wish === null ? {} : { idempotencyKey: wish.idempotencyKey };
    const input = { id: seen.id, expectedVersion: wish?.expectedVersion ?? seen.version };
    return this.acts.perform({ name: 'plan.setQuotas', actor, input, ...key }, async (tx) => {
      const plan = await this.plans.locked(tx, scope, seen.id);
      if (!plan) return refuse([unknownPlan()]);
      if (plan.state !== 'APPROVED' || plan.quotasSetAt !== null || !this.followNow(plan, tx.now))
        return refuse([notNow(plan)]);
      if (plan.version !== input.expectedVersion) return refuse([planChanged(input.expectedVersion, plan.version)]);
      const set = await this.set(tx, plan, prepared);
      if (!set.ok) return set;
      await this.plans.update(tx, plan, { quotasSetAt: tx.now });
      return ok({
        value: { id: plan.id },
        audit: {
          objectType: 'Plan',
          objectId: plan.id,
          departmentId: plan.departmentId,
          summary: say(`落实 ${plan.code} 的定额`, `Put the quotas of ${plan.code} in force`),
        },
        auditToo: set.value.audits,
        last: async () => {
          await set.value.setLast();
          return ok(undefined);
        },
      });
    });
  }

  /** Everything that counts for the year once this plan is approved. */
  private async counted(plan: PlanRow, { trees }: PreparedQuotas, tx?: Tx): Promise<LineOfDepartment[]> {
    const departmentIds = [...new Set([...trees.values()].flat())];
    const approved = await this.lines.ofYear({ year: plan.year, states: ['APPROVED'], departmentIds }, tx?.manager);
    if (plan.state === 'APPROVED') return approved;
    const own = await this.lines.of(plan.id, tx?.manager);
    return [...approved, ...own.map((line) => ({ ...line, departmentId: plan.departmentId }))];
  }

  private wishes(
    plan: PlanRow,
    { around, trees, systemIds }: PreparedQuotas,
    lines: readonly LineOfDepartment[],
    states: ReadonlyMap<string, QuotaState>,
  ) {
    const ofTree = (subject: QuotaSubject): ApprovedAmounts => {
      const tree = new Set(trees.get(subject.id) ?? []);
      return { subject, planned: plannedAmounts(lines.filter((line) => tree.has(line.departmentId))) };
    };
    const systems = around.beneath
      .filter(({ level, id }) => level === 'SYSTEM' && systemIds.includes(id))
      .map(
        (subject): ApprovedAmounts => ({
          subject,
          planned: plannedAmounts(lines.filter((line) => line.systemId === subject.id)),
        }),
      );
    return limitsThatFollow(
      [ofTree(around.own), ...systems],
      around.above.map(ofTree),
      states,
      plan.kind === 'ADDITION',
    );
  }
}

function notNow(plan: PlanRow): Refusal {
  return {
    code: 'ILLEGAL_TRANSITION',
    path: [],
    state: plan.state,
    action: 'SET_QUOTAS',
    message: say('定额已落实，或计划年度尚未开始', 'Its quotas are in force, or its year has not begun'),
  };
}
