import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { LineContent } from './content.js';
import { type EditedLine, editLines, LINES_PER_EDIT_MAX, type LineEdit } from './line-edits.js';

const RUNS = 200;

const line = (name: string): LineContent => ({
  kind: 'SERVER',
  name,
  count: 1,
  centerId: null,
  localMode: null,
  remoteMode: null,
  vm: null,
  server: { offerId: 'offer' },
  cabinet: null,
  service: null,
});
const kept = (...names: string[]): EditedLine[] => names.map((name) => ({ id: `id-${name}`, content: line(name) }));
const namesAfter = (before: readonly EditedLine[], edit: LineEdit): string[] | string => {
  const after = editLines(before, edit);
  if (after.ok) return after.value.lines.map(({ content }) => content.name);
  const [refusal] = after.error;
  return refusal?.code === 'INVALID_INPUT' ? refusal.rule : (refusal?.code ?? '');
};

describe('editLines', () => {
  const before = kept('a', 'b', 'c');

  it.each<[string, LineEdit, string[] | string]>([
    ['adds behind the last', { kind: 'ADD', lines: [line('x')], at: null }, ['a', 'b', 'c', 'x']],
    ['adds before a place', { kind: 'ADD', lines: [line('x'), line('y')], at: 1 }, ['a', 'x', 'y', 'b', 'c']],
    ['adds nothing beyond the last place', { kind: 'ADD', lines: [line('x')], at: 4 }, 'place'],
    ['adds no nothing', { kind: 'ADD', lines: [], at: null }, 'range'],
    ['changes one', { kind: 'CHANGE', lineId: 'id-b', line: line('x') }, ['a', 'x', 'c']],
    ['changes none that is not there', { kind: 'CHANGE', lineId: 'id-z', line: line('x') }, 'UNKNOWN_REFERENCE'],
    ['changes none by what is no id', { kind: 'CHANGE', lineId: undefined, line: line('x') }, 'UNKNOWN_REFERENCE'],
    ['takes some out', { kind: 'REMOVE', lineIds: ['id-a', 'id-c'] }, ['b']],
    ['leaves one line at least', { kind: 'REMOVE', lineIds: ['id-a', 'id-b', 'id-c'] }, 'lastLine'],
    ['moves one up', { kind: 'MOVE', lineId: 'id-c', to: 0 }, ['c', 'a', 'b']],
    ['moves one down', { kind: 'MOVE', lineId: 'id-a', to: 2 }, ['b', 'c', 'a']],
    ['moves none out', { kind: 'MOVE', lineId: 'id-a', to: 3 }, 'place'],
  ])('%s', (_, edit, expected) => expect(namesAfter(before, edit)).toEqual(expected));

  it('brings 100 lines at once, and a request has 1,000 at most', () => {
    const many = (n: number) => Array.from({ length: n }, (_, at) => line(`n${at}`));
    expect(namesAfter(before, { kind: 'ADD', lines: many(LINES_PER_EDIT_MAX), at: null })).toHaveLength(103);
    expect(namesAfter(before, { kind: 'ADD', lines: many(LINES_PER_EDIT_MAX + 1), at: null })).toBe('range');
    const nearlyFull = kept(...Array.from({ length: 950 }, (_, at) => `k${at}`));
    expect(namesAfter(nearlyFull, { kind: 'ADD', lines: many(51), at: null })).toBe('linesMax');
    expect(namesAfter(nearlyFull, { kind: 'ADD', lines: many(50), at: null })).toHaveLength(1_000);
  });

  it('tells what is wrong with a line at the place of the edit that brought it', () => {
    const added = editLines(before, { kind: 'ADD', lines: [line('x'), line('y')], at: 1 });
    if (!added.ok) throw new Error('refused');
    expect([0, 1, 2, 3].map(added.value.pathOf)).toEqual([null, ['lines', '0'], ['lines', '1'], null]);
  });

  it('leaves every other line as it was, with its id and in its order, whatever is done', () => {
    const edit = fc.oneof(
      fc.record({ kind: fc.constant('ADD' as const), lines: fc.constant([line('x')]), at: fc.nat(6) }),
      fc.record({
        kind: fc.constant('CHANGE' as const),
        lineId: fc.constantFrom('id-a', 'id-e'),
        line: fc.constant(line('y')),
      }),
      fc.record({ kind: fc.constant('REMOVE' as const), lineIds: fc.subarray(['id-b', 'id-d'], { minLength: 1 }) }),
      fc.record({ kind: fc.constant('MOVE' as const), lineId: fc.constantFrom('id-c', 'id-a'), to: fc.nat(6) }),
    );
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 12 }), (edits) => {
        let now: readonly EditedLine[] = kept('a', 'b', 'c', 'd', 'e');
        for (const one of edits) {
          const after = editLines(now, one);
          if (!after.ok) continue;
          const touched = new Set(one.kind === 'REMOVE' ? one.lineIds : one.kind === 'ADD' ? [] : [one.lineId]);
          const others = (lines: readonly EditedLine[]) => lines.filter(({ id }) => id !== null && !touched.has(id));
          expect(others(after.value.lines)).toEqual(others(now));
          now = after.value.lines;
        }
        const ids = now.flatMap(({ id }) => id ?? []);
        expect(new Set(ids).size).toBe(ids.length);
      }),
      { numRuns: RUNS },
    );
  });
});
