import { describe, expect, it, jest } from '@jest/globals';
import type { DesiredHost } from '../servers/domain/host-record.js';
import { ClusterFailure } from './domain/cluster-failure.js';
import type { HostView } from './domain/observe-host.js';
import type { FencedWrites } from './fenced-writes.js';
import { ReplacedCredential } from './replaced-credential.js';

const wish = (more: Partial<DesiredHost>) =>
  ({
    ...{ serverId: 's-1', registered: true, assetNumber: 'ZC-1', bmcAddress: '10.0.0.1', bootMac: null },
    ...{ host: { namespace: 'jiyun-hosts', name: 'zc-1' } },
    ...{ credentialRound: 0, credentialSent: 0, credentialVersion: null },
    ...more,
  }) as DesiredHost;
const seen = (more: Partial<HostView> = {}) => ({
  host: { uid: 'u', resourceVersion: '7', state: 'available', leaving: false, ...more } as HostView,
  serial: null,
});

const WAY_IN = { address: '10.0.0.1', username: 'root', password: 'p' };

/** A Secret that somebody else may write, at the moment that the record is asked for instance. */
function carrier(credential: typeof WAY_IN | null = WAY_IN) {
  const written: string[] = [];
  const asked: string[] = [];
  const secret = { resourceVersion: '40' };
  const others: { writeMeanwhile: () => void } = { writeMeanwhile: () => {} };
  const writes = {
    standing: jest.fn(async ({ kind }: { kind: string }) => {
      asked.push(kind);
      return { uid: 'u-secret', ...secret, generation: 0 };
    }),
    applyOver: jest.fn(async (manifest: { kind: string }, over: { resourceVersion: string } | undefined) => {
      if (over?.resourceVersion !== secret.resourceVersion) throw new ClusterFailure('CONFLICT', 'another has written');
      written.push(manifest.kind);
      return { metadata: { name: 'zc-1-bmc', resourceVersion: '42' } };
    }),
    amend: jest.fn(async (_key: unknown, { resourceVersion }: { resourceVersion: string }) => {
      written.push(`host at ${resourceVersion}`);
    }),
  };
  const step = new ReplacedCredential(writes as unknown as FencedWrites, {
    credentialOf: async () => {
      asked.push('record');
      others.writeMeanwhile();
      return credential;
    },
  });
  return { asked, others, secret, written, step: step.step.bind(step) };
}

describe('a BMC credential that replaced another', () => {
  it('is written into the Secret alone, then the host is touched as it was seen', async () => {
    const { step, written } = carrier();
    expect(await step(wish({ credentialRound: 2, credentialSent: 1 }), seen())).toEqual({
      what: 'SENT',
      version: '42',
    });
    expect(written).toEqual(['Secret', 'host at 7']);
  });

  it('is refused where another has written since it was looked at, and is not told as sent', async () => {
    const { asked, others, secret, step, written } = carrier();
    others.writeMeanwhile = () => {
      secret.resourceVersion = '41';
    };
    const late = step(wish({ credentialRound: 2, credentialSent: 1 }), seen());
    await expect(late).rejects.toMatchObject({ failureClass: 'CONFLICT' });
    expect(written).toEqual([]);
    // In this order: who had written before was read from the record.
    expect(asked).toEqual(['Secret', 'record']);
  });

  it.each<[string, Partial<DesiredHost>, Partial<HostView> | null]>([
    ['it has been carried', { credentialRound: 2, credentialSent: 2 }, {}],
    ['the host is not there', { credentialRound: 1 }, null],
    ['the host goes', { credentialRound: 1 }, { leaving: true }],
    ['its registration carries it', { credentialRound: 1 }, { state: 'registering' }],
    ['somebody else registered it', { credentialRound: 1, registered: false }, {}],
  ])('is not written where %s', async (_why, more, host) => {
    const { step, written } = carrier();
    expect(await step(wish(more), host === null ? { host: undefined, serial: null } : seen(host))).toBeUndefined();
    expect(written).toEqual([]);
  });

  it('is not written where it cannot be opened', async () => {
    const { step, written } = carrier(null);
    expect(await step(wish({ credentialRound: 1 }), seen())).toBeUndefined();
    expect(written).toEqual([]);
  });

  it('was taken, or refused in the operator’s words, or nothing is known yet', async () => {
    const waiting = wish({ credentialRound: 1, credentialSent: 1, credentialVersion: '42' });
    const { step } = carrier();
    expect(await step(waiting, seen({ goodCredential: '42' }))).toEqual({ what: 'CHECKED', trouble: null });
    expect(await step(waiting, seen({ goodCredential: '41', triedCredential: '41' }))).toBeUndefined();
    const refused = {
      goodCredential: '41',
      triedCredential: '42',
      errorType: 'registration error',
      errorMessage: '401',
    };
    expect(await step(waiting, seen(refused))).toEqual({ what: 'CHECKED', trouble: '401' });
  });
});
