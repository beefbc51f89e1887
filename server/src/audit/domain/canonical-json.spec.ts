import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from './canonical-json.js';

describe(canonicalJson, () => {
  it('is JSON that says the same, so that different values have different texts', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('does not depend on the order of fields, at any depth', () => {
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reversed);
      if (value === null || typeof value !== 'object') return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([k, v]) => [k, reversed(v)]),
      );
    };
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
      }),
    );
  });

  it('writes dates, big integers, absent fields and class instances', () => {
    class Input {
      b = 2n;
      a = new Date('2026-11-24T08:00:00.000Z');
      c: string | undefined = undefined;
    }
    expect(canonicalJson(new Input())).toBe('{"a":"2026-11-24T08:00:00.000Z","b":"2"}');
    expect(canonicalJson(Object.assign(Object.create(null), { x: [undefined] }))).toBe('{"x":[null]}');
  });

  it.each([
    Number.NaN,
    Number.POSITIVE_INFINITY,
    undefined,
    () => 1,
    Symbol('x'),
    new Map(),
    new Set(),
    new Uint8Array(1),
  ])('refuses %p rather than guess', (value) => {
    expect(() => canonicalJson({ value: value === undefined ? [canonicalJson(value)] : value })).toThrow(TypeError);
  });
});
