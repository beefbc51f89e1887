import { describe, expect, it } from '@jest/globals';
import { object, set, string } from '../kinds/schema.js';
import { jsonPatch } from './json-patch.js';
import { strategicMerge } from './strategic-merge.js';

describe('jsonPatch', () => {
  const target = { a: { 'x/y': 1 }, list: [1, 2] };

  it('does every operation, on a copy', () => {
    const patched = jsonPatch(target, [
      { op: 'test', path: '/a/x~1y', value: 1 },
      { op: 'add', path: '/list/1', value: 9 },
      { op: 'add', path: '/list/-', value: 3 },
      { op: 'copy', from: '/a', path: '/b' },
      { op: 'move', from: '/a/x~1y', path: '/c' },
      { op: 'replace', path: '/list/0', value: 7 },
      { op: 'remove', path: '/list/2' },
    ]);
    expect(patched).toEqual({ a: {}, b: { 'x/y': 1 }, c: 1, list: [7, 9, 3] });
    expect(target).toEqual({ a: { 'x/y': 1 }, list: [1, 2] });
  });

  it.each([
    [{ op: 'test', path: '/c', value: 1 }],
    [{ op: 'remove', path: '/c' }],
    [{ op: 'replace', path: '/c', value: 1 }],
    [{ op: 'add', path: '/list/9', value: 1 }],
    [{ op: 'turn', path: '/a' }],
  ])('refuses %j', (operation) => {
    expect(() => jsonPatch(target, [operation])).toThrow('the server rejected our request');
  });
});

describe('strategicMerge', () => {
  const schema = object({ metadata: object({ finalizers: set(string), labels: object({}) }) });

  it('merges sets, and takes from them when told', () => {
    const live = { metadata: { finalizers: ['a', 'b'] } };
    expect(strategicMerge(schema, live, { metadata: { finalizers: ['c'] } })).toEqual({
      metadata: { finalizers: ['a', 'b', 'c'] },
    });
    const patch = { metadata: { '$deleteFromPrimitiveList/finalizers': ['a'], '$setElementOrder/finalizers': ['b'] } };
    expect(strategicMerge(schema, live, patch)).toEqual({ metadata: { finalizers: ['b'] } });
  });
});
