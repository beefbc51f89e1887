import type { Abstract, INestApplicationContext, Type } from '@nestjs/common';
import { AccountingSweep } from './accounting/accounting-sweep.service.js';
import { Freezer } from './accounting/freezer.service.js';
import { StatementConfirmations } from './accounting/statement-confirmations.service.js';
import { AlertRounds } from './alerts/alert-rounds.service.js';
import { AuditService } from './audit/audit.service.js';
import { AuditSequencer } from './audit/sequencer.js';
import { ConsoleBackups } from './backups/console-backups.service.js';
import { BudgetWarnings } from './budgets/budget-warnings.service.js';
import { ClosedMonths } from './budgetyears/closed-months.service.js';
import { FundingMoves } from './budgetyears/funding-moves.service.js';
import { YearEndWork } from './budgetyears/year-end-work.service.js';
import { YearOpening } from './budgetyears/year-opening.service.js';
import { SpaceExpiry } from './cabinets/space-expiry.service.js';
import { CostChangePasses } from './costchanges/cost-change-passes.service.js';
import { CostCells } from './costs/cost-cells.service.js';
import { FirstLogins } from './documents/first-logins.service.js';
import { LoginNotices } from './documents/login-notices.service.js';
import { LoginResets } from './documents/login-resets.service.js';
import { ServerFirstLogins } from './documents/server-first-logins.service.js';
import { SheetDeadlines } from './documents/sheet-deadlines.service.js';
import { DrillCalendar } from './drills/drill-calendar.service.js';
import { DrillSweep } from './drills/drill-sweep.service.js';
import { DutyNoticeTelling } from './duty/duty-notice-telling.service.js';
import { ExecutionConfirmations } from './executions/execution-confirmations.service.js';
import { ExecutionEngine } from './executions/execution-engine.service.js';
import { ExecutionWaits } from './executions/execution-waits.service.js';
import { ReturningSides } from './executions/returning-sides.service.js';
import { ConsolidationService } from './facilities/consolidation.service.js';
import { FilesService } from './files/files.service.js';
import { GoLiveSweep } from './golive/go-live-sweep.service.js';
import { Accounts } from './identity/accounts.service.js';
import { ImportWork } from './imports/import-work.service.js';
import { CLOCK, type Clock } from './kernel/clock.js';
import { NotificationsService } from './notifications/notifications.service.js';
import { Sending } from './notifications/sending.service.js';
import { Telling } from './notifications/telling.service.js';
import { Consequences } from './performance/consequences.service.js';
import { PerformanceRuns } from './performance/runs.service.js';
import { SelfEvaluations } from './performance/self-evaluations.service.js';
import { UsageNotices } from './performance/usage-notices.service.js';
import { PlanQuotas } from './plans/plan-quotas.service.js';
import { eachAlone } from './platform/concurrency/each-alone.js';
import { newId } from './platform/database/ids.js';
import { DatabaseQuorum } from './platform/database/quorum/database-quorum.js';
import { ChangeFeed } from './platform/feed/change-feed.js';
import type { Logger } from './platform/logging/logger.js';
import { CLUSTERS, type Clusters } from './provisioning/domain/ports.js';
import { ProvisioningWorker } from './provisioning/provisioning.worker.js';
import { ReclaimSweep } from './reclaim/reclaim-sweep.service.js';
import { ReplaceSweep } from './replacements/replace-sweep.service.js';
import { DeadlinesService } from './requests/deadlines.service.js';
import { UnfinishedForms } from './requests/unfinished-forms.service.js';
import { ArbiterRounds } from './resilience/arbiter-rounds.service.js';
import { DrSweep } from './resilience/dr-sweep.service.js';
import { ProbeRounds } from './resilience/probe-rounds.service.js';
import { KeptDiskTime } from './resources/kept-disk-time.service.js';
import { ResourceLife } from './resources/resource-life.service.js';
import { UseWindows } from './resources/use-windows.service.js';
import { LineTermSweep } from './terms/line-term-sweep.service.js';
import { TermSweep } from './terms/term-sweep.service.js';
import { UtilisationService } from './utilisation/utilisation.service.js';
import { BackupSweep } from './workorders/backup-sweep.service.js';
import { PolicySites } from './workorders/policy-sites.service.js';
import { OrderReminders } from './workorders/reminders.service.js';

export interface Work {
  close(): Promise<void>;
}

/** Holds the lease of its rounds until it gives it back. */
interface Leased {
  release(): Promise<void>;
}

interface Going {
  readonly rounds: { stop(): Promise<void> };
  readonly leased: Leased | undefined;
}

