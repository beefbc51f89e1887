import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type BookedInterval, changeOfBook, type IntervalKey, keyText } from './interval-versions.js';
import { type Interval, intervalsOf, type MeteredUse, type UseFact, type UseOwner } from './intervals.js';
import { quantitiesOfMachine, quantitiesOfSpace } from './meter-units.js';

const at = (text: string): Date => new Date(`${text.replace(' ', 'T')}:00+08:00`);
const fact = (id: string, moment: string, quantities: UseFact['quantities']): UseFact => ({
  id,
  at: at(moment),
  quantities,
});
const owner: UseOwner = {
  ...{ departmentId: 'd', systemId: 's', projectId: 'p', centerId: 'c', architecture: 'ARM64', share: 'MAIN' },
};

function use(more: Partial<MeteredUse> = {}): MeteredUse {
  return {
    ...{ resourceId: 'r', subjectId: 'r', kind: 'MACHINE', owner },
    begins: at('2026-11-03 10:00'),
    ends: null,
    facts: [fact('1', '2026-11-01 09:00', { VCPU: 4 })],
    disputed: [],
    ...more,
  };
}
const said = (intervals: readonly Interval[]) =>
  intervals.map(({ meter, from, to, quantity, suspended }) => [
    meter,
    from.toISOString(),
    to?.toISOString() ?? null,
    quantity,
    ...(suspended ? ['SUSPENDED'] : []),
  ]);

describe('intervals of use', () => {
  it('are none of what is held or being made, and none before delivery (ManageIQ#13373)', () => {
    expect(intervalsOf(use({ begins: null }))).toEqual([]);
    expect(intervalsOf(use())[0]?.from).toEqual(at('2026-11-03 10:00'));
  });

  it('end at the release, whatever the record says afterwards (cloudstack#9888, #5662)', () => {
    const facts = [
      fact('1', '2026-11-01 09:00', { VCPU: 4 }),
      fact('3', '2026-11-20 09:00', { VCPU: 8 }),
      fact('2', '2026-11-10 09:00', { VCPU: 6 }),
    ];
    expect(said(intervalsOf(use({ facts, ends: at('2026-11-15 12:00') })))).toEqual([
      ['VCPU', '2026-11-03T02:00:00.000Z', '2026-11-10T01:00:00.000Z', 4],
      ['VCPU', '2026-11-10T01:00:00.000Z', '2026-11-15T04:00:00.000Z', 6],
    ]);
  });

  it('are none of what ended as it was delivered', () => {
    expect(intervalsOf(use({ ends: at('2026-11-03 10:00') }))).toEqual([]);
  });

  it('are cut only on the meter that changes', () => {
    const facts = [
      fact('1', '2026-11-01 09:00', { VCPU: 4, MEMORY_GIB: 8_192 }),
      fact('2', '2026-11-10 09:00', { VCPU: 8, MEMORY_GIB: 8_192 }),
    ];
    expect(said(intervalsOf(use({ facts })))).toEqual([
      ['MEMORY_GIB', '2026-11-03T02:00:00.000Z', null, 8_192],
      ['VCPU', '2026-11-03T02:00:00.000Z', '2026-11-10T01:00:00.000Z', 4],
      ['VCPU', '2026-11-10T01:00:00.000Z', null, 8],
    ]);
  });

  it('have a hole where there is nothing of a meter', () => {
    const facts = [
      fact('1', '2026-11-01 09:00', { POWER_KW: 500 }),
      fact('2', '2026-11-10 09:00', { POWER_KW: 0 }),
      fact('3', '2026-11-12 09:00', { POWER_KW: 500 }),
    ];
    expect(intervalsOf(use({ facts })).map(({ from, to }) => [from, to])).toEqual([
      [at('2026-11-03 10:00'), at('2026-11-10 09:00')],
      [at('2026-11-12 09:00'), null],
    ]);
  });

  it('are suspended while the delivery is disputed, and only then', () => {
    const disputed = [{ from: at('2026-11-04 10:00'), to: at('2026-11-06 10:00') }];
    expect(said(intervalsOf(use({ disputed })))).toEqual([
      ['VCPU', '2026-11-03T02:00:00.000Z', '2026-11-04T02:00:00.000Z', 4],
      ['VCPU', '2026-11-04T02:00:00.000Z', '2026-11-06T02:00:00.000Z', 4, 'SUSPENDED'],
      ['VCPU', '2026-11-06T02:00:00.000Z', null, 4],
    ]);
    expect(intervalsOf(use({ disputed: [{ from: at('2026-11-04 10:00'), to: null }] })).at(-1)).toMatchObject({
      suspended: true,
      to: null,
    });
  });

  it('begin with the first size that is told, where the record tells none before delivery', () => {
    const facts = [fact('1', '2026-11-09 09:00', { VCPU: 4 })];
    expect(said(intervalsOf(use({ facts })))).toEqual([['VCPU', '2026-11-03T02:00:00.000Z', null, 4]]);
    expect(intervalsOf(use({ facts: [] }))).toEqual([]);
  });
});

