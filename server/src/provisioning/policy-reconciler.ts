import { type ClusterFailure, isFailure } from './domain/cluster-failure.js';
import { type ClusterObject, keyText, type ObjectKey } from './domain/cluster-object.js';
import { namespaceManifest, namespaceOf } from './domain/desired-manifests.js';
import {
  type DesiredPolicy,
  type PolicyView,
  policyManifest,
  policyName,
  policyView,
  saysTheSame,
} from './domain/desired-policy.js';
import type { ClusterGateway, ClusterWatch } from './domain/ports.js';
import { FencedWrites } from './fenced-writes.js';
import { type LeaseGuard, LeaseLost } from './lease-guard.js';
import type { PolicyDrift } from './policy-drift.js';
import type { PolicyRecords, Records } from './provisioning.types.js';

type Driven = Awaited<ReturnType<PolicyRecords['drivenIn']>>[number];
type Seen = Parameters<PolicyRecords['record']>[2];

/** A policy never changes but to end, so that its manifest knows no older and newer wish: the version seen is the whole fence. */
const WISH = { generation: 0 } as const;

/**
 * Drives one cluster toward the network policies that the database wants in it, level-triggered: looks at all of them each
 * beat, applies what is missing or was changed, removes what has ended, and records once where each stands. What opens a way
 * for traffic and is no policy's that is driven is removed too, for nobody else would ever look at it: a worker that slept
 * through the end of its lease may have made it after its end.
 */
export class PolicyReconciler {
  private readonly writes: FencedWrites;
  /** What an apply left as it was, by policy: whoever owns the difference (a webhook of the cluster) would only say it again. */
  private readonly unchanged = new Map<string, Pick<PolicyView, 'uid' | 'spec'>>();

  constructor(
    private readonly center: { readonly id: string },
    gateway: ClusterGateway,
    private readonly seen: ClusterWatch<PolicyView>,
    private readonly guard: LeaseGuard,
    private readonly records: Pick<Records, 'unitOfWork' | 'leases' | 'clock'> & {
      readonly policies: PolicyRecords;
      readonly policyDrift: PolicyDrift;
    },
    private readonly trouble: (error: unknown) => void,
  ) {
    this.writes = new FencedWrites(gateway, guard);
  }

  async run(): Promise<void> {
    // From half a list nothing is concluded.
    if (!this.seen.complete) return;
    // Before the record is read: a policy's record is older than its object, so that what is here and not there is nobody's.
    const held = [...this.seen.entries()].filter(([, view]) => view.owner !== undefined);
    await this.records.policyDrift.begin();
    const driven = await this.records.policies.drivenIn(this.center.id);
    for (const each of driven) await this.alone(() => this.one(each));
    const policyIds = new Set(driven.map(({ policy }) => policy.id));
    for (const policyId of this.unchanged.keys()) if (!policyIds.has(policyId)) this.unchanged.delete(policyId);
    for (const [key, view] of held)
      if (!policyIds.has(view.owner as string)) await this.alone(() => this.removeStray(key, view));
  }

  /** One that is in trouble does not keep the others waiting, least of all what is to be closed; the next beat looks again. */
  private async alone(work: () => Promise<void>): Promise<void> {
    this.guard.assertHeld();
    try {
      await work();
    } catch (error) {
      if (error instanceof LeaseLost || isFailure(error, 'UNREACHABLE')) throw error;
      this.trouble(error);
    }
  }

  private async removeStray(key: ObjectKey, { owner, uid }: PolicyView): Promise<void> {
    await this.writes.remove(key, uid);
    this.trouble(
      new Error(`NetworkPolicy ${keyText(key)} was left of policy ${owner}, which is not driven here: removed`),
    );
  }

  private async one({ policy, site }: Driven): Promise<void> {
    // No NetworkPolicy knows ICMP; such a policy has no driven site.
    if (policy.protocol === 'ICMP') return;
    const desired: DesiredPolicy = { ...policy, policyId: policy.id, protocol: policy.protocol };
    const key = {
      kind: 'NetworkPolicy' as const,
      namespace: namespaceOf(policy.departmentCode),
      name: policyName(policy.code),
    };
    const view = this.seen.get(key.namespace, key.name);
    const wanted = policy.state === 'ACTIVE';
    try {
      if (wanted) {
        const manifest = policyManifest(desired);
        const { policyDrift } = this.records;
        if (view && saysTheSame(view, manifest)) {
          await policyDrift.isRight(policy, manifest);
          return await this.record({ policy, site }, { phase: 'APPLIED', drift: site.drift, message: null });
        }
        // A webhook's word beside ours: nobody's edit, and no reason to ask the cluster again.
        if (view && this.isUnchangeable(policy.id, view) && !policyDrift.stands(manifest))
          return await this.record({ policy, site }, { phase: 'APPLIED', drift: site.drift, message: null });
        const applied = view?.owner === policy.id ? await policyDrift.isAnother(policy, manifest) : manifest;
        if (applied === 'WAIT')
          return await this.record(
            { policy, site },
            { phase: 'APPLIED', drift: '集群中的策略被改动，等待决定', message: null },
          );
        const now = policyView(await this.apply(policy.departmentCode, applied, view));
        const isChanged = now.uid !== view?.uid || now.spec !== view.spec;
        if (isChanged) this.unchanged.delete(policy.id);
        else this.unchanged.set(policy.id, now);
        const drift = view && isChanged && site.phase === 'APPLIED' ? '集群中的策略被改动，已恢复' : site.drift;
        return await this.record({ policy, site }, { phase: 'APPLIED', drift, message: null });
      }
      if (!view) return await this.record({ policy, site }, { phase: 'REMOVED', drift: null, message: null });
      // Of that name, but not this policy's: left alone.
      if (view.owner !== policy.id)
        return await this.record({ policy, site }, { phase: 'REMOVED', drift: null, message: null });
      await this.writes.remove(key, view.uid);
    } catch (error) {
      if (!isFailure(error, 'PERMANENT')) throw error;
      await this.record({ policy, site }, { phase: 'FAILED', drift: site.drift, message: messageOf(error) });
    }
  }

  private isUnchangeable(policyId: string, { spec, uid }: PolicyView): boolean {
    const known = this.unchanged.get(policyId);
    return known?.uid === uid && known.spec === spec;
  }

  private async apply(
    departmentCode: string,
    manifest: ReturnType<typeof policyManifest>,
    view: PolicyView | undefined,
  ): Promise<ClusterObject> {
    const seen = view && { ...view, ...WISH };
    try {
      return await this.writes.apply(manifest, WISH, seen);
    } catch (error) {
      // A part of one that was there makes none: without its selector it would be everybody's.
      if (view || !isFailure(error, 'NOT_FOUND')) throw error;
      await this.writes.applyBlindly(namespaceManifest(departmentCode));
      return await this.writes.apply(manifest, WISH, undefined);
    }
  }

  /** In a transaction that holds only while the lease is this term's: the epoch is the fence. */
  private async record({ site }: Driven, seen: Seen): Promise<void> {
    const { phase, drift, message } = site;
    if (phase === seen.phase && drift === seen.drift && message === seen.message) return;
    await this.records.unitOfWork.run(async (tx) => {
      if (!(await this.records.leases.stillHeld(tx, this.guard.lease))) throw new LeaseLost(this.guard.lease);
      await this.records.policies.record(tx, site, seen);
    });
  }
}

const MESSAGE_LENGTH_MAX = 300;

function messageOf(error: ClusterFailure): string {
  return error.message.slice(0, MESSAGE_LENGTH_MAX);
}
