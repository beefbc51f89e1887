import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { withoutRecord } from './quarantine-notices.js';
import { nameOf, passOver, type SeenObject, type StandingCase } from './quarantine-pass.js';
import { actionsOf, after, isToBeHalted, PASSES_BEFORE_HALT, QUARANTINE_STATES } from './quarantine-state.js';

const object = (name: string, uid = `uid-${name}`): SeenObject => ({
  ...{ objectKind: 'VirtualMachine', objectNamespace: 'dept-a', objectName: name, uid },
  ...{ cause: 'UNLABELLED', claimedId: null, power: 'RUNNING' },
});
const standing = (name: string, more: Partial<StandingCase> = {}): StandingCase => ({
  ...object(name),
  ...{ id: name, state: 'NEW', passes: 1, version: 1 },
  ...more,
});
const names = fc.uniqueArray(fc.constantFrom<string>('a', 'b', 'c', 'd', 'e'));

describe('a complete look', () => {
  it('leaves each object in exactly one place: new, still standing, or ended', () => {
    fc.assert(
      fc.property(names, names, names, (known, seen, there) => {
        const pass = passOver(
          known.map((name) => standing(name)),
          seen.map((name) => object(name)),
          ({ objectName }) => there.includes(objectName),
        );
        expect(pass.fresh.map(({ objectName }) => objectName)).toEqual(seen.filter((name) => !known.includes(name)));
        expect(pass.again.map((each) => each.known.id)).toEqual(known.filter((name) => seen.includes(name)));
        expect(pass.ended.map((each) => [each.known.id, each.as])).toEqual(
          known.filter((name) => !seen.includes(name)).map((name) => [name, there.includes(name) ? 'BOUND' : 'GONE']),
        );
      }),
    );
  });

  it('writes nothing when it says nothing new', () => {
    const known = [standing('a', { passes: PASSES_BEFORE_HALT })];
    expect(passOver(known, [object('a')], () => true)).toEqual({ fresh: [], again: [], ended: [] });
  });

  it('takes another object of the same name for another', () => {
    const pass = passOver([standing('a')], [object('a', 'uid-other')], () => false);
    expect(pass.fresh.map(nameOf)).toEqual(['VirtualMachine dept-a/a uid-other']);
    expect(pass.ended.map(({ as }) => as)).toEqual(['GONE']);
  });
});

describe('stopping a machine without a record', () => {
  const ordered = { state: 'QUARANTINED', objectKind: 'VirtualMachine', passes: PASSES_BEFORE_HALT } as const;

  it('waits for as many complete looks as are named, and for a center that has records', () => {
    expect(isToBeHalted(ordered, 1)).toBe(true);
    expect(isToBeHalted({ ...ordered, passes: PASSES_BEFORE_HALT - 1 }, 1)).toBe(false);
    expect(isToBeHalted(ordered, 0)).toBe(false);
  });

  it('is done in no other state and of no other kind', () => {
    for (const state of QUARANTINE_STATES) expect(isToBeHalted({ ...ordered, state }, 1)).toBe(state === 'QUARANTINED');
    expect(isToBeHalted({ ...ordered, objectKind: 'DataVolume' }, 1)).toBe(false);
    expect(actionsOf({ state: 'NEW', objectKind: 'DataVolume' })).toEqual(['KNOW']);
    expect(after({ state: 'GONE', objectKind: 'VirtualMachine' }, 'QUARANTINE')).toBeUndefined();
  });
});

describe('the alarm', () => {
  it('is one for all that one look has found, and names the first of them', () => {
    const found = ['a', 'b', 'c', 'd'].map((name) => ({ ...object(name), id: name }));
    const { onceKey, text } = withoutRecord('主中心', found);
    expect(onceKey).toBe('quarantine/a');
    expect(text.zh).toBe(
      '主中心的集群中发现 4 个无账对象：VirtualMachine dept-a/a, VirtualMachine dept-a/b, VirtualMachine dept-a/c 等，请核实',
    );
  });
});
