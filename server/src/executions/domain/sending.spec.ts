import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { keyManifest, keyName, receiverManifest, senderManifest, sendingMove, sendsElsewhere } from './sending.js';
import { twinsOf } from './twins.js';

const place = (disk: string) => ({ namespace: 'dept-x', disk, epoch: 4 });
const receiver = (more: object = {}) =>
  ({ ...receiverManifest(place('c-root'), { there: undefined, like: undefined }), ...more }) as never;
const said = { status: { rsyncTLS: { address: '10.0.0.9' } } };
const sender = (
  more: { readonly manual?: string | null; readonly status?: object; readonly address?: string } = {},
) => {
  const made = senderManifest(place('a-root'), {
    ...{ there: undefined, like: undefined, towards: 'c', port: undefined, mark: 'm4' },
    address: more.address ?? '10.0.0.9',
  });
  const spec = made.spec as { trigger: object };
  const trigger = { ...spec.trigger, ...(more.manual === undefined ? {} : { manual: more.manual }) };
  return { ...made, spec: { ...spec, trigger }, status: more.status ?? {} } as never;
};
const move = (of: { receiver?: never; sender?: never }, epoch = 4) =>
  sendingMove({ receiver: of.receiver, sender: of.sender, from: 'a-root', to: 'c-root' }, epoch, 'm4');

describe('what carries a disk to the other side', () => {
  it('is set up one thing after the other, decided by what stands there', () => {
    expect(move({})).toBe('RECEIVER');
    expect(move({ receiver: receiver() })).toBe('ADDRESS');
    expect(move({ receiver: receiver(said) })).toBe('SENDER');
    expect(move({ receiver: receiver(said), sender: sender() })).toBe('SYNC');
    expect(move({ receiver: receiver(said), sender: sender({ status: { lastManualSync: 'm4' } }) })).toBe('SCHEDULE');
    expect(move({ receiver: receiver(said), sender: sender({ manual: null }) })).toBe('DONE');
  });

  it('of an older placement, or to where nobody listens any more, is none', () => {
    expect(move({ receiver: receiver(said), sender: sender({ manual: null }) }, 5)).toBe('RECEIVER');
    expect(move({ receiver: receiver(said), sender: sender({ manual: null, address: '10.0.0.8' }) })).toBe('SENDER');
    const others = { spec: { rsyncTLS: { destinationPVC: 'c-root', keySecret: 'psk' } } };
    expect(move({ receiver: receiver({ ...said, ...others }), sender: sender({ manual: null }) })).toBe('RECEIVER');
  });

  it('has a secret of its own under each placement: what listens already is started anew by no other sign', () => {
    expect(keyName('c-root', 4)).not.toBe(keyName('c-root', 5));
    const kept = {
      ...said,
      metadata: { name: 'jiyun-c-root', annotations: { 'jiyun.internal/placement-epoch': '5' } },
    };
    expect(move({ receiver: receiver(kept) }, 5)).toBe('RECEIVER');
  });

  it('is not taken from a third center that it was given to under the same placement', () => {
    const elsewhere = (towards: string, epoch = 4) => sendsElsewhere(sender(), { disk: 'a-root', epoch, towards });
    expect([elsewhere('b'), elsewhere('c'), elsewhere('b', 5)]).toEqual([true, false, false]);
    expect(sendsElsewhere(undefined, { disk: 'a-root', epoch: 4, towards: 'b' })).toBe(false);
  });

  it('is like what was set up in its own cluster, with a key of its own at both ends', () => {
    const there = { spec: { rsyncTLS: { storageClassName: 'fast', address: 'old', keySecret: 'psk' } } } as never;
    const like = {
      spec: { rsyncTLS: { serviceType: 'LoadBalancer', storageClassName: 'theirs' }, trigger: { schedule: '@hourly' } },
    } as never;
    expect(receiverManifest(place('c-root'), { there, like }).spec).toEqual({
      rsyncTLS: {
        ...{ copyMethod: 'Snapshot', storageClassName: 'fast', serviceType: 'LoadBalancer' },
        ...{ destinationPVC: 'c-root', keySecret: 'jiyun-c-root-4' },
      },
    });
    const made = senderManifest(place('a-root'), { there, like, towards: 'c', address: 'new', port: 8000, mark: 'm' });
    expect(made.spec).toMatchObject({
      ...{ sourcePVC: 'a-root', trigger: { schedule: '@hourly', manual: 'm' } },
      rsyncTLS: { storageClassName: 'fast', address: 'new', port: 8000, keySecret: 'jiyun-a-root-4' },
    });
    const [one, other] = [keyManifest(place('a-root'), 'id', 'k'), keyManifest(place('c-root'), 'id', 'k')];
    expect(one.data).toEqual(other.data);
    expect([one.metadata.name, other.metadata.name]).toEqual(['jiyun-a-root-4', 'jiyun-c-root-4']);
    expect(Buffer.from(one.data?.['psk.txt'] ?? '', 'base64').toString()).toBe('volsync:k');
  });
});

describe('machines of two centers', () => {
  const machine = (id: string, objectName: string, lineId = 'l') => ({ id, objectName, lineId });
  const tierOf = (ids: readonly string[]) => new Map(ids.map((id) => [id, 't'] as const));

  it('are the same by tier, line and number, whatever their codes', () => {
    const ones = [machine('a1', 'db-1-2026-000001'), machine('a2', 'db-2-2026-000002')];
    const others = [machine('c2', 'db-2-2026-000009'), machine('c1', 'db-1-2026-000008')];
    const { alone, pairs } = twinsOf(ones, others, tierOf(['a1', 'a2', 'c1', 'c2']));
    expect([alone, pairs.map(({ one, other }) => [one.id, other.id])]).toEqual([
      [],
      [
        ['a1', 'c1'],
        ['a2', 'c2'],
      ],
    ]);
  });

  it('are never guessed: of none, or of more than one, each is alone', () => {
    const ones = [machine('a1', 'old-db'), machine('a2', 'db-2-2026-000002')];
    const others = [machine('c1', 'older-db'), machine('c2', 'db-2-2026-000009'), machine('c3', 'db-2-2026-000010')];
    const { alone, pairs } = twinsOf(ones, others, tierOf(['a1', 'a2', 'c1', 'c2', 'c3']));
    expect([pairs, alone.map(({ id }) => id)]).toEqual([[], ['a1', 'a2']]);
  });

  it('are in one pair at most', () => {
    const names = fc.array(fc.tuple(fc.constantFrom('l', 'm'), fc.integer({ min: 1, max: 4 })), { maxLength: 10 });
    fc.assert(
      fc.property(names, names, (here, there) => {
        const made = (of: typeof here, side: string) =>
          of.map(([line, n], at) => machine(`${side}${at}`, `x-${n}-2026-${at}`, line));
        const [ones, others] = [made(here, 'a'), made(there, 'c')];
        const { alone, pairs } = twinsOf(ones, others, tierOf([...ones, ...others].map(({ id }) => id)));
        expect(new Set(pairs.map(({ other }) => other.id)).size).toBe(pairs.length);
        expect(pairs.length + alone.length).toBe(ones.length);
      }),
    );
  });
});
