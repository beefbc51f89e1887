import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Whereabouts } from '../../cabinets/domain/nearness.js';
import { type PlaceRelations, placeRelationsOf } from './place-relations.js';
import type { PlaceRelation } from './placement-facts.js';
import { type Option, placeRelated, type Related, type RelatedShare } from './related-search.js';

/** Four cabinets, two in each of two rooms. */
const CABINETS: readonly Whereabouts[] = [0, 1, 2, 3].map((n) => ({
  cabinetId: `c${n}`,
  rowId: `w${n >> 1}`,
  roomId: `r${n >> 1}`,
}));

interface World {
  /** The cabinet of each server; null = it stands in none. */
  readonly servers: readonly (number | null)[];
  /** How many places each cabinet has room for. */
  readonly room: readonly number[];
  readonly lines: readonly { readonly kind: 'SERVER' | 'CABINET'; readonly count: number }[];
  readonly relations: readonly (PlaceRelation & { readonly of: number })[];
}

const world: fc.Arbitrary<World> = fc
  .record({
    servers: fc.array(fc.option(fc.integer({ min: 0, max: 3 }), { freq: 8 }), { minLength: 2, maxLength: 5 }),
    room: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 4, maxLength: 4 }),
    lines: fc.array(
      fc.record({
        kind: fc.constantFrom('SERVER' as const, 'CABINET' as const),
        count: fc.integer({ min: 1, max: 2 }),
      }),
      { minLength: 2, maxLength: 3 },
    ),
    relations: fc.array(
      fc.record({
        of: fc.integer({ min: 0, max: 2 }),
        index: fc.integer({ min: 0, max: 2 }),
        kind: fc.constantFrom('APART' as const, 'TOGETHER' as const),
        scope: fc.constantFrom('CABINET' as const, 'ROOM' as const),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  })
  .map(({ relations, ...more }) => ({
    ...more,
    relations: relations.filter(({ of, index }) => of !== index && of < more.lines.length && index < more.lines.length),
  }));

function relationsOf({ relations }: World): PlaceRelations {
  const found = new Map<number, PlaceRelation[]>();
  for (const { of, ...relation } of relations) {
    found.set(of, [...(found.get(of) ?? []), relation]);
    found.set(relation.index, [...(found.get(relation.index) ?? []), { ...relation, index: of }]);
  }
  return found;
}

function sharesOf({ servers, room, lines }: World, cabinets = CABINETS): { shares: RelatedShare[]; left: number[] } {
  const taken = new Set<number>();
  const left = [...room];
  const serverOptions = servers.flatMap((cabinet, n): (Option & { readonly n: number })[] =>
    cabinet === null
      ? []
      : [
          {
            ...{ n, id: `s${n}`, at: cabinets[cabinet] as Whereabouts },
            take: () => !taken.has(n) && taken.add(n).has(n),
            giveBack: () => taken.delete(n),
          },
        ],
  );
  const places = cabinets.map(
    (at, n): Option => ({
      id: at.cabinetId,
      at,
      take: () => {
        if ((left[n] as number) < 1) return false;
        left[n] = (left[n] as number) - 1;
        return true;
      },
      giveBack: () => {
        left[n] = (left[n] as number) + 1;
      },
    }),
  );
  const shares = lines.map(
    ({ kind, count }, line): RelatedShare => ({
      ...{ key: `${line}/0`, line, count, once: kind === 'SERVER', alike: kind },
      choices: kind === 'SERVER' ? serverOptions.length : places.length,
      options: (mayStand) =>
        kind === 'SERVER'
          ? serverOptions.filter(({ n, at }) => !taken.has(n) && mayStand(at))
          : places.filter(({ at }, n) => (left[n] as number) > 0 && mayStand(at)),
    }),
  );
  return { shares, left };
}

/** What was found, or that nothing was. */
function foundOf(related: Related): ReadonlyMap<string, readonly Option[]> | null {
  return typeof related === 'string' ? null : related;
}

/** What is said holds between each thing of the one line and each of the other. */
function holds({ relations }: Pick<World, 'relations'>, standing: readonly (readonly number[])[]): boolean {
  const same = (a: number, b: number, scope: PlaceRelation['scope']) =>
    scope === 'CABINET' ? a === b : a >> 1 === b >> 1;
  return relations.every(({ of, index, kind, scope }) =>
    (standing[of] ?? []).every((a) =>
      (standing[index] ?? []).every((b) => same(a, b, scope) === (kind === 'TOGETHER')),
    ),
  );
}

/** Every way there is, one thing after another. */
function possible(of: World): boolean {
  const items = of.lines.flatMap(({ kind, count }, line) => Array.from({ length: count }, () => ({ kind, line })));
  const used = new Set<number>();
  const left = [...of.room];
  const standing: number[][] = of.lines.map(() => []);
  const put = (at: number): boolean => {
    const item = items[at];
    if (!item) return holds(of, standing);
    const own = standing[item.line] as number[];
    if (item.kind === 'CABINET')
      return left.some((free, cabinet) => {
        if (free < 1) return false;
        left[cabinet] = free - 1;
        own.push(cabinet);
        const found = put(at + 1);
        own.pop();
        left[cabinet] = free;
        return found;
      });
    return of.servers.some((cabinet, n) => {
      if (cabinet === null || used.has(n)) return false;
      used.add(n);
      own.push(cabinet);
      const found = put(at + 1);
      own.pop();
      used.delete(n);
      return found;
    });
  };
  return put(0);
}

describe('placeRelated (B9, K12)', () => {
  it('finds what a search through everything finds, and what it gives keeps what the lines say', () => {
    let [found, refused] = [0, 0];
    fc.assert(
      fc.property(world, (given) => {
        const { shares, left } = sharesOf(given);
        const answer = placeRelated(shares, relationsOf(given));
        expect(answer).not.toBe('GAVE_UP');
        const placed = foundOf(answer);
        expect(placed !== null).toBe(possible(given));
        if (!placed) {
          // Nothing of what was tried stays taken.
          expect(left).toEqual(given.room);
          refused += 1;
          return;
        }
        found += 1;
        const standing = given.lines.map((_, line) =>
          (placed.get(`${line}/0`) ?? []).map(({ at }) => Number(at?.cabinetId.slice(1))),
        );
        expect(standing.map((own) => own.length)).toEqual(given.lines.map(({ count }) => count));
        expect(holds(given, standing)).toBe(true);
        const servers = [...placed].flatMap(([key, options]) =>
          given.lines[Number(key.split('/')[0])]?.kind === 'SERVER' ? options.map(({ id }) => id) : [],
        );
        expect(new Set(servers).size).toBe(servers.length);
        const taken = given.room.reduce((sum, one) => sum + one, 0) - left.reduce((sum, one) => sum + one, 0);
        const asked = given.lines.reduce((sum, { kind, count }) => (kind === 'CABINET' ? sum + count : sum), 0);
        expect(taken).toBe(asked);
      }),
      { numRuns: 300 },
    );
    expect(found).toBeGreaterThan(20);
    expect(refused).toBeGreaterThan(20);
  });

  it('says the same each time it is asked', () => {
    fc.assert(
      fc.property(world, (given) => {
        const ids = () => {
          const placed = foundOf(placeRelated(sharesOf(given).shares, relationsOf(given)));
          return placed && [...placed].map(([key, options]) => [key, options.map(({ id }) => id)]);
        };
        expect(ids()).toEqual(ids());
      }),
    );
  });

  it('goes by the order of what there is to choose from, and by rooms only where that leaves another line none', () => {
    // By rank the first line would take a server of each room, and nothing were left apart from it.
    const both: World = {
      servers: [0, 2, 1, 3],
      room: [0, 0, 0, 0],
      lines: [
        { kind: 'SERVER', count: 2 },
        { kind: 'SERVER', count: 2 },
      ],
      relations: [{ of: 1, index: 0, kind: 'APART', scope: 'CABINET' }],
    };
    const ids = (given: World) =>
      [...(foundOf(placeRelated(sharesOf(given).shares, relationsOf(given))) ?? [])].map(([, own]) =>
        own.map(({ id }) => id),
      );
    expect(ids(both)).toEqual([
      ['s0', 's1'],
      ['s2', 's3'],
    ]);
    expect(ids({ ...both, relations: [{ of: 1, index: 0, kind: 'APART', scope: 'ROOM' }] })).toEqual([
      ['s0', 's2'],
      ['s1', 's3'],
    ]);
  });

  it('ends at its bound, and gives back what it tried', () => {
    // Three servers in each room, and four of the second line apart from three of the first.
    const apart: World = {
      servers: [0, 2, 1, 3, 0, 2],
      room: [1, 1, 1, 1],
      lines: [
        { kind: 'SERVER', count: 3 },
        { kind: 'SERVER', count: 4 },
      ],
      relations: [{ of: 1, index: 0, kind: 'APART', scope: 'ROOM' }],
    };
    const { shares, left } = sharesOf(apart);
    expect(placeRelated(shares, relationsOf(apart), 0)).toBe('GAVE_UP');
    expect(left).toEqual([1, 1, 1, 1]);
    expect(placeRelated(shares, relationsOf(apart))).toBe('NONE');
    expect(left).toEqual([1, 1, 1, 1]);
  });
});

/** So many cabinets, a few to each room. */
const hall = (cabinets: number, toARoom: number): Whereabouts[] =>
  Array.from({ length: cabinets }, (_, n) => {
    const room = Math.floor(n / toARoom);
    return { cabinetId: `c${n}`, rowId: `w${room}`, roomId: `r${room}` };
  });
const many = <T>(count: number, of: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => of(n));
type Word = World['relations'][number];

describe('forms of up to a thousand lines (A5, A6)', () => {
  /** Of each line the numbers of the cabinets in which it stands; null = nothing was found. */
  function standing(given: World, cabinets: readonly Whereabouts[]): number[][] | null {
    const found = foundOf(placeRelated(sharesOf(given, [...cabinets]).shares, relationsOf(given)));
    return (
      found &&
      given.lines.map((_, line) => (found.get(`${line}/0`) ?? []).map(({ at }) => Number(at.cabinetId.slice(1))))
    );
  }
  const one = { kind: 'SERVER', count: 1 } as const;
  const place = { kind: 'CABINET', count: 1 } as const;

  it('stand pair by pair apart, five hundred pairs of servers of one class', () => {
    const relations = many(500, (n): Word => ({ of: 2 * n + 1, index: 2 * n, kind: 'APART', scope: 'CABINET' }));
    const given: World = { servers: many(1_000, (n) => n % 50), room: [], lines: many(1_000, () => one), relations };
    const found = standing(given, hall(50, 10));
    expect(found?.flat()).toHaveLength(1_000);
    for (const { of, index } of relations) expect(found?.[of]).not.toEqual(found?.[index]);
  });

  it('stand pair by pair together, each cabinet with two servers, as many pairs as there are cabinets', () => {
    const relations = many(50, (n): Word => ({ of: 2 * n + 1, index: 2 * n, kind: 'TOGETHER', scope: 'CABINET' }));
    const given: World = { servers: many(100, (n) => n % 50), room: [], lines: many(100, () => one), relations };
    const found = standing(given, hall(50, 10));
    for (const { of, index } of relations) expect(found?.[of]).toEqual(found?.[index]);
    expect(new Set(found?.flat()).size).toBe(50);
    const lacking = { ...given, servers: given.servers.slice(1) };
    expect(standing(lacking, hall(50, 10))).toBeNull();
  });

  it('go to the room that has enough for all of them, where the first has enough for each', () => {
    // Ten servers in the first room, forty in the second; forty lines of one together.
    const relations = many(39, (n): Word => ({ of: n + 1, index: 0, kind: 'TOGETHER', scope: 'ROOM' }));
    const given: World = {
      ...{ servers: many(50, (n) => (n < 10 ? 0 : 1)), room: [], lines: many(40, () => one), relations },
    };
    expect(new Set(standing(given, hall(2, 1))?.flat())).toEqual(new Set([1]));
    // Places likewise: three fit in each cabinet of the first room, thirty in one of the second.
    const places: World = { ...given, servers: [], room: [3, 3, 30, 30], lines: many(40, () => place) };
    expect(standing(places, hall(4, 2))?.every(([cabinet]) => (cabinet ?? 0) >= 2)).toBe(true);
  });

  it('spread over rooms: one apart from nine hundred others, and nine hundred beside it', () => {
    const relations = many(900, (n): Word => ({ of: n + 1, index: 0, kind: 'APART', scope: 'ROOM' }));
    const given: World = {
      ...{ servers: many(905, (n) => (n < 3 ? 0 : 1)), room: [], lines: many(901, () => one), relations },
    };
    const found = standing(given, hall(2, 1));
    expect(found?.[0]).toEqual([0]);
    expect(new Set(found?.slice(1).flat())).toEqual(new Set([1]));
  });

  it('have a hundred things each without going deep', () => {
    const relations: Word[] = [{ of: 1, index: 0, kind: 'APART', scope: 'ROOM' }];
    const lines = [0, 1].map(() => ({ kind: 'CABINET', count: 20_000 }) as const);
    const given: World = { servers: [], room: many(40, () => 1_000), lines, relations };
    const found = standing(given, hall(40, 20));
    expect(found?.map((own) => own.length)).toEqual([20_000, 20_000]);
  });
});

describe('placeRelationsOf', () => {
  it('holds for both lines whatever line says it, and for the places of a line that stand apart among themselves', () => {
    const server = {
      kind: 'SERVER',
      architecture: 'ARM64',
      cpuMaker: 'KUNPENG',
      cores: 1,
      memoryMib: 1,
      accelerator: null,
    } as const;
    const space = {
      kind: 'CABINET',
      whole: false,
      apart: true,
      zone: 'INTERNET',
      heightHalfUnits: 2,
      powerW: 0,
      weightGrams: 0,
    } as const;
    const said = { kind: 'TOGETHER', index: 1, scope: 'ROOM' } as const;
    const relations = placeRelationsOf([
      { index: 0, shares: [], thing: { ...server, relations: [said] } },
      { index: 1, shares: [], thing: space },
      { index: 2, shares: [], thing: space },
    ]);
    expect([...relations]).toEqual([
      [0, [said]],
      [
        1,
        [
          { ...said, index: 0 },
          { kind: 'APART', index: 1, scope: 'CABINET' },
        ],
      ],
    ]);
  });
});
