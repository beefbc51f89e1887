import { describe, expect, it } from '@jest/globals';
import { intervalOf } from '../../replication/domain/replication-object.js';
import type { ClusterObject } from './cluster-object.js';
import { replicationView, TOWARDS_LABEL } from './observe-replication.js';

const source = (spec: object, status: object, labels = {}): ClusterObject => ({
  apiVersion: 'volsync.backube/v1alpha1',
  kind: 'ReplicationSource',
  metadata: { name: 'app-root', namespace: 'dept-a', labels },
  spec: { sourcePVC: 'app-root', trigger: { schedule: '*/5 * * * *' }, ...spec },
  status,
});
const mirror = (status: object, spec: object = {}): ClusterObject => ({
  apiVersion: 'replication.storage.openshift.io/v1alpha1',
  kind: 'VolumeReplication',
  metadata: { name: 'app-root', namespace: 'dept-a' },
  spec: { dataSource: { kind: 'PersistentVolumeClaim', name: 'app-root' }, replicationState: 'primary', ...spec },
  status,
});
const condition = (type: string, status: string, message = type) => ({ type, status, reason: type, message });

describe('what a ReplicationSource says', () => {
  it('is when it last synced, how often it does, and where to', () => {
    const synced = source(
      {},
      { lastSyncTime: '2026-11-30T00:00:00Z', latestMoverStatus: { result: 'Successful' } },
      { [TOWARDS_LABEL]: 'center-c' },
    );
    expect(replicationView(synced)).toEqual({
      ...{ kind: 'ReplicationSource', namespace: 'dept-a', name: 'app-root', volume: 'app-root', role: 'PRIMARY' },
      ...{ towards: 'center-c', lastSyncAt: new Date('2026-11-30T00:00:00Z'), intervalSeconds: 300, problem: null },
    });
  });
  it('is a problem while it never synced, failed, was refused or is paused', () => {
    const at = { lastSyncTime: '2026-11-30T00:00:00Z' };
    expect(replicationView(source({}, {}))?.problem).toBe('never synced');
    expect(replicationView(source({}, { ...at, latestMoverStatus: { result: 'Failed' } }))?.problem).toBe(
      'the last sync failed',
    );
    expect(replicationView(source({ paused: true }, at))?.problem).toBe('paused');
    const refused = {
      type: 'Synchronizing',
      status: 'False',
      reason: 'Error',
      message: 'PersistentVolumeClaim "app-root" not found',
    };
    expect(replicationView(source({}, { ...at, conditions: [refused] }))?.problem).toMatch(/not found/);
  });
  it('is nothing while it goes, or names no claim', () => {
    const going = source({}, {});
    expect(
      replicationView({ ...going, metadata: { ...going.metadata, deletionTimestamp: '2026-11-30T00:00:00Z' } }),
    ).toBeUndefined();
    expect(replicationView({ ...going, spec: {} })).toBeUndefined();
  });
});

describe('what a VolumeReplication says', () => {
  it('is which role its volume has, not which was asked for', () => {
    expect(replicationView(mirror({ state: 'Secondary' }))).toMatchObject({ role: 'SECONDARY', problem: null });
    expect(replicationView(mirror({}))).toMatchObject({ role: 'UNKNOWN', problem: 'no role yet' });
  });
  it('is a problem while it is degraded, resyncs or is not completed', () => {
    const of = (...conditions: object[]) => replicationView(mirror({ state: 'Primary', conditions }))?.problem;
    expect(of(condition('Completed', 'True'), condition('Degraded', 'False'))).toBeNull();
    expect(of(condition('Degraded', 'True', 'volume is degraded'))).toBe('volume is degraded');
    expect(of(condition('Resyncing', 'True'))).toBe('Resyncing');
    expect(of(condition('Completed', 'False', 'failed to promote'))).toBe('failed to promote');
  });
  it('is nothing of what is no claim', () => {
    expect(replicationView(mirror({}, { dataSource: { kind: 'VolumeGroup', name: 'g' } }))).toBeUndefined();
  });
});

describe('the interval of a schedule', () => {
  it.each([
    ['*/5 * * * *', 300],
    ['* * * * *', 60],
    ['@hourly', 3_600],
    ['7 * * * *', 3_600],
    ['0 */6 * * *', 21_600],
    ['30 2 * * *', 86_400],
    ['0 3 * * 0', 604_800],
    ['nonsense', null],
  ])('%s is %s seconds', (schedule, seconds) => {
    expect(intervalOf(schedule)).toBe(seconds);
  });
});
