import { Inject, Injectable } from '@nestjs/common';
import { type Month, monthAfter, monthBefore, monthOfMoment } from '../accounting/domain/accounting-units.js';
import { Acts } from '../audit/acts.service.js';
import { canonicalJson } from '../audit/domain/canonical-json.js';
import { CostSums } from '../costs/cost-sums.service.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { say } from '../kernel/bilingual.js';
import { addDays, type CalendarDate, calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { type Actor, type TenantScope, type Viewer, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { eachAlone } from '../platform/concurrency/each-alone.js';
import { CRYPTO, type CryptoProvider } from '../platform/crypto/crypto-provider.js';
import { newId } from '../platform/database/ids.js';
import { DUPLICATE_KEY_ERRNO, errnoOf } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import type { GovernmentSystem } from '../systems/domain/system.js';
import { SystemsService } from '../systems/systems.service.js';
import type { Period } from './domain/period.js';
import {
  addMonths,
  handInObjections,
  type PackContent,
  packRows,
  selfEvaluationDue,
  stageDue,
  windowOf,
} from './domain/self-evaluation.js';
import { Evaluations } from './evaluations.service.js';
import { EvidenceGathering } from './evidence-gathering.service.js';
import { PerformanceEditions } from './performance-editions.service.js';
import { type SelfEvaluationFilter, type SelfEvaluationRow, UsageRepository } from './usage.repository.js';
import { unknownTask } from './usage-refusals.js';

export interface HandInWish {
  readonly id: string | undefined;
  readonly expectedVersion: number;
  readonly statement: string;
  readonly idempotencyKey: string;
}

/** What one round opens or reminds of; the next minute takes the rest. */
const TASKS_PER_RUN = 200;

/** 自评价: opened 12 months after a system went live, reminded of until 24, handed in with figures from records. */
@Injectable()
export class SelfEvaluations {
  constructor(
    private readonly repository: UsageRepository,
    private readonly systems: SystemsService,
    private readonly departments: DepartmentsService,
    private readonly editions: PerformanceEditions,
    private readonly gathering: EvidenceGathering,
    private readonly evaluations: Evaluations,
    private readonly costs: CostSums,
    private readonly notices: Notices,
    private readonly acts: Acts,
    @Inject(CRYPTO) private readonly crypto: CryptoProvider,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  page(
    scope: TenantScope,
    { overdue, ...filter }: Omit<SelfEvaluationFilter, 'overdueOn'> & { readonly overdue: boolean },
    page: PageRequest,
  ): Promise<Page<SelfEvaluationRow>> {
    return this.repository.tasks(scope, { ...filter, overdueOn: overdue ? this.today() : null }, page);
  }

  inScope(scope: TenantScope, id: string): Promise<SelfEvaluationRow | null> {
    return this.repository.task(scope, id);
  }

  today(): CalendarDate {
    return calendarDate(this.clock.now());
  }

  /** Called by housekeeping. */
  async run(actor: Actor): Promise<void> {
    await eachAlone([() => this.open(actor), () => this.remind(actor)], (round) => round());
  }

  /** What went live longer ago than the whole window is not asked for any more: nobody was told in time. */
  private async open(actor: Actor): Promise<void> {
    const { content: rule } = await this.editions.inForce();
    const today = this.today();
    const [earliest, latest] = [
      addMonths(today, -rule.selfEvaluationToMonths),
      addMonths(today, -rule.selfEvaluationFromMonths),
    ];
    const [live, known] = await Promise.all([
      // A day more on both sides: months are not all of one length, the window itself decides.
      this.systems.liveBetween(addDays(earliest, -1), addDays(latest, 2)),
      this.repository.known(),
    ]);
    const due = live.filter(({ id, liveSince }) => {
      const window = windowOf(liveSince ?? '', rule);
      return window.from <= today && today < window.to && !known.has(`${id} ${liveSince}`);
    });
    await eachAlone(due.slice(0, TASKS_PER_RUN), async (system) => {
      const liveSince = system.liveSince ?? '';
      const window = windowOf(liveSince, rule);
      try {
        await this.acts.perform(
          { name: 'performance.openSelfEvaluation', actor, input: { systemId: system.id, liveSince } },
          async (tx) => {
            const row: SelfEvaluationRow = {
              ...{
                id: newId(tx.now.getTime()),
                systemId: system.id,
                systemName: system.name,
                state: 'OPEN',
                liveSince,
              },
              ...{ departmentId: system.departmentId, dueFrom: window.from, dueTo: window.to, toldStage: 0 },
              ...{ openedAt: tx.now, statement: null, content: null, hash: null, handedInBy: null, handedInAt: null },
              version: 1,
            };
            await this.repository.insertTask(tx, row);
            const summary = say(`${system.name} 进入自评价期`, `The self-evaluation of ${system.name} is due`);
            return ok({ value: { id: row.id }, audit: { ...auditOf(row), summary, after: { ...window } } });
          },
        );
      } catch (error) {
        // Another worker was as quick.
        if (errnoOf(error) !== DUPLICATE_KEY_ERRNO) throw error;
      }
    });
  }

  private async remind(actor: Actor): Promise<void> {
    const today = this.today();
    await eachAlone(await this.repository.toRemind(today, TASKS_PER_RUN), async ({ id }) => {
      await this.acts.perform({ name: 'performance.remindSelfEvaluation', actor, input: { id } }, async (tx) => {
        const row = await this.repository.locked(tx, WHOLE_PROVINCE, id);
        const stage = row ? stageDue({ from: row.dueFrom, to: row.dueTo }, today) : 0;
        if (row?.state !== 'OPEN' || stage <= row.toldStage) return refuse([unknownTask()]);
        // What was passed by while nobody looked is one word, not five.
        await this.repository.update(tx, id, { toldStage: stage });
        await this.notices.tell(tx, selfEvaluationDue(row, stage));
        const summary = say(`提醒 ${row.systemName} 自评价`, `Reminded of the self-evaluation of ${row.systemName}`);
        return ok({ value: { id }, audit: { ...auditOf(row), summary, after: { stage } } });
      });
    });
  }

  /** What was handed in; until then what the records say now. */
  async contentOf(row: SelfEvaluationRow): Promise<PackContent> {
    if (row.content) return row.content;
    const [[system], [department], edition] = await Promise.all([
      this.systems.systems([row.systemId]),
      this.departments.departments([row.departmentId]),
      this.editions.inForce(),
    ]);
    if (!system) throw new Error(`self-evaluation ${row.id} is of a system that is gone`);
    const asOf = this.today();
    const period = this.periodOf(row);
    const [evidence, costs, [evaluations = []], projects] = await Promise.all([
      this.gathering.evidenceOfSystem(system.id, period, edition, asOf),
      this.costs.ofSystem(system.id, row.liveSince.slice(0, 7), period.months.at(-1) ?? ''),
      this.evaluations.ofSubjects([system.id]),
      this.projectsOf(system),
    ]);
    return {
      system: {
        ...{ code: system.code, name: system.name, departmentName: department?.name ?? '' },
        ...{ protectionLevel: system.protectionLevel, liveSince: row.liveSince },
      },
      ...{ asOf, window: { from: row.dueFrom, to: row.dueTo }, period: { from: period.from, to: period.to } },
      projects,
      rows: packRows(edition.content, evidence),
      evidence,
      costs: [...costs]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([month, amount]) => ({ month, amount: amount.toString() })),
      evaluations: evaluations
        .filter(({ newest }) => newest === 1)
        .map(({ code, points, grade, content }) => ({ code, points, grade, period: content.period.key })),
    };
  }

  /** The running budget year's months that are over, or in January those of the year before; never from before it went live. */
  private periodOf({ liveSince }: SelfEvaluationRow): Period {
    const last = monthBefore(monthOfMoment(this.clock.now().getTime()));
    const live = liveSince.slice(0, 7);
    const first = [`${last.slice(0, 4)}-01`, live].toSorted().at(-1) ?? last;
    const months: Month[] = [];
    for (let month = first; month <= last; month = monthAfter(month)) months.push(month);
    return { key: `${first}/${last}`, from: `${first}-01`, to: `${monthAfter(last)}-01`, months };
  }

  private async projectsOf(system: GovernmentSystem): Promise<PackContent['projects']> {
    const [periods = []] = await this.systems.periodsOfSystems([system.id]);
    const ids = [...new Set(periods.map(({ projectId }) => projectId))];
    return (await this.systems.projects(ids)).flatMap((project) =>
      project
        ? [
            {
              ...{ code: project.code, name: project.name, approvalNumber: project.approvalNumber },
              ...{ filingNumber: project.filingNumber, totalBudget: project.totalBudgetFen?.toString() ?? null },
              targets: project.performanceTargets,
            },
          ]
        : [],
    );
  }

  /** With what the department has to say; the figures are frozen with it. */
  async handIn(
    viewer: Viewer,
    scope: TenantScope,
    wish: HandInWish,
  ): Promise<Result<{ id: string }, readonly Refusal[]>> {
    const { idempotencyKey, ...input } = wish;
    const seen = wish.id === undefined ? null : await this.repository.task(scope, wish.id);
    const content = seen && seen.state === 'OPEN' ? await this.contentOf(seen) : null;
    return this.acts.perform({ name: 'performance.handIn', actor: viewer, idempotencyKey, input }, async (tx) => {
      const row = seen && (await this.repository.locked(tx, scope, seen.id));
      if (!row) return refuse([unknownTask()]);
      const wrong = handInObjections(row, wish, calendarDate(tx.now));
      if (wrong.length > 0 || !content) return refuse(wrong);
      const statement = wish.statement.trim();
      const hash = this.crypto.sm3(canonicalJson({ content, statement })).toString('hex');
      await this.repository.update(tx, row.id, {
        ...{ state: 'HANDED_IN', statement, content, hash, version: row.version + 1 },
        ...{ handedInBy: viewer.name, handedInAt: tx.now },
      });
      const summary = say(`提交 ${row.systemName} 自评价`, `Handed in the self-evaluation of ${row.systemName}`);
      return ok({ value: { id: row.id }, audit: { ...auditOf(row), summary, after: { hash, statement } } });
    });
  }
}

function auditOf(row: SelfEvaluationRow) {
  return { objectType: 'SelfEvaluation', objectId: row.id, departmentId: row.departmentId };
}
