import { describe, expect, it } from '@jest/globals';
import { secret } from '../kinds/core.js';
import { fieldSelector, labelSelector } from './selectors.js';

const of = (labels: Record<string, string>) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'n', labels },
  type: 'Opaque',
});

describe('labelSelector', () => {
  it.each([
    ['a=1', { a: '1' }, true],
    ['a==1,b', { a: '1' }, false],
    ['a!=1', {}, true],
    ['a in (1, 2)', { a: '2' }, true],
    ['a notin (1,2),!b', { a: '3' }, true],
    ['!a', { a: '' }, false],
    ['example.com/a=x.y', { 'example.com/a': 'x.y' }, true],
    ['', { a: '1' }, true],
  ] as const)('%s', (text, labels, expected) => {
    expect(labelSelector(text)(of(labels))).toBe(expected);
  });

  it.each([
    ['a in 1', "unable to parse requirement: found '1' expected: '('"],
    ['a=(1)', "unable to parse requirement: found '(', expected: identifier"],
    ['a b', "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"],
    ['=1', "found '=', expected: !, identifier, or 'end of string'"],
    ['a,,b', "found ',', expected: identifier after ','"],
    ['a in (b', "unable to parse requirement: found '', expected: ',' or ')'"],
  ])('refuses %s in the words of a real server', (text, words) => {
    expect(() => labelSelector(text)).toThrow(words);
  });

  it('takes what stands empty between parentheses for the empty value', () => {
    const selects = labelSelector('a in (,b)');
    expect([{ a: '' }, { a: 'b' }, {}].map((labels) => selects(of(labels as Record<string, string>)))).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('compares numbers', () => {
    const selects = labelSelector('a>3');
    expect(['3', '4', 'x'].map((a) => selects(of({ a })))).toEqual([false, true, false]);
  });
});

describe('fieldSelector', () => {
  it('selects by name, namespace and what the kind allows', () => {
    expect(fieldSelector(secret, 'metadata.name=n,type!=x')(of({}))).toBe(true);
    expect(fieldSelector(secret, 'metadata.namespace=other')(of({}))).toBe(false);
    expect(() => fieldSelector(secret, 'data.x=1')).toThrow('field label not supported: data.x');
  });
});
