import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { labelValue } from './marks.js';

const LABEL = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;

describe('a label value', () => {
  it.each([
    ['SQ-2026-000123', 'SQ-2026-000123'],
    ['财政', 'x_8d22__653f_x'],
    ['-a', 'x_2d_ax'],
    ['x'.repeat(64), undefined],
  ])('of %s is %s', (code, value) => {
    expect(labelValue(code)).toBe(value);
  });

  it('is always one that Kubernetes takes', () => {
    fc.assert(fc.property(fc.string({ maxLength: 30 }), (code) => expect(labelValue(code) ?? 'none').toMatch(LABEL)));
  });
});
