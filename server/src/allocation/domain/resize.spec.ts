import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { MachineSize } from './capacity.js';
import { modesOf, type StandingShare, shareChange } from './dr-change.js';
import type { ShareWish } from './dr-shares.js';
import {
  isNothing,
  isOtherCompute,
  resizeDelta,
  resizedClaims,
  type SizeAmounts,
  sizeObjection,
  whileResizing,
} from './resize.js';

const sizes: fc.Arbitrary<SizeAmounts> = fc.record({
  vcpu: fc.integer({ min: 0, max: 128 }),
  memoryMib: fc.integer({ min: 0, max: 1_048_576 }),
  diskGib: fc.integer({ min: 0, max: 32_768 }),
});
const parts = ['vcpu', 'memoryMib', 'diskGib'] as const;

describe('the difference between two sizes', () => {
  it('is what is more and what is less, never both of one amount, and leads from the one to the other', () => {
    fc.assert(
      fc.property(sizes, sizes, (from, to) => {
        const { grows, shrinks } = resizeDelta(from, to);
        const meanwhile = whileResizing(from, to);
        for (const part of parts) {
          expect(grows[part] === 0 || shrinks[part] === 0).toBe(true);
          expect(grows[part] >= 0 && shrinks[part] >= 0).toBe(true);
          expect(from[part] + grows[part]).toBe(meanwhile[part]);
          expect(meanwhile[part] - shrinks[part]).toBe(to[part]);
        }
      }),
    );
  });

  it('of the same size is nothing', () => {
    fc.assert(
      fc.property(sizes, (size) => {
        const { grows, shrinks } = resizeDelta(size, size);
        expect([isNothing(grows), isNothing(shrinks), isOtherCompute(size, size)]).toEqual([true, true, false]);
      }),
    );
  });

  it('refuses a smaller disk, and only that', () => {
    fc.assert(
      fc.property(sizes, sizes, (from, to) => {
        expect(sizeObjection(from, to) !== null).toBe(to.diskGib < from.diskGib);
      }),
    );
  });
});

describe('what the claims of a line come to', () => {
  const full = fc.record({
    vcpu: fc.integer({ min: 1, max: 64 }),
    memoryMib: fc.integer({ min: 512, max: 262_144 }),
    diskGib: fc.integer({ min: 20, max: 2_000 }),
    storageTier: fc.constant('SSD' as const),
  });

  it('of a standby share is its ratio of the whole line, rounded up once; of running ones all, of data the disk alone', () => {
    fc.assert(
      fc.property(full, fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 100 }), (size, count, ratio) => {
        const claims = (share: 'MAIN_A' | 'RECOVERY', standing: 'RUNNING' | 'STANDBY' | 'DATA') =>
          Array.from({ length: count }, (_, n) => ({ ...size, claimId: `${share}${standing}${n}`, share, standing }));
        const sum = (standing: 'RUNNING' | 'STANDBY' | 'DATA', of: (to: MachineSize) => number) =>
          resizedClaims(claims(standing === 'RUNNING' ? 'MAIN_A' : 'RECOVERY', standing), size, ratio).reduce(
            (total, { to }) => total + of(to),
            0,
          );
        expect(sum('RUNNING', ({ vcpu }) => vcpu)).toBe(size.vcpu * count);
        expect(sum('STANDBY', ({ vcpu }) => vcpu)).toBe(Math.ceil((size.vcpu * count * ratio) / 100));
        expect(sum('STANDBY', ({ diskGib }) => diskGib)).toBe(size.diskGib * count);
        expect(sum('DATA', ({ vcpu, memoryMib }) => vcpu + memoryMib)).toBe(0);
      }),
    );
  });
});

describe('shares of another mode', () => {
  const wish = (share: ShareWish['share'], standing: ShareWish['standing'], centerId: string): ShareWish => ({
    ...{ share, standing, centerIds: [centerId], owed: false, count: 1 },
  });
  const main: StandingShare = { share: 'MAIN', standing: 'RUNNING', centerId: 'a' };

  it('keep what stands where it is, under its new name, and miss the rest', () => {
    const up = shareChange([main], [wish('MAIN_A', 'RUNNING', 'a'), wish('MAIN_B', 'RUNNING', 'b')]);
    expect(up.kept).toEqual([{ from: main, share: 'MAIN_A' }]);
    expect(up.missing.map(({ share }) => share)).toEqual(['MAIN_B']);
    expect(up.surplus).toEqual([]);
  });

  it('have too many of what nobody wishes any more, data that becomes a machine too', () => {
    const data: StandingShare = { share: 'RECOVERY', standing: 'DATA', centerId: 'r' };
    const changed = shareChange([main, data], [wish('MAIN', 'RUNNING', 'a'), wish('RECOVERY', 'STANDBY', 'r')]);
    expect([changed.surplus, changed.missing.length, changed.kept.length]).toEqual([[data], 1, 1]);
  });

  it('amount to the modes that they were made by', () => {
    expect(modesOf([main])).toEqual({ localMode: 'SINGLE', remoteMode: 'NONE' });
    expect(
      modesOf([
        { share: 'MAIN_B', standing: 'RUNNING' },
        { share: 'RECOVERY', standing: 'DATA' },
      ]),
    ).toEqual({
      localMode: 'DUAL_ACTIVE',
      remoteMode: 'DATA',
    });
    expect(modesOf([main, { share: 'RECOVERY', standing: 'STANDBY' }]).remoteMode).toBe('APPLICATION');
  });
});
