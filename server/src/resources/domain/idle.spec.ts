import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { idleEvidence, isIdle, windowFrom } from './idle.js';
import { INITIAL_LIFE_POLICY as POLICY } from './life-policy.js';
import { CPU_TARGET, MEMORY_TARGET, neededOf, type OfferedSize, smallerOffer } from './right-size.js';

const idle = { days: 30, cpuP95: 300, memoryP95: 1_200 };

describe('an idle machine', () => {
  it.each([
    ['little of both on every day', idle, true],
    ['just days enough', { ...idle, days: 20 }, true],
    ['a day too few', { ...idle, days: 19 }, false],
    ['CPU just below', { ...idle, cpuP95: 499 }, true],
    ['CPU at the bound', { ...idle, cpuP95: 500 }, false],
    ['memory just below', { ...idle, memoryP95: 1_999 }, true],
    ['memory at the bound', { ...idle, memoryP95: 2_000 }, false],
    ['CPU unknown', { ...idle, cpuP95: null }, false],
    ['memory unknown', { ...idle, memoryP95: null }, false],
  ])('%s', (_what, window, is) => {
    expect(isIdle(window, POLICY)).toBe(is);
    expect(idleEvidence(window, POLICY) !== null).toBe(is);
  });

  it('is said with its figures', () => {
    const evidence = idleEvidence(idle, POLICY);
    expect(evidence?.text.zh).toContain('30 天');
    expect(evidence?.figures.map(({ value }) => value.zh)).toEqual(['3.0%', '12.0%', '30 / 30 天']);
  });

  it('is judged by a window that ends with today in Shanghai', () => {
    expect(windowFrom(new Date('2026-11-28T15:59:59.999Z'), POLICY)).toBe('2026-10-30');
    expect(windowFrom(new Date('2026-11-28T16:00:00.000Z'), POLICY)).toBe('2026-10-31');
  });
});

const offer = (id: string, vcpu: number, gib: number, other: Partial<OfferedSize> = {}): OfferedSize => ({
  ...{ id, vcpu, memoryMib: gib * 1_024, architecture: 'AMD64', domesticCpu: false },
  ...{ accelerator: null, acceleratorCount: 0, status: 'OFFERED', ...other },
});
const big = offer('big', 16, 64);
const offers = [
  big,
  offer('s', 2, 4),
  offer('m', 4, 16),
  offer('l', 8, 32),
  offer('arm', 4, 16, { architecture: 'ARM64' }),
  offer('own', 4, 16, { domesticCpu: true }),
  offer('gone', 3, 15, { status: 'WITHDRAWN' }),
  offer('card', 4, 16, { accelerator: 'A', acceleratorCount: 1 }),
];
/** Shares of the big one. */
const seen = (cpuP95: number, memoryP95: number, days = 30) => ({
  ...{ days, cpuNeed: big.vcpu * cpuP95, memoryNeed: big.memoryMib * memoryP95 },
});

describe('a smaller size', () => {
  it.each([
    ['a little of both', seen(1_000, 1_500), 'm'],
    ['memory decides', seen(500, 3_500), 'l'],
    ['nearly nothing', seen(100, 100), 's'],
    ['enough to do', seen(7_000, 6_000), null],
    ['days too few', seen(1_000, 1_500, 19), null],
  ])('for %s', (_what, window, id) => {
    expect(smallerOffer(big, big, offers, window, POLICY.IDLE_SEEN_DAYS)?.id ?? null).toBe(id);
  });

  it('is judged by what was needed, not by shares of a size that it no longer has', () => {
    // It was twice as big on the day when it needed most: half of that is all of what it has now.
    const now = offer('l', 8, 32);
    expect(smallerOffer(now, now, offers, seen(5_000, 5_000), 20)).toBeNull();
  });

  it('never leaves less than was needed, and is never as big as it was', () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.nat(10_000), (cpu, memory) => {
        const found = smallerOffer(big, big, offers, seen(cpu, memory), 20);
        if (found === null) return;
        const needed = neededOf(big.vcpu * cpu, big.memoryMib * memory);
        expect(found.vcpu * CPU_TARGET * 10_000).toBeGreaterThanOrEqual(big.vcpu * cpu);
        expect(found.memoryMib * MEMORY_TARGET * 10_000 + 1).toBeGreaterThanOrEqual(big.memoryMib * memory);
        expect(found.vcpu).toBeGreaterThanOrEqual(needed.vcpu);
        expect(found.vcpu + found.memoryMib).toBeLessThan(big.vcpu + big.memoryMib);
      }),
    );
  });
});
