import { describe, expect, it } from '@jest/globals';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { DesiredHost } from '../servers/domain/host-record.js';
import type { ClusterObject, Manifest } from './domain/cluster-object.js';
import { hostView } from './domain/observe-host.js';
import type { ApplyTerms, ClusterGateway, SeenVersion } from './domain/ports.js';
import { HostReconciler } from './host-reconciler.js';
import type { HostSights, SeenHost } from './host-view.js';
import { LeaseGuard, LeaseLost } from './lease-guard.js';

const CENTER = { id: 'c-1' };
const RETRY_MS = 3_600_000;

/** A registered server that nobody has. */
function desired(more: Partial<DesiredHost> = {}): DesiredHost {
  return {
    ...{ serverId: 's-1', centerId: CENTER.id, management: 'DRIVEN', registered: true, useId: null, lineId: null },
    ...{ requestCode: null, image: null, imageRound: 0, online: false, rebootRound: 0, claimedAt: null },
    ...{ deliveredAt: null, wipe: null, wipedAt: null, phase: 'ONBOARDING', statusText: { zh: '', en: '' } },
    ...{ progressPercent: null, poweredOn: null, tries: 0, hostState: '', observedAt: null, assetNumber: 'ZC-1' },
    ...{ serial: 'SN1', host: { namespace: 'jiyun-hosts', name: 'zc-1' }, bmcAddress: '10.0.0.1', bootMac: null },
    ...{ intention: 'IDLE', usedByHand: false },
    ...more,
  };
}

function object(status: object, spec: object = {}): ClusterObject {
  return {
    ...{ apiVersion: 'metal3.io/v1alpha1', kind: 'BareMetalHost' },
    metadata: { namespace: 'jiyun-hosts', name: 'zc-1', uid: 'uid-1', resourceVersion: '7' },
    ...{ spec, status },
  };
}
const UNREACHABLE = object({ provisioning: { state: 'registering' }, operationalStatus: 'error' });
const SEEN: SeenVersion = { uid: 'uid-1', resourceVersion: '7' };

/** A cluster that shows one host as it was last told to, and keeps what is written. */
class Place {
  host: ClusterObject | undefined;
  wish = desired();
  password = 'mistyped';
  readonly applied: { readonly manifest: Manifest; readonly terms: ApplyTerms | undefined }[] = [];
  readonly amended: { readonly seen: SeenVersion; readonly stillMay: (() => void) | undefined }[] = [];
  readonly guard = new LeaseGuard({ name: 'provisioning/c', holder: 'a', epoch: 1n });
  private readonly reconciler: HostReconciler;

  constructor() {
    this.guard.renewed(performance.now(), RETRY_MS);
    const seen = (): SeenHost => ({ host: this.host && hostView(this.host), serial: null });
    const gateway: Pick<ClusterGateway, 'apply' | 'amend'> = {
      apply: async (manifest, terms) => {
        this.applied.push({ manifest, terms });
        return manifest as ClusterObject;
      },
      amend: async (_key, version, _patch, terms) => {
        const { uid, resourceVersion } = version;
        this.amended.push({ seen: { uid, resourceVersion }, stillMay: terms?.stillMay });
        return this.host as ClusterObject;
      },
    };
    this.reconciler = new HostReconciler(
      CENTER,
      { ...gateway, remove: async () => 'NOT_THERE' },
      { seen, read: async () => seen() } as unknown as HostSights,
      this.guard,
      {
        unitOfWork: { run: async (work) => await work({} as Tx) },
        leases: { stillHeld: async () => true } as never,
        requests: {} as never,
        hosts: {
          desiredOf: async () => [this.wish],
          credentialOf: async () => ({ username: 'root', password: this.password }),
          record: async () => ({ delivered: null }),
        } as never,
      },
      { refusedRetryMs: RETRY_MS },
    );
  }

  look() {
    return this.reconciler.reconcile('s-1');
  }

  kinds(): string[] {
    return this.applied.map(({ manifest }) => manifest.kind);
  }

  termsOf(kind: string): ApplyTerms | undefined {
    return this.applied.findLast(({ manifest }) => manifest.kind === kind)?.terms;
  }
}

const ONCE = ['Namespace', 'Secret', 'BareMetalHost'];

describe('a registration', () => {
  it('makes a host only while there is none, and writes over none that it did not look at', async () => {
    const place = new Place();
    await place.look();
    expect(place.kinds()).toEqual(ONCE);
    expect(place.termsOf('BareMetalHost')?.only).toBeNull();
    place.host = UNREACHABLE;
    place.password = 'corrected';
    await place.look();
    expect(place.termsOf('BareMetalHost')?.only).toEqual(SEEN);
    // Nobody may read what the Secret is.
    expect(place.termsOf('Secret')?.only).toBeUndefined();
  });

  it('asks for its lease once more right before each write goes out', async () => {
    const place = new Place();
    await place.look();
    place.host = object({ provisioning: { state: 'available' }, operationalStatus: 'OK' });
    const image = { name: 'openEuler', url: 'https://images/a', checksum: 'sha256:aa', format: 'qcow2' } as const;
    place.wish = desired({ intention: 'PRESENT', useId: 'u-1', image, imageRound: 1, online: true });
    await place.look();
    expect(place.amended).toEqual([{ seen: SEEN, stillMay: expect.any(Function) }]);
    place.guard.end();
    const asked = [...place.applied.map(({ terms }) => terms?.stillMay), place.amended[0]?.stillMay];
    expect(asked).toHaveLength(4);
    for (const stillMay of asked) expect(stillMay).toThrow(LeaseLost);
  });

  it('that fails is written again when something of it was corrected, not at each look', async () => {
    const place = new Place();
    place.host = UNREACHABLE;
    for (let looks = 0; looks < 3; looks += 1) expect(await place.look()).toEqual({ afterMs: RETRY_MS });
    expect(place.kinds()).toEqual(ONCE);
    place.password = 'corrected';
    await place.look();
    await place.look();
    expect(place.kinds()).toEqual([...ONCE, ...ONCE]);
    place.wish = desired({ bmcAddress: '10.0.0.2' });
    await place.look();
    await place.look();
    expect(place.kinds()).toEqual([...ONCE, ...ONCE, ...ONCE]);
    // A host that is gone is made anew, whatever was written last.
    place.host = undefined;
    await place.look();
    expect(place.kinds()).toHaveLength(4 * ONCE.length);
  });
});
