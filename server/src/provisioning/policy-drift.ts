import { isLeftAlone, isToBePutBack } from '../drift/domain/drift-state.js';
import type { DriftRow } from '../drift/drift.types.js';
import { keyOf, keyText, type Manifest } from './domain/cluster-object.js';
import { leavingWhole } from './domain/desired-policy.js';
import { foreignEdits, wantsStill } from './domain/drift.js';
import type { ClusterGateway } from './domain/ports.js';
import type { DriftRecords } from './drift-guard.js';
import { type LeaseGuard, LeaseLost } from './lease-guard.js';
import type { PolicyRecords, Records } from './provisioning.types.js';

type Policy = Awaited<ReturnType<PolicyRecords['drivenIn']>>[number]['policy'];

/** Sees what somebody else wrote into a NetworkPolicy, writes it down, and says whether it is put back or waits. */
export class PolicyDrift {
  /** Of the beat that runs, by "namespace/name"; few, because a boundary that was moved does not stay so for long. */
  private standing: ReadonlySet<string> = new Set();

  constructor(
    private readonly center: { readonly id: string },
    private readonly gateway: ClusterGateway,
    private readonly guard: LeaseGuard,
    private readonly records: Pick<Records, 'unitOfWork' | 'leases' | 'clock'>,
    private readonly drift: DriftRecords | undefined,
  ) {}

  /** Before a beat looks at its policies. */
  async begin(): Promise<void> {
    const rows = (await this.drift?.drifts.standingOfKind(this.center.id, 'NetworkPolicy')) ?? [];
    this.standing = new Set(rows.map((row) => keyText({ namespace: row.objectNamespace, name: row.objectName })));
  }

  /** It says what was applied: what stood of it has ended. */
  async isRight(policy: Policy, manifest: Manifest): Promise<void> {
    if (this.stands(manifest)) await this.see(policy, manifest, false);
  }

  /** Whether something of it is on record that has not ended. */
  stands(manifest: Manifest): boolean {
    return this.standing.has(keyText(keyOf(manifest)));
  }

  /** It says something else. What is applied of it: all, or without what a person lets be; WAIT: a person decides. */
  async isAnother(policy: Policy, manifest: Manifest): Promise<Manifest | 'WAIT'> {
    const rows = await this.see(policy, manifest, true);
    const now = this.records.clock.now();
    const putBack = rows.filter((row) => isToBePutBack(row, now));
    const left = rows.filter((row) => isLeftAlone(row, now) && wantsStill(manifest, row));
    if (putBack.length === 0 && left.length > 0) return 'WAIT';
    const pathsOf = (some: readonly DriftRow[]) => some.map(({ path }) => path);
    return leavingWhole(manifest, pathsOf(left), pathsOf(putBack));
  }

  private async see(policy: Policy, manifest: Manifest, differs: boolean): Promise<DriftRow[]> {
    const { drift } = this;
    if (!drift) return [];
    const { kind, name, namespace } = keyOf(manifest);
    const live = differs ? await this.gateway.get({ kind, name, namespace }) : undefined;
    const found = live ? foreignEdits(manifest, live) : [];
    // A field that the console itself owns differs for a webhook's reasons: nothing stands, nothing is to be written.
    if (found.length === 0 && !this.standing.has(keyText({ name, namespace }))) return [];
    const { rules } = await drift.policies.inForce();
    return this.records.unitOfWork.run(async (tx) => {
      if (!(await this.records.leases.stillHeld(tx, this.guard.lease))) throw new LeaseLost(this.guard.lease);
      const object = {
        ...{ centerId: this.center.id, resourceId: null, subjectCode: policy.code },
        ...{ departmentId: policy.departmentId, systemId: policy.systemId },
        ...{ objectKind: kind, objectNamespace: namespace ?? '', objectName: name },
      };
      return drift.drifts.see(tx, object, found, { rules });
    });
  }
}
