import { describe, expect, it } from '@jest/globals';
import { sizeDifference, sizeWords } from './size-difference';

const recorded = { vcpu: 8, memoryMib: 16_384 };

describe('the difference between record and cluster', () => {
  it.each([
    [{ actualVcpu: 12, actualMemoryMib: 16_384 }, '+4 vCPU'],
    [{ actualVcpu: 8, actualMemoryMib: 8_192 }, '−8 GiB'],
    [{ actualVcpu: 4, actualMemoryMib: 32_768 }, '−4 vCPU · +16 GiB'],
    [{ actualVcpu: 8, actualMemoryMib: 16_384 }, null],
    [{ actualVcpu: null, actualMemoryMib: 16_384 }, null],
  ])('of %o is %s', (actual, words) => {
    expect(sizeDifference({ ...recorded, ...actual })).toBe(words);
  });

  it('says no size that the cluster does not say', () => {
    expect(sizeWords(null, 1_024)).toBeNull();
    expect(sizeWords(2, 1_536)).toBe('2 vCPU · 1.5 GiB');
  });
});
