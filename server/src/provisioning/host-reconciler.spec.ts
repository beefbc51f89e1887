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
    ...{
      requestCode: null,
      image: null,
      imageRound: 0,
      imageAskedById: null,
      online: false,
      rebootRound: 0,
      claimedAt: null,
    },
    ...{ deliveredAt: null, wipe: null, wipedAt: null, phase: 'ONBOARDING', statusText: { zh: '', en: '' } },
    ...{ progressPercent: null, poweredOn: null, tries: 0, hostState: '', observedAt: null, assetNumber: 'ZC-1' },
    ...{ credentialRound: 0, credentialSent: 0, credentialVersion: null },
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
  readonly order: string[] = [];
  password = 'mistyped';
  /** What somebody does after the wish was read and before its credential is. */
  correctMeanwhile = () => {};
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
      { ...gateway, remove: async () => 'NOT_THERE', standing: async () => this.lookAtSecret() },
      { seen, read: async () => seen() } as unknown as HostSights,
      this.guard,
      {
        unitOfWork: { run: async (work) => await work({} as Tx) },
        leases: { stillHeld: async () => true } as never,
        requests: {} as never,
        hosts: {
          desiredOf: async () => [this.wish],
          credentialOf: async () => {
            this.order.push('record');
            this.correctMeanwhile();
            return { address: this.wish.bmcAddress, username: 'root', password: this.password };
          },
          record: async () => ({ delivered: null }),
        } as never,
      },
      { refusedRetryMs: RETRY_MS, registerAgainMs: RETRY_MS },
    );
  }

  private lookAtSecret() {
    this.order.push('secret');
    const { resourceVersion, uid } = SEEN;
    return this.password === 'corrected' ? { metadata: { name: 'h-1-bmc', resourceVersion, uid } } : undefined;
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
  });

  it('writes its password over that version alone which stood there before the record was asked', async () => {
    const place = new Place();
    await place.look();
    expect(place.termsOf('Secret')?.only).toBeNull();
    place.host = UNREACHABLE;
    place.password = 'corrected';
    await place.look();
    const { resourceVersion, uid } = SEEN;
    expect(place.termsOf('Secret')?.only).toEqual({ resourceVersion, uid });
    // Who has written a newer one since is in the way of an older; who had written before was read.
    expect(place.order).toEqual(['secret', 'record', 'secret', 'record']);
  });

  it('goes to the address that its password was written down for, corrected between the two reads as it may be', async () => {
    const place = new Place();
    place.correctMeanwhile = () => {
      place.wish = desired({ bmcAddress: '10.0.0.2' });
      place.password = 'of-10.0.0.2';
    };
    await place.look();
    const [, secret, host] = place.applied.map(({ manifest }) => manifest);
    expect(host?.spec).toMatchObject({ bmc: { address: 'redfish://10.0.0.2/redfish/v1/Systems/1' } });
    expect(Buffer.from(secret?.data?.password ?? '', 'base64').toString()).toBe('of-10.0.0.2');
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
