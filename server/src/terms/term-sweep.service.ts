import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import type { Done } from '../audit/audit.types.js';
import { FreezeGate } from '../freezes/freeze-gate.service.js';
import { say } from '../kernel/bilingual.js';
import { calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { type Actor, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { eachAlone } from '../platform/concurrency/each-alone.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import { RequestsService } from '../requests/requests.service.js';
import type { LifePolicy } from '../resources/domain/life-policy.js';
import { reviewDueAt, stageDue } from '../resources/domain/review.js';
import { binsAt, daysLeft, reminderDue } from '../resources/domain/term.js';
import { LifePolicies } from '../resources/life-policies.service.js';
import { changeOf, done, unknownResource } from '../resources/resource-life.service.js';
import { type AfterTerm, ResourceLists } from '../resources/resource-lists.service.js';
import { type LockedResource, ResourceMoves } from '../resources/resource-moves.service.js';
import { ResourcesService } from '../resources/resources.service.js';
import { reviewDue, termEnds, termIntoBin, termOver } from './domain/term-notices.js';

/** Resources that one call of one kind settles; the next minute takes the rest. */
const SETTLED_PER_RUN = 200;
/** Looked at for those: all that a freeze may hold in a province, a hundred thousand. */
const PAGES_MAX = 500;

type Work = (
  tx: Tx,
  row: LockedResource,
  ownerId: string | null,
) => Promise<Result<Done<{ id: string }>, readonly Refusal[]>>;

/**
 * What the calendar does to terms and reviews, each resource in an act of its own. Everything is decided again inside the
 * act, so that two workers, or one that was away for a month, tell and do each thing once. Called by housekeeping.
 */
@Injectable()
export class TermSweep {
  constructor(
    private readonly lists: ResourceLists,
    private readonly moves: ResourceMoves,
    private readonly resources: ResourcesService,
    private readonly requests: RequestsService,
    private readonly policies: LifePolicies,
    private readonly notices: Notices,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly freezes: FreezeGate,
  ) {}

  async run(actor: Actor, most = SETTLED_PER_RUN): Promise<number> {
    const policy = await this.policies.policy();
    const now = this.clock.now();
    // What a freeze holds is passed over before anything is begun: a whole center of it keeps nobody else waiting.
    const toStop = await this.unheld((after) => this.lists.toStop(now, most, after), most, now);
    const toBin = await this.unheld((after) => this.lists.toBin(now, policy, most, after), most, now);
    // What is over is stopped before it goes into the bin, and told before it is stopped.
    const rounds: readonly (readonly [string, string[], Work])[] = [
      ['term.remind', await this.lists.toRemind(now, SETTLED_PER_RUN), (tx, row, owner) => this.remind(tx, row, owner)],
      ['term.stop', toStop, (tx, row, owner) => this.stop(tx, row, owner, actor, policy)],
      ['term.bin', toBin, (tx, row, owner) => this.intoBin(tx, row, owner, actor, policy)],
    ];
    let looked = 0;
    const stages = (['OWNER', 'HEAD', 'CENTER'] as const).map((stage) => async () => {
      const ids = await this.lists.toReview(now, stage, policy, SETTLED_PER_RUN);
      looked += ids.length;
      await this.each(actor, 'review.escalate', ids, (tx, row, owner) => this.escalate(tx, row, owner, policy));
    });
    const terms = rounds.map(([name, ids, work]) => async () => {
      looked += ids.length;
      await this.each(actor, name, ids, work);
    });
    await eachAlone([...terms, ...stages], (round) => round());
    return looked;
  }

  private async remind(tx: Tx, row: LockedResource, ownerId: string | null): ReturnType<Work> {
    const { temporaryUntil: until } = row;
    const today = calendarDate(tx.now);
    const due = until === null ? null : reminderDue(until, today, row.remindedDays);
    if (until === null || due === null || row.state === 'IN_BIN') return refuse([unknownResource()]);
    await this.moves.told(tx, row.id, { remindedDays: due });
    await this.notices.tell(tx, termEnds(row, ownerId, until, daysLeft(until, today)));
    return ok(
      done(row, say(`提醒 ${row.code} 将于 ${until} 到期`, `Remind that ${row.code} ends on ${until}`), null, { due }),
    );
  }

  private async stop(
    tx: Tx,
    row: LockedResource,
    ownerId: string | null,
    actor: Actor,
    policy: LifePolicy,
  ): ReturnType<Work> {
    const { temporaryUntil: until } = row;
    if (until === null || until >= calendarDate(tx.now) || row.termOverAt !== null || row.state !== 'IN_USE')
      return refuse([unknownResource()]);
    const driven = row.management === 'DRIVEN';
    // What people may not switch off now, the calendar does not either: it comes by again in the first minute after the freeze.
    if (driven && (await this.freezes.refused(tx, changeOf(row))).length > 0) return refuse([unknownResource()]);
    const text = driven
      ? say(`使用期限 ${until} 已到，停机`, `Its term ended on ${until}; stopped`)
      : say(
          `使用期限 ${until} 已到；集云不操作其电源`,
          `Its term ended on ${until}; the console does not switch it off`,
        );
    await this.moves.stopForTerm(tx, row, { text, by: actor.name });
    await this.notices.tell(tx, termOver(row, ownerId, driven ? calendarDate(binsAt(until, policy)) : null));
    return ok(done(row, say(`${row.code} 到期停机`, `Stop ${row.code} at the end of its term`), null, { until }));
  }

  private async intoBin(
    tx: Tx,
    row: LockedResource,
    ownerId: string | null,
    actor: Actor,
    policy: LifePolicy,
  ): ReturnType<Work> {
    const { temporaryUntil: until } = row;
    if (until === null || tx.now < binsAt(until, policy) || row.deletionProtected || row.management !== 'DRIVEN')
      return refuse([unknownResource()]);
    // A change that is under way ends first; the next round comes by again.
    if (row.openChangeId !== null) return refuse([unknownResource()]);
    if ((await this.freezes.refused(tx, changeOf(row))).length > 0) return refuse([unknownResource()]);
    const said = {
      text: say(`到期满 ${policy.TERM_GRACE_DAYS} 天未延期`, `Not extended within ${policy.TERM_GRACE_DAYS} days`),
      by: actor.name,
    };
    const summary = say(`${row.code} 到期放入回收站`, `Put ${row.code} into the bin after its term`);
    if (row.state === 'IN_USE') {
      const binUntil = await this.moves.intoBin(tx, row, 'TERM', said, policy.BIN_DAYS);
      await this.notices.tell(tx, termIntoBin(row, ownerId, binUntil));
      return ok(done(row, summary, { state: row.state }, { state: 'IN_BIN' }));
    }
    // Never delivered: there is nothing on it to keep.
    if (row.state !== 'PROVISIONING' && row.state !== 'FAILED') return refuse([unknownResource()]);
    const last = await this.moves.release(tx, row, said);
    return ok({ ...done(row, summary, { state: row.state }, { state: 'RELEASING' }), last });
  }

  private async escalate(tx: Tx, row: LockedResource, ownerId: string | null, policy: LifePolicy): ReturnType<Work> {
    const { reviewFrom } = row;
    const stage = reviewFrom === null ? null : stageDue(reviewFrom, row.reviewStage, tx.now, policy);
    if (reviewFrom === null || stage === null || stage === 'NONE' || stage === 'CASE' || row.state !== 'IN_USE')
      return refuse([unknownResource()]);
    await this.moves.told(tx, row.id, { reviewStage: stage });
    const dueOn = calendarDate(reviewDueAt(reviewFrom, policy));
    await this.notices.tell(tx, reviewDue(row, ownerId, stage, dueOn));
    return ok(
      done(
        row,
        say(`${row.code} 年度复核提醒`, `Remind of the review of ${row.code}`),
        { stage: row.reviewStage },
        { stage },
      ),
    );
  }

  /** Page by page the first `most` that no freeze holds now. */
  private async unheld(
    pageOf: (after: AfterTerm | null) => Promise<string[]>,
    most: number,
    now: Date,
  ): Promise<string[]> {
    const found: string[] = [];
    let after: AfterTerm | null = null;
    for (let page = 0; page < PAGES_MAX && found.length < most; page += 1) {
      const ids = await pageOf(after);
      const rows = (await this.resources.rows(ids)).filter((row) => row !== null);
      const held = await this.freezes.foreseen(rows.map(changeOf), now);
      // What the console does not drive is only told of.
      found.push(...rows.filter((row, at) => held[at] === null || row.management !== 'DRIVEN').map(({ id }) => id));
      const last = rows.at(-1);
      if (ids.length < most || !last?.temporaryUntil) break;
      after = { until: last.temporaryUntil, id: last.id };
    }
    return found.slice(0, most);
  }

  private async each(actor: Actor, name: string, ids: readonly string[], work: Work): Promise<void> {
    if (ids.length === 0) return;
    const owners = await this.ownersOf(ids);
    await eachAlone(ids, (resourceId) =>
      this.acts.perform({ name, actor, input: { resourceId } }, async (tx) => {
        const row = await this.moves.locked(tx, WHOLE_PROVINCE, resourceId);
        return row ? work(tx, row, owners.get(resourceId) ?? null) : refuse([unknownResource()]);
      }),
    );
  }

  /** Who asked for each, after hand-overs; what was taken in was asked for by nobody. */
  private async ownersOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = (await this.resources.rows(ids)).filter((row) => row !== null);
    const requests = await this.requests.requestsOf(rows.map((row) => row.requestId));
    return new Map(
      rows.flatMap((row, at) => {
        const request = requests[at];
        return request ? [[row.id, request.applicantId] as const] : [];
      }),
    );
  }
}
