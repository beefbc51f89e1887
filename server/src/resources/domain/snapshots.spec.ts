import { describe, expect, it } from '@jest/globals';
import { WHOLE_PROVINCE } from '../../kernel/viewer.js';
import { checkOperatingReason, sideOf } from './operating-side.js';
import {
  checkSnapshotName,
  deleteRefusal,
  giveUpRefusal,
  isStopFirst,
  restoreRefusal,
  SNAPSHOT_NAME_LENGTH_MAX,
  SNAPSHOT_STATES,
  SNAPSHOTS_MAX,
  type SnapshotMachine,
  snapshotRefusal,
} from './snapshots.js';

const stopped: SnapshotMachine & { diskGib: number } = {
  state: 'IN_USE',
  management: 'DRIVEN',
  power: 'STOPPED',
  wishedPower: 'OFF',
  standby: false,
  termOverAt: null,
  openChangeCode: null,
  formerVcpu: null,
  instanceUid: null,
  restartUid: null,
  restoringSnapshotId: null,
  diskGib: 40,
  attachedDisks: null,
};
const running: SnapshotMachine = { ...stopped, power: 'RUNNING', wishedPower: 'ON', instanceUid: 'uid-1' };
const reasonOf = (refusal: object | null) => (refusal as { reason?: string } | null)?.reason ?? null;
const kept = (...states: (typeof SNAPSHOT_STATES)[number][]) => states.map((state) => ({ state }));

describe('a machine that has disks of others', () => {
  const withDisks = { ...stopped, attachedDisks: [{ keptDiskId: 'd', slot: 1, dataVolume: 'old-root' }] };

  it('is not snapshot and not restored: KubeVirt would take all its disks as one', () => {
    expect(reasonOf(snapshotRefusal(withDisks, []))).toBe('DISKS_ATTACHED');
    expect(reasonOf(restoreRefusal(withDisks, { state: 'READY', diskGib: 40 }))).toBe('DISKS_ATTACHED');
    expect(restoreRefusal({ ...withDisks, attachedDisks: [] }, { state: 'READY', diskGib: 40 })).toBeNull();
  });
});

describe('a snapshot is taken', () => {
  it('of a running and of a stopped machine', () => {
    expect(snapshotRefusal(running, [])).toBeNull();
    expect(snapshotRefusal(stopped, kept('READY', 'FAILED'))).toBeNull();
  });

  it('one at a time', () => {
    expect(reasonOf(snapshotRefusal(running, kept('MAKING')))).toBe('SNAPSHOT_UNDER_WAY');
  });

  it('up to the limit, which what is gone does not count against and what is still being deleted does', () => {
    const full = kept(...Array.from({ length: SNAPSHOTS_MAX }, () => 'READY' as const));
    expect(reasonOf(snapshotRefusal(running, full))).toBe('SNAPSHOT_LIMIT');
    expect(reasonOf(snapshotRefusal(running, [...full.slice(1), ...kept('DELETING')]))).toBe('SNAPSHOT_LIMIT');
    expect(snapshotRefusal(running, [...full.slice(1), ...kept('GONE', 'GONE')])).toBeNull();
  });

  it('not while another is being restored', () => {
    expect(reasonOf(snapshotRefusal({ ...stopped, restoringSnapshotId: 'x' }, []))).toBe('RESTORING');
  });

  it('under a name that says something, is short and is no other’s', () => {
    const rules = (name: string) =>
      checkSnapshotName(name, [
        { name: '升级前', state: 'READY' },
        { name: '很久以前', state: 'GONE' },
      ]).map((refusal) => (refusal as { rule: string }).rule);
    expect(rules(' ')).toEqual(['length']);
    expect(rules('长'.repeat(SNAPSHOT_NAME_LENGTH_MAX))).toEqual([]);
    expect(rules('长'.repeat(SNAPSHOT_NAME_LENGTH_MAX + 1))).toEqual(['length']);
    expect(rules(' 升级前 ')).toEqual(['unique']);
    expect(rules('很久以前')).toEqual([]);
  });
});

