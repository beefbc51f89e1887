import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import { addDays, type CalendarDate, calendarDate, startOfDay } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, refuse } from '../kernel/result.js';
import { type Actor, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { eachAlone } from '../platform/concurrency/each-alone.js';
import { type Tx, UnitOfWork } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import { SystemSites } from '../resources/system-sites.service.js';
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
    private readonly systems: SystemSites,
    private readonly notices: Notices,
    private readonly acts: Acts,
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  drivenIn(centerId: string): Promise<{ policy: PolicyRow; site: PolicySiteRow }[]> {
    return this.repository.drivenIn(centerId);
  }

  /** Which of the ids are policies of the record: what is another's, or of a record that was lost, is none. */
  known(ids: readonly string[]): Promise<ReadonlySet<string>> {
    return this.repository.known(ids);
  }

  /** The one status write of a look; nothing when nothing changed. */
  async record(tx: Tx, site: PolicySiteRow, seen: Pick<PolicySiteRow, 'phase' | 'drift' | 'message'>): Promise<void> {
    await this.repository.updateSite(tx, site, { ...seen, observedAt: tx.now });
    if (seen.phase === 'REMOVED') await this.opening.settle(tx, site.policyId);
    if (seen.phase === 'APPLIED' && site.phase !== 'APPLIED') await this.opening.tellRequest(tx, site.policyId);
    tx.changed('networkPolicy', site.policyId);
  }

  /** Follows systems, reminds of what ends soon, once a stage, and ends what has passed. Called by the worker's housekeeping. */
  async keep(actor: Actor): Promise<void> {
    await eachAlone([() => this.follow(actor), () => this.settleEnds(actor)], (round) => round());
  }

  /** A system that gets machines elsewhere is reached there as it is here: a policy is of the system, not of a center. */
  private async follow(actor: Actor): Promise<void> {
    await eachAlone(await this.repository.missingSites(PER_RUN), (policyId) =>
      this.acts.perform({ name: 'networkPolicy.follow', actor, input: { policyId } }, async (tx) => {
        const policy = await this.repository.locked(tx, WHOLE_PROVINCE, policyId);
        const where = policy ? await this.systems.of(policy.systemId, tx) : [];
        if (!policy || !(await this.opening.widen(tx, policyId, where))) return refuse([nothingMissing()]);
        return ok({
          value: { id: policyId },
          audit: {
            objectType: 'NetworkPolicy',
            objectId: policyId,
            departmentId: policy.departmentId,
            summary: say(
              `网络策略 ${policy.code} 随系统扩展到新的部署位置`,
              `Network policy ${policy.code} follows its system to where it stands now`,
            ),
            after: { centers: where.map(({ centerId }) => centerId) },
          },
        });
      }),
    );
  }

  private async settleEnds(actor: Actor): Promise<void> {
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

function nothingMissing(): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: ['id'],
    message: say('已在系统的全部部署位置开通', 'It is open wherever its system stands'),
  };
}

const DAY_MS = 86_400_000;

function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return Math.round((startOfDay(to).getTime() - startOfDay(from).getTime()) / DAY_MS);
}
