import { newId } from '../../server/src/platform/database/ids.js';
import type { PolicyRecords } from '../../server/src/provisioning/provisioning.types.js';
import { checkPolicy } from '../../server/src/workorders/domain/network-policy.js';
import { newPolicy } from '../../server/src/workorders/new-policy.js';

export type DrivenPolicy = Awaited<ReturnType<PolicyRecords['drivenIn']>>[number];

/** The database's side of network policies, as PolicySites keeps it; its own rows are proved in integration/workorders. */
export class DrivenPolicies {
  private readonly wanted: DrivenPolicy[] = [];

  readonly records: PolicyRecords = {
    known: async (ids) => new Set(ids.filter((id) => this.wanted.some(({ policy }) => policy.id === id))),
    drivenIn: async () => this.wanted.filter(({ site }) => site.phase !== 'REMOVED'),
    record: async (_tx, site, seen) =>
      this.replace(site.policyId, (kept) => ({ ...kept, site: { ...kept.site, ...seen, observedAt: new Date() } })),
  };

  /** One that is in force, of a system of the department js-finance. */
  want(code: string, more: object = {}): DrivenPolicy {
    const checked = checkPolicy(
      {
        direction: 'INGRESS',
        protocol: 'TCP',
        peerCidr: '10.8.0.0/16',
        peerSystemId: null,
        ports: '443, 8000-8010',
        until: null,
        reason: '业务系统互访',
        ...more,
      },
      '2026-11-29',
    );
    if (!checked.ok) throw new Error(checked.error[0]?.message.en);
    const policy = newPolicy(newId(), code, checked.value, new Date(), {
      system: { id: newId(), code: 'SYS-01', departmentId: newId() },
      departmentCode: 'js-finance',
      peerSystemCode: null,
      applicant: { userId: null, name: '测试' },
    });
    const site = {
      policyId: policy.id,
      centerId: newId(),
      mode: 'DRIVEN',
      phase: 'PENDING',
      drift: null,
      message: null,
      observedAt: null,
    } as const;
    const driven: DrivenPolicy = { policy: { ...policy, state: 'ACTIVE' }, site };
    this.wanted.push(driven);
    return driven;
  }

  end({ policy }: DrivenPolicy): void {
    this.replace(policy.id, (kept) => ({
      policy: { ...kept.policy, state: 'ENDING' },
      site: { ...kept.site, phase: 'REMOVING' },
    }));
  }

  siteOf({ policy }: DrivenPolicy): DrivenPolicy['site'] | undefined {
    return this.wanted.find((each) => each.policy.id === policy.id)?.site;
  }

  private replace(policyId: string, change: (kept: DrivenPolicy) => DrivenPolicy): void {
    const at = this.wanted.findIndex(({ policy }) => policy.id === policyId);
    this.wanted[at] = change(this.wanted[at] as DrivenPolicy);
  }
}