describe('what is counted', () => {
  it('of a machine: processors, MiB, GiB on its tier, accelerators by class', () => {
    const size = { vcpu: 8, memoryMib: 16_384, diskGib: 200, storageTier: 'SSD' } as const;
    expect(quantitiesOfMachine(size, { '910B': 2 })).toEqual({
      ...{ VCPU: 8, MEMORY_GIB: 16_384, STORAGE_GIB_SSD: 200 },
      'ACCELERATOR:910B': 2,
    });
  });

  it('of space: half units and the power beyond what they include, or the whole cabinet', () => {
    const place = { heightHalfUnits: 9, powerW: 3_000 };
    expect(quantitiesOfSpace(place, { form: 'UNIT', includedW: 250 })).toEqual({ CABINET_U: 9, POWER_KW: 1_875 });
    expect(quantitiesOfSpace(place, { form: 'WHOLE', includedW: 4_000 })).toEqual({ CABINET_WHOLE: 1, POWER_KW: 0 });
  });
});

const MINUTE = 60_000;
const START = at('2026-11-01 00:00').getTime();
const moments = fc.integer({ min: 0, max: 60_000 }).map((minutes) => new Date(START + minutes * MINUTE));
const records = fc.record({
  facts: fc.array(
    fc.record({
      at: moments,
      quantities: fc.record({ VCPU: fc.integer({ min: 0, max: 4 }), MEMORY_GIB: fc.integer({ min: 0, max: 2 }) }),
    }),
    { maxLength: 8 },
  ),
  begins: fc.option(moments, { nil: null, freq: 8 }),
  ends: fc.option(moments, { nil: null }),
  disputed: fc.array(fc.record({ from: moments, to: fc.option(moments, { nil: null }) }), { maxLength: 2 }),
});
const useOf = ({ facts, ...rest }: typeof records extends fc.Arbitrary<infer R> ? R : never): MeteredUse =>
  use({ ...rest, facts: facts.map((one, index) => ({ ...one, id: String(index) })) });

describe('any record', () => {
  it('invariant 2: no interval lies outside of [delivered, released), and no two of one meter overlap (cloudstack#13936)', () => {
    fc.assert(
      fc.property(records, (record) => {
        const one = useOf(record);
        const intervals = intervalsOf(one);
        for (const { from, to, quantity } of intervals) {
          expect(quantity).toBeGreaterThan(0);
          expect(from.getTime()).toBeGreaterThanOrEqual(one.begins?.getTime() ?? 0);
          expect(to === null ? one.ends === null : from < to && (one.ends === null || to <= one.ends)).toBe(true);
        }
        for (const of of Map.groupBy(intervals, ({ meter }) => meter).values())
          for (const [index, next] of of.slice(1).entries()) {
            const before = of[index];
            expect(before?.to).not.toBeNull();
            expect(next.from.getTime()).toBeGreaterThanOrEqual(before?.to?.getTime() ?? 0);
            // Neighbours differ, or there is a hole between them: nothing is cut for nothing.
            const touch = next.from.getTime() === before?.to?.getTime();
            expect(touch && next.quantity === before?.quantity && next.suspended === before.suspended).toBe(false);
          }
      }),
    );
  });

  it('invariant 4: neither the order in which facts come nor their coming twice changes anything', () => {
    fc.assert(
      fc.property(
        records.chain((record) => {
          const one = useOf(record);
          return fc.tuple(
            fc.constant(one),
            fc.shuffledSubarray([...one.facts, ...one.facts], { minLength: 2 * one.facts.length }),
          );
        }),
        ([one, shuffled]) => {
          expect(intervalsOf({ ...one, facts: shuffled })).toEqual(intervalsOf(one));
        },
      ),
    );
  });

  it('invariant 4 and 6: the book says what the record says, after any late facts, and asked again it stays (cloudstack#13112)', () => {
    fc.assert(
      fc.property(fc.array(records, { minLength: 1, maxLength: 4 }), (states) => {
        const book = new Book();
        for (const state of states) {
          const one = useOf(state);
          book.bring(one);
          expect(said(book.standing())).toEqual(said(intervalsOf(one)));
          expect(book.bring(one)).toBe(0);
        }
        expect(book.keys()).toBe(book.rows.length);
      }),
    );
  });

  it('invariant 5: a late fact supersedes and never edits: what was written stays word by word', () => {
    fc.assert(
      fc.property(records, records, (before, after) => {
        const book = new Book();
        book.bring(useOf(before));
        const written = book.rows.map(({ row }) => ({ ...row }));
        book.bring(useOf(after));
        expect(book.rows.slice(0, written.length).map(({ row }) => row)).toEqual(written);
      }),
    );
  });
});

/** What the table is, with its unique keys: rows are added, and marked when they are superseded. */
class Book {
  readonly rows: { readonly row: BookedInterval; stands: boolean }[] = [];

  /** @returns how many rows were written or superseded. */
  bring(one: MeteredUse): number {
    const latest = (key: IntervalKey) =>
      Math.max(0, ...this.rows.flatMap(({ row }) => (keyText(row) === keyText(key) ? row.version : [])));
    const { superseded, written } = changeOfBook(one, intervalsOf(one), this.standing(), latest);
    for (const old of this.rows) if (superseded.includes(old.row)) old.stands = false;
    this.rows.push(...written.map((row) => ({ row, stands: true })));
    return superseded.length + written.length;
  }

  standing(): BookedInterval[] {
    return this.rows
      .flatMap(({ row, stands }) => (stands ? [row] : []))
      .toSorted((a, b) => (a.meter < b.meter ? -1 : a.meter > b.meter ? 1 : a.from.getTime() - b.from.getTime()));
  }

  keys(): number {
    return new Set(this.rows.map(({ row }) => `${keyText(row)} ${row.version}`)).size;
  }
}
