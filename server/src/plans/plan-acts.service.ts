import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import { calendarDate } from '../kernel/calendar.js';
import { ok, refuse } from '../kernel/result.js';
import type { TenantScope, Viewer } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { DUPLICATE_KEY_ERRNO, errnoOf, type Tx, WriteConflict } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import { decidePlan, maySeePlan } from './domain/decide-plan.js';
import { planMoved, planWaits } from './domain/plan-notices.js';
import { monthlyOf } from './domain/plan-price.js';
import { isSignature, type PlanAction, type PlanState } from './domain/plan-state.js';
import { PlanCatalog, type PlanShelf, withCatalog } from './plan-catalog.service.js';
import { type Answer, cityOf, type PlanActWish, PlanDesk, unknownPlan } from './plan-desk.service.js';
import { PlanLinesRepository } from './plan-lines.repository.js';
import { PlanQuotas } from './plan-quotas.service.js';
import { PlansRepository } from './plans.repository.js';
import type { PlanRow } from './plans.types.js';

/** A plan on its way: sent, signed, reviewed, approved or not. With the approval its quotas follow. */
@Injectable()
export class PlanActs {
  constructor(
    private readonly plans: PlansRepository,
    private readonly lines: PlanLinesRepository,
    private readonly desk: PlanDesk,
    private readonly catalog: PlanCatalog,
    private readonly quotas: PlanQuotas,
    private readonly departments: DepartmentsService,
    private readonly notices: Notices,
    private readonly acts: Acts,
  ) {}

  async act(viewer: Viewer, scope: TenantScope, action: PlanAction, wish: PlanActWish): Answer {
    const seen = wish.id === undefined ? null : await this.desk.plan(viewer, scope, wish.id);
    if (!seen) return refuse([unknownPlan()]);
    const mayEnd = (action === 'ACCEPT' || action === 'APPROVE') && this.quotas.followNow(seen);
    const [lineage, prepared, shelf] = await Promise.all([
      this.departments.lineage(seen.departmentId),
      mayEnd ? this.quotas.prepare(seen) : null,
      action === 'SUBMIT' ? this.catalog.shelf() : null,
    ]);
    const cityId = cityOf(lineage);
    const { idempotencyKey, ...input } = wish;
    const act = { name: `plan.${NAMES[action]}`, actor: viewer, idempotencyKey, input: { ...input, id: seen.id } };
    return this.acts.perform(act, async (tx) => {
      const plan = await this.plans.locked(tx, scope, seen.id);
      const year = plan && (await this.plans.year(plan.year, tx.manager));
      if (!plan || !year || !maySeePlan(viewer, plan)) return refuse([unknownPlan()]);
      const steps = await this.plans.stepsOf([plan.id], tx.manager);
      const smallBefore = action === 'ACCEPT' && plan.kind === 'ADDITION' ? await this.plans.smallBefore(tx, plan) : 0n;
      const facts = this.desk.factsOf(plan, steps, cityId !== null, smallBefore);
      const decided = decidePlan(viewer, facts, year, action, wish, calendarDate(tx.now));
      if (!decided.ok) return decided;
      const { to } = decided.value;
      const round = action === 'SUBMIT' ? plan.round + 1 : plan.round;
      const priced = shelf === null ? {} : await this.priceAnew(tx, plan, shelf);
      const follows = to === 'APPROVED' && prepared !== null && this.quotas.followNow(plan, tx.now);
      const set = follows ? await this.quotas.set(tx, plan, prepared) : null;
      if (set && !set.ok) return set;
      await this.plans.update(tx, plan, {
        ...priced,
        state: to,
        stateSince: tx.now,
        round,
        ...(to === 'DISCARDED' ? { annual: null } : {}),
        ...(set ? { quotasSetAt: tx.now } : {}),
      });
      await this.sign(tx, viewer, plan, action, { to, round, opinion: wish.opinion?.trim() || null });
      const after = await this.plans.stepsOf([plan.id], tx.manager);
      const toTell = this.desk.toTell({ ...plan, round }, after, lineage.at(-1)?.name ?? '');
      const news = [planWaits(toTell, to, cityId), planMoved(toTell, to)];
      await this.notices.tell(tx, ...news.flatMap((one) => one ?? []));
      return ok({
        value: { id: plan.id },
        audit: {
          objectType: 'Plan',
          objectId: plan.id,
          departmentId: plan.departmentId,
          summary: say(`${WORDS[action].zh} ${plan.code}`, `${WORDS[action].en} ${plan.code}`),
          before: { state: plan.state },
          after: { state: to, opinion: wish.opinion?.trim() || null },
        },
        auditToo: set ? set.value.audits : [],
        last: async () => {
          if (set) await set.value.setLast();
          return ok(undefined);
        },
      });
    });
  }

