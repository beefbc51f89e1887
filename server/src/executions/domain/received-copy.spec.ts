import { describe, expect, it } from '@jest/globals';
import { hasReceivedSince, isHeldSinceBefore, isTorn, standOfDisk, wholeImageOf } from './received-copy.js';

const receiver = (status: object) => ({
  ...{ apiVersion: 'volsync.backube/v1alpha1', kind: 'ReplicationDestination' as const, metadata: { name: 'rd' } },
  status,
});
const synchronizing = (status: string) => ({ conditions: [{ type: 'Synchronizing', status }] });

describe('what VolSync received', () => {
  it('is whole between two transfers, and torn while one runs or after one that failed', () => {
    expect(isTorn(receiver({}))).toBe(false);
    expect(isTorn(receiver({ ...synchronizing('False'), latestMoverStatus: { result: 'Successful' } }))).toBe(false);
    expect(isTorn(receiver(synchronizing('True')))).toBe(true);
    expect(isTorn(receiver({ ...synchronizing('False'), latestMoverStatus: { result: 'Failed' } }))).toBe(true);
  });

  it('names the snapshot of what arrived whole, where one was taken', () => {
    expect(wholeImageOf(receiver({ latestImage: { kind: 'VolumeSnapshot', name: 'dst-1' } }))).toBe('dst-1');
    expect(wholeImageOf(receiver({ latestImage: { kind: 'PersistentVolumeClaim', name: 'disk' } }))).toBeNull();
    expect(wholeImageOf(receiver({}))).toBeNull();
  });
});

describe('a receiver', () => {
  it('has received since a moment where a sync of it ended in that second or later', () => {
    const ended = receiver({ lastSyncTime: '2026-11-30T01:00:00Z' });
    expect(hasReceivedSince(ended, new Date('2026-11-30T01:00:00.900Z'))).toBe(true);
    expect(hasReceivedSince(ended, new Date('2026-11-30T01:00:01Z'))).toBe(false);
    expect(hasReceivedSince(receiver({}), new Date(0))).toBe(false);
  });

  it('is held since an earlier promotion only where that was one to its own side, and nobody let it go since', () => {
    const held = (epoch: number, paused = true) => ({
      ...receiver(synchronizing('True')),
      metadata: { name: 'rd', annotations: { 'jiyun.internal/placement-epoch': String(epoch) } },
      spec: { paused },
    });
    const servedBy = new Map([
      [0, 'A'],
      [1, 'C'],
      [2, 'A'],
      [3, 'C'],
    ]);
    const isHeld = (of: ReturnType<typeof held>) => isHeldSinceBefore(of, 3, servedBy, 'C');
    expect(isHeld(held(1))).toBe(true);
    expect(isHeld(held(1, false))).toBe(false);
    // Held by this promotion; let go under the placement of the other side; never held by any.
    expect([isHeld(held(3)), isHeld(held(2)), isHeld(held(0))]).toEqual([false, false, false]);
  });
});

describe('a torn disk', () => {
  const disk = (
    uid: string,
    more: { readonly snapshot?: string; readonly phase?: string; readonly made?: string } = {},
  ) =>
    ({
      ...{ apiVersion: 'cdi.kubevirt.io/v1beta1', kind: 'DataVolume' as const },
      metadata: { name: 'd', uid, creationTimestamp: more.made ?? '2026-11-30T00:00:00Z' },
      spec: { source: more.snapshot ? { snapshot: { namespace: 'n', name: more.snapshot } } : { http: {} } },
      status: { phase: more.phase ?? 'Succeeded' },
    }) as never;
  const torn = receiver({
    ...synchronizing('True'),
    latestImage: { kind: 'VolumeSnapshot', name: 's1' },
    lastSyncStartTime: '2026-11-30T01:00:00Z',
  });
  const none = { snapshot: null, tornDiskUid: null };
  const known = { snapshot: 's1', tornDiskUid: 'u1' };
  const after = '2026-11-30T01:05:00Z';

  it('is torn until another stands there that was made of the whole image since', () => {
    expect(standOfDisk(disk('u1'), torn, none)).toBe('TORN');
    expect(standOfDisk(disk('u1'), torn, known)).toBe('TORN');
    expect(standOfDisk(undefined, torn, known)).toBe('COMING');
    expect(standOfDisk(disk('u2', { snapshot: 's1', phase: 'Pending', made: after }), torn, known)).toBe('COMING');
    expect(standOfDisk(disk('u2', { snapshot: 's1', made: after }), torn, known)).toBe('WHOLE');
  });

  it('is torn again where it was made of the same image before the transfer that was cut, or of an older one', () => {
    expect(standOfDisk(disk('u2', { snapshot: 's1' }), torn, known)).toBe('TORN');
    expect(standOfDisk(disk('u2', { snapshot: 's0', made: after }), torn, known)).toBe('TORN');
    // Whoever made it of its image made half a system of it.
    expect(standOfDisk(disk('u2', { made: after }), torn, known)).toBe('TORN');
  });

  it('that was made anew is whole when it is there, and asked no more of once it was brought over whole', () => {
    const whole = receiver(synchronizing('False'));
    expect(standOfDisk(disk('u2', { snapshot: 's1' }), whole, known)).toBe('WHOLE');
    expect(standOfDisk(disk('u2', { snapshot: 's1', phase: 'Pending' }), whole, known)).toBe('COMING');
    expect(standOfDisk(disk('u1'), whole, known)).toBe('COMING');
    expect(standOfDisk(disk('u1'), whole, none)).toBe('WHOLE');
    expect(standOfDisk(disk('u2', { snapshot: 's1' }), torn, known, false)).toBe('WHOLE');
  });
});
