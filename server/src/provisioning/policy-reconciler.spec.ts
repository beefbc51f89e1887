import { describe, expect, it } from '@jest/globals';
import { ClusterFailure } from './domain/cluster-failure.js';
import { type ClusterObject, keyOf, keyText, type Manifest, type ObjectKey } from './domain/cluster-object.js';
import { type PolicyView, policyManifest, policyView } from './domain/desired-policy.js';
import type { ApplyTerms, ClusterGateway, ClusterWatch } from './domain/ports.js';
import { LeaseGuard, LeaseLost } from './lease-guard.js';
import type { PolicyDrift } from './policy-drift.js';
import { PolicyReconciler } from './policy-reconciler.js';
import type { PolicyRecords, Records } from './provisioning.types.js';

type Driven = Awaited<ReturnType<PolicyRecords['drivenIn']>>[number];

/** A policy as its record keeps it: of the rest nothing is asked here. */
function drivenOf(code: string, state: 'ACTIVE' | 'ENDING', departmentCode = 'fin'): Driven {
  const policy = {
    ...{ id: `id-${code}`, code, departmentCode, state, systemCode: 'SYS-01', direction: 'INGRESS', protocol: 'TCP' },
    ...{ peerCidr: '10.8.0.0/16', peerSystemCode: null, ports: [{ from: 443, to: 443 }] },
  };
  const site = {
    policyId: policy.id,
    centerId: 'c',
    mode: 'DRIVEN',
    phase: state === 'ACTIVE' ? 'PENDING' : 'REMOVING',
  };
  return { policy, site: { ...site, drift: null, message: null, observedAt: null } } as unknown as Driven;
}

const manifestOf = ({ policy }: Driven) => policyManifest({ ...policy, policyId: policy.id, protocol: 'TCP' });

/** A cluster that keeps objects by version, and refuses what its terms do not allow. */
class Cluster {
  readonly objects = new Map<string, ClusterObject>();
  readonly refusing = new Map<string, Error>();
  private writes = 0;
  applies = 0;
  /** What the cluster makes of each apply. */
  webhook = (manifest: Manifest): Manifest => manifest;

  put(manifest: Manifest, manager = 'jiyun'): ClusterObject {
    this.writes += 1;
    const known = this.objects.get(keyText(keyOf(manifest)));
    const metadata = {
      ...manifest.metadata,
      uid: known?.metadata.uid ?? `uid-${this.writes}`,
      resourceVersion: `${this.writes}`,
      managedFields: [{ manager, operation: 'Apply', fieldsV1: { 'f:spec': {} } }],
    };
    const object = { ...manifest, metadata } as ClusterObject;
    this.objects.set(keyText(keyOf(manifest)), object);
    return object;
  }

  readonly gateway = {
    get: async (key: ObjectKey) => this.objects.get(keyText(key)),
    apply: async (manifest: Manifest, terms: ApplyTerms = {}) => {
      this.refuse(manifest.metadata.namespace ?? '');
      const known = this.objects.get(keyText(keyOf(manifest)));
      const { only } = terms;
      if (only !== undefined && only?.resourceVersion !== known?.metadata.resourceVersion)
        throw new ClusterFailure('CONFLICT', 'another version');
      terms.stillMay?.();
      this.applies += 1;
      return this.put(this.webhook(manifest));
    },
    remove: async (key: ObjectKey, { uid }: { readonly uid: string }) => {
      this.refuse(key.namespace ?? '');
      if (this.objects.get(keyText(key))?.metadata.uid !== uid) throw new ClusterFailure('CONFLICT', 'another uid');
      this.objects.delete(keyText(key));
      return 'ACCEPTED' as const;
    },
  } as unknown as ClusterGateway;

  /** What a watch knows of it now. */
  watched(): Map<ObjectKey, PolicyView> {
    return new Map([...this.objects.values()].map((object) => [keyOf(object), policyView(object)]));
  }

  private refuse(namespace: string): void {
    const error = this.refusing.get(namespace);
    if (error) throw error;
  }
}