  /** Each stands alone: what is refused keeps the others from nothing. */
  async approveAll(
    viewer: Viewer,
    scope: TenantScope,
    items: readonly { readonly id: string | undefined; readonly expectedVersion: number }[],
    idempotencyKey: string,
    opinion: string | null,
  ): Promise<{ readonly id: string | undefined; readonly answer: Awaited<Answer> }[]> {
    const answers = [];
    for (const { id, expectedVersion } of items) {
      const wish = { id, expectedVersion, opinion, idempotencyKey: `${idempotencyKey}:${id ?? '-'}` };
      answers.push({ id, answer: await this.act(viewer, scope, 'APPROVE', wish) });
    }
    return answers;
  }

  /** Sent anew, it asks for all that it says, at today's prices. */
  private async priceAnew(tx: Tx, plan: PlanRow, shelf: PlanShelf): Promise<Partial<PlanRow>> {
    const lines = (await this.lines.of(plan.id, tx.manager)).map((line) => ({
      ...withCatalog(line, shelf),
      acceptedCount: null,
      reductionReason: null,
    }));
    await this.lines.removeAll(tx, plan.id);
    await this.lines.insert(tx, lines);
    return { monthlyFen: monthlyOf(lines) };
  }

  private async sign(
    tx: Tx,
    viewer: Viewer,
    plan: PlanRow,
    action: PlanAction,
    { to, round, opinion }: { readonly to: PlanState; readonly round: number; readonly opinion: string | null },
  ): Promise<void> {
    const step = {
      id: newId(tx.now.getTime()),
      planId: plan.id,
      round,
      at: tx.now,
      actorId: viewer.userId,
      actorName: viewer.name,
      action,
      signature: isSignature(action) ? 1 : null,
      opinion,
      fromState: plan.state,
      toState: to,
    };
    try {
      await this.plans.appendSteps(tx, [step]);
    } catch (error) {
      // The same person signed in another window meanwhile; decided again, it is told so.
      if (errnoOf(error) === DUPLICATE_KEY_ERRNO) throw new WriteConflict('signed meanwhile');
      throw error;
    }
  }
}

const NAMES: { readonly [A in PlanAction]: string } = {
  SUBMIT: 'submit',
  SIGN_OFF: 'signOff',
  PASS: 'pass',
  ACCEPT: 'accept',
  APPROVE: 'approve',
  RETURN: 'return',
  REJECT: 'reject',
  WITHDRAW: 'withdraw',
  DISCARD: 'discard',
};
const WORDS: { readonly [A in PlanAction]: Bilingual } = {
  SUBMIT: say('报送', 'Sent'),
  SIGN_OFF: say('审签', 'Signed off'),
  PASS: say('市级初审通过', 'Passed by the city:'),
  ACCEPT: say('中心审核通过', 'Accepted by the center:'),
  APPROVE: say('审定', 'Approved'),
  RETURN: say('退回', 'Returned'),
  REJECT: say('不予批准', 'Rejected'),
  WITHDRAW: say('撤回', 'Withdrew'),
  DISCARD: say('作废', 'Discarded'),
};
