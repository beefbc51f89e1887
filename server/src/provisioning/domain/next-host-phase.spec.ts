import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DesiredHost } from '../../servers/domain/host-record.js';
import { bmcUrl, provisionPatch, registrationManifests, releasePatch } from './desired-host.js';
import { HOST_SITUATIONS, type HostFacts, type HostSituation, hostSituationOf } from './host-situation.js';
import { nextHostPhase } from './next-host-phase.js';
import { FOREIGN, type HostView, hostView } from './observe-host.js';

const IMAGE = {
  name: 'openEuler',
  url: 'https://images/a.qcow2',
  checksum: `sha256:${'a'.repeat(64)}`,
  format: 'qcow2',
} as const;

function desired(more: Partial<DesiredHost> = {}): DesiredHost {
  return {
    ...{ serverId: 's-1', centerId: 'c-1', management: 'DRIVEN', registered: false, useId: 'u-1', lineId: 'l-1' },
    ...{
      requestCode: 'SQ-1',
      image: IMAGE,
      imageRound: 1,
      imageAskedById: null,
      online: true,
      rebootRound: 0,
      claimedAt: null,
    },
    ...{ deliveredAt: null, wipe: null, wipedAt: null, phase: 'PROVISIONING', statusText: { zh: '', en: '' } },
    ...{ progressPercent: null, poweredOn: null, tries: 0, hostState: '', observedAt: null, assetNumber: 'ZC-1' },
    ...{ credentialRound: 0, credentialSent: 0, credentialVersion: null },
    ...{ serial: 'SN1', host: { namespace: 'metal', name: 'zc-1' }, bmcAddress: '10.0.0.1', bootMac: null },
    ...{ intention: 'PRESENT', usedByHand: false },
    ...more,
  };
}

function seen(more: Partial<HostView> = {}): HostView {
  return {
    ...{ uid: 'uid', resourceVersion: '1', state: 'available', operationalStatus: 'OK', errorType: undefined },
    ...{ errorMessage: undefined, tries: 0, poweredOn: false, online: false, wantedImage: undefined },
    ...{
      givenImage: undefined,
      userData: undefined,
      consumer: undefined,
      imageRound: 0,
      rebootRound: 0,
      paused: false,
      detached: false,
    },
    ...{
      leaving: false,
      powerOffForbidden: false,
      serial: 'SN1',
      goodCredential: undefined,
      triedCredential: undefined,
    },
    ...{ provision: { start: undefined, end: undefined }, deprovision: { start: undefined, end: undefined } },
    ...more,
  };
}

const ours = { consumer: 'u-1', wantedImage: IMAGE.url, imageRound: 1, online: true } as const;
const up = { ...ours, state: 'provisioned', givenImage: IMAGE.url, poweredOn: true } as const;
const absent = { intention: 'ABSENT', claimedAt: new Date(0) } as const;
const delivered = { claimedAt: new Date(0), deliveredAt: new Date(0) } as const;
const WIPE = { method: 'METADATA', startedAt: null, endedAt: null } as const;
const installed = { start: '2026-01-01T00:00:00Z', end: '2026-01-01T00:10:00Z' };
const cleaned = { start: '2026-02-01T00:00:00Z', end: '2026-02-01T00:05:00Z' };

type Case = readonly [HostSituation, Partial<DesiredHost>, Partial<HostView> | null, Partial<HostFacts>?];

