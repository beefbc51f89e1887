import { describe, expect, it } from '@jest/globals';
import { FieldSet, pathText } from './field-set.js';

const fields = {
  'f:metadata': { 'f:labels': { '.': {}, 'f:tier': {} } },
  'f:spec': { 'f:volumes': {}, 'f:domain': { 'f:cpu': {} } },
};

describe('FieldSet', () => {
  it('reads and writes FieldsV1 unchanged', () => {
    expect(FieldSet.fromFields(fields).toFields()).toEqual(fields);
  });

  it('names members of a level before what is deeper', () => {
    const texts = [...FieldSet.fromFields(fields).paths()].map(pathText);
    expect(texts).toEqual(['.metadata.labels', '.metadata.labels.tier', '.spec.volumes', '.spec.domain.cpu']);
  });

  it('prints elements of keyed lists and sets', () => {
    expect(pathText(['f:conditions', 'k:{"type":"Ready"}'])).toBe('.conditions[type="Ready"]');
    expect(pathText(['f:finalizers', 'v:"hold"'])).toBe('.finalizers[="hold"]');
  });

  it('unites, intersects and takes away', () => {
    const a = FieldSet.fromFields({ 'f:a': {}, 'f:b': { 'f:c': {} } });
    const b = FieldSet.fromFields({ 'f:b': { 'f:c': {}, 'f:d': {} } });
    expect(a.union(b).toFields()).toEqual({ 'f:a': {}, 'f:b': { 'f:c': {}, 'f:d': {} } });
    expect(a.intersection(b).toFields()).toEqual({ 'f:b': { 'f:c': {} } });
    expect(a.difference(b).toFields()).toEqual({ 'f:a': {} });
    expect(a.difference(a).isEmpty).toBe(true);
  });
});
