import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type LiveRoom, liveRoomOf, type PluggableMachine, resizesLive } from './live-resize.js';

const room: LiveRoom = { vcpuMax: 16, memoryMibMax: 32_768 };
const pluggable: PluggableMachine = {
  clusterUpdatesLive: true,
  architecture: 'AMD64',
  hasAccelerators: false,
  takenOver: false,
  runs: true,
  migratable: true,
  restartRequired: false,
  room,
};
const from = { vcpu: 4, memoryMib: 8_192 };

describe('what a machine may become while it runs', () => {
  it('is what its cluster left it when it was started', () => {
    expect(liveRoomOf(pluggable)).toEqual(room);
    expect(liveRoomOf({ ...pluggable, room: null })).toBeNull();
  });

  it.each<[string, Partial<PluggableMachine>]>([
    ['whoever keeps its cluster has not said that it updates live', { clusterUpdatesLive: false }],
    ['it is of arm64', { architecture: 'ARM64' }],
    ['it has a card of its host’s', { hasAccelerators: true }],
    ['it ran before the console', { takenOver: true }],
    ['it does not run', { runs: false }],
    ['it cannot be moved live', { migratable: false }],
    ['its cluster waits for a restart', { restartRequired: true }],
  ])('is nothing where %s', (_why, over) => {
    expect(liveRoomOf({ ...pluggable, ...over })).toBeNull();
  });
});

describe('another size while it runs', () => {
  it.each([
    ['more vCPU', { vcpu: 8 }, true],
    ['as many vCPU as there is room for', { vcpu: 16 }, true],
    ['one vCPU over its room', { vcpu: 17 }, false],
    ['fewer vCPU', { vcpu: 2 }, false],
    ['more memory', { memoryMib: 16_384 }, true],
    ['as much memory as there is room for', { memoryMib: 32_768 }, true],
    ['2 MiB over its room', { memoryMib: 32_770 }, false],
    ['less memory', { memoryMib: 4_096 }, false],
    ['memory that is no whole number of blocks', { memoryMib: 8_193 }, false],
    ['more of both', { vcpu: 8, memoryMib: 16_384 }, true],
    ['more vCPU and less memory', { vcpu: 8, memoryMib: 4_096 }, false],
    ['fewer vCPU and more memory', { vcpu: 2, memoryMib: 16_384 }, false],
    ['neither', {}, true],
  ])('%s', (_what, over, live) => {
    expect(resizesLive(room, from, { ...from, ...over })).toBe(live);
  });

  it.each([
    ['too small a guest', { vcpu: 1, memoryMib: 512 }, { vcpu: 1, memoryMib: 1_022 }, room, false],
    ['the smallest guest', { vcpu: 1, memoryMib: 512 }, { vcpu: 1, memoryMib: 1_024 }, room, true],
    ['memory without room for any', from, { vcpu: 4, memoryMib: 16_384 }, { ...room, memoryMibMax: null }, false],
    ['vCPU without room for memory', from, { vcpu: 8, memoryMib: 8_192 }, { ...room, memoryMibMax: null }, true],
    ['vCPU without room for any', from, { vcpu: 8, memoryMib: 8_192 }, { ...room, vcpuMax: null }, false],
  ])('%s', (_what, now, to, left, live) => {
    expect(resizesLive(left, now, to)).toBe(live);
  });

  it('is never one that shrinks anything, or that goes over the room', () => {
    const size = fc.record({ vcpu: fc.nat({ max: 64 }), memoryMib: fc.nat({ max: 70_000 }) });
    const anyRoom = fc.option(
      fc.record({
        vcpuMax: fc.option(fc.nat({ max: 64 }), { nil: null }),
        memoryMibMax: fc.option(fc.nat({ max: 70_000 }), { nil: null }),
      }),
      { nil: null },
    );
    fc.assert(
      fc.property(anyRoom, size, size, (left, now, to) => {
        if (!resizesLive(left, now, to)) return;
        expect(left).not.toBeNull();
        expect(to.vcpu).toBeGreaterThanOrEqual(now.vcpu);
        expect(to.memoryMib).toBeGreaterThanOrEqual(now.memoryMib);
        if (to.vcpu > now.vcpu) expect(to.vcpu).toBeLessThanOrEqual(left?.vcpuMax as number);
        if (to.memoryMib > now.memoryMib) expect(to.memoryMib).toBeLessThanOrEqual(left?.memoryMibMax as number);
      }),
      { numRuns: 2_000 },
    );
  });
});