/** Holds run out to the day; a minute more or less is nobody's loss. */
const HOUSEKEEPING_EVERY_MS = 60_000;
/** Who waits for a decision should not wait for the news of it; one look costs one indexed statement. */
const TELLING_EVERY_MS = 1_000;

/** The binlog is fetched every five minutes; a round in which nothing is due costs some indexed reads. */
const BACKUPS_EVERY_MS = 60_000;
/** A beat, not a round: a round is made every fifteen seconds, or when something changed; who looks at the picture waits so long at most for it to begin. */
const DR_BEAT_MS = 250;
/** Groups are formed every half minute, alerts kept after each judgement. */
const DR_FORM_BEAT_MS = 1_000;
const ALERTS_BEAT_MS = 1_000;
/** A probe is asked at most that much later than it should be. */
const PROBES_EVERY_MS = 2_000;
/** Who waits for a vote waits for seconds; three rounds left out, and nobody knows. */
const ARBITER_EVERY_MS = 15_000;
/** While a drill's clock runs, what the console measures is late by so much at most. */
const DRILLS_EVERY_MS = 2_000;
/** A switch is counted in seconds: what the console adds between two steps is at most this. */
const EXECUTIONS_EVERY_MS = 250;
/** Whose step it is, or whose signature, hears of it so much later at most. */
const WAITS_EVERY_MS = 3_000;
/** A side that returns halts what it runs after so long at most; while none is awaited it costs one indexed read. */
const RETURNING_EVERY_MS = 1_000;

/** What goes on without anybody's asking: clusters are driven, the audit is chained, holds run out, old rows go. */
export async function startWork(application: INestApplicationContext, logger: Logger): Promise<Work> {
  const provisioning = application.get(ProvisioningWorker, { strict: false });
  const sequencer = application.get(AuditSequencer, { strict: false });
  sequencer.start();
  await provisioning.start();
  const of = <Service>(service: Type<Service> | Abstract<Service>): Service =>
    application.get(service, { strict: false });
  const clusters = application.get<Clusters>(CLUSTERS, { strict: false });
  const [dr, probes, alerts] = [of(DrSweep), of(ProbeRounds), of(AlertRounds)];
  const arbiter = of(ArbiterRounds);
  const [backups, drills, engine] = [of(ConsoleBackups), of(DrillSweep), of(ExecutionEngine)];
  const returning = of(ReturningSides);
  const quorum = of(DatabaseQuorum);
  // In a minority there is nothing to do, and a line in the log each second says it to nobody.
  const writing = (round: () => Promise<unknown>) => async () => {
    if (quorum.state().mode === 'WRITABLE') await round();
  };
  const goes = (ms: number, what: string, round: () => Promise<unknown>, leased?: Leased): Going => ({
    rounds: every(ms, what, writing(round), logger),
    leased,
  });
  const going = [
    goes(HOUSEKEEPING_EVERY_MS, 'housekeeping', () => keepHouse(application)),
    goes(TELLING_EVERY_MS, 'telling people', () => tellPeople(application)),
    goes(BACKUPS_EVERY_MS, 'backups of the console', () => backups.run(), backups),
    goes(DR_BEAT_MS, 'judging DR groups', () => dr.beat(), dr),
    // After it, and so stopped before it: what still forms would take the lease that was given back.
    goes(DR_FORM_BEAT_MS, 'forming DR groups', () => dr.formBeat()),
    goes(PROBES_EVERY_MS, 'asking DR probes', () => probes.run(), probes),
    goes(ARBITER_EVERY_MS, 'asking the arbiter', () => arbiter.run(), arbiter),
    goes(ALERTS_BEAT_MS, 'keeping alerts', () => alerts.beat(), alerts),
    goes(DRILLS_EVERY_MS, 'driving drills', () => drills.run(clusters), drills),
    goes(RETURNING_EVERY_MS, 'meeting sides that return', () => returning.run(clusters), returning),
    goes(WAITS_EVERY_MS, 'telling whom executions wait for', () => of(ExecutionWaits).tell()),
    goes(EXECUTIONS_EVERY_MS, 'playing executions', () => engine.run(), engine),
  ];
  return {
    close: async () => {
      backups.leave();
      for (const { leased, rounds } of going.toReversed()) {
        await rounds.stop();
        await leased?.release();
      }
      await provisioning.stop();
      // Last, so that it chains what the others have still done.
      await sequencer.stop();
    },
  };
}

