import { describe, expect, it } from '@jest/globals';
import { anything, list, listByKey, map, object, set, string } from '../kinds/schema.js';
import { FieldSet } from './field-set.js';
import { compare, fieldsOf, merge, without } from './typed.js';

const schema = object({
  name: string,
  labels: map(string),
  finalizers: set(string),
  conditions: listByKey(['type'], object({ type: string, status: string })),
  disks: list(object({ name: string })),
  free: anything,
});

describe('typed values', () => {
  it('claim their leaves, and what is empty', () => {
    const claimed = fieldsOf(schema, { name: 'a', labels: {}, disks: [{ name: 'x' }], free: { deep: { key: 1 } } });
    expect(claimed.toFields()).toEqual({
      'f:name': {},
      'f:labels': {},
      'f:disks': {},
      'f:free': { 'f:deep': { '.': {}, 'f:key': {} } },
    });
  });

  it('tell what was added, removed and changed', () => {
    const before = { name: 'a', labels: { x: '1' }, conditions: [{ type: 'Ready', status: 'False' }] };
    const after = { name: 'b', conditions: [{ type: 'Ready', status: 'True' }], free: { key: 1 } };
    const { added, modified, removed } = compare(schema, before, after);
    expect(added.toFields()).toEqual({ 'f:free': { '.': {}, 'f:key': {} } });
    expect(removed.toFields()).toEqual({ 'f:labels': { '.': {}, 'f:x': {} } });
    expect(modified.toFields()).toEqual({ 'f:name': {}, 'f:conditions': { 'k:{"type":"Ready"}': { 'f:status': {} } } });
  });

  it('merge by key where lists have one, and replace whole where they have none', () => {
    const live = { finalizers: ['a'], conditions: [{ type: 'A', status: '1' }], disks: [{ name: 'x' }, { name: 'y' }] };
    const intent = {
      finalizers: ['b'],
      conditions: [
        { type: 'A', status: '2' },
        { type: 'B', status: '3' },
      ],
      disks: [{ name: 'z' }],
    };
    expect(merge(schema, live, intent)).toEqual({
      finalizers: ['a', 'b'],
      conditions: [
        { type: 'A', status: '2' },
        { type: 'B', status: '3' },
      ],
      disks: [{ name: 'z' }],
    });
  });

  it('lose what is taken away, and what held nothing else', () => {
    const gone = FieldSet.fromFields({ 'f:labels': { 'f:x': {} }, 'f:finalizers': { 'v:"a"': {} } });
    expect(without(schema, { name: 'n', labels: { x: '1' }, finalizers: ['a', 'b'] }, gone)).toEqual({
      name: 'n',
      finalizers: ['b'],
    });
  });
});
