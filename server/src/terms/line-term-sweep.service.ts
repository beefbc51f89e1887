import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import type { Done } from '../audit/audit.types.js';
import { say } from '../kernel/bilingual.js';
import { calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { type Actor, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { eachAlone } from '../platform/concurrency/each-alone.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import { isLeaving, leavesOn } from '../requests/domain/line-leave.js';
import { lineNamed, unknownLine } from '../requests/domain/named-line.js';
import { GivingBackLines } from '../requests/giving-back-lines.service.js';
import { LineTerms } from '../requests/line-terms.service.js';
import type { NamedLineTerm } from '../requests/line-terms.types.js';
import type { LifePolicy } from '../resources/domain/life-policy.js';
import { reviewDueAt, stageDue } from '../resources/domain/review.js';
import { daysLeft, reminderDue } from '../resources/domain/term.js';
import { LifePolicies } from '../resources/life-policies.service.js';
import { lineEnds, lineGivenBack, lineOver, lineReviewDue } from './domain/line-term-notices.js';
import { lineDone } from './line-term-acts.js';
import { TakenInThings } from './taken-in-things.service.js';

/** Lines that one call of one kind settles; the next minute takes the rest. */
const SETTLED_PER_RUN = 200;

type Work = (tx: Tx, row: NamedLineTerm) => Promise<Result<Done<{ id: string }>, readonly Refusal[]>>;

/**
 * What the calendar does to terms and reviews of servers, places and services, each line in an act of its own, everything
 * decided again inside it. It switches nothing off: people stand behind all of these. What is empty or a service goes
 * back by itself after the grace; the rest becomes a reclaim case (reclaim/line-cases.service.ts). Called by housekeeping.
 */
@Injectable()
export class LineTermSweep {
  constructor(
    private readonly terms: LineTerms,
    private readonly givingBack: GivingBackLines,
    private readonly things: TakenInThings,
    private readonly policies: LifePolicies,
    private readonly notices: Notices,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(actor: Actor): Promise<void> {
    const policy = await this.policies.policy();
    const now = this.clock.now();
    const rounds = [
      () => this.endGone(actor),
      async () =>
        this.each(actor, 'lineTerm.remind', await this.terms.toRemind(now, SETTLED_PER_RUN), (tx, row) =>
          this.remind(tx, row),
        ),
      async () =>
        this.each(actor, 'lineTerm.over', await this.terms.toTellOver(now, SETTLED_PER_RUN), (tx, row) =>
          this.tellOver(tx, row, policy),
        ),
      () => this.giveBack(actor, now, policy),
      ...(['OWNER', 'HEAD', 'CENTER'] as const).map((stage) => async () => {
        const due = await this.terms.toReview(now, stage, policy, SETTLED_PER_RUN);
        await this.each(actor, 'lineReview.escalate', due, (tx, row) => this.escalate(tx, row, policy));
      }),
    ];
    await eachAlone(rounds, (round) => round());
  }

  /** What was taken in has no request whose end would be its own: it is looked at whether it still is its department's. */
  private async endGone(actor: Actor): Promise<void> {
    for (let after = ''; ; ) {
      const rows = await this.terms.takenInAfter(after, SETTLED_PER_RUN);
      const live = await this.things.stillUsed(rows);
      const gone = rows.filter(({ lineId }) => !live.has(lineId)).map(({ lineId }) => lineId);
      await this.each(actor, 'lineTerm.end', gone, (tx, row) => this.end(tx, row));
      const last = rows.at(-1);
      if (!last || rows.length < SETTLED_PER_RUN) return;
      after = last.lineId;
    }
  }

  private async end(tx: Tx, row: NamedLineTerm): ReturnType<Work> {
    if ((await this.things.stillUsed([row], tx)).has(row.lineId)) return refuse([unknownLine()]);
    await this.terms.ended(tx, row);
    const name = lineNamed(row);
    return ok(lineDone(row, say(`${name} 已不再使用，期限管理结束`, `${name} is back: its term ends`), null, {}));
  }

  private async remind(tx: Tx, row: NamedLineTerm): ReturnType<Work> {
    const { temporaryUntil: until } = row;
    const today = calendarDate(tx.now);
    const due = until === null ? null : reminderDue(until, today, row.remindedDays);
    if (until === null || due === null) return refuse([unknownLine()]);
    await this.terms.told(tx, row, { remindedDays: due });
    await this.notices.tell(tx, lineEnds(row, until, daysLeft(until, today)));
    const name = lineNamed(row);
    return ok(
      lineDone(row, say(`提醒 ${name} 将于 ${until} 到期`, `Remind that ${name} ends on ${until}`), null, { due }),
    );
  }

  private async tellOver(tx: Tx, row: NamedLineTerm, policy: LifePolicy): ReturnType<Work> {
    const { temporaryUntil: until } = row;
    if (until === null || until >= calendarDate(tx.now) || row.termOverAt !== null) return refuse([unknownLine()]);
    await this.terms.told(tx, row, { termOverAt: tx.now });
    await this.notices.tell(tx, lineOver(row, leavesOn(until, tx.now, policy)));
    const name = lineNamed(row);
    return ok(lineDone(row, say(`${name} 使用期限已到`, `The term of ${name} is over`), null, { until }));
  }

  /** Page by page, because what still stands there stays in the list until it is gone. */
  private async giveBack(actor: Actor, now: Date, policy: LifePolicy): Promise<void> {
    for (let after = ''; ; ) {
      const ids = await this.terms.overGrace(now, policy, after, SETTLED_PER_RUN);
      const rows = await this.terms.ofLines(ids);
      await eachAlone(
        rows.filter((row) => row !== null),
        (row) => this.giveBackOne(actor, row, policy),
      );
      const last = ids.at(-1);
      if (last === undefined || ids.length < SETTLED_PER_RUN) return;
      after = last;
    }
  }

  private async giveBackOne(actor: Actor, row: NamedLineTerm, policy: LifePolicy): Promise<void> {
    if (row.kind === 'SERVER' || !isLeaving(row, this.clock.now(), policy)) return;
    const reason = `期限 ${row.temporaryUntil} 已到，告知满 ${policy.TERM_GRACE_DAYS} 天`;
    await this.givingBack.giveBackByRule(actor, row.lineId, reason, async (tx) => {
      const now = await this.terms.locked(tx, WHOLE_PROVINCE, row.lineId);
      if (now === null || !isLeaving(now, tx.now, policy)) return false;
      await this.notices.tell(tx, lineGivenBack(now));
      return true;
    });
  }

  private async escalate(tx: Tx, row: NamedLineTerm, policy: LifePolicy): ReturnType<Work> {
    const { reviewFrom } = row;
    const stage = reviewFrom === null ? null : stageDue(reviewFrom, row.reviewStage, tx.now, policy);
    if (reviewFrom === null || stage === null || stage === 'NONE' || stage === 'CASE') return refuse([unknownLine()]);
    await this.terms.told(tx, row, { reviewStage: stage });
    await this.notices.tell(tx, lineReviewDue(row, stage, calendarDate(reviewDueAt(reviewFrom, policy))));
    const name = lineNamed(row);
    const summary = say(`${name} 年度复核提醒`, `Remind of the review of ${name}`);
    return ok(lineDone(row, summary, { stage: row.reviewStage }, { stage }));
  }

  private async each(actor: Actor, name: string, ids: readonly string[], work: Work): Promise<void> {
    await eachAlone(ids, (lineId) =>
      this.acts.perform({ name, actor, input: { lineId } }, async (tx) => {
        const row = await this.terms.locked(tx, WHOLE_PROVINCE, lineId);
        return row ? work(tx, row) : refuse([unknownLine()]);
      }),
    );
  }
}
