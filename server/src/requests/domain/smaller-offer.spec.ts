import { describe, expect, it } from '@jest/globals';
import { nextSmaller } from './smaller-offer.js';

const offer = (id: string, vcpu: number, memoryGib: number, more: object = {}) => ({
  ...{ id, vcpu, memoryMib: memoryGib * 1_024, architecture: 'ARM64' as const, domesticCpu: true },
  ...more,
});
const present = offer('8c16', 8, 16);

describe('the next smaller size', () => {
  it('is the biggest of those that are no bigger in anything and smaller in something', () => {
    const offered = [offer('2c4', 2, 4), offer('4c8', 4, 8), offer('8c8', 8, 8), offer('4c32', 4, 32), present];
    expect(nextSmaller(present, offered)?.id).toBe('8c8');
  });

  it('is of the same architecture and the same promise of its processors', () => {
    const offered = [offer('x86', 4, 8, { architecture: 'AMD64' }), offer('foreign', 4, 8, { domesticCpu: false })];
    expect(nextSmaller(present, offered)).toBeNull();
  });
});