/** One round of it; several workers may do it at the same moment. */
export async function keepHouse(application: INestApplicationContext): Promise<void> {
  const clock: Clock = application.get(CLOCK, { strict: false });
  const actor = { userId: null, name: '集云', departmentId: null, address: null, traceId: newId() };
  const deadlines = application.get(DeadlinesService, { strict: false });
  // What fails is one thing's trouble: holds go back although a term cannot be ended.
  const jobs: readonly (() => Promise<unknown>)[] = [
    () => deadlines.expireHolds(actor),
    () => deadlines.escalateOverdue(actor),
    () => application.get(TermSweep, { strict: false }).run(actor),
    () => application.get(LineTermSweep, { strict: false }).run(actor),
    () => application.get(ReclaimSweep, { strict: false }).run(actor),
    () => application.get(ResourceLife, { strict: false }).emptyBin(actor),
    () => application.get(KeptDiskTime, { strict: false }).run(actor),
    () => application.get(OrderReminders, { strict: false }).run(actor),
    () => application.get(PolicySites, { strict: false }).keep(actor),
    () => application.get(BackupSweep, { strict: false }).run(actor),
    () => application.get(ReplaceSweep, { strict: false }).run(actor),
    () => application.get(DrillCalendar, { strict: false }).tell(),
    () => application.get(DutyNoticeTelling, { strict: false }).run(),
    () => application.get(ExecutionConfirmations, { strict: false }).tell(),
    () => application.get(SheetDeadlines, { strict: false }).settleDue(actor),
    () => application.get(GoLiveSweep, { strict: false }).run(actor),
    () => application.get(FirstLogins, { strict: false }).destroyExpired(actor),
    () => application.get(ServerFirstLogins, { strict: false }).destroyExpired(actor),
    () => application.get(LoginResets, { strict: false }).destroyExpired(actor),
    () => application.get(LoginNotices, { strict: false }).tellReady(),
    () => application.get(ChangeFeed, { strict: false }).prune(clock.now()),
    () => application.get(AuditService, { strict: false }).pruneKeys(clock.now()),
    () => application.get(Accounts, { strict: false }).prune(clock.now()),
    () => application.get(FilesService, { strict: false }).sweep(clock.now()),
    () => application.get(SpaceExpiry, { strict: false }).run(actor),
    () => application.get(ConsolidationService, { strict: false }).takeDue(actor),
    () => application.get(PlanQuotas, { strict: false }).setDue(actor),
    () => application.get(ImportWork, { strict: false }).recover(clock.now()),
    () => application.get(NotificationsService, { strict: false }).prune(),
    () => application.get(UtilisationService, { strict: false }).sweep(clock.now()),
    () => application.get(UseWindows, { strict: false }).keep(clock.now()),
    () => application.get(AccountingSweep, { strict: false }).run(),
    () => application.get(Freezer, { strict: false }).run(actor),
    () => application.get(StatementConfirmations, { strict: false }).run(actor),
    () => application.get(CostCells, { strict: false }).run(),
    () => application.get(CostChangePasses, { strict: false }).run(),
    () => application.get(ClosedMonths, { strict: false }).run(),
    () => application.get(ClosedMonths, { strict: false }).again(),
    () => application.get(YearOpening, { strict: false }).run(),
    () => application.get(FundingMoves, { strict: false }).run(),
    () => application.get(YearEndWork, { strict: false }).run(),
    () => application.get(BudgetWarnings, { strict: false }).run(),
    () => application.get(PerformanceRuns, { strict: false }).gatherAll(actor),
    () => application.get(Consequences, { strict: false }).run(actor),
    () => application.get(UsageNotices, { strict: false }).run(actor),
    () => application.get(SelfEvaluations, { strict: false }).run(actor),
    () => application.get(UnfinishedForms, { strict: false }).removeForgotten(),
  ];
  await eachAlone(jobs, (job) => job());
}

/** One round of it: what features said becomes inboxes and messages, and messages that are due are sent. */
export async function tellPeople(application: INestApplicationContext): Promise<void> {
  await application.get(Telling, { strict: false }).run();
  await application.get(Sending, { strict: false }).run();
}

/** Never two rounds at once: a beat that comes while one runs is left out. One that fails is logged; the next tries again. */
function every(ms: number, name: string, round: () => Promise<void>, logger: Logger): { stop(): Promise<void> } {
  let running: Promise<void> | null = null;
  const timer = setInterval(() => {
    running ??= round()
      .catch((error: unknown) => {
        logger.error({ err: error }, `${name} failed; the next round tries again`);
      })
      .finally(() => {
        running = null;
      });
  }, ms);
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
