import { describe, expect, test } from '@jest/globals';
import { Bindings, UnboundPlaceholder } from './placeholders.ts';

const uid = (last: string) => `3f0c3c34-8b1c-4d1c-9a58-4a6bb4a6a6a${last}`;
const bound = (...matches: readonly [string, string][]): Bindings => {
  const bindings = new Bindings('run0');
  for (const [expected, got] of matches) expect(bindings.match(expected, got)).toBe(true);
  return bindings;
};

describe('a placeholder', () => {
  test('keeps the first value it met', () => {
    const bindings = bound(['<uid:web>', uid('1')]);
    expect(bindings.match('<uid:web>', uid('1'))).toBe(true);
    expect(bindings.match('<uid:web>', uid('2'))).toBe(false);
    expect(bindings.fill('/of/<uid:web>/in/<run>')).toBe(`/of/${uid('1')}/in/run0`);
  });

  test('has a shape', () => {
    const bindings = new Bindings('run0');
    expect(bindings.match('<uid:web>', 'web')).toBe(false);
    expect(bindings.match('<rv:web.1>', '0')).toBe(false);
    expect(bindings.match('<time>', '2026-11-24T00:00:00.5Z')).toBe(false);
    expect(bindings.match('<time>', '2026-11-24T00:00:00Z')).toBe(true);
    expect(bindings.match('<age>', '2m10s')).toBe(true);
  });

  test('without a name is not bound', () => {
    const bindings = bound(['<rv>', '5'], ['<rv>', '6']);
    expect(() => bindings.fill('<rv>')).toThrow(UnboundPlaceholder);
  });

  test('stands inside a text that is otherwise literal', () => {
    const bindings = bound(['uid (<uid:web>) of a.b', `uid (${uid('1')}) of a.b`]);
    expect(bindings.match('(<uid:web>).', `(${uid('1')})x`)).toBe(false);
  });

  test('cannot be asked for before it is bound', () => {
    expect(() => new Bindings('run0').fill('<at:1>')).toThrow(UnboundPlaceholder);
  });
});

describe('values that may not be', () => {
  test('one uid of two objects', () => {
    expect(bound(['<uid:web>', uid('1')]).match('<uid:db>', uid('1'))).toBe(false);
  });

  test('one resourceVersion of two revisions', () => {
    expect(bound(['<rv:web.1>', '7']).match('<rv:db.1>', '7')).toBe(false);
  });

  test('revisions of one object that do not grow', () => {
    const bindings = bound(['<rv:web.2>', '10']);
    expect(bindings.match('<rv:web.1>', '11')).toBe(false);
    expect(bindings.match('<rv:web.3>', '9')).toBe(false);
    expect(bindings.match('<rv:web.1>', '9')).toBe(true);
  });

  test('a list older than what is in it', () => {
    const bindings = bound(['<rv:web.1>', '10']);
    expect(bindings.match('<at:1>', '9')).toBe(false);
    expect(bindings.match('<at:1>', '10')).toBe(true);
  });

  test('a failed match binds nothing', () => {
    const bindings = bound(['<rv:web.1>', '10']);
    expect(bindings.match('<uid:db> <rv:db.1>', `${uid('1')} 10`)).toBe(false);
    expect(bindings.match('<uid:other>', uid('1'))).toBe(true);
  });
});
