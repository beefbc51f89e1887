import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import type { AuditFact } from '../audit/audit.types.js';
import { StandingGrades } from '../grades/standing-grades.service.js';
import { say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { nextState } from '../kernel/state-machine.js';
import { type TenantScope, type Viewer, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { DUPLICATE_KEY_ERRNO, errnoOf, type Tx } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import { AppealPapers } from './appeal-papers.service.js';
import { changed, over, unknownAppeal, unknownEvaluation, unknownProof } from './appeal-refusals.js';
import { AppealsRepository } from './appeals.repository.js';
import {
  type AppealAction,
  type AppealState,
  answerObjection,
  appealObjection,
  appealTable,
  type Correction,
  checkCorrections,
  checkProofs,
  checkReason,
} from './domain/appeal.js';
import { judgedAnew } from './domain/evaluation.js';
import { appealAnswered, appealRaised } from './domain/performance-notices.js';
import { EvaluationsRepository } from './evaluations.repository.js';
import type { AppealRow, EvaluationRow, RunRow } from './performance.types.js';
import { PerformanceRuns } from './runs.service.js';

export interface RaiseWish {
  readonly evaluationId: string | undefined;
  readonly reason: string;
  /** What proves it, sent before. */
  readonly fileIds: readonly string[];
  readonly idempotencyKey: string;
}

export interface AnswerWish {
  readonly id: string | undefined;
  readonly expectedVersion: number;
  readonly answer: string;
  /** Empty = the grade is kept. */
  readonly corrections: readonly Correction[];
  readonly idempotencyKey: string;
}

export type AppealAnswer = Promise<Result<{ id: string; evaluationId: string }, readonly Refusal[]>>;

/** 申诉: a department says what is wrong with its grade; somebody who has not judged yet answers, and may have it judged anew. */
@Injectable()
export class Appeals {
  constructor(
    private readonly repository: AppealsRepository,
    private readonly evaluations: EvaluationsRepository,
    private readonly runs: PerformanceRuns,
    private readonly grades: StandingGrades,
    private readonly notices: Notices,
    private readonly papers: AppealPapers,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  page(scope: TenantScope, state: AppealState | null, page: PageRequest): Promise<Page<AppealRow>> {
    return this.repository.page(scope, state, page);
  }

  /** Batch for loaders; callers have been let see the evaluations. */
  readonly ofEvaluations = async (ids: readonly string[]): Promise<AppealRow[][]> => {
    const rows = Map.groupBy(await this.repository.ofEvaluations(ids), (row) => row.evaluationId);
    return ids.map((id) => rows.get(id) ?? []);
  };

  /** Why nobody can appeal now; null = the department may. */
  objection(row: EvaluationRow, appeals: readonly AppealRow[]): Refusal | null {
    const hasOpen = appeals.some(({ open }) => open === 1);
    return this.objectionTo(row, hasOpen, this.clock.now());
  }

  private objectionTo(row: EvaluationRow, hasOpen: boolean, now: Date): Refusal | null {
    return appealObjection({ isNewest: row.newest === 1, hasOpen, dueAt: row.appealDueAt ?? now }, now);
  }

  async raise(viewer: Viewer, scope: TenantScope, wish: RaiseWish): AppealAnswer {
    const { idempotencyKey, ...input } = wish;
    const wrong = [...checkReason('reason', wish.reason), ...checkProofs(wish.fileIds)];
    try {
      return await this.acts.perform(
        { name: 'performance.appeal', actor: viewer, idempotencyKey, input },
        async (tx) => {
          if (wrong.length > 0) return refuse(wrong);
          const row = await this.evaluations.locked(tx, scope, wish.evaluationId ?? '-');
          if (!row) return refuse([unknownEvaluation()]);
          const stopped = this.objectionTo(row, await this.repository.hasOpen(tx, row.id), tx.now);
          if (stopped) return refuse([stopped]);
          const appeal: AppealRow = {
            ...{ id: newId(tx.now.getTime()), evaluationId: row.id, departmentId: row.departmentId, state: 'OPEN' },
            ...{ open: 1, version: 1, reason: wish.reason.trim(), raisedById: viewer.userId, raisedBy: viewer.name },
            ...{ raisedAt: tx.now, answer: null, answeredById: null, answeredBy: null, answeredAt: null },
            replacedById: null,
          };
          await this.repository.insert(tx, appeal);
          if (!(await this.papers.attach(tx, viewer, wish.fileIds, appeal.id))) return refuse([unknownProof()]);
          await this.notices.tell(tx, appealRaised(toTell(row, appeal)));
          const summary = say(`对 ${row.code} 提出申诉`, `Appealed against ${row.code}`);
          const value = { id: appeal.id, evaluationId: row.id };
          return ok({
            value,
            audit: { ...auditOf(row), summary, after: { reason: appeal.reason, fileIds: wish.fileIds } },
          });
        },
      );
    } catch (error) {
      // Two presses of two people at the same moment: the key has one of them.
      if (errnoOf(error) === DUPLICATE_KEY_ERRNO)
        return refuse([
          appealObjection({ isNewest: true, hasOpen: true, dueAt: this.clock.now() }, this.clock.now()) as Refusal,
        ]);
      throw error;
    }
  }

  withdraw(
    viewer: Viewer,
    scope: TenantScope,
    wish: Pick<AnswerWish, 'id' | 'expectedVersion' | 'idempotencyKey'>,
  ): AppealAnswer {
    const { idempotencyKey, ...input } = wish;
    return this.onAppeal(viewer, scope, 'WITHDRAW', wish, idempotencyKey, input, async (tx, appeal, row, state) => {
      await this.repository.close(tx, appeal, { state, answeredAt: tx.now });
      const summary = say(`撤回对 ${row.code} 的申诉`, `Withdrew the appeal against ${row.code}`);
      return ok({ value: { id: appeal.id, evaluationId: row.id }, audit: { ...auditOf(row), summary } });
    });
  }

  /** Kept, or judged anew by what was proved: then another version of the evaluation stands, and this one is kept readable. */
  async answer(viewer: Viewer, scope: TenantScope, wish: AnswerWish): AppealAnswer {
    const { idempotencyKey, ...input } = wish;
    const action = wish.corrections.length > 0 ? 'CHANGE' : 'KEEP';
    const wrong = checkReason('answer', wish.answer);
    return this.onAppeal(viewer, scope, action, wish, idempotencyKey, input, async (tx, appeal, row, state, run) => {
      const judges = await this.evaluations.publishersOf(tx, row.code);
      const own = answerObjection(viewer.userId, [run.preparedById, ...judges, appeal.raisedById]);
      if (own) return refuse([own]);
      if (wrong.length > 0) return refuse(wrong);
      const answer = wish.answer.trim();
      const by = { answeredById: viewer.userId, answeredBy: viewer.name, answeredAt: tx.now, answer };
      if (action === 'KEEP') {
        await this.repository.close(tx, appeal, { state, ...by });
        await this.notices.tell(tx, appealAnswered(toTell(row, appeal), false, row.grade));
        const summary = say(
          `答复 ${row.code} 的申诉：维持`,
          `Answered the appeal against ${row.code}: the grade stays`,
        );
        return ok({
          value: { id: appeal.id, evaluationId: row.id },
          audit: { ...auditOf(row), summary, after: { answer } },
        });
      }
      const wrongs = checkCorrections(wish.corrections, row.content.evidence);
      if (wrongs.length > 0) return refuse(wrongs);
      const next = this.regraded(tx, row, wish.corrections);
      await this.evaluations.replace(tx, row.id);
      await this.evaluations.insert(tx, [next]);
      const people = { preparedById: run.preparedById, publishedById: viewer.userId, previousHash: row.hash };
      await this.evaluations.freeze(tx, { id: next.id }, people);
      const { code, departmentId, grade, kind, subjectId } = next;
      const standing = { subjectId, kind, departmentId, evaluationId: next.id, code, periodTo: next.content.period.to };
      await this.grades.replace(tx, row.id, { ...standing, grade });
      await this.repository.close(tx, appeal, { state, ...by, replacedById: next.id });
      await this.notices.tell(tx, appealAnswered({ ...toTell(row, appeal), evaluationId: next.id }, true, next.grade));
      const summary = say(
        `采纳 ${row.code} 的申诉，出具第 ${next.version} 版`,
        `Accepted the appeal against ${row.code}: version ${next.version}`,
      );
      const before = { grade: row.grade, points: row.points, hash: row.hash };
      const after = { answer, corrections: wish.corrections, grade: next.grade, points: next.points, hash: next.hash };
      return ok({
        value: { id: appeal.id, evaluationId: next.id },
        audit: { ...auditOf(next), summary, before, after },
      });
    });
  }

  private regraded(tx: Tx, row: EvaluationRow, corrections: readonly Correction[]): EvaluationRow {
    const content = judgedAnew(row.content, corrections);
    const [id, version] = [newId(tx.now.getTime()), row.version + 1];
    return {
      ...row,
      ...{ id, version, newest: 1, content, grade: content.grade, points: content.points },
      ...{ evidencePercent: content.evidencePercent, createdAt: row.createdAt, publishedAt: tx.now, settled: false },
      hash: this.runs.hashOf({ id, runId: row.runId, version, previousHash: row.hash }, content),
    };
  }

  private async onAppeal(
    viewer: Viewer,
    scope: TenantScope,
    action: AppealAction,
    wish: Pick<AnswerWish, 'id' | 'expectedVersion'>,
    idempotencyKey: string,
    input: object,
    work: (
      tx: Tx,
      appeal: AppealRow,
      row: EvaluationRow,
      state: AppealState,
      run: RunRow,
    ) => Promise<Result<Done, readonly Refusal[]>>,
  ): AppealAnswer {
    const seen = wish.id === undefined ? null : await this.repository.inScope(scope, wish.id);
    const row = seen && (await this.evaluations.inScope(WHOLE_PROVINCE, seen.evaluationId, false));
    const [run = null] = row ? await this.runs.runs([row.runId]) : [];
    const name = `performance.${action.toLowerCase()}Appeal`;
    return this.acts.perform({ name, actor: viewer, idempotencyKey, input }, async (tx) => {
      if (!seen || !row || !run) return refuse([unknownAppeal()]);
      // The evaluation first: whoever raises an appeal takes it first, too.
      const evaluation = await this.evaluations.locked(tx, WHOLE_PROVINCE, row.id);
      const appeal = await this.repository.locked(tx, scope, seen.id);
      if (!appeal || !evaluation) return refuse([unknownAppeal()]);
      const state = nextState(appealTable, appeal.state, action);
      if (!state) return refuse([over(appeal.state, action)]);
      if (appeal.version !== wish.expectedVersion) return refuse([changed(wish.expectedVersion, appeal.version)]);
      return work(tx, appeal, evaluation, state, run);
    });
  }
}

interface Done {
  readonly value: { readonly id: string; readonly evaluationId: string };
  readonly audit: AuditFact;
}

function toTell(row: EvaluationRow, { raisedById }: AppealRow) {
  const { id: evaluationId, code, subjectName: name, departmentId } = row;
  return { evaluationId, code, name, departmentId, raisedById };
}

function auditOf(row: EvaluationRow) {
  return { objectType: 'PerformanceEvaluation', objectId: row.id, departmentId: row.departmentId };
}