function bench(driven: readonly Driven[], recorded: readonly Driven[] = driven) {
  const cluster = new Cluster();
  const phases = new Map<string, string>();
  const told: unknown[] = [];
  const state = { known: undefined as Map<ObjectKey, PolicyView> | undefined };
  const views = () => state.known ?? cluster.watched();
  const seen = {
    complete: true,
    entries: () => views().entries(),
    get: (namespace: string | null, name: string) =>
      [...views()].find(([key]) => key.namespace === namespace && key.name === name)?.[1],
  } as unknown as ClusterWatch<PolicyView>;
  const guard = new LeaseGuard({ name: 'l', holder: 'h', epoch: 1n });
  guard.renewed(performance.now(), 60_000);
  const records = {
    unitOfWork: { run: async (work: (tx: never) => Promise<unknown>) => work({} as never) },
    leases: { stillHeld: async () => true },
    policies: {
      known: async () => new Set(recorded.map(({ policy }) => policy.id)),
      drivenIn: async () => driven.filter(({ policy }) => phases.get(policy.id) !== 'REMOVED'),
      record: async (_tx: never, site: { policyId: string }, now: { phase: string }) => {
        phases.set(site.policyId, now.phase);
      },
    },
    policyDrift: {
      begin: async () => {},
      isRight: async () => {},
      stands: () => false,
      isAnother: async (_policy: unknown, manifest: Manifest) => manifest,
    } as unknown as PolicyDrift,
  } as unknown as Records & { readonly policies: PolicyRecords; readonly policyDrift: PolicyDrift };
  const reconciler = new PolicyReconciler({ id: 'c' }, cluster.gateway, seen, guard, records, (error) =>
    told.push(error),
  );
  return { cluster, guard, phases, reconciler, records, state, told };
}

