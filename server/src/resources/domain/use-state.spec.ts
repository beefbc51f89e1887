import { describe, expect, it } from '@jest/globals';
import { USE_MAX_AGE_MS, useStateOf } from './use-state.js';

const NOW = new Date('2026-11-29T06:00:00.000Z');
const ago = (ms: number) => new Date(NOW.getTime() - ms);

describe('whether it is known what a machine uses now', () => {
  it.each([
    ['heard just now', true, ago(0), 'CURRENT'],
    ['heard as long ago as may be', true, ago(USE_MAX_AGE_MS), 'CURRENT'],
    ['heard too long ago', true, ago(USE_MAX_AGE_MS + 1), 'OLD'],
    ['never heard of', true, null, 'NEVER'],
    ['on record only, whatever was once heard', false, ago(0), 'NOT_MEASURED'],
  ] as const)('%s', (_what, measured, last, state) => {
    expect(useStateOf(measured, last, NOW)).toBe(state);
  });
});
