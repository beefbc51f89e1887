import { Inject, Injectable } from '@nestjs/common';
import { monthBefore, monthOfMoment } from '../accounting/domain/accounting-units.js';
import { CostCells } from '../costs/cost-cells.service.js';
import { FilesService } from '../files/files.service.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { type Viewer, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { Appeals } from '../performance/appeals.service.js';
import { AvailabilityReadings } from '../performance/availability.service.js';
import { Consequences } from '../performance/consequences.service.js';
import { Evaluations } from '../performance/evaluations.service.js';
import type { EvaluationRow } from '../performance/performance.types.js';
import { PerformanceRuns } from '../performance/runs.service.js';
import { SelfEvaluations } from '../performance/self-evaluations.service.js';
import { UsageNotices } from '../performance/usage-notices.service.js';
import { newId } from '../platform/database/ids.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import type { GovernmentSystem } from '../systems/domain/system.js';
import { SystemsService } from '../systems/systems.service.js';
import { done, own } from './journey-people.js';

/** A page that says what it is; nobody takes it for a real one. */
const PROOF = Buffer.from('%PDF-1.4\n% Made-up proof of the demonstration\n');
const EVERYTHING = { first: 2_000, after: null };
/** Minutes down of a month, by a system's number: most are never missed, a few were down for half a day. */
const DOWN_MINUTES = [0, 0, 4, 0, 12, 0, 0, 25, 0, 8, 0, 55, 0, 380];
/** One system in this many has no monitoring that tells anything. */
const UNREAD_EVERY = 9;

/** What the answered appeal proves: so many hundredths of a percent more than was read. */
const PROVED_MORE = 1_500;

/**
 * Two months that were evaluated by one person and published by another, with what followed; two grades that the tour's
 * department does not accept, of which a leader has answered the earlier; and what its head was told of last month's use. By
 * the same acts as people's.
 */
@Injectable()
export class DemonstrationPerformance {
  constructor(
    private readonly systems: SystemsService,
    private readonly readings: AvailabilityReadings,
    private readonly cells: CostCells,
    private readonly runs: PerformanceRuns,
    private readonly evaluations: Evaluations,
    private readonly appeals: Appeals,
    private readonly files: FilesService,
    private readonly consequences: Consequences,
    private readonly notices: UsageNotices,
    private readonly selfEvaluations: SelfEvaluations,
    private readonly work: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(evaluator: Viewer, publisher: Viewer, head: Viewer, leader: Viewer): Promise<void> {
    const last = monthBefore(monthOfMoment(this.clock.now().getTime()));
    const months = [monthBefore(last), last];
    const { rows: systems } = await this.systems.list(WHOLE_PROVINCE, {}, EVERYTHING);
    await this.work.run((tx) =>
      this.readings.put(
        tx,
        evaluator,
        months.flatMap((month) => systems.flatMap((system) => readingOf(system, month))),
      ),
    );
    // What use cost must be known before anybody compares it with budgets.
    await this.cells.take();
    for (const month of months) {
      const id = await done(this.runs.begin(evaluator, month, newId()));
      const [run] = await this.runs.runs([id]);
      const wish = { id, expectedVersion: run?.version ?? 0, opinion: '同意发布', idempotencyKey: newId() };
      await done(this.runs.decide(publisher, 'APPROVE', wish));
      if (month === months[0]) await this.notices.make(evaluator, month);
    }
    await this.notices.make(evaluator, last);
    await this.selfEvaluations.run(evaluator);
    const [newest, earlier] = await this.worst(head, months);
    if (newest)
      await this.appeal(
        head,
        newest,
        '本月完成数据库迁移，旧节点保留两周备查，利用率偏低属过渡期；迁移方案与验收记录已随附，请按迁移后数据重新核定。',
        '数据库迁移方案与验收记录.pdf',
      );
    if (earlier) await this.answered(head, leader, earlier);
    await this.consequences.run(evaluator);
  }

  /** Of the tour's department the worst system of the last month, and another of the month before. */
  private async worst(head: Viewer, [before, last]: readonly string[]): Promise<EvaluationRow[]> {
    const filter = {
      runId: null,
      kind: 'SYSTEM' as const,
      grades: [],
      ungraded: false,
      departmentId: null,
      search: null,
    };
    const { rows } = await this.evaluations.page(own(head), { ...filter, alsoUnpublished: false }, EVERYTHING);
    const graded = rows.filter(({ grade }) => grade !== null && grade !== 'EXCELLENT');
    const of = (month: string | undefined, except?: string) =>
      graded
        .filter(({ content, subjectId }) => content.period.key === month && subjectId !== except)
        .toSorted((a, b) => a.points - b.points)
        .slice(0, 1);
    const [newest] = of(last);
    return [...of(last), ...of(before, newest?.subjectId)];
  }

  private async appeal(head: Viewer, { id }: EvaluationRow, reason: string, paper: string): Promise<string> {
    const proof = await done(this.files.upload({ name: paper, bytes: PROOF }, head));
    const wish = { evaluationId: id, reason, fileIds: [proof], idempotencyKey: newId() };
    return done(this.appeals.raise(head, own(head), wish));
  }

  /** A leader, who has judged nothing of it yet, sets one figure right by what was proved. */
  private async answered(head: Viewer, leader: Viewer, row: EvaluationRow): Promise<void> {
    const use = row.content.evidence.find(({ indicator }) => indicator === 'UTILISATION');
    if (!use?.applies) return;
    const id = await this.appeal(
      head,
      row,
      '监控采集代理当月有十日离线，离线期间按零利用率计入；补采记录已随附，请予更正。',
      '监控补采记录.pdf',
    );
    await done(
      this.appeals.answer(leader, WHOLE_PROVINCE, {
        ...{ id, expectedVersion: 1, idempotencyKey: newId() },
        answer: '经核对补采记录，离线期间数据已补齐，按补采后利用率更正。',
        corrections: [
          {
            indicator: 'UTILISATION',
            value: (use.value ?? 0) + PROVED_MORE,
            proof: '监控补采记录，采集日志编号 CJ-0917',
          },
        ],
      }),
    );
  }
}

function readingOf({ id, code }: GovernmentSystem, month: string) {
  const number = [...`${code}${month}`].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9_973, 7);
  if (number % UNREAD_EVERY === 0) return [];
  const downMinutes = DOWN_MINUTES[number % DOWN_MINUTES.length] ?? 0;
  return [
    { systemId: id, month, downMinutes, excusedMinutes: Math.floor(downMinutes / 4), source: '统一监控平台月报' },
  ];
}
