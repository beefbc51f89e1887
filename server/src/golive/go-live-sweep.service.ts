import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { CalendarsService } from '../calendars/calendars.service.js';
import { addWorkingDays } from '../calendars/domain/working-days.js';
import { say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { ok, refuse } from '../kernel/result.js';
import { type Actor, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { Notices } from '../platform/notices/notices.js';
import { SystemsService } from '../systems/systems.service.js';
import { type GoLiveNews, goLiveNotice } from './domain/go-live-notices.js';
import { GoLiveRepository } from './go-live.repository.js';
import type { DueStep } from './go-live.types.js';
import { GoLivePolicies } from './go-live-policies.service.js';
import { unknownCase } from './go-live-refusals.js';
import { done } from './go-live-trial.service.js';

/** Cases of one round of the housekeeping; the next minute takes the rest. */
const TOLD_PER_RUN = 200;

const NEWS_OF: { readonly [S in DueStep]: GoLiveNews } = {
  TRIAL_OVER: 'TRIAL_OVER',
  PRESENT: 'PRESENT_OVERDUE',
  SIGN: 'SIGN_OVERDUE',
};

/** What time does to go-live cases: it tells, and decides nothing. */
@Injectable()
export class GoLiveSweep {
  constructor(
    private readonly repository: GoLiveRepository,
    private readonly policies: GoLivePolicies,
    private readonly calendars: CalendarsService,
    private readonly systems: SystemsService,
    private readonly notices: Notices,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Called by the worker's housekeeping; returns how many it looked at. */
  async run(actor: Actor): Promise<number> {
    const due = await this.repository.due(this.clock.now(), TOLD_PER_RUN);
    if (due.length === 0) return 0;
    const calendar = await this.calendars.calendar();
    for (const caseId of due) {
      const seen = await this.repository.inScope(WHOLE_PROVINCE, caseId);
      if (!seen) continue;
      const { content: policy } = await this.policies.edition(seen.policyNumber);
      await this.acts.perform({ name: 'goLive.deadline', actor, input: { caseId } }, async (tx) => {
        const row = await this.repository.locked(tx, caseId);
        // Meanwhile it may have gone on, or another worker has told.
        if (!row?.dueStep || !row.dueAt || row.dueAt > tx.now || row.toldAt) return refuse([unknownCase()]);
        const system = await this.systems.kept(tx, row.systemId);
        if (!system) throw new Error(`the system of ${row.code} has gone`);
        await this.notices.tell(tx, goLiveNotice(NEWS_OF[row.dueStep], row, system.name, null));
        if (row.dueStep === 'TRIAL_OVER')
          await this.repository.awaitPresenting(
            tx,
            row.id,
            addWorkingDays(calendar, tx.now, policy.presentWorkingDays),
          );
        else await this.repository.told(tx, row.id);
        const what = {
          TRIAL_OVER: say(`${row.code} 试运行期满`, `The trial of ${row.code} is over`),
          PRESENT: say(`${row.code} 逾期未提交验收`, `${row.code} is overdue for presenting`),
          SIGN: say(`${row.code} 逾期未完成签署`, `${row.code} is overdue for signing`),
        }[row.dueStep];
        return ok(done(row, what, { step: row.dueStep }));
      });
    }
    return due.length;
  }
}
