import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import { calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, refuse } from '../kernel/result.js';
import { type Actor, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { eachAlone } from '../platform/concurrency/each-alone.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import { isLeaving } from '../requests/domain/line-leave.js';
import { lineNamed } from '../requests/domain/named-line.js';
import { GivingBackLines } from '../requests/giving-back-lines.service.js';
import { LineTerms } from '../requests/line-terms.service.js';
import type { NamedLineTerm } from '../requests/line-terms.types.js';
import type { LifePolicy } from '../resources/domain/life-policy.js';
import { illegal } from '../resources/domain/release.js';
import { reviewDueAt, stageDue } from '../resources/domain/review.js';
import { LifePolicies } from '../resources/life-policies.service.js';
import { lineToTake } from './domain/case-notices.js';
import type { CaseCause } from './domain/case-state.js';
import { type CaseAction, settledMeanwhile } from './domain/decide-case.js';
import { lineSettledBy } from './domain/settled.js';
import { ReclaimRepository } from './reclaim.repository.js';
import { openingAudit, ReclaimService } from './reclaim.service.js';
import type { CaseRow } from './reclaim.types.js';

/** Lines that one call looks at; the next minute takes the rest. */
const SETTLED_PER_RUN = 200;

/**
 * Reclaim cases about servers, places in cabinets and services. The calendar opens them where nobody reviewed, or where
 * something stands there after its term and the grace, people where it seems idle (line-case-opening.service.ts); people
 * decide as of machines. What was decided goes back once it is empty, a server by the act of the facility.
 */
@Injectable()
export class LineCases {
  constructor(
    private readonly repository: ReclaimRepository,
    private readonly reclaim: ReclaimService,
    private readonly terms: LineTerms,
    private readonly givingBack: GivingBackLines,
    private readonly policies: LifePolicies,
    private readonly notices: Notices,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Called by the sweep of cases. */
  async run(actor: Actor): Promise<void> {
    const policy = await this.policies.policy();
    const rounds = [
      () => this.openOverdue(actor, policy),
      () => this.openOver(actor, policy),
      () => this.carryOut(actor),
    ];
    await eachAlone(rounds, (round) => round());
  }

  /** Which of the cases have settled themselves, by their ids; asked again under lock. */
  async settled(cases: readonly CaseRow[]): Promise<ReadonlySet<string>> {
    const ofLines = cases.filter(({ lineId }) => lineId !== null);
    const terms = await this.terms.ofLines(ofLines.map(({ lineId }) => lineId ?? ''));
    return new Set(ofLines.flatMap((row, at) => (terms[at] && lineSettledBy(row, terms[at]) ? row.id : [])));
  }

  async settledIn(tx: Tx, row: CaseRow): Promise<{ readonly reason: string } | null> {
    const term = await this.terms.locked(tx, WHOLE_PROVINCE, row.lineId ?? undefined);
    return term ? lineSettledBy(row, term) : { reason: '使用单位已自行退还' };
  }

  /** Inside the act of whoever decides: what stands in the way of it. What follows is carried out by the sweep. */
  async touch(tx: Tx, row: CaseRow, action: CaseAction): Promise<readonly Refusal[]> {
    if (action !== 'RECLAIM' && action !== 'UNDO') return [];
    const term = await this.terms.locked(tx, WHOLE_PROVINCE, row.lineId ?? undefined);
    if (!term)
      return [
        illegal('RELEASED', action, say('已经退还，请等待自动结案', 'It was given back; the case closes by itself')),
      ];
    if (action === 'RECLAIM' && lineSettledBy(row, term)) return [settledMeanwhile()];
    await this.terms.reclaim(tx, term, action === 'RECLAIM');
    if (action === 'RECLAIM' && term.kind !== 'SERVICE') await this.notices.tell(tx, lineToTake(row, lineNamed(term)));
    // It was looked at: nobody asks for a review the day after.
    if (action === 'UNDO' && term.reviewFrom !== null) await this.terms.reviewed(tx, term, row.code, null);
    return [];
  }

  private async openOverdue(actor: Actor, policy: LifePolicy): Promise<void> {
    const due = await this.terms.toReview(this.clock.now(), 'CASE', policy, SETTLED_PER_RUN);
    await this.openEach(actor, due, 'OVERDUE_REVIEW', policy, async (tx, term) => {
      const from = term.reviewFrom;
      if (from === null || stageDue(from, term.reviewStage, tx.now, policy) !== 'CASE') return null;
      await this.terms.told(tx, term, { reviewStage: 'CASE' });
      const dueOn = calendarDate(reviewDueAt(from, policy));
      return say(
        `年度复核应于 ${dueOn} 前完成，至今未复核；已提醒使用单位、单位负责人和大数据中心。`,
        `Its yearly review was due on ${dueOn} and has not been made.`,
      );
    });
  }

  /** Page by page: what has been a case stays in the list until it is gone. Services go by themselves. */
  private async openOver(actor: Actor, policy: LifePolicy): Promise<void> {
    for (let after = ''; ; ) {
      const ids = await this.terms.overGrace(this.clock.now(), policy, after, SETTLED_PER_RUN);
      await this.openEach(actor, ids, 'TERM_OVER', policy, async (tx, term) => {
        const { temporaryUntil: until, termOverAt: over } = term;
        if (over === null || term.kind === 'SERVICE' || !isLeaving(term, tx.now, policy)) return null;
        if (await this.repository.wasOverSince(tx, term.lineId, over)) return null;
        return say(
          `使用期限 ${until} 已到，告知满 ${policy.TERM_GRACE_DAYS} 天，未延期，也未腾空退还。`,
          `Its term ended on ${until}; it was neither extended nor given back within ${policy.TERM_GRACE_DAYS} days.`,
        );
      });
      const last = ids.at(-1);
      if (last === undefined || ids.length < SETTLED_PER_RUN) return;
      after = last;
    }
  }

  /** @param because decides under lock; null = meanwhile it is not due. */
  private async openEach(
    actor: Actor,
    lineIds: readonly string[],
    cause: CaseCause,
    policy: LifePolicy,
    because: (tx: Tx, term: NamedLineTerm) => Promise<Bilingual | null>,
  ): Promise<void> {
    const looked = await this.lookedAt(lineIds);
    await eachAlone(lineIds, async (lineId) => {
      // A code that is not needed would be a hole in the numbers.
      const { seen, known, overAt } = looked(lineId);
      if (
        !seen ||
        seen.endedAt !== null ||
        (cause === 'TERM_OVER' && !isLeaving(seen, this.clock.now(), policy)) ||
        seen.kind === (cause === 'TERM_OVER' ? 'SERVICE' : 'VM')
      )
        return;
      if (cause === 'TERM_OVER' && seen.termOverAt !== null && overAt !== null && overAt >= seen.termOverAt) return;
      // What a person opened a case about, or what was decided, needs none for its end; of a review only the notice is kept.
      if (known && cause === 'TERM_OVER') return;
      const ground = known ? null : await this.reclaim.ground();
      await this.acts.perform({ name: 'reclaim.open', actor, input: { lineId } }, async (tx) => {
        const term = await this.terms.locked(tx, WHOLE_PROVINCE, lineId);
        const text = term && (await because(tx, term));
        if (!term || !text) return refuse([nothingToOpen()]);
        const running = (await this.repository.runningOfLines([lineId], tx.manager)).length > 0;
        if (running && cause === 'OVERDUE_REVIEW') return ok({ value: { id: lineId }, audit: skippedAudit(term) });
        if (running || ground === null) return refuse([nothingToOpen()]);
        const row = await this.reclaim.beginOfLine(tx, term, cause, { text: text.zh, figures: [] }, actor, ground);
        await this.reclaim.appendOpening(tx, row, []);
        return ok({ value: { id: row.id }, audit: openingAudit(row, { code: term.requestCode, name: term.name }) });
      });
    });
  }

  /** Three looks at all of them together; each is asked again under lock. */
  private async lookedAt(lineIds: readonly string[]) {
    const [terms, running, over] = [
      await this.terms.ofLines(lineIds),
      await this.repository.runningOfLines(lineIds),
      await this.repository.overOpenedAt(lineIds),
    ];
    const seen = new Map(lineIds.map((id, at) => [id, terms[at] ?? null]));
    const known = new Set(running.map((row) => row.lineId));
    return (id: string) => ({ seen: seen.get(id) ?? null, known: known.has(id), overAt: over.get(id) ?? null });
  }

  /** What was decided and is empty goes back. */
  private async carryOut(actor: Actor): Promise<void> {
    for (let after = ''; ; ) {
      const lineIds = await this.terms.reclaimed(after, SETTLED_PER_RUN);
      const terms = await this.terms.ofLines(lineIds);
      const cases = new Map((await this.repository.runningOfLines(lineIds)).map((row) => [row.lineId, row]));
      await eachAlone(terms, async (term) => {
        // Servers, and what was taken in without a request, go by the act of the facility.
        if (!term || term.kind === 'SERVER' || term.takenInKind !== null) return;
        const row = cases.get(term.lineId);
        if (row?.state !== 'RECLAIMED') return;
        // Whoever takes the decision back holds the request's lock meanwhile, as this act does when it asks.
        const stillDecided = async (tx: Tx) => (await this.repository.stateOf(tx, row.id)) === 'RECLAIMED';
        await this.givingBack.giveBackByRule(actor, term.lineId, `闲置回收 ${row.code}`, stillDecided);
      });
      const last = lineIds.at(-1);
      if (last === undefined || lineIds.length < SETTLED_PER_RUN) return;
      after = last;
    }
  }
}

function skippedAudit(term: NamedLineTerm) {
  const name = lineNamed(term);
  return {
    objectType: 'RequestLine',
    objectId: term.lineId,
    departmentId: term.departmentId,
    summary: say(`${name} 复核超期，已有在办案件`, `The review of ${name} is overdue; a case is open already`),
    after: { reviewStage: 'CASE' },
  };
}

function nothingToOpen(): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: ['lineId'],
    message: say('无须立案', 'There is nothing to open a case about'),
  };
}
