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
import { isLeftoverPolicy } from './domain/leftover.js';
import type { ClusterGateway, ClusterWatch } from './domain/ports.js';
import { FencedWrites } from './fenced-writes.js';
import { type LeaseGuard, LeaseLost } from './lease-guard.js';
import type { PolicyDrift } from './policy-drift.js';
import type { PolicyRecords, Records } from './provisioning.types.js';

type Driven = Awaited<ReturnType<PolicyRecords['drivenIn']>>[number];
type Seen = Parameters<PolicyRecords['record']>[2];

/** An object that says it is of a network policy which the record does not have, or has otherwise. */
export interface StrayPolicy {
  readonly key: ObjectKey;
  readonly uid: string;
  readonly policyId: string;
}

/** A policy never changes but to end, so that its manifest knows no older and newer wish: the version seen is the whole fence. */
const WISH = { generation: 0 } as const;

/**
 * Drives one cluster toward the network policies that the database wants in it, level-triggered: looks at all of them each
 * beat, applies what is missing or was changed, removes what has ended, and records once where each stands. What a worker that
 * slept through the end of its lease made after the end of its policy is removed too; whatever else says that it is the
 * console's, and is no policy's that is driven, is left as it is and listed: only a person knows whose way it is.
 */
export class PolicyReconciler {
  private readonly writes: FencedWrites;
  /** What an apply left as it was, by policy: whoever owns the difference (a webhook of the cluster) would only say it again. */
  private readonly unchanged = new Map<string, Pick<PolicyView, 'uid' | 'spec' | 'owner'>>();
  /** What the last beat left as it is, by what was seen of it: the same is not read again. */
  private left: ReadonlyMap<string, StrayPolicy> = new Map();
  private looked = false;

  constructor(
    private readonly center: { readonly id: string },
    private readonly gateway: ClusterGateway,
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

  /** What says that it is the console's and stands in no record; undefined = nobody has looked yet. */
  get strays(): readonly StrayPolicy[] | undefined {
    return this.looked ? [...this.left.values()] : undefined;
  }

  async run(): Promise<void> {
    // From half a list nothing is concluded.
    if (!this.seen.complete) return;
    // Before the record is read: a policy's record is older than its object, so that what is here and not there is nobody's.
    const held = [...this.seen.entries()].filter(([, view]) => view.owner !== undefined);
    await this.records.policyDrift.begin();
    const driven = await this.records.policies.drivenIn(this.center.id);
    for (const each of driven) await this.alone(() => this.one(each));
    const places = new Map(driven.map(({ policy }) => [policy.id, keyText(placeOf(policy))]));
    for (const policyId of this.unchanged.keys()) if (!places.has(policyId)) this.unchanged.delete(policyId);
    // A copy that somebody put elsewhere is no less astray.
    await this.sortOut(held.filter(([key, { owner }]) => places.get(owner as string) !== keyText(key)));
  }

  /** Removed where a late write made it, else left. One that could not be read now stands as it was known. */
  private async sortOut(strays: readonly (readonly [ObjectKey, PolicyView])[]): Promise<void> {
    const owners = [...new Set(strays.map(([, { owner }]) => owner as string))];
    const recorded = owners.length === 0 ? new Set<string>() : await this.records.policies.known(owners);
    const left = new Map<string, StrayPolicy>();
    for (const [key, view] of strays) {
      const version = `${view.uid} ${view.resourceVersion} ${recorded.has(view.owner as string)}`;
      const known = this.left.get(version);
      if (known) left.set(version, known);
      else
        await this.alone(async () => {
          const object = await this.gateway.get(key);
          if (!object || object.metadata.uid !== view.uid) return;
          if (isLeftoverPolicy(object, recorded)) await this.removeLate(key, view);
          else left.set(version, { key, uid: view.uid, policyId: view.owner as string });
        });
    }
    this.left = left;
    this.looked = true;
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

  private async removeLate(key: ObjectKey, { owner, uid }: PolicyView): Promise<void> {
    await this.writes.remove(key, uid);
    this.trouble(new Error(`NetworkPolicy ${keyText(key)} was left of policy ${owner}, which has ended here: removed`));
  }

  private async one({ policy, site }: Driven): Promise<void> {
    // No NetworkPolicy knows ICMP; such a policy has no driven site.
    if (policy.protocol === 'ICMP') return;
    const desired: DesiredPolicy = { ...policy, policyId: policy.id, protocol: policy.protocol };
    const key = placeOf(policy);
    const view = this.seen.get(key.namespace, key.name);
    const wanted = policy.state === 'ACTIVE';
    try {
      const manifest = policyManifest(desired);
      const { policyDrift } = this.records;
      if (wanted) {
        // Without our mark it would outlive its policy: whatever ends only takes away what it knows.
        const isOurs = view?.owner === policy.id;
        if (view && isOurs && saysTheSame(view, manifest)) {
          await policyDrift.isRight(policy, manifest);
          return await this.record({ policy, site }, { phase: 'APPLIED', drift: site.drift, message: null });
        }
        // A webhook's word beside ours: nobody's edit, and no reason to ask the cluster again.
        if (view && this.isUnchangeable(policy.id, view) && !policyDrift.stands(manifest))
          return await this.record({ policy, site }, { phase: 'APPLIED', drift: site.drift, message: null });
        // Whoever took the mark off, too, has written into it: that is on record, and it is put back whole.
        const left = view && (await policyDrift.isAnother(policy, manifest));
        const applied = left !== undefined && isOurs ? left : manifest;
        if (applied === 'WAIT')
          return await this.record(
            { policy, site },
            { phase: 'APPLIED', drift: '集群中的策略被改动，等待决定', message: null },
          );
        const now = policyView(await this.apply(policy.departmentCode, applied, view));
        const isChanged = now.uid !== view?.uid || now.spec !== view.spec || now.owner !== view.owner;
        if (isChanged) this.unchanged.delete(policy.id);
        else this.unchanged.set(policy.id, now);
        const drift = view && isChanged && site.phase === 'APPLIED' ? '集群中的策略被改动，已恢复' : site.drift;
        return await this.record({ policy, site }, { phase: 'APPLIED', drift, message: null });
      }
      // Gone, or of that name and not this policy's: left alone.
      if (view?.owner !== policy.id) {
        // What stood of it would stand for good, and an opening would be an alert without end.
        await policyDrift.isRight(policy, manifest);
        return await this.record({ policy, site }, { phase: 'REMOVED', drift: null, message: null });
      }
      await this.writes.remove(key, view.uid);
    } catch (error) {
      if (!isFailure(error, 'PERMANENT')) throw error;
      await this.record({ policy, site }, { phase: 'FAILED', drift: site.drift, message: messageOf(error) });
    }
  }

  private isUnchangeable(policyId: string, { owner, spec, uid }: PolicyView): boolean {
    const known = this.unchanged.get(policyId);
    return known?.uid === uid && known.spec === spec && known.owner === owner;
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

function placeOf({ code, departmentCode }: Driven['policy']) {
  return { kind: 'NetworkPolicy', namespace: namespaceOf(departmentCode), name: policyName(code) } as const;
}

const MESSAGE_LENGTH_MAX = 300;

function messageOf(error: ClusterFailure): string {
  return error.message.slice(0, MESSAGE_LENGTH_MAX);
}
