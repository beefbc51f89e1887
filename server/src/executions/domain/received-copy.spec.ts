import { describe, expect, it } from '@jest/globals';
import { isTorn, wholeImageOf } from './received-copy.js';

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
