import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import { calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { ok, refuse } from '../kernel/result.js';
import { nextState } from '../kernel/state-machine.js';
import { type Actor, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { eachAlone } from '../platform/concurrency/each-alone.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import { reviewDueAt, stageDue } from '../resources/domain/review.js';
import { LifePolicies } from '../resources/life-policies.service.js';
import { unknownResource } from '../resources/resource-life.service.js';
import { ResourceLists } from '../resources/resource-lists.service.js';
import { ResourceMoves } from '../resources/resource-moves.service.js';
import { ResourcesService } from '../resources/resources.service.js';
import type { ResourceRow } from '../resources/resources.types.js';
import { caseMoved } from './domain/case-notices.js';
import { type CaseMove, caseTable } from './domain/case-state.js';
import { hasSettled } from './domain/settled.js';
import { LineCases } from './line-cases.service.js';
import { ReclaimRepository } from './reclaim.repository.js';
import { CASE_OWNER, openingAudit, ReclaimService } from './reclaim.service.js';
import type { CaseRow } from './reclaim.types.js';
import { unknownCase } from './reclaim-acts.service.js';

/** Cases that one call settles; the next minute takes the rest. */
const SETTLED_PER_RUN = 200;

/** What time does to cases: overdue reviews become ones, notices run out, and what has settled itself is closed. */
@Injectable()
export class ReclaimSweep {
  constructor(
    private readonly repository: ReclaimRepository,
    private readonly reclaim: ReclaimService,
    private readonly lines: LineCases,
    private readonly lists: ResourceLists,
    private readonly moves: ResourceMoves,
    private readonly resources: ResourcesService,
    private readonly policies: LifePolicies,
    private readonly notices: Notices,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Called by the worker's housekeeping. Returns how many cases it opened or moved. */
  async run(actor: Actor): Promise<number> {
    let moved = 0;
    const rounds = [
      () => this.settleOpen(actor),
      () => this.openOverdue(actor),
      () => this.lines.run(actor).then(() => 0),
      () => this.lapse(actor),
    ];
    await eachAlone(rounds, async (round) => {
      moved += await round();
    });
    return moved;
  }

  private async openOverdue(actor: Actor): Promise<number> {
    const policy = await this.policies.policy();
    const due = await this.lists.toReview(this.clock.now(), 'CASE', policy, SETTLED_PER_RUN);
    await eachAlone(due, async (resourceId) => {
      const ground = await this.reclaim.ground();
      await this.acts.perform({ name: 'reclaim.open', actor, input: { resourceId } }, async (tx) => {
        const resource = await this.moves.locked(tx, WHOLE_PROVINCE, resourceId);
        const from = resource?.reviewFrom ?? null;
        // Reviewed meanwhile, or taken by another worker.
        if (!resource || from === null || stageDue(from, resource.reviewStage, tx.now, policy) !== 'CASE')
          return refuse([unknownResource()]);
        const stopped = await this.reclaim.mayOpen(tx, resource);
        if (stopped && stopped.code !== 'NOT_PERMITTED') return refuse([stopped]);
        await this.moves.told(tx, resource.id, { reviewStage: 'CASE' });
        const dueOn = calendarDate(reviewDueAt(from, policy));
        // A case that a person opened says it already.
        if (stopped) return ok({ value: { id: resource.id }, audit: skippedAudit(resource, dueOn) });
        const text = say(
          `年度复核应于 ${dueOn} 前完成，至今未复核；已提醒使用单位、单位负责人和大数据中心。`,
          `Its yearly review was due on ${dueOn} and has not been made.`,
        ).zh;
        const row = await this.reclaim.begin(tx, resource, 'OVERDUE_REVIEW', { text, figures: [] }, actor, ground);
        await this.reclaim.appendOpening(tx, row, []);
        return ok({ value: { id: row.id }, audit: openingAudit(row, resource) });
      });
    });
    return due.length;
  }

  private async lapse(actor: Actor): Promise<number> {
    const due = await this.repository.unanswered(this.clock.now(), SETTLED_PER_RUN);
    await eachAlone(due, (caseId) =>
      this.move(actor, caseId, 'LAPSE', async (row, { now }) => (row.dueAt <= now ? { reason: null } : null)),
    );
    return due.length;
  }

  /**
   * What its department gave back for good, or reviewed after the notice, needs no decision any more. In the bin it is not
   * given back for good: its department may take it out again, and would be rid of the case.
   */
  private async settleOpen(actor: Actor): Promise<number> {
    let settled = 0;
    for (let after = ''; ; ) {
      const cases = await this.repository.open(after, SETTLED_PER_RUN);
      const resources = await this.resources.rows(cases.map((one) => one.resourceId ?? ''));
      const lines = await this.lines.settled(cases);
      await eachAlone(cases.entries(), async ([at, row]) => {
        const resource = resources[at];
        if (row.lineId === null ? !resource || !hasSettled(row, resource) : !lines.has(row.id)) return;
        await this.move(actor, row.id, 'SETTLE', async (locked, tx) => {
          if (locked.lineId !== null) return this.lines.settledIn(tx, locked);
          const now = await this.moves.locked(tx, WHOLE_PROVINCE, locked.resourceId ?? undefined);
          return now && hasSettled(locked, now) ? { reason: reasonOf(now) } : null;
        });
        settled += 1;
      });
      const last = cases.at(-1);
      if (!last || cases.length < SETTLED_PER_RUN) return settled;
      after = last.id;
    }
  }

  private async move(
    actor: Actor,
    caseId: string,
    move: CaseMove,
    /** Asked again inside the act, of the locked row; null = meanwhile it is not due. */
    due: (row: CaseRow, tx: Tx) => Promise<{ readonly reason: string | null } | null>,
  ): Promise<void> {
    const name = `reclaim.${move.toLowerCase()}`;
    await this.acts.perform({ name, actor, input: { caseId } }, async (tx) => {
      const row = await this.repository.locked(tx, caseId);
      const state = row && nextState(caseTable, row.state, move);
      const because = row && state ? await due(row, tx) : null;
      if (!row || !state || !because) return refuse([unknownCase()]);
      const { reason } = because;
      await this.repository.move(tx, row, state);
      await this.repository.append(tx, {
        caseId,
        actorId: null,
        actorName: actor.name,
        action: move,
        toState: state,
        reason,
        fileIds: [],
      });
      await this.notices.tell(tx, caseMoved(row, move));
      if (row.resourceId !== null) tx.changed('resource', row.resourceId);
      return ok({
        value: { id: caseId },
        audit: {
          objectType: CASE_OWNER,
          objectId: caseId,
          departmentId: row.departmentId,
          summary:
            move === 'LAPSE'
              ? say(`${row.code} 告知期满`, `The notice of ${row.code} ran out`)
              : say(`${row.code} 自动结案`, `${row.code} closed by itself`),
          before: { state: row.state },
          after: { state, reason },
        },
      });
    });
  }
}

function reasonOf(resource: ResourceRow): string {
  return resource.state === 'IN_USE' ? '使用单位已完成年度复核' : '使用单位已自行释放';
}

function skippedAudit(resource: { id: string; code: string; departmentId: string }, dueOn: string) {
  return {
    objectType: 'Resource',
    objectId: resource.id,
    departmentId: resource.departmentId,
    summary: say(
      `${resource.code} 复核超期，已有在办案件`,
      `The review of ${resource.code} is overdue; a case is open already`,
    ),
    after: { dueOn },
  };
}