/** One row a way into a situation; each situation has at least one. */
const CASES: readonly Case[] = [
  ['UNREAD', {}, null],
  ['UNREGISTERED', { registered: true, intention: 'IDLE', useId: null }, null, { fresh: true }],
  ['LOST', {}, null, { fresh: true }],
  ['LOST', { ...absent, registered: true }, null, { fresh: true }],
  ['UNREGISTERED', { registered: true }, null, { fresh: true }],
  // Its server is in use: a cluster that forgot it (rebuilt, or restored from before it) gives nobody the right to reboot it.
  ['LOST', { ...delivered, registered: true }, null, { fresh: true }],
  ['LOST', { registered: true, intention: 'IDLE', useId: null, usedByHand: true }, null, { fresh: true }],
  ['LEAVING', {}, { leaving: true }],
  ['LEAVING', {}, { state: 'deleting' }],
  ['OUT_OF_HAND', {}, { ...up, paused: true }],
  ['OUT_OF_HAND', absent, { ...up, detached: true }],
  ['ANOTHER_MACHINE', {}, {}, { serial: 'SN2' }],
  ['REGISTERING', { intention: 'IDLE' }, { state: '' }],
  ['REGISTERING', {}, { state: 'unmanaged' }],
  ['REGISTRATION_FAILED', {}, { state: 'registering', operationalStatus: 'error' }],
  ['REGISTRATION_AGAIN', { registered: true }, { state: 'registering', operationalStatus: 'error' }],
  ['REGISTRATION_FAILED', { ...delivered, registered: true }, { state: 'registering', operationalStatus: 'error' }],
  [
    'REGISTRATION_FAILED',
    { registered: true, intention: 'IDLE', useId: null, usedByHand: true },
    { state: 'registering', operationalStatus: 'error' },
  ],
  [
    'REGISTRATION_FAILED',
    { registered: true },
    { state: 'registering', operationalStatus: 'error', consumer: FOREIGN },
  ],
  ['INSPECTING', {}, { state: 'inspecting', serial: null }, { serial: null }],
  ['INSPECTION_FAILED', {}, { state: 'inspecting', operationalStatus: 'error' }],
  ['PREPARING', {}, { state: 'preparing' }],
  ['PREPARATION_FAILED', {}, { state: 'preparing', operationalStatus: 'error' }],
  ['UNKNOWN', {}, { ...ours, state: 'a word of tomorrow' }],
  ['EXTERNAL', {}, { state: 'externally provisioned' }],
  ['IDLE', { intention: 'IDLE', useId: null }, {}],
  ['IDLE_CLAIMED', { intention: 'IDLE', useId: null }, { consumer: FOREIGN }],
  ['IDLE_BY_HAND', { intention: 'IDLE', useId: null, usedByHand: true }, {}],
  ['TAKEN', {}, { consumer: FOREIGN }],
  ['TAKEN', {}, { ...up, consumer: 'u-2' }],
  ['NOT_CLEAN', {}, { wantedImage: 'https://others' }],
  ['NOT_CLEAN', {}, { state: 'provisioned' }],
  ['NOT_CLEAN', {}, { operationalStatus: 'error' }],
  ['UNCLAIMED', {}, {}],
  ['UNCLAIMED', {}, { state: 'ready' }],
  ['CLAIM_LOST', delivered, {}],
  ['CLAIM_LOST', { claimedAt: new Date(0) }, { state: 'ready' }],
  ['TAKEN', delivered, { consumer: FOREIGN }],
  ['CLAIMED', {}, { consumer: 'u-1' }],
  ['IMAGE_SENT', {}, ours],
  ['QUEUED', {}, { ...ours, operationalStatus: 'delayed' }],
  ['QUEUED', {}, { ...ours, state: 'provisioning', operationalStatus: 'delayed' }],
  ['PROVISIONING', {}, { ...ours, state: 'provisioning' }],
  ['RETRYING', {}, { ...ours, state: 'deprovisioning', tries: 2 }],
  ['RETRYING', {}, { ...ours, tries: 4 }],
  ['GAVE_UP', {}, { ...ours, tries: 5 }],
  ['REIMAGE_CLEAR', { imageRound: 2 }, up],
  ['REIMAGE_CLEAR', { imageRound: 2 }, { ...ours, tries: 5 }],
  ['REIMAGE_WAIT', { imageRound: 2 }, { ...up, wantedImage: undefined }],
  ['REIMAGE_WAIT', { imageRound: 2 }, { consumer: 'u-1', tries: 5 }],
  ['REIMAGE_WAIT', { imageRound: 2 }, { ...up, state: 'deprovisioning', wantedImage: undefined }],
  ['IMAGE_CHANGED', {}, { ...up, wantedImage: 'https://others' }],
  ['REBOOT', { rebootRound: 1 }, up],
  ['POWER', { online: false }, up],
  ['POWER', {}, { ...up, online: false }],
  ['POWER_FORBIDDEN', { online: false }, { ...up, powerOffForbidden: true }],
  ['POWER_FAILED', {}, { ...up, poweredOn: false, errorType: 'power management error' }],
  ['POWERING', {}, { ...up, poweredOn: false }],
  ['RUNNING', {}, up],
  ['STOPPED', { online: false }, { ...up, online: false, poweredOn: false }],
  ['RELEASE_CLEAR', absent, up],
  ['RELEASE_CLEAR', absent, { ...ours, state: 'provisioning' }],
  ['RELEASE_CLEANING', absent, { ...up, wantedImage: undefined }],
  ['RELEASE_CLEANING', absent, { consumer: 'u-1', state: 'deprovisioning' }],
  ['RELEASE_FAILED', absent, { consumer: 'u-1', state: 'deprovisioning', operationalStatus: 'error' }],
  ['RELEASE_NO_EVIDENCE', absent, { consumer: 'u-1', provision: installed }],
  ['RELEASE_NO_EVIDENCE', { ...absent, deliveredAt: new Date(0) }, { consumer: 'u-1' }],
  ['RELEASE_EVIDENCE', absent, { consumer: 'u-1' }],
  ['RELEASE_EVIDENCE', absent, { consumer: 'u-1', provision: installed, deprovision: cleaned }],
  ['RELEASE_LET_GO', { ...absent, wipe: WIPE }, { consumer: 'u-1', provision: installed, deprovision: cleaned }],
  ['RELEASE_TAKEN', absent, {}],
  ['RELEASE_TAKEN', { ...absent, claimedAt: null }, { consumer: FOREIGN }],
  ['RELEASED', { ...absent, wipe: WIPE }, {}],
  ['RELEASED', { ...absent, claimedAt: null }, {}],
];

