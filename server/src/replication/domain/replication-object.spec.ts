import { expect, it } from '@jest/globals';
import { carriesAlike, type ReplicationObject, sameObject } from './replication-object.js';

const object = (over: Partial<ReplicationObject> = {}): ReplicationObject => ({
  ...{ kind: 'VolumeReplication', namespace: 'dept-a', name: 'app-1', volume: 'app-1', towards: null },
  ...{ role: 'PRIMARY', lastSyncAt: new Date('2026-11-30T00:00:00.000Z'), intervalSeconds: 15, problem: null },
  ...over,
});

it('carries otherwise when it is in trouble, and not when its operator counts in the words of it', () => {
  const [at40, at41] = [object({ problem: 'resyncing, 40 %' }), object({ problem: 'resyncing, 41 %' })];
  expect(carriesAlike(object(), at40)).toBe(false);
  expect(carriesAlike(at41, object())).toBe(false);
  expect(carriesAlike(at40, at41)).toBe(true);
  // What it says is written down all the same.
  expect(sameObject(at40, at41)).toBe(false);
  expect(sameObject(at40, object({ problem: 'resyncing, 40 %' }))).toBe(true);
});
