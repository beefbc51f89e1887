import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { CalendarsService } from '../calendars/calendars.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import { accountingYear, calendarDate, startOfDay } from '../kernel/calendar.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, refuse } from '../kernel/result.js';
import { covers, type TenantScope, type Viewer } from '../kernel/viewer.js';
import { CodeSequence } from '../platform/database/code-sequence.js';
import { newId } from '../platform/database/ids.js';
import { SystemsService } from '../systems/systems.service.js';
import { checkBegin, isAnythingInUse, nothingInUse, overOnOf } from './domain/trial.js';
import { GoLiveRepository } from './go-live.repository.js';
import type { CaseRow } from './go-live.types.js';
import { GoLiveFacts } from './go-live-facts.service.js';
import { GoLivePolicies } from './go-live-policies.service.js';
import { type Answer, done } from './go-live-trial.service.js';

export interface BeginWish {
  readonly systemId: string | undefined;
  readonly begunOn: string;
  readonly idempotencyKey: string;
}

/** Begins the trial run of a system, under the rules of that day. */
@Injectable()
export class GoLiveBegin {
  constructor(
    private readonly repository: GoLiveRepository,
    private readonly policies: GoLivePolicies,
    private readonly calendars: CalendarsService,
    private readonly systems: SystemsService,
    private readonly facts: GoLiveFacts,
    private readonly codes: CodeSequence,
    private readonly acts: Acts,
  ) {}

  async begin(viewer: Viewer, scope: TenantScope, wish: BeginWish): Answer {
    const [policy, calendar] = await Promise.all([this.policies.current(), this.calendars.calendar()]);
    const { idempotencyKey, systemId, begunOn } = wish;
    const seen = systemId === undefined ? null : await this.systems.system(scope, systemId);
    const inUse = seen && (await this.facts.inUse(seen.id));
    return this.acts.perform(
      { name: 'goLive.begin', actor: viewer, idempotencyKey, input: { systemId, begunOn } },
      async (tx) => {
        const system = seen && (await this.systems.kept(tx, seen.id));
        if (!system || !inUse || !covers(scope, system.departmentId)) return refuse([unknownSystem()]);
        const wrong = checkBegin(begunOn, calendarDate(tx.now), policy.content);
        if (wrong.length > 0) return refuse(wrong);
        if (system.liveSince !== null) return refuse([not('LIVE', say('系统已经上线', 'The system is live already'))]);
        if (await this.repository.hasOpen(tx, system.id))
          return refuse([not('CASE_OPEN', say('系统已在试运行或验收中', 'Its trial or acceptance runs already'))]);
        if (!isAnythingInUse(inUse)) return refuse([nothingInUse(['systemId'])]);
        const { trialDays, trialDayKind } = policy.content;
        const overOn = overOnOf(begunOn, trialDays, trialDayKind, calendar);
        const row: CaseRow = {
          id: newId(tx.now.getTime()),
          code: await this.codes.nextWithin(tx.manager, 'SX', accountingYear(tx.now)),
          systemId: system.id,
          systemName: system.name,
          departmentId: system.departmentId,
          state: 'TRIAL',
          policyNumber: policy.number,
          level: system.protectionLevel,
          begunOn,
          overOn,
          round: 0,
          dueStep: 'TRIAL_OVER',
          dueAt: startOfDay(overOn),
          toldAt: null,
          content: null,
          contentHash: null,
          liveSince: null,
          closedAt: null,
          openedById: viewer.userId,
          openedByName: viewer.name,
          openedAt: tx.now,
          version: 1,
        };
        await this.repository.insert(tx, row);
        await this.repository.append(tx, {
          caseId: row.id,
          actorName: viewer.name,
          action: 'BEGIN',
          toState: 'TRIAL',
          reason: null,
        });
        const what = say(`${system.name} 开始试运行 ${row.code}`, `The trial of ${system.name} begins (${row.code})`);
        return ok(done(row, what, { begunOn, overOn, policyNumber: policy.number }));
      },
    );
  }
}

function unknownSystem(): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: ['systemId'],
    message: say('找不到这个系统，或不属于您的单位', 'There is no such system, or it is not your department’s'),
  };
}

function not(reason: string, message: Bilingual): Refusal {
  return { code: 'NOT_PERMITTED', path: ['systemId'], reason, message };
}
