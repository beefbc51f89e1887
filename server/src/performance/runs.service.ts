import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { CalendarsService } from '../calendars/calendars.service.js';
import { addWorkingDays } from '../calendars/domain/working-days.js';
import type { StandingGrade } from '../grades/domain/grade.js';
import { StandingGrades } from '../grades/standing-grades.service.js';
import { type Bilingual, counted, say } from '../kernel/bilingual.js';
import { accountingYear, calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { OPINION_LENGTH_MAX, type SecondAction, type SecondWish } from '../kernel/second-person.js';
import type { Actor, Viewer } from '../kernel/viewer.js';
import { eachAlone } from '../platform/concurrency/each-alone.js';
import { CRYPTO, type CryptoProvider } from '../platform/crypto/crypto-provider.js';
import { CodeSequence } from '../platform/database/code-sequence.js';
import { newId } from '../platform/database/ids.js';
import { DUPLICATE_KEY_ERRNO, errnoOf, type Tx } from '../platform/database/unit-of-work.js';
import { inOrderOf } from '../platform/graphql/request-context.js';
import { Notices } from '../platform/notices/notices.js';
import { type EvaluationContent, frozenText } from './domain/evaluation.js';
import { gradesPublished, runWaits } from './domain/performance-notices.js';
import { periodOf } from './domain/period.js';
import { decideRun } from './domain/run-state.js';
import { EvaluationsRepository } from './evaluations.repository.js';
import { EvidenceGathering } from './evidence-gathering.service.js';
import type { EvaluationRow, RunRow } from './performance.types.js';
import { PerformanceEditions } from './performance-editions.service.js';
import { RunsRepository } from './runs.repository.js';

export type RunAnswer = Promise<Result<{ id: string }, readonly Refusal[]>>;

export interface RunDecision extends SecondWish {
  readonly id: string | undefined;
  readonly idempotencyKey: string;
}

/** 绩效评价: begun by one person, read from the records, published by another; frozen from then on. */
@Injectable()
export class PerformanceRuns {
  constructor(
    private readonly repository: RunsRepository,
    private readonly evaluations: EvaluationsRepository,
    private readonly editions: PerformanceEditions,
    private readonly gathering: EvidenceGathering,
    private readonly grades: StandingGrades,
    private readonly calendars: CalendarsService,
    private readonly notices: Notices,
    private readonly codes: CodeSequence,
    private readonly acts: Acts,
    @Inject(CRYPTO) private readonly crypto: CryptoProvider,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The newest first. */
  page(page: PageRequest): Promise<Page<RunRow>> {
    return this.repository.page(page);
  }

  /** Batch for loaders; callers have been let see what they belong to. */
  readonly runs = async (ids: readonly string[]): Promise<(RunRow | null)[]> =>
    inOrderOf(ids, await this.repository.byIds(ids), (run) => run.id);

  /** Of a period that is over, and of which there is no run yet that stands. The records are read right after. */
  async begin(viewer: Viewer, key: string, idempotencyKey: string): RunAnswer {
    const period = periodOf(key);
    const now = this.clock.now();
    if (!period || period.to > calendarDate(now)) return refuse([notOver()]);
    const [edition, code] = await Promise.all([this.editions.inForce(), this.codes.next('JX', accountingYear(now))]);
    try {
      const begun = await this.acts.perform(
        { name: 'performance.begin', actor: viewer, idempotencyKey, input: { period: key } },
        async (tx) => {
          const row: RunRow = {
            ...{ id: newId(tx.now.getTime()), code, period: key, fromDay: period.from, toDay: period.to },
            ...{ editionId: edition.id, editionNumber: edition.number ?? 0, state: 'GATHERING', live: 1, version: 1 },
            ...{ subjects: 0, preparedById: viewer.userId, preparedBy: viewer.name, preparedAt: tx.now },
            ...{ gatheredAt: null, decidedById: null, decidedBy: null, decidedAt: null, opinion: null },
          };
          await this.repository.insert(tx, row);
          const summary = say(`开始绩效评价 ${code}（${key}）`, `Began the evaluation ${code} of ${key}`);
          return ok({ value: { id: row.id }, audit: { ...auditOf(row), summary } });
        },
      );
      if (begun.ok) await this.gather(viewer, begun.value.id);
      return begun;
    } catch (error) {
      // The key on the one that stands says it, also to two people at the same moment.
      if (errnoOf(error) === DUPLICATE_KEY_ERRNO) return refuse([evaluatedAlready(key)]);
      throw error;
    }
  }

  /** Called by housekeeping: whoever began it may have died while the records were read. */
  async gatherAll(actor: Actor): Promise<void> {
    await eachAlone(await this.repository.gathering(), (run) => this.gather(actor, run.id));
  }

  private async gather(actor: Actor, runId: string): Promise<void> {
    const [seen] = await this.repository.byIds([runId]);
    const edition = seen && (await this.editions.edition(seen.editionId));
    const period = seen && periodOf(seen.period);
    if (!seen || !edition || !period || seen.state !== 'GATHERING') return;
    const now = this.clock.now();
    const contents = await this.gathering.contents(period, edition, calendarDate(now));
    const rows = contents.map((content, at) => this.rowOf(seen, content, at, now));
    await this.acts.perform({ name: 'performance.gather', actor, input: { runId } }, async (tx) => {
      const run = await this.repository.locked(tx, runId);
      // Taken back meanwhile, or gathered by another worker.
      if (run?.state !== 'GATHERING') return refuse([notOver()]);
      await this.evaluations.insert(tx, rows);
      await this.repository.update(tx, run, { state: 'PREPARED', gatheredAt: tx.now, subjects: rows.length });
      await this.notices.tell(tx, runWaits(run, rows.length));
      const summary = say(
        `${run.code} 已评 ${rows.length} 个对象`,
        `${run.code} has evaluated ${counted(rows.length, 'subject', 'subjects')}`,
      );
      return ok({ value: { id: run.id }, audit: { ...auditOf(run), summary, after: { subjects: rows.length } } });
    });
  }

  private rowOf(run: RunRow, content: EvaluationContent, at: number, now: Date): EvaluationRow {
    const { subject, grade, points, evidencePercent } = content;
    const id = newId(now.getTime());
    const hash = this.hashOf({ id, runId: run.id, version: 1, previousHash: null }, content);
    return {
      ...{ id, runId: run.id, code: `${run.code}-${String(at + 1).padStart(CODE_DIGITS, '0')}`, kind: subject.kind },
      ...{ subjectId: subject.id, subjectName: subject.name, departmentId: subject.departmentId },
      ...{ version: 1, newest: 1, grade, points, evidencePercent, content, hash, createdAt: now },
      // Nothing follows before it is published.
      ...{ publishedAt: null, appealDueAt: null, settled: true },
    };
  }

  hashOf(head: Parameters<typeof frozenText>[0], content: EvaluationContent): string {
    return this.crypto.sm3(frozenText(head, content)).toString('hex');
  }

  async decide(viewer: Viewer, action: SecondAction, wish: RunDecision): RunAnswer {
    const { idempotencyKey, ...input } = wish;
    const [seen] = await this.repository.byIds([wish.id ?? '-']);
    const [edition, calendar] = await Promise.all([
      seen ? this.editions.edition(seen.editionId) : null,
      this.calendars.calendar(),
    ]);
    if (!seen || !edition) return refuse([unknownRun()]);
    const dueAt = addWorkingDays(calendar, this.clock.now(), edition.content.appealWorkingDays);
    return this.acts.perform(
      { name: `performance.${action.toLowerCase()}`, actor: viewer, idempotencyKey, input },
      async (tx) => {
        const run = await this.repository.locked(tx, seen.id);
        if (!run) return refuse([unknownRun()]);
        const decided = decideRun(viewer.userId, run, action, wish);
        if (!decided.ok) return decided;
        const state = decided.value;
        await this.repository.update(tx, run, {
          ...{ state, live: state === 'PUBLISHED' ? 1 : null, decidedById: viewer.userId, decidedBy: viewer.name },
          ...{ decidedAt: tx.now, opinion: wish.opinion?.trim().slice(0, OPINION_LENGTH_MAX) || null },
        });
        if (state === 'PUBLISHED') await this.publish(tx, viewer, run, dueAt);
        const summary = say(
          `${WORDS[action].zh} ${run.code}（${run.period}）`,
          `${WORDS[action].en} ${run.code} of ${run.period}`,
        );
        const after = { state, opinion: wish.opinion ?? null };
        return ok({ value: { id: run.id }, audit: { ...auditOf(run), summary, before: { state: run.state }, after } });
      },
    );
  }

  /** Copied to where nobody changes it; the grades hold from here on, and what follows is done by the sweep. */
  private async publish(tx: Tx, viewer: Viewer, run: RunRow, appealDueAt: Date): Promise<void> {
    await this.evaluations.publish(tx, run.id, appealDueAt);
    await this.evaluations.freeze(
      tx,
      { runId: run.id },
      { preparedById: run.preparedById, publishedById: viewer.userId, previousHash: null },
    );
    const grades = await this.evaluations.gradesOf(tx, run.id, run.toDay);
    const graded = grades.filter((one): one is StandingGrade => one.grade !== null);
    await this.grades.put(tx, graded);
    const ungraded = grades.filter(({ grade }) => grade === null).map(({ subjectId }) => subjectId);
    if (ungraded.length > 0) await this.grades.remove(tx, ungraded, run.toDay);
    await this.notices.tell(tx, ...gradesPublished(run, grades, appealDueAt));
  }
}

/** A province has some thousand systems and departments. */
const CODE_DIGITS = 4;

const WORDS: { readonly [A in SecondAction]: Bilingual } = {
  APPROVE: say('发布绩效评价', 'Published the evaluation'),
  RETURN: say('退回绩效评价', 'Returned the evaluation'),
  WITHDRAW: say('撤回绩效评价', 'Withdrew the evaluation'),
};

function auditOf(run: RunRow) {
  return { objectType: 'PerformanceRun', objectId: run.id, departmentId: null };
}

function notOver(): Refusal {
  return {
    code: 'INVALID_INPUT',
    path: ['period'],
    rule: 'past',
    message: say(
      '请选择已结束的评价期，如 2026-10、2026-Q3、2026-H1、2026',
      'Choose a period that is over, such as 2026-10, 2026-Q3, 2026-H1 or 2026',
    ),
  };
}

function evaluatedAlready(period: string): Refusal {
  return {
    code: 'NOT_PERMITTED',
    path: ['period'],
    reason: 'EVALUATED_ALREADY',
    message: say(`${period} 已有评价批次，请先处理它`, `There is a run of ${period} already; decide on that one first`),
  };
}

function unknownRun(): Refusal {
  return { code: 'UNKNOWN_REFERENCE', path: ['id'], message: say('没有这个评价批次', 'There is no such run') };
}
