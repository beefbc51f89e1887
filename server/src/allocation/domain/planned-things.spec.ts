import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { emptyCabinet, freeServer, groundOf } from '../../../../test/support/builders/ground.ts';
import type { Cabinet } from '../../cabinets/domain/cabinet.js';
import type { Whereabouts } from '../../cabinets/domain/nearness.js';
import { SpaceSight } from '../../cabinets/domain/space-sight.js';
import type { PlaceRelation } from './placement-facts.js';
import { type PlanGround, planLines } from './plan-lines.js';
import type { LineWish, WishedThing } from './request-plan.js';

type Thing<K extends WishedThing['kind']> = Extract<WishedThing, { kind: K }>;

/** Two cabinets in each of two rooms of center A, and one in B. */
const CABINETS: readonly Cabinet[] = [
  emptyCabinet('a-1', 'a', { roomId: 'a-east' }),
  emptyCabinet('a-2', 'a', { roomId: 'a-east' }),
  emptyCabinet('a-3', 'a', { roomId: 'a-west' }),
  emptyCabinet('a-4', 'a', { roomId: 'a-west' }),
  emptyCabinet('b-1', 'b', { roomId: 'b-only' }),
];
const at = (cabinetId: string): { readonly at: Whereabouts } => {
  const cabinet = CABINETS.find(({ id }) => id === cabinetId);
  return { at: { cabinetId, rowId: cabinet?.rowId ?? '', roomId: cabinet?.roomId ?? '' } };
};

/** One server in each cabinet by its name, as far as said. */
function ground(servers: Record<string, string | null>, cabinets = CABINETS): PlanGround {
  const rows = cabinets.map(({ rowId }) => ({ id: rowId, floorLimitGrams: null, weightGrams: 0 }));
  return {
    ...groundOf(),
    servers: Object.entries(servers).map(([id, cabinet]) =>
      freeServer(id, cabinet?.startsWith('b') ? 'b' : 'a', cabinet === null ? {} : at(cabinet)),
    ),
    space: new SpaceSight({ cabinets, rows, holders: [] }),
  };
}

const SERVER: Thing<'SERVER'> = {
  ...{ kind: 'SERVER', architecture: 'ARM64', cpuMaker: 'KUNPENG', cores: 64, memoryMib: 262_144, accelerator: null },
};
const SPACE: Thing<'CABINET'> = {
  ...{ kind: 'CABINET', whole: false, apart: false, zone: 'GOVERNMENT_EXTRANET' },
  ...{ heightHalfUnits: 20, powerW: 1000, weightGrams: 50_000 },
};
const SPACE_SMALL: Thing<'CABINET'> = { ...SPACE, heightHalfUnits: 2, powerW: 10, weightGrams: 1_000 };
const wish = (index: number, thing: WishedThing, count = 1, centerIds = ['a']): LineWish => ({
  index,
  thing,
  shares: [{ share: 'MAIN', centerIds, standing: 'RUNNING', owed: false, count }],
});
const says = (kind: PlaceRelation['kind'], scope: PlaceRelation['scope'], index: number) => ({
  relations: [{ kind, scope, index }],
});
const given = (wishes: readonly LineWish[], on: PlanGround) => {
  const plan = planLines(wishes, on);
  return plan.lines.map(({ shares, feasible }) =>
    feasible ? shares.flatMap((share) => share.cabinetIds ?? []) : null,
  );
};
const ALL = { s1: 'a-1', s2: 'a-1', s3: 'a-2', s4: 'a-3', s5: 'a-4' };