const factsOf = ([, wish, host, more = {}]: Case): HostFacts => ({
  desired: desired(wish),
  host: host === null ? undefined : seen(host),
  serial: host === null ? null : (seen(host).serial ?? null),
  fresh: false,
  ...more,
});

describe('the situation of a host', () => {
  it.each(CASES.map((each) => [each[0], each] as const))('%s', (situation, each) => {
    expect(hostSituationOf(factsOf(each))).toBe(situation);
  });

  it('has a case for each', () => {
    expect(HOST_SITUATIONS.filter((situation) => !CASES.some(([name]) => name === situation))).toEqual([]);
  });
});

const ANY_HOST = fc.record({
  state: fc.constantFrom(
    '',
    'registering',
    'inspecting',
    'preparing',
    'available',
    'ready',
    'provisioning',
    'provisioned',
    'deprovisioning',
    'externally provisioned',
    'deleting',
    'tomorrow',
  ),
  operationalStatus: fc.constantFrom('OK', 'error', 'delayed', 'detached', 'servicing'),
  errorType: fc.constantFrom(undefined, 'provisioning error', 'power management error'),
  tries: fc.nat(6),
  poweredOn: fc.boolean(),
  online: fc.boolean(),
  wantedImage: fc.constantFrom(undefined, IMAGE.url, 'https://others'),
  givenImage: fc.constantFrom(undefined, IMAGE.url),
  consumer: fc.constantFrom(undefined, 'u-1', 'u-2', FOREIGN),
  imageRound: fc.nat(2),
  rebootRound: fc.nat(2),
  paused: fc.boolean(),
  leaving: fc.boolean(),
  powerOffForbidden: fc.boolean(),
  serial: fc.constantFrom(null, 'SN1', 'SN2'),
  provision: fc.constantFrom({ start: undefined, end: undefined }, installed),
  deprovision: fc.constantFrom({ start: undefined, end: undefined }, cleaned),
});
const ANY_WISH = fc.record({
  intention: fc.constantFrom('PRESENT' as const, 'ABSENT' as const, 'IDLE' as const),
  online: fc.boolean(),
  imageRound: fc.integer({ min: 1, max: 2 }),
  rebootRound: fc.nat(2),
  wipe: fc.constantFrom(null, WIPE),
  claimedAt: fc.constantFrom(null, new Date(0)),
  deliveredAt: fc.constantFrom(null, new Date(0)),
  usedByHand: fc.boolean(),
  registered: fc.boolean(),
});

