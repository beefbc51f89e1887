import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { CalendarsService } from '../calendars/calendars.service.js';
import { addWorkingDays } from '../calendars/domain/working-days.js';
import { say } from '../kernel/bilingual.js';
import { calendarDate } from '../kernel/calendar.js';
import { ok, refuse } from '../kernel/result.js';
import { nextState } from '../kernel/state-machine.js';
import { covers, reaches, type TenantScope, type Viewer } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import { checkReason } from '../resources/domain/release.js';
import { goLiveNotice } from './domain/go-live-notices.js';
import { documentsOf, type GoLivePolicy } from './domain/go-live-policy.js';
import { goLiveTable } from './domain/go-live-state.js';
import { isAnythingInUse, nothingInUse, obstacleRefusal, obstaclesOf } from './domain/trial.js';
import { GoLiveRepository } from './go-live.repository.js';
import type { CaseRow } from './go-live.types.js';
import { GoLiveFacts } from './go-live-facts.service.js';
import { GoLivePolicies } from './go-live-policies.service.js';
import { changedMeanwhile, illegal, notInTrial, unknownCase } from './go-live-refusals.js';
import { type ActOnCase, type Answer, done } from './go-live-trial.service.js';

/** The way of a case into acceptance, and out of it without: presenting, reading what is signed, stopping. */
@Injectable()
export class GoLiveAcceptance {
  constructor(
    private readonly repository: GoLiveRepository,
    private readonly policies: GoLivePolicies,
    private readonly calendars: CalendarsService,
    private readonly facts: GoLiveFacts,
    private readonly notices: Notices,
    private readonly acts: Acts,
  ) {}

  /** 提交验收: what was tried and on what it runs is kept as it is now, and that is what everybody signs. */
  async present(viewer: Viewer, scope: TenantScope, wish: ActOnCase): Answer {
    const { caseId, expectedVersion, idempotencyKey } = wish;
    const seen = caseId === undefined ? null : await this.repository.inScope(scope, caseId);
    if (!seen) return refuse([unknownCase()]);
    // Read before the act: an entry or a paper that comes meanwhile makes another version, and the act refuses.
    const [content, { content: policy }, calendar] = await Promise.all([
      this.facts.of(seen),
      this.policies.edition(seen.policyNumber),
      this.calendars.calendar(),
    ]);
    const contentHash = this.facts.hashOf(content);
    return this.acts.perform(
      { name: 'goLive.present', actor: viewer, idempotencyKey, input: { caseId, expectedVersion } },
      async (tx) => {
        const row = await this.repository.locked(tx, seen.id);
        if (!row || !covers(scope, row.departmentId)) return refuse([unknownCase()]);
        if (row.state !== 'TRIAL') return refuse([notInTrial(row.state, 'PRESENT')]);
        if (row.version !== expectedVersion || row.version !== seen.version)
          return refuse([changedMeanwhile(expectedVersion, row.version)]);
        const level = content.system.protectionLevel;
        const obstacles = await this.obstacles(tx, row, level, policy);
        const idle = isAnythingInUse(content.resources) ? [] : [nothingInUse(['caseId'])];
        if (obstacles.length + idle.length > 0) return refuse([...obstacles.map(obstacleRefusal), ...idle]);
        await this.repository.update(tx, row, {
          state: 'ACCEPTANCE',
          level,
          round: row.round + 1,
          content,
          contentHash,
          dueStep: 'SIGN',
          dueAt: addWorkingDays(calendar, tx.now, policy.signWorkingDays),
          toldAt: null,
        });
        await this.repository.append(tx, {
          caseId: row.id,
          actorName: viewer.name,
          action: 'PRESENT',
          toState: 'ACCEPTANCE',
          reason: null,
        });
        const { name } = content.system;
        await this.notices.tell(tx, goLiveNotice('PRESENTED', row, name, viewer.userId));
        const what = say(`${name} 提交上线验收 ${row.code}`, `${name} is presented for acceptance (${row.code})`);
        return ok(done(row, what, { round: row.round + 1, contentHash }, { state: row.state }));
      },
    );
  }

  /** 打开验收材料: who has opened what there is to sign may sign it. */
  async open(
    viewer: Viewer,
    scope: TenantScope,
    wish: { readonly caseId: string | undefined; readonly idempotencyKey: string },
  ): Answer {
    const { caseId, idempotencyKey } = wish;
    return this.acts.perform(
      { name: 'goLive.openFacts', actor: viewer, idempotencyKey, input: { caseId } },
      async (tx) => {
        const row = caseId === undefined ? null : await this.repository.locked(tx, caseId);
        if (!row || !reaches(scope, row)) return refuse([unknownCase()]);
        if (row.state !== 'ACCEPTANCE' || !row.contentHash)
          return refuse([illegal(row.state, 'OPEN_FACTS', say('案件不在验收中', 'It is not being accepted'))]);
        await this.repository.read(tx, row.id, viewer.userId, row.contentHash);
        const what = say(`打开 ${row.code} 验收材料`, `Opened the facts of ${row.code}`);
        return ok(done(row, what, { contentHash: row.contentHash }));
      },
    );
  }

  /** 终止: the trial is given up; another may begin some day. */
  async stop(viewer: Viewer, scope: TenantScope, wish: ActOnCase & { readonly reason: string }): Answer {
    const { idempotencyKey, ...input } = wish;
    return this.acts.perform({ name: 'goLive.stop', actor: viewer, idempotencyKey, input }, async (tx) => {
      const row = wish.caseId === undefined ? null : await this.repository.locked(tx, wish.caseId);
      if (!row || !covers(scope, row.departmentId)) return refuse([unknownCase()]);
      const wrong = checkReason(wish.reason);
      if (wrong.length > 0) return refuse(wrong);
      const state = nextState(goLiveTable, row.state, 'STOP');
      if (!state) return refuse([illegal(row.state, 'STOP', say('案件已经结束', 'The case is over'))]);
      if (row.version !== wish.expectedVersion) return refuse([changedMeanwhile(wish.expectedVersion, row.version)]);
      const reason = wish.reason.trim();
      await this.repository.update(tx, row, { state, dueStep: null, dueAt: null });
      await this.repository.append(tx, {
        caseId: row.id,
        actorName: viewer.name,
        action: 'STOP',
        toState: state,
        reason,
      });
      return ok(done(row, say(`终止 ${row.code}`, `${row.code} is stopped`), { reason }, { state: row.state }));
    });
  }

  private async obstacles(tx: Tx, row: CaseRow, level: number, policy: GoLivePolicy) {
    const entries = await this.repository.entriesOf([row.id], tx.manager);
    const documents = await this.repository.documentsOf([row.id], tx.manager);
    const trial = {
      overOn: row.overOn,
      entries: entries.length,
      openIncidents: entries.filter((entry) => entry.kind === 'INCIDENT' && entry.resolvedAt === null).length,
      documents: documents.map((document) => document.kind),
    };
    return obstaclesOf(trial, calendarDate(tx.now), documentsOf(policy, level));
  }
}