describe('a snapshot is restored', () => {
  it('to a machine that stands still, when it is ready', () => {
    for (const state of SNAPSHOT_STATES)
      expect(reasonOf(restoreRefusal(stopped, { state, diskGib: 40 }))).toBe(
        state === 'READY' ? null : 'SNAPSHOT_NOT_READY',
      );
  });

  it('after it was stopped, which is offered where nothing else is in the way', () => {
    expect(isStopFirst(running)).toBe(true);
    // It shuts down already; what is left is to wait.
    expect(isStopFirst({ ...running, wishedPower: 'OFF', power: 'STOPPING' })).toBe(false);
    expect(isStopFirst({ ...running, openChangeCode: 'BG-2026-000001' })).toBe(false);
    expect(isStopFirst(stopped)).toBe(false);
  });

  it('not to one that runs: it is told to stop first', () => {
    expect(reasonOf(restoreRefusal({ ...stopped, ...running }, { state: 'READY', diskGib: 40 }))).toBe('STOP_FIRST');
  });

  it('one at a time', () => {
    const restoring = { ...stopped, restoringSnapshotId: 'other' };
    expect(reasonOf(restoreRefusal(restoring, { state: 'READY', diskGib: 40 }))).toBe('RESTORING');
  });

  it('not to a disk that has grown since', () => {
    expect(reasonOf(restoreRefusal(stopped, { state: 'READY', diskGib: 20 }))).toBe('SNAPSHOT_OF_OTHER_SIZE');
  });
});

describe('a restore is given up', () => {
  it('once, by whoever waits for it, and only while there is one', () => {
    const since = new Date('2026-11-29T01:00:00Z');
    expect(giveUpRefusal({ restoringSnapshotId: 's' }, { id: 's', restoreGivenUpAt: null })).toBeNull();
    expect(reasonOf(giveUpRefusal({ restoringSnapshotId: 's' }, { id: 's', restoreGivenUpAt: since }))).toBe(
      'GIVING_UP',
    );
    for (const restoringSnapshotId of [null, 't'])
      expect(reasonOf(giveUpRefusal({ restoringSnapshotId }, { id: 's', restoreGivenUpAt: null }))).toBe(
        'NOT_RESTORING',
      );
  });
});

describe('a snapshot is deleted', () => {
  it('unless it is being restored, or is on its way out already', () => {
    for (const state of SNAPSHOT_STATES)
      expect(reasonOf(deleteRefusal(stopped, { id: 's', state }))).toBe(
        state === 'DELETING' || state === 'GONE' ? 'DELETING' : null,
      );
    expect(reasonOf(deleteRefusal({ restoringSnapshotId: 's' }, { id: 's', state: 'READY' }))).toBe('RESTORING');
    expect(deleteRefusal({ restoringSnapshotId: 't' }, { id: 's', state: 'READY' })).toBeNull();
  });
});

describe('whoever operates a machine', () => {
  it('stands on the side through which he reaches it', () => {
    const machine = { departmentId: 'd1' };
    expect(sideOf(WHOLE_PROVINCE, machine)).toBe('PROVIDER');
    expect(sideOf({ kind: 'DEPARTMENTS', departmentIds: ['d1'] }, machine)).toBe('DEPARTMENT');
    expect(sideOf({ kind: 'DEPARTMENTS', departmentIds: [], systemIds: ['s1'] }, machine)).toBe('VENDOR');
  });

  it('says why when he is the center’s, and may when he is its department’s', () => {
    expect(checkOperatingReason('PROVIDER', ' ')).toHaveLength(1);
    expect(checkOperatingReason('PROVIDER', '值班处置')).toEqual([]);
    for (const side of ['DEPARTMENT', 'VENDOR'] as const) {
      expect(checkOperatingReason(side, '')).toEqual([]);
      expect(checkOperatingReason(side, '长'.repeat(501))).toHaveLength(1);
    }
  });
});