describe('what lines of servers and cabinet space say of each other', () => {
  it('puts servers apart in cabinet or room, whichever of the two lines says it (B9)', () => {
    const by = (scope: PlaceRelation['scope'], first: boolean) =>
      planLines(
        [
          wish(0, { ...SERVER, ...(first ? says('APART', scope, 1) : {}) }),
          wish(1, { ...SERVER, ...(first ? {} : says('APART', scope, 0)) }),
        ],
        ground(ALL),
      ).lines.map(({ shares }) => shares[0]?.serverIds);
    for (const first of [true, false]) {
      expect(by('CABINET', first)).toEqual([['s1'], ['s3']]);
      expect(by('ROOM', first)).toEqual([['s1'], ['s4']]);
    }
    // Without a word the two stand in one cabinet, and nothing says that they must.
    const free = planLines([wish(0, SERVER), wish(1, SERVER)], ground(ALL));
    expect(free.lines.map(({ shares }) => [shares[0]?.serverIds, shares[0]?.cabinetIds])).toEqual([
      [['s1'], undefined],
      [['s2'], undefined],
    ]);
  });

  it('puts servers together, all of both lines, and says in how many cabinets and rooms they stand', () => {
    const together = planLines(
      [wish(0, SERVER), wish(1, { ...SERVER, ...says('TOGETHER', 'CABINET', 0) })],
      ground({ s1: 'a-2', s2: 'a-3', s3: 'a-3' }),
    );
    expect(together.lines.map(({ shares }) => shares[0]?.serverIds)).toEqual([['s2'], ['s3']]);
    expect(together.lines[1]?.checks.find(({ criterion }) => criterion === 'B9')).toMatchObject({
      passed: true,
      figures: { zh: '在 1 个机房的 1 个机柜' },
    });
    expect(given([wish(0, SERVER, 2), wish(1, { ...SERVER, ...says('TOGETHER', 'ROOM', 0) })], ground(ALL))).toEqual([
      ['a-1', 'a-1'],
      ['a-2'],
    ]);
  });

  it('puts space beside servers, or apart from them and from other space (K12)', () => {
    const server = wish(0, SERVER);
    const here = ground({ s1: 'a-3', s2: null });
    expect(given([server, wish(1, { ...SPACE, ...says('TOGETHER', 'CABINET', 0) })], here)).toEqual([['a-3'], ['a-3']]);
    expect(given([server, wish(1, { ...SPACE, ...says('TOGETHER', 'ROOM', 0) }, 2)], here)).toEqual([
      ['a-3'],
      ['a-3', 'a-3'],
    ]);
    expect(given([server, wish(1, { ...SPACE, ...says('APART', 'ROOM', 0) })], here)).toEqual([['a-3'], ['a-1']]);
    expect(given([wish(0, SPACE), wish(1, { ...SPACE, ...says('APART', 'CABINET', 0) })], here)).toEqual([
      ['a-1'],
      ['a-2'],
    ]);
    // Places of a line that stand apart among themselves (K7) do so beside another line as well.
    const spread = { ...SPACE, apart: true, ...says('TOGETHER', 'ROOM', 0) };
    expect(given([server, wish(1, spread, 2)], here)).toEqual([['a-3'], ['a-3', 'a-4']]);
    expect(given([server, wish(1, spread, 3)], here)).toEqual([null, null]);
  });

  it('takes no server that stands in no cabinet where cabinet or room matters', () => {
    const lines = [wish(0, SERVER), wish(1, { ...SERVER, ...says('APART', 'CABINET', 0) })];
    expect(given(lines, ground({ s1: null, s2: 'a-1', s3: 'a-2' }))).toEqual([['a-1'], ['a-2']]);
    expect(given(lines, ground({ s1: null, s2: 'a-1' }))).toEqual([null, null]);
  });

  it('tells what is broken, with the words that without it all fit; where they do not, that is told', () => {
    const apart = [wish(0, SERVER), wish(1, { ...SERVER, ...says('APART', 'ROOM', 0) })];
    const refused = planLines(apart, ground({ s1: 'a-1', s2: 'a-2' }));
    expect(refused.feasible).toBe(false);
    for (const { refusals, checks } of refused.lines) {
      expect(refusals).toMatchObject([{ code: 'INVALID_INPUT', rule: 'B9' }]);
      expect(checks.at(-1)).toMatchObject({
        criterion: 'B9',
        passed: false,
        figures: { en: 'without it all lines fit' },
      });
    }
    const short = planLines(apart, ground({ s1: 'a-1' }));
    expect(
      short.lines.flatMap(({ refusals }) => refusals.map((one) => ('criterion' in one ? one.criterion : one))),
    ).toEqual(['B4']);
    const space = planLines([wish(0, SPACE), wish(1, { ...SPACE, ...says('APART', 'ROOM', 0) })], {
      ...ground({}, CABINETS.slice(0, 2)),
    });
    expect(space.lines.flatMap(({ refusals }) => refusals)).toMatchObject([{ rule: 'K12' }, { rule: 'K12' }]);
  });

  it('looks at the centers of main shares, and finds two for lines that name none', () => {
    const both = { s1: 'a-1', s2: 'a-2', s3: 'b-1' };
    const centers = (thing: WishedThing, own: string[], other: string[]) => {
      const plan = planLines([wish(0, SERVER, 1, other), wish(1, thing, 1, own)], ground(both));
      return plan.feasible ? plan.lines.map(({ shares }) => shares[0]?.centerId) : null;
    };
    expect(centers({ ...SERVER, ...says('APART', 'CENTER', 0) }, ['a', 'b'], ['a', 'b'])).toEqual(['b', 'a']);
    expect(centers({ ...SERVER, ...says('APART', 'CENTER', 0) }, ['a'], ['a'])).toBeNull();
    expect(centers({ ...SERVER, ...says('TOGETHER', 'CENTER', 0) }, ['b'], ['a', 'b'])).toBeNull();
    expect(centers({ ...SERVER, ...says('TOGETHER', 'ROOM', 0) }, ['a'], ['b'])).toBeNull();
    expect(centers({ ...SERVER, ...says('TOGETHER', 'ROOM', 0) }, ['a'], ['a'])).toEqual(['a', 'a']);
  });

  it('finds two centers for the lines of a long form that say so, beside many that may go anywhere', () => {
    const servers = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`s${n}`, n % 2 === 0 ? 'a-1' : 'b-1']));
    const wishes = Array.from({ length: 15 }, (_, index) => wish(index, SERVER, 1, ['a', 'b']));
    const more = Array.from({ length: 15 }, (_, n) => wish(15 + n, SPACE_SMALL, 1, ['a', 'b']));
    const last = wish(30, { ...SERVER, ...says('APART', 'CENTER', 0) }, 1, ['a', 'b']);
    const plan = planLines([...wishes, ...more, last], ground(servers));
    expect(plan.feasible).toBe(true);
    const centers = [0, 30].map((at) => plan.lines[at]?.shares[0]?.centerId);
    expect(new Set(centers).size).toBe(2);
  });

  it('leaves lines that say nothing what the others do not take', () => {
    const lines = [wish(0, SERVER, 2), wish(1, SERVER), wish(2, { ...SERVER, ...says('APART', 'ROOM', 1) })];
    const plan = planLines(lines, ground({ s1: 'a-1', s2: 'a-2', s3: 'a-3', s4: null }));
    expect(plan.lines.map(({ shares }) => shares[0]?.serverIds)).toEqual([['s2', 's4'], ['s1'], ['s3']]);
  });

  it('keeps every word in whatever it grants, takes nothing twice, and answers the same each time', () => {
    const line = fc.record({
      kind: fc.constantFrom('SERVER' as const, 'CABINET' as const),
      count: fc.integer({ min: 1, max: 2 }),
      apart: fc.boolean(),
      says: fc.option(
        fc.record({
          kind: fc.constantFrom('APART' as const, 'TOGETHER' as const),
          scope: fc.constantFrom('CABINET' as const, 'ROOM' as const),
          index: fc.integer({ min: 0, max: 2 }),
        }),
        { freq: 3 },
      ),
    });
    let granted = 0;
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 3, maxLength: 3 }),
        fc.array(fc.constantFrom('a-1', 'a-2', 'a-3', 'a-4', null), { minLength: 4, maxLength: 6 }),
        (lines, servers) => {
          const on = ground(Object.fromEntries(servers.map((cabinet, n) => [`s${n}`, cabinet])));
          const wishes = lines.map(({ kind, count, apart, says: word }, index) => {
            const relations = word && word.index !== index ? [word] : [];
            return wish(index, kind === 'SERVER' ? { ...SERVER, relations } : { ...SPACE, apart, relations }, count);
          });
          const plan = planLines(wishes, on);
          expect(planLines(wishes, on)).toEqual(plan);
          const taken = plan.lines.flatMap(({ shares }) => shares.flatMap(({ serverIds = [] }) => serverIds));
          expect(new Set(taken).size).toBe(taken.length);
          if (!plan.feasible) return;
          granted += 1;
          const standing = plan.lines.map(({ shares }) => shares[0]?.cabinetIds);
          const place = (cabinetId: string, scope: PlaceRelation['scope']) =>
            scope === 'CABINET' ? cabinetId : at(cabinetId).at.roomId;
          for (const [own, { says: word, kind, apart }] of lines.entries()) {
            const mine = standing[own];
            if (kind === 'CABINET' && apart && mine) expect(new Set(mine).size).toBe(mine.length);
            if (!word || word.index === own) continue;
            const [here, there] = [mine ?? [], standing[word.index] ?? []];
            expect([here.length, there.length]).toEqual([lines[own]?.count, lines[word.index]?.count]);
            for (const a of here)
              for (const b of there)
                expect(place(a, word.scope) === place(b, word.scope)).toBe(word.kind === 'TOGETHER');
          }
        },
      ),
      { numRuns: 150 },
    );
    expect(granted).toBeGreaterThan(20);
  });
});
