import { describe, expect, it } from '@jest/globals';
import { afterObservation, type RowBefore } from './observed-rows.js';
import { NOT_COMPARED, type ResourceObservation } from './resources.types.js';

const NOW = new Date('2026-03-02T01:00:00Z');
const before: RowBefore = {
  id: 'r-1',
  state: 'PROVISIONING',
  generation: 2,
  version: 7,
  standby: false,
  claimId: 'c-1',
  requestId: 'q-1',
  monthlyFen: 100n,
  ...{ vcpu: 4, memoryMib: 8_192, diskGib: 100, storageTier: 'SSD' as const },
  ...{ deliveredAt: null, releasedAt: null, temporaryUntil: null, reviewFrom: null },
  ...{ restartUid: null, formerVcpu: null, formerMemoryMib: null, nodeName: null, instanceUid: null },
  ...{ leavingCenterId: null, leftAt: null },
};
const seen: ResourceObservation = {
  ...{ generation: 2, phase: 'RUNNING' as const, power: 'RUNNING' as const, nodeName: 'n-1', instanceUid: 'u-2' },
  ...{ addresses: ['10.8.0.7'], conditions: [], statusText: { zh: '运行中', en: 'Running' }, progressPercent: null },
  ...{ actual: NOT_COMPARED, observedAt: NOW },
};

describe('what a record says after a look', () => {
  it('is delivered by the first look at it running, and its first year begins', () => {
    const { events, resized, row, to } = afterObservation(before, seen, NOW);
    expect(to).toBe('IN_USE');
    expect(resized).toBe(false);
    expect(row).toMatchObject({ state: 'IN_USE', live: 1, version: 8, deliveredAt: NOW, reviewFrom: NOW });
    expect(events.map(({ kind }) => kind)).toEqual(['IN_USE']);
  });

  it('has no yearly review where its term is a date', () => {
    const { row } = afterObservation({ ...before, temporaryUntil: '2026-12-31' }, seen, NOW);
    expect(row).toMatchObject({ deliveredAt: NOW, reviewFrom: null });
  });

  it('is moved by no look at an older wish', () => {
    const { events, row, to } = afterObservation(before, { ...seen, generation: 1 }, NOW);
    expect(to).toBe('PROVISIONING');
    expect(row).toMatchObject({ version: 7, observedGeneration: 1, deliveredAt: null, power: 'RUNNING' });
    expect(events).toEqual([]);
  });

  it('keeps what no look changes', () => {
    const delivered = new Date('2026-01-01T00:00:00Z');
    const inUse = { ...before, state: 'IN_USE' as const, deliveredAt: delivered, reviewFrom: delivered };
    const { events, row } = afterObservation(
      { ...inUse, restartUid: 'u-2', formerVcpu: 8, formerMemoryMib: 1 },
      seen,
      NOW,
    );
    expect(row).toMatchObject({ version: 7, deliveredAt: delivered, reviewFrom: delivered, releasedAt: null });
    expect(row).toMatchObject({ restartUid: 'u-2', formerVcpu: 8, formerMemoryMib: 1 });
    expect(events).toEqual([]);
  });

  it('ends a restart with another instance, and a resize that was carried out', () => {
    const inUse = {
      ...before,
      state: 'IN_USE' as const,
      deliveredAt: NOW,
      restartUid: 'u-1',
      formerVcpu: 8,
      formerMemoryMib: 1,
    };
    const { events, resized, row } = afterObservation(inUse, { ...seen, resized: true }, NOW);
    expect(resized).toBe(true);
    expect(row).toMatchObject({ restartUid: null, formerVcpu: null, formerMemoryMib: null });
    expect(events.map(({ kind, size }) => [kind, size?.vcpu])).toEqual([['RESIZED', 4]]);
  });

  it('has the room of what runs, and none once nothing was said of it', () => {
    const liveRoom = { vcpuMax: 16, memoryMibMax: null };
    expect(afterObservation(before, { ...seen, liveRoom }, NOW).row.liveRoom).toEqual(liveRoom);
    expect(afterObservation(before, seen, NOW).row.liveRoom).toBeNull();
  });

  it('is over when all of it has gone', () => {
    const { row, to } = afterObservation({ ...before, state: 'RELEASING' }, { ...seen, phase: 'GONE' }, NOW);
    expect(to).toBe('RELEASED');
    expect(row).toMatchObject({ live: null, releasedAt: NOW, version: 8 });
  });
});
