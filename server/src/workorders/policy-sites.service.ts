import { Inject, Injectable } from '@nestjs/common';
import { say } from '../kernel/bilingual.js';
import { addDays, type CalendarDate, calendarDate, startOfDay } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Actor } from '../kernel/viewer.js';
import { eachAlone } from '../platform/concurrency/each-alone.js';
import { type Tx, UnitOfWork } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import { NetworkPoliciesRepository, type PolicyRow, type PolicySiteRow } from './network-policies.repository.js';
import { NetworkPolicies } from './network-policies.service.js';
import { PolicyOpening } from './policy-opening.service.js';

/** Days before its end on which the department is reminded. */
const REMIND_DAYS = [7, 1] as const;
const PER_RUN = 200;

/** What a worker asks of policies: what a center's cluster is to hold, and where each stands. */
@Injectable()
export class PolicySites {
  constructor(
    private readonly repository: NetworkPoliciesRepository,
    private readonly policies: NetworkPolicies,
    private readonly opening: PolicyOpening,
    private readonly notices: Notices,
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  drivenIn(centerId: string): Promise<{ policy: PolicyRow; site: PolicySiteRow }[]> {
    return this.repository.drivenIn(centerId);
  }

  /** The one status write of a look; nothing when nothing changed. */
  async record(tx: Tx, site: PolicySiteRow, seen: Pick<PolicySiteRow, 'phase' | 'drift' | 'message'>): Promise<void> {
    await this.repository.updateSite(tx, site, { ...seen, observedAt: tx.now });
    if (seen.phase === 'REMOVED') await this.opening.settle(tx, site.policyId);
    if (seen.phase === 'APPLIED' && site.phase !== 'APPLIED') await this.opening.tellRequest(tx, site.policyId);
    tx.changed('networkPolicy', site.policyId);
  }

  /** Reminds of what ends soon, once a stage, and ends what has passed. Called by the worker's housekeeping. */
  async keep(actor: Actor): Promise<void> {
    const today = calendarDate(this.clock.now());
    const ending = await this.repository.endingBy(addDays(today, REMIND_DAYS[0]), PER_RUN);
    await eachAlone(ending, async (policy) => {
      if (policy.untilDate === null) return;
      const left = daysBetween(today, policy.untilDate);
      if (left < 0) await this.policies.endOne(actor, policy.id);
      else await this.remind(policy, left);
    });
  }

  private async remind(policy: PolicyRow, left: number): Promise<void> {
    const stage = REMIND_DAYS.findLast((days) => left <= days);
    if (stage === undefined || (policy.toldDays !== null && policy.toldDays <= stage)) return;
    await this.unitOfWork.run(async (tx) => {
      await this.notices.tell(tx, {
        kind: 'DEADLINE',
        subject: { type: 'System', id: policy.systemId },
        audience: {
          userIds: policy.applicantId === null ? [] : [policy.applicantId],
          roles: [{ role: 'DEPARTMENT_HEAD', departmentId: policy.departmentId }],
        },
        text: say(
          `网络策略 ${policy.code} 将于 ${policy.untilDate} 到期并自动关闭`,
          `Network policy ${policy.code} ends on ${policy.untilDate} and closes by itself`,
        ),
        onceKey: `networkpolicy:${policy.id}:${policy.untilDate}:${stage}`,
      });
      await this.repository.update(tx, policy.id, { toldDays: stage });
    });
  }
}

const DAY_MS = 86_400_000;

function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return Math.round((startOfDay(to).getTime() - startOfDay(from).getTime()) / DAY_MS);
}