describe('network policies of a cluster', () => {
  it('made by a worker that slept past their end are removed, and nothing else of the kind is', async () => {
    const ended = drivenOf('CL-1', 'ENDING');
    const { cluster, phases, reconciler } = bench([ended]);
    await reconciler.run();
    expect(phases.get('id-CL-1')).toBe('REMOVED');
    cluster.put(manifestOf(ended));
    const wall = manifestOf(drivenOf('CL-2', 'ACTIVE'));
    cluster.put({ ...wall, metadata: { ...wall.metadata, name: 'jiyun-isolation', labels: {} } });
    await reconciler.run();
    expect([...cluster.objects.keys()]).toEqual(['dept-fin/jiyun-isolation']);
  });

  it('that no record knows, that another hand has written into, or that are copies elsewhere, are left as they are and listed', async () => {
    const [ended, lost, driven] = [drivenOf('CL-1', 'ENDING'), drivenOf('CL-2', 'ACTIVE'), drivenOf('CL-3', 'ACTIVE')];
    const { cluster, reconciler, told } = bench([ended, driven]);
    expect(reconciler.strays).toBeUndefined();
    await reconciler.run();
    expect(reconciler.strays).toEqual([]);
    cluster.put(manifestOf(ended), 'kubectl');
    // Its record went with a backup that was put back; the console made it.
    cluster.put(manifestOf(lost));
    const copy = manifestOf(driven);
    cluster.put({ ...copy, metadata: { ...copy.metadata, namespace: 'dept-other' } }, 'kubectl');
    await reconciler.run();
    await reconciler.run();
    expect(cluster.objects.size).toBe(4);
    expect(reconciler.strays?.map(({ key, policyId }) => `${key.namespace}/${key.name} ${policyId}`)).toEqual([
      'dept-fin/jiyun-cl-1 id-CL-1',
      'dept-fin/jiyun-cl-2 id-CL-2',
      'dept-other/jiyun-cl-3 id-CL-3',
    ]);
    expect(told).toEqual([]);
    cluster.objects.delete('dept-fin/jiyun-cl-2');
    await reconciler.run();
    expect(reconciler.strays).toHaveLength(2);
  });

  it('are written only over the version that was seen', async () => {
    const driven = drivenOf('CL-1', 'ACTIVE');
    const { cluster, phases, reconciler, state, told } = bench([driven]);
    // Another worker has made it since, and somebody has written into it.
    state.known = new Map();
    cluster.put({ ...manifestOf(driven), spec: {} });
    await reconciler.run();
    expect([phases.size, cluster.objects.get('dept-fin/jiyun-cl-1')?.spec]).toEqual([0, {}]);
    expect(told).toMatchObject([{ failureClass: 'CONFLICT' }]);
    state.known = undefined;
    await reconciler.run();
    expect(phases.get('id-CL-1')).toBe('APPLIED');
  });

  it('that cannot be made hold up the closing of no other', async () => {
    const [stuck, ended] = [drivenOf('CL-1', 'ACTIVE', 'leaving'), drivenOf('CL-2', 'ENDING')];
    const { cluster, phases, reconciler, told } = bench([stuck, ended]);
    cluster.put(manifestOf(ended));
    const terminating = new ClusterFailure('RETRYABLE', 'the namespace is being terminated');
    cluster.refusing.set('dept-leaving', terminating);
    await reconciler.run();
    await reconciler.run();
    expect([cluster.objects.size, phases.get('id-CL-2'), told]).toEqual([0, 'REMOVED', [terminating, terminating]]);
  });

  it('that a webhook of the cluster writes otherwise are not applied again and again', async () => {
    const { cluster, phases, reconciler } = bench([drivenOf('CL-1', 'ACTIVE')]);
    cluster.webhook = (manifest) => ({ ...manifest, spec: { ...(manifest.spec as object), egress: [] } });
    for (let beat = 1; beat <= 4; beat += 1) await reconciler.run();
    // Made, applied once more, and seen that nothing comes of it.
    expect([cluster.applies, phases.get('id-CL-1')]).toEqual([2, 'APPLIED']);
    const [object] = cluster.objects.values();
    cluster.put({ ...(object as unknown as Manifest), spec: {} });
    await reconciler.run();
    expect(cluster.applies).toBe(3);
  });

  it('from which somebody took the mark are put back whole, mark and all, however often, and are on record before', async () => {
    const driven = drivenOf('CL-1', 'ACTIVE');
    const { cluster, reconciler, records } = bench([driven]);
    const seen: string[] = [];
    (records as { policyDrift: unknown }).policyDrift = {
      ...records.policyDrift,
      isAnother: async ({ code }: { code: string }, manifest: Manifest) => {
        seen.push(code);
        // Whatever of it were let be: without the mark nobody would know whose it is.
        return { ...manifest, metadata: { ...manifest.metadata, labels: {} } };
      },
    };
    await reconciler.run();
    const wanted = manifestOf(driven);
    for (const spec of [wanted.spec, { ...(wanted.spec as object), ingress: [{}] }, wanted.spec]) {
      cluster.put({ ...wanted, metadata: { ...wanted.metadata, labels: {} }, spec }, 'kubectl');
      await reconciler.run();
      expect(cluster.objects.get('dept-fin/jiyun-cl-1')).toMatchObject({
        metadata: { labels: wanted.metadata.labels },
        spec: wanted.spec,
      });
    }
    expect(seen).toEqual(['CL-1', 'CL-1', 'CL-1']);
  });

  it('leave no drift standing when they have ended: what opened one is no alert for good', async () => {
    const ended = drivenOf('CL-1', 'ENDING');
    const { cluster, phases, reconciler, records } = bench([ended]);
    const over: string[] = [];
    (records as { policyDrift: unknown }).policyDrift = {
      ...records.policyDrift,
      isRight: async ({ code }: { code: string }) => over.push(code),
    };
    cluster.put({ ...manifestOf(ended), spec: { ...(manifestOf(ended).spec as object), ingress: [{}] } }, 'kubectl');
    await reconciler.run();
    expect([cluster.objects.size, over]).toEqual([0, []]);
    await reconciler.run();
    expect([phases.get('id-CL-1'), over]).toEqual(['REMOVED', ['CL-1']]);
  });

  it('are left to the next holder once the lease is lost', async () => {
    const { cluster, guard, reconciler } = bench([drivenOf('CL-1', 'ACTIVE')]);
    guard.end();
    await expect(reconciler.run()).rejects.toThrow(LeaseLost);
    expect(cluster.objects.size).toBe(0);
  });
});
