import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Acts } from '../audit/acts.service.js';
import { GRADE_WORDS } from '../grades/domain/grade.js';
import { StandingGrades } from '../grades/standing-grades.service.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, refuse } from '../kernel/result.js';
import { type Actor, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { eachAlone } from '../platform/concurrency/each-alone.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { QuotaSubject, SomeAmounts } from '../quotas/domain/quota.js';
import { QuotaSettings } from '../quotas/quota-settings.service.js';
import { ReclaimService } from '../reclaim/reclaim.service.js';
import { idleEvidence } from '../resources/domain/idle.js';
import { ResourceMoves } from '../resources/resource-moves.service.js';
import { ResourceUse } from '../resources/resource-use.service.js';
import { ResourcesService } from '../resources/resources.service.js';
import type { ResourceRow } from '../resources/resources.types.js';
import { SystemSites } from '../resources/system-sites.service.js';
import { aboveOf, beneathOf, labelOf, subjectOf } from './bonus-subjects.js';
import { pointsText } from './domain/evaluation.js';
import { bonusOf, lowered, plus, raised, restOf, takenBack } from './domain/quota-bonus.js';
import { EvaluationsRepository } from './evaluations.repository.js';
import { QuotaBonusEntity } from './performance.entity.js';
import type { EvaluationRow } from './performance.types.js';

/** What one round takes; the next minute takes the rest. */
const SETTLED_PER_RUN = 100;
const PERCENT = 100;
const MIB_PER_GIB = 1024;

interface Shrinkable {
  readonly row: ResourceRow;
  readonly text: string;
  readonly figures: readonly { readonly label: string; readonly value: string }[];
}

/**
 * What follows from published grades, by the rule that they were given by. 差: a reclaim case about each machine that is idle
 * or too big (that nothing grows and no short chain is taken is the gates' and the chains'). 优: higher limits, until it is
 * another grade. Each follows once; a worker that dies goes on where it was.
 */
@Injectable()
export class Consequences {
  constructor(
    private readonly db: DataSource,
    private readonly evaluations: EvaluationsRepository,
    private readonly grades: StandingGrades,
    private readonly sites: SystemSites,
    private readonly resources: ResourcesService,
    private readonly use: ResourceUse,
    private readonly moves: ResourceMoves,
    private readonly reclaim: ReclaimService,
    private readonly quotas: QuotaSettings,
    private readonly acts: Acts,
  ) {}

  /** Called by housekeeping. */
  async run(actor: Actor): Promise<void> {
    await eachAlone(await this.evaluations.unsettled(SETTLED_PER_RUN), (row) => this.settle(actor, row));
  }

  private async settle(actor: Actor, row: EvaluationRow): Promise<void> {
    const { rule } = row.content;
    let refused: readonly Refusal[] = [];
    if (await this.holds(row)) {
      if (row.grade === 'POOR' && row.kind === 'SYSTEM' && rule.poorOpensCases) await this.openCases(actor, row);
      refused = await this.moveQuota(actor, row);
      // Somebody set the same limits at this moment: the next minute sees them as they are then.
      if (refused.some(({ code }) => code === 'VERSION_CONFLICT')) return;
    }
    await this.acts.perform({ name: 'performance.settle', actor, input: { id: row.id } }, async (tx) => {
      if (!(await this.evaluations.settle(tx, row.id))) return refuse([settledAlready()]);
      const followed = await this.evaluations.consequencesOf([row.id], tx.manager);
      const summary = say(`落实 ${row.code} 的评价结果`, `Carried out what follows from ${row.code}`);
      return ok({
        value: { id: row.id },
        audit: {
          ...auditOf(row),
          summary,
          after: [
            ...followed.map(({ kind, label }) => `${kind} ${label}`),
            // Limits that could not be moved stay; whoever reads the audit sees why, and sets them by hand.
            ...refused.map(({ message }) => `QUOTA ${message.zh}`),
          ],
        },
      });
    });
  }

  /** Of an older period than the grade that holds nothing follows any more, though it is published later. */
  private async holds({ grade, id, subjectId }: EvaluationRow): Promise<boolean> {
    const [standing = null] = await this.grades.of([subjectId]);
    return grade === null ? standing === null : standing?.evaluationId === id;
  }

  /** Within an act: nobody has judged it anew, or carried it out, since it was read. Whoever answers an appeal waits here. */
  private async isOpen(tx: Tx, { id }: EvaluationRow): Promise<boolean> {
    const row = await this.evaluations.locked(tx, WHOLE_PROVINCE, id);
    return row !== null && row.newest === 1 && !row.settled;
  }

  private async openCases(actor: Actor, row: EvaluationRow): Promise<void> {
    for (const { row: machine, text, figures } of await this.shrinkable(row)) {
      const ground = await this.reclaim.ground();
      const input = { id: row.id, resourceId: machine.id };
      await this.acts.perform({ name: 'reclaim.open', actor, input }, async (tx) => {
        if (!(await this.isOpen(tx, row))) return refuse([settledAlready()]);
        const resource = await this.moves.locked(tx, WHOLE_PROVINCE, machine.id);
        if (!resource || (await this.reclaim.mayOpen(tx, resource))) return refuse([settledAlready()]);
        const opened = await this.reclaim.begin(tx, resource, 'POOR_GRADE', { text, figures }, actor, ground);
        await this.reclaim.appendOpening(tx, opened, []);
        const label = `${opened.code} ${machine.name}`;
        await this.evaluations.follow(tx, { evaluationId: row.id, kind: 'CASE', objectId: opened.id, label });
        const summary = say(`按评价 ${row.code} 发起 ${opened.code}`, `Opened ${opened.code} by ${row.code}`);
        const audit = { objectType: 'ReclaimCase', objectId: opened.id, departmentId: row.departmentId, summary };
        return ok({ value: { id: opened.id }, audit });
      });
    }
  }

  /** Machines that are idle, or bigger than they need to be, by the rules that lists of idle machines go by. */
  private async shrinkable(row: EvaluationRow): Promise<Shrinkable[]> {
    const ids = (await this.sites.machinesInUse([row.subjectId])).map(({ id }) => id);
    if (ids.length === 0) return [];
    const [rows, windows, policy] = await Promise.all([
      this.resources.rows(ids),
      this.use.windows(ids),
      this.use.policy(),
    ]);
    const pairs = rows.flatMap((one, at) => (one ? [{ row: one, window: windows[at] ?? null }] : []));
    const smaller = await this.use.suggestions(pairs);
    const head = `系统绩效评价 ${row.code} 得 ${pointsText(row.points)} 分，等次“${GRADE_WORDS.POOR.zh}”。`;
    return pairs.flatMap(({ row: machine, window }, at): Shrinkable[] => {
      const idle = window && idleEvidence(window, policy);
      if (idle)
        return [
          {
            row: machine,
            text: `${head}${idle.text.zh}请确认是否退还。`,
            figures: idle.figures.map(({ label, value }) => ({ label: label.zh, value: value.zh })),
          },
        ];
      const offer = smaller[at];
      if (!offer || !window) return [];
      const sizes = `${machine.vcpu} 核 ${machine.memoryMib / MIB_PER_GIB} GiB，够用的规格为 ${offer.vcpu} 核 ${offer.memoryMib / MIB_PER_GIB} GiB`;
      return [
        {
          row: machine,
          text: `${head}该云主机规格偏大（现为 ${sizes}），请降配；逾期未答复的按闲置回收处理。`,
          figures: [
            { label: 'CPU p95（窗口内最高）', value: `${(window.cpuP95 ?? 0) / PERCENT}%` },
            { label: '内存 p95（窗口内最高）', value: `${(window.memoryP95 ?? 0) / PERCENT}%` },
          ],
        },
      ];
    });
  }

  /** Why the quotas refused it; nothing = it was moved, or there was nothing to move. */
  private async moveQuota(actor: Actor, row: EvaluationRow): Promise<readonly Refusal[]> {
    const percent = row.grade === 'EXCELLENT' ? row.content.rule.excellentQuotaPercent : 0;
    const given = await this.db.manager.findOneBy(QuotaBonusEntity, { subjectId: row.subjectId });
    // Moved by a worker that died before it could say that all is carried out.
    if (given?.evaluationId === row.id) return [];
    // What was given once stays as it is while the grade does: it never grows upon itself.
    if (percent > 0 ? given !== null && !(await this.isRest(given)) : given === null) return [];
    const subject = subjectOf(row);
    const around = await this.quotas.around(row.departmentId, subject.level === 'SYSTEM' ? [subject] : []);
    const way = percent > 0 ? ('QUOTA_UP' as const) : ('QUOTA_DOWN' as const);
    const input = { id: row.id, way };
    let refused: readonly Refusal[] = [];
    await this.acts.perform({ name: 'performance.moveQuota', actor, input }, async (tx) => {
      refused = [];
      if (!(await this.isOpen(tx, row))) return refuse([settledAlready()]);
      const standing = await tx.manager.findOne(QuotaBonusEntity, {
        where: { subjectId: row.subjectId },
        lock: { mode: 'pessimistic_write' },
      });
      if (standing?.evaluationId !== given?.evaluationId) return refuse([settledAlready()]);
      const before: SomeAmounts = standing?.amounts ?? {};
      let [moved, kept]: [SomeAmounts, SomeAmounts] = [{}, before];
      const why = say(`按绩效评价 ${row.code} 调整`, `Set by the evaluation ${row.code}`);
      const set = await this.quotas.set(
        tx,
        around,
        (states) => {
          const own = states.get(subject.id);
          if (!own) return [];
          const those = (subjects: readonly QuotaSubject[]) => subjects.flatMap(({ id }) => states.get(id) ?? []);
          if (percent > 0) moved = bonusOf(own, those(aboveOf(around, subject)), percent, before);
          const limits = percent > 0 ? raised(own, moved) : lowered(own, those(beneathOf(around, subject)), before);
          if (percent === 0) moved = takenBack(own, limits);
          kept = percent > 0 ? plus(before, moved) : restOf(own, before, moved);
          return Object.keys(limits).length === 0 ? [] : [{ subject, limits }];
        },
        why,
      );
      if (!set.ok) {
        refused = set.error;
        return set;
      }
      const isMoved = Object.keys(moved).length > 0;
      if (!isMoved && (percent > 0 || Object.keys(kept).length > 0)) return refuse([settledAlready()]);
      await this.keepBonus(tx, row, kept);
      const label = labelOf(moved, percent > 0 ? '+' : '−');
      if (isMoved)
        await this.evaluations.follow(tx, { evaluationId: row.id, kind: way, objectId: row.subjectId, label });
      return ok({
        value: { id: row.id },
        audit: { ...auditOf(row), summary: why, after: { way, amounts: moved } },
        auditToo: set.value.audits,
        last: async () => {
          await set.value.setLast();
          return ok(undefined);
        },
      });
    });
    return refused;
  }

  /** Kept by the evaluation that moved it last. What could not be taken back, being in use, is of the next one. */
  private async keepBonus(tx: Tx, { id, subjectId }: EvaluationRow, amounts: SomeAmounts): Promise<void> {
    await tx.manager.delete(QuotaBonusEntity, { subjectId });
    if (Object.keys(amounts).length === 0) return;
    const kept = { subjectId, evaluationId: id, givenAt: tx.now };
    await tx.manager.insert(QuotaBonusEntity, { ...kept, amounts: amounts as Readonly<Record<string, number>> });
  }

  private async isRest({ evaluationId, subjectId }: QuotaBonusEntity): Promise<boolean> {
    const followed = await this.evaluations.consequencesOf([evaluationId]);
    return followed.some(({ kind, objectId }) => kind === 'QUOTA_DOWN' && objectId === subjectId);
  }
}

function auditOf(row: EvaluationRow) {
  return { objectType: 'PerformanceEvaluation', objectId: row.id, departmentId: row.departmentId };
}

function settledAlready(): Refusal {
  return { code: 'UNKNOWN_REFERENCE', path: ['id'], message: say('已落实', 'Carried out already') };
}