describe('what is done to a host', () => {
  it('never touches one that is another’s, another machine, paused or only looked at', () => {
    fc.assert(
      fc.property(ANY_WISH, ANY_HOST, (wish, view) => {
        const host = seen(view);
        const { act } = nextHostPhase({ desired: desired(wish), host, serial: host.serial, fresh: true });
        const isForeign = host.consumer !== undefined && host.consumer !== 'u-1';
        if (isForeign || host.serial === 'SN2' || host.paused || host.leaving) expect(act).toBe('NONE');
        // What its controller is corrected with is the one thing that is written into a host that nobody has.
        if (wish.intention === 'IDLE')
          expect(wish.registered && !wish.usedByHand ? ['NONE', 'REGISTER'] : ['NONE']).toContain(act);
      }),
    );
  });

  it('never registers, claims or installs again a server that was its user’s already, whatever its cluster forgot', () => {
    fc.assert(
      fc.property(ANY_WISH, fc.option(ANY_HOST, { nil: undefined }), (wish, view) => {
        const host = view && seen(view);
        const { act } = nextHostPhase({
          desired: desired({ ...wish, claimedAt: new Date(0), intention: 'PRESENT' }),
          host,
          serial: host?.serial ?? null,
          fresh: true,
        });
        expect(['REGISTER', 'CLAIM']).not.toContain(act);
        if (host?.consumer !== 'u-1') expect(act).toBe('NONE');
      }),
    );
  });

  it('never says of a server that was handed over that nothing was ever installed on it', () => {
    fc.assert(
      fc.property(ANY_WISH, ANY_HOST, (wish, view) => {
        const host = seen(view);
        const handedOver = desired({ ...wish, claimedAt: new Date(0), deliveredAt: new Date(0), wipe: null });
        const { reading } = nextHostPhase({ desired: handedOver, host, serial: host.serial, fresh: true });
        expect(reading.wipe?.method).not.toBe('NEVER_INSTALLED');
      }),
    );
  });

  it('lets go only of one that is clean by proof, and calls it released only then', () => {
    fc.assert(
      fc.property(ANY_WISH, ANY_HOST, (wish, view) => {
        const host = seen(view);
        const { act, reading } = nextHostPhase({ desired: desired(wish), host, serial: host.serial, fresh: true });
        if (act === 'LET_GO') {
          expect(wish.wipe).not.toBeNull();
          expect([host.wantedImage, host.givenImage]).toEqual([undefined, undefined]);
          expect(['available', 'ready']).toContain(host.state);
        }
        if (reading.released) {
          expect(reading.wipe).not.toBeNull();
          expect(host.consumer).not.toBe('u-1');
        }
      }),
    );
  });

  it('never switches off what may not be, and claims only what is nobody’s and has nothing on it', () => {
    fc.assert(
      fc.property(ANY_WISH, ANY_HOST, (wish, view) => {
        const host = seen(view);
        const { act } = nextHostPhase({ desired: desired(wish), host, serial: host.serial, fresh: true });
        if (act === 'POWER' && !wish.online) expect(host.powerOffForbidden).toBe(false);
        if (act === 'CLAIM') expect([host.consumer, host.wantedImage]).toEqual([undefined, undefined]);
      }),
    );
  });

  it('says that it failed five times, with the operator’s own words, and that a queue is no failure', () => {
    const failed = nextHostPhase({
      ...factsOf(['GAVE_UP', {}, { ...ours, tries: 5, errorMessage: '404 Not Found' }]),
    });
    expect(failed.reading).toMatchObject({ phase: 'FAILED', tries: 5 });
    expect(failed.reading.statusText.zh).toContain('装机失败 5 次');
    expect(failed.reading.statusText.zh).toContain('404 Not Found');
    const queued = nextHostPhase(factsOf(['QUEUED', {}, { ...ours, operationalStatus: 'delayed' }]));
    expect(queued).toMatchObject({ act: 'NONE', reading: { phase: 'QUEUED' } });
  });
});

describe('what is written into a host', () => {
  it('names an image with its checksum, and cleaning where it is taken away', () => {
    expect(provisionPatch(desired())).toMatchObject({
      spec: {
        image: { url: IMAGE.url, checksum: 'a'.repeat(64), checksumType: 'sha256', format: 'qcow2' },
        automatedCleaningMode: 'metadata',
        online: true,
      },
    });
    expect(releasePatch()).toMatchObject({ spec: { image: null, online: false, automatedCleaningMode: 'metadata' } });
    expect(JSON.stringify(releasePatch())).not.toContain('consumerRef');
  });

  it('registers it with its secret beside it, by an address that Metal3 takes', () => {
    const manifests = registrationManifests(desired({ registered: true }), {
      ...{ address: '10.0.0.9', username: 'root', password: 'p@ss' },
    });
    expect(manifests.map((each) => each.kind)).toEqual(['Namespace', 'Secret', 'BareMetalHost']);
    expect(manifests[2]).toMatchObject({
      metadata: { namespace: 'metal' },
      spec: { bmc: { address: 'redfish://10.0.0.9/redfish/v1/Systems/1', credentialsName: 'zc-1-bmc' } },
    });
    expect(bmcUrl('ipmi://10.0.0.1')).toBe('ipmi://10.0.0.1');
  });

  it('is read back as what it is, and anything else that claims it is foreign', () => {
    const object = {
      apiVersion: 'metal3.io/v1alpha1',
      kind: 'BareMetalHost' as const,
      metadata: { name: 'zc-1', namespace: 'metal', annotations: { 'jiyun.internal/image-round': '3' } },
      spec: { online: true, consumerRef: { apiVersion: 'jiyun.internal/v1', kind: 'ServerUse', name: 'u-1' } },
    };
    expect(hostView(object)).toMatchObject({ consumer: 'u-1', imageRound: 3, state: '', serial: null });
    const machine = { apiVersion: 'infrastructure.cluster.x-k8s.io/v1beta1', kind: 'Metal3Machine', name: 'u-1' };
    expect(hostView({ ...object, spec: { online: true, consumerRef: machine } }).consumer).toBe(FOREIGN);
  });
});
