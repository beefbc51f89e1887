import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cabinetDescription } from '../../../../test/support/builders/cabinet.ts';
import { CabinetBook } from './book.js';
import { type Cabinet, cabinetTable, emptyCabinet, isSingleFed, powerLimitOf } from './cabinet.js';
import { growIn, remakeIn } from './growth.js';
import { FACES, facesOf, HOLDER_ACTIONS, type Holder, holderTable, isLive, type LiveState } from './holder.js';
import type { Near } from './nearness.js';
import type { RowLoad } from './open-cabinet.js';
import { recountCabinet, recountRow, type Slot } from './recount.js';
import type { Wish } from './wish.js';

const CENTER = 'center';
const DEPARTMENTS = [null, 'd1', 'd2'] as const;

/** What a database would hold: written only from what books say has changed. */
class Store {
  cabinets = new Map<string, Cabinet>();
  rows = new Map<string, RowLoad>();
  holders = new Map<string, Holder>();
  /** "cabinet halfUnit face" → holder: a key that is there already is the primary key's no. */
  slots = new Map<string, string>();
  private ids = 0;

  constructor() {
    const at = (rowId: string) => ({ centerId: CENTER, roomId: 'room', rowId });
    const small = {
      heightUnits: 6,
      feedAWatts: 1_000,
      feedBWatts: 1_250,
      weightLimitGrams: 60_000,
      ownWeightGrams: 10_000,
    };
    for (const cabinet of [
      emptyCabinet(cabinetDescription({ ...small, code: 'A' }), { id: 'a', ...at('r1') }),
      emptyCabinet(cabinetDescription({ ...small, code: 'B', numbering: 'DESCENDING', startingUnit: 5 }), {
        id: 'b',
        ...at('r1'),
      }),
      emptyCabinet(cabinetDescription({ ...small, code: 'C', feedBWatts: null }), { id: 'c', ...at('r2') }),
    ])
      this.cabinets.set(cabinet.id, cabinet);
    this.rows.set('r1', { id: 'r1', floorLimitGrams: 90_000, weightGrams: 20_000 });
    this.rows.set('r2', { id: 'r2', floorLimitGrams: null, weightGrams: 10_000 });
  }

  newId(): string {
    this.ids += 1;
    return `h${String(this.ids).padStart(4, '0')}`;
  }

  live(): Holder[] {
    return [...this.holders.values()].filter((holder) => isLive(holder.state));
  }

  book(): CabinetBook {
    return new CabinetBook([...this.cabinets.values()], [...this.rows.values()], this.live());
  }

  write(book: CabinetBook): void {
    const changes = book.changes();
    for (const { cabinetId, holderId } of changes.freed)
      for (const [key, holder] of this.slots)
        if (holder === holderId && key.startsWith(`${cabinetId} `)) this.slots.delete(key);
    for (const { cabinetId, startHalfUnit, heightHalfUnits, face, holderId } of changes.taken)
      for (const side of facesOf(face))
        for (let at = startHalfUnit; at < startHalfUnit + heightHalfUnits; at += 1) {
          const key = `${cabinetId} ${at} ${side}`;
          if (this.slots.has(key)) throw new Error(`two in slot ${key}`);
          this.slots.set(key, holderId);
        }
    for (const holder of [...changes.inserted, ...changes.updated]) this.holders.set(holder.id, holder);
    for (const cabinet of changes.cabinets) this.cabinets.set(cabinet.id, cabinet);
    for (const row of changes.rows) this.rows.set(row.id, row);
  }

  check(): void {
    const slots: Slot[] = [...this.slots].map(([key, holderId]) => {
      const [cabinetId, at, face] = key.split(' ') as [string, string, 'FRONT'];
      return { cabinetId, startHalfUnit: Number(at), heightHalfUnits: 1, face, holderId };
    });
    for (const cabinet of this.cabinets.values()) {
      const inside = this.live().filter((holder) => holder.cabinetId === cabinet.id);
      const own = slots.filter((slot) => slot.cabinetId === cabinet.id);
      expect(recountCabinet(cabinet, inside, own)).toEqual([]);
      expect(cabinet.powerW).toBeLessThanOrEqual(cabinet.powerLimitW);
      expect(cabinet.weightGrams).toBeLessThanOrEqual(cabinet.weightLimitGrams);
      expect(cabinet.freeHalfUnits).toBeGreaterThanOrEqual(0);
      expect(own.every((slot) => slot.startHalfUnit >= 0 && slot.startHalfUnit < cabinet.heightUnits * 2)).toBe(true);
      const strangers = inside.filter((h) => h.departmentId !== null && h.departmentId !== cabinet.departmentId);
      expect(cabinet.departmentId === null ? [] : strangers).toEqual([]);
    }
    for (const row of this.rows.values()) {
      expect(
        recountRow(
          row,
          [...this.cabinets.values()].filter((cabinet) => cabinet.rowId === row.id),
        ),
      ).toEqual([]);
      expect(row.weightGrams).toBeLessThanOrEqual(row.floorLimitGrams ?? Number.POSITIVE_INFINITY);
    }
    expect(new Set(this.live().flatMap((h) => (h.plannedForId === null ? [] : [h.plannedForId]))).size).toBe(
      this.live().filter((h) => h.plannedForId !== null).length,
    );
  }
}

type Command = (store: Store) => boolean;

const cabinetIds = fc.constantFrom('a', 'b', 'c');
const units = fc.option(
  fc.integer({ min: 0, max: 24 }).map((half) => half / 2),
  { freq: 2 },
);

function wishOf(store: Store, more: Partial<Wish>): Wish {
  return {
    holderId: store.newId(),
    where: { among: { centerId: CENTER } },
    heightHalfUnits: 2,
    face: 'BOTH',
    powerW: 0,
    weightGrams: 0,
    label: '甲',
    departmentId: null,
    kind: 'OTHER',
    subjectId: null,
    state: 'OCCUPIED',
    reason: more.state === 'BLOCKED' ? '停用' : null,
    heldUntil: null,
    plannedForId: null,
    growsHolderId: null,
    since: null,
    usedSince: null,
    sourcePlatform: null,
    centerId: null,
    path: [],
    ...more,
  };
}

const placing = fc
  .record({
    cabinetId: fc.option(cabinetIds, { nil: undefined }),
    startUnit: units,
    heightHalfUnits: fc.integer({ min: -1, max: 9 }),
    face: fc.constantFrom(...FACES),
    powerW: fc.integer({ min: -1, max: 500 }),
    weightGrams: fc.integer({ min: 0, max: 30_000 }),
    departmentId: fc.constantFrom(...DEPARTMENTS),
    state: fc.constantFrom<LiveState>('HELD', 'ALLOCATED', 'OCCUPIED', 'BLOCKED'),
  })
  .map(
    ({ cabinetId, startUnit, ...facts }): Command =>
      (store) => {
        const book = store.book();
        const where = cabinetId === undefined ? { among: { centerId: CENTER } } : { cabinetId, startUnit };
        const placed = book.place(wishOf(store, { ...facts, where }));
        if (placed.ok) store.write(book);
        return placed.ok;
      },
  );

const acting = fc.tuple(fc.nat(), fc.constantFrom(...HOLDER_ACTIONS)).map(
  ([nth, action]): Command =>
    (store) => {
      const live = store.live();
      const holder = live[nth % Math.max(1, live.length)];
      if (!holder || store.live().some((other) => other.plannedForId === holder.id)) return false;
      const book = store.book();
      const done = book.act(holder.id, action);
      const ends = action === 'RELEASE' || action === 'EXPIRE';
      const legal = holder.plannedForId === null || ends;
      expect(done.ok).toBe(legal && holderTable.transitions[holder.state][action] !== undefined);
      if (done.ok) store.write(book);
      return done.ok;
    },
);

const moving = fc.array(fc.tuple(fc.nat(), cabinetIds, units), { minLength: 1, maxLength: 3 }).map(
  (moves): Command =>
    (store) => {
      const live = store.live();
      const book = store.book();
      const moved = book.move(
        moves.flatMap(([nth, cabinetId, startUnit]) => {
          const holder = live[nth % Math.max(1, live.length)];
          return holder
            ? [{ holderId: holder.id, cabinetId, startUnit, face: null, expectedVersion: null, path: [] }]
            : [];
        }),
      );
      if (moved.ok) store.write(book);
      return moved.ok;
    },
);

const planning = fc.tuple(fc.nat(), cabinetIds, fc.boolean()).map(
  ([nth, cabinetId, apply]): Command =>
    (store) => {
      const plans = store.live().filter((holder) => holder.plannedForId !== null);
      const book = store.book();
      if (apply) {
        const plan = plans[nth % Math.max(1, plans.length)];
        const applied = plan && book.applyPlan(plan.id);
        if (applied?.ok) store.write(book);
        return applied?.ok ?? false;
      }
      const free = store
        .live()
        .filter((h) => h.state !== 'BLOCKED' && h.plannedForId === null && h.growsHolderId === null)
        .filter((h) => !plans.some((p) => p.plannedForId === h.id));
      const holder = free[nth % Math.max(1, free.length)];
      if (!holder) return false;
      const same = holder.cabinetId === cabinetId;
      const placed = book.place({
        ...holder,
        holderId: store.newId(),
        where: { cabinetId, startUnit: null },
        state: 'HELD',
        powerW: same ? 0 : holder.powerW,
        weightGrams: same ? 0 : holder.weightGrams,
        plannedForId: holder.id,
        since: null,
        centerId: book.centerOf(holder),
        path: [],
      });
      if (placed.ok) store.write(book);
      return placed.ok;
    },
);

/** Room is kept for a place, or what was kept becomes a part of it; without any it becomes smaller. */
const growing = fc
  .tuple(
    fc.nat(),
    fc.boolean(),
    fc.record({
      heightHalfUnits: fc.integer({ min: 0, max: 6 }),
      powerW: fc.integer({ min: 0, max: 300 }),
      weightGrams: fc.integer({ min: 0, max: 9_000 }),
    }),
  )
  .map(
    ([nth, keep, more]): Command =>
      (store) => {
        const live = store
          .live()
          .filter((h) => h.state === 'ALLOCATED' && h.plannedForId === null && h.growsHolderId === null);
        const holder = live[nth % Math.max(1, live.length)];
        if (!holder) return false;
        const book = store.book();
        const rooms = book.growthOf(holder.id);
        if (keep) {
          const grown = growIn(book, { holderId: holder.id, ...more, ...ROOM }, () => store.newId());
          if (!grown.ok || rooms.length > 0) return false;
          store.write(book);
          return true;
        }
        const sum = (of: 'heightHalfUnits' | 'powerW' | 'weightGrams') =>
          rooms.reduce((total, room) => total + room[of], holder[of]);
        const to =
          rooms.length > 0
            ? { heightHalfUnits: sum('heightHalfUnits'), powerW: sum('powerW'), weightGrams: sum('weightGrams') }
            : { heightHalfUnits: Math.ceil(holder.heightHalfUnits / 2), powerW: 0, weightGrams: 0 };
        const { holder: made } = remakeIn(book, holder.id, to, []);
        expect(made).toMatchObject({ ...to, id: holder.id, cabinetId: holder.cabinetId, face: holder.face });
        store.write(book);
        return true;
      },
  );
const ROOM = { label: '扩', subjectId: null, heldUntil: null, path: [] } as const;

const describing = fc
  .tuple(
    fc.nat(),
    fc.record({
      departmentId: fc.constantFrom(...DEPARTMENTS),
      label: fc.constantFrom('甲', '乙'),
      powerW: fc.integer({ min: 0, max: 500 }),
      weightGrams: fc.integer({ min: 0, max: 30_000 }),
    }),
  )
  .map(
    ([nth, words]): Command =>
      (store) => {
        const live = store.live();
        const holder = live[nth % Math.max(1, live.length)];
        // A blocked place is no thing, and a plan is told what its thing is told.
        if (!holder || holder.state === 'BLOCKED' || holder.plannedForId !== null) return false;
        const book = store.book();
        const described = book.describe(holder.id, words, []);
        if (!described.ok) return false;
        expect(described.value).toMatchObject({ ...words, cabinetId: holder.cabinetId, state: holder.state });
        expect(described.value.startHalfUnit).toBe(holder.startHalfUnit);
        store.write(book);
        return true;
      },
  );

const reshaping = fc
  .tuple(
    cabinetIds,
    fc.record(
      {
        heightUnits: fc.integer({ min: 1, max: 8 }),
        startingUnit: fc.integer({ min: 1, max: 9 }),
        numbering: fc.constantFrom('ASCENDING' as const, 'DESCENDING' as const),
        feedAWatts: fc.option(fc.integer({ min: 200, max: 1_500 })),
        weightLimitGrams: fc.integer({ min: 10_000, max: 80_000 }),
        ownWeightGrams: fc.integer({ min: 5_000, max: 20_000 }),
        departmentId: fc.constantFrom(...DEPARTMENTS),
        status: fc.constantFrom('IN_SERVICE' as const, 'CLOSED' as const, 'IN_SERVICE' as const),
      },
      { requiredKeys: [] },
    ),
  )
  .map(
    ([cabinetId, change]): Command =>
      (store) => {
        const book = store.book();
        const cabinet = store.cabinets.get(cabinetId) as Cabinet;
        const reshaped = book.reshape(cabinetId, { ...cabinet, ...change }, []);
        if (reshaped.ok) store.write(book);
        return reshaped.ok;
      },
  );

describe('CabinetBook', () => {
  it('keeps counters equal to a recount and every limit, after any sequence of acts', () => {
    let done = 0;
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof({ arbitrary: placing, weight: 4 }, acting, moving, planning, growing, describing, reshaping),
          {
            maxLength: 40,
            size: 'max',
          },
        ),
        (commands) => {
          const store = new Store();
          for (const command of commands) {
            if (command(store)) done += 1;
            store.check();
          }
        },
      ),
      { numRuns: 200 },
    );
    // Sequences that are all refused would prove nothing.
    expect(done).toBeGreaterThan(600);
  });

  it('refuses a place anywhere exactly when every cabinet with two feeds refuses it, or every one where that is said', () => {
    fc.assert(
      fc.property(
        fc.array(placing, { maxLength: 20 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 900 }),
        fc.integer({ min: 0, max: 50_000 }),
        (commands, allowSingleFed, heightHalfUnits, powerW, weightGrams) => {
          const store = new Store();
          for (const command of commands) command(store);
          const where = { among: { centerId: CENTER, allowSingleFed } };
          const wish = wishOf(store, { where, heightHalfUnits, powerW, weightGrams });
          const one = (cabinetId: string): boolean =>
            store.book().place({ ...wish, where: { cabinetId, startUnit: null } }).ok;
          const chosen = ['a', 'b', 'c'].filter((id) => {
            const cabinet = store.cabinets.get(id);
            return allowSingleFed || (cabinet !== undefined && !isSingleFed(cabinet));
          });
          expect(store.book().place(wish).ok).toBe(chosen.some(one));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('restores exactly what it had when everything is released', () => {
    fc.assert(
      fc.property(fc.array(placing, { maxLength: 25 }), (commands) => {
        const store = new Store();
        const empty = JSON.stringify([[...store.cabinets], [...store.rows]]);
        for (const command of commands) command(store);
        for (const holder of store.live()) {
          const book = store.book();
          expect(book.act(holder.id, holder.state === 'BLOCKED' ? 'UNBLOCK' : 'RELEASE').ok).toBe(true);
          store.write(book);
          // Released once; there is nothing left to release.
          expect(store.book().act(holder.id, 'RELEASE').ok).toBe(false);
        }
        expect(store.slots.size).toBe(0);
        expect(JSON.stringify([[...store.cabinets], [...store.rows]])).toBe(empty);
      }),
      { numRuns: 100 },
    );
  });

  it('keeps what has a record of its own in its center, by hand and by plan, and lets the rest go anywhere', () => {
    const store = new Store();
    store.cabinets.set('c', { ...(store.cabinets.get('c') as Cabinet), centerId: 'another' });
    const place = (kind: 'SERVER' | 'OTHER', more: Partial<Wish>) => {
      const book = store.book();
      const placed = book.place(wishOf(store, { kind, ...more }));
      if (placed.ok) store.write(book);
      return placed;
    };
    const inC = { cabinetId: 'c', startUnit: null };
    const reason = [{ code: 'NOT_PERMITTED', reason: 'CABINET_OF_ANOTHER_CENTER' }];
    expect(place('SERVER', { where: inC, centerId: CENTER })).toMatchObject({ ok: false, error: reason });
    for (const [kind, may] of [
      ['SERVER', false],
      ['OTHER', true],
    ] as const) {
      const placed = place(kind, { where: { cabinetId: 'a', startUnit: null } });
      if (!placed.ok) throw new Error('there is room in a');
      const move = { holderId: placed.value.id, ...inC, face: null, expectedVersion: null, path: [] };
      const moved = store.book().move([move]);
      expect(moved.ok).toBe(may);
      if (!moved.ok) expect(moved.error).toMatchObject(reason);
      const book = store.book();
      const plan = { ...placed.value, holderId: store.newId(), where: inC, state: 'HELD' as const, path: [] };
      const kept = book.place({
        ...plan,
        plannedForId: placed.value.id,
        since: null,
        centerId: book.centerOf(placed.value),
      });
      expect(kept.ok).toBe(may);
    }
  });

  it('says anew whose a thing is only where its cabinet may hold that department', () => {
    const store = new Store();
    store.cabinets.set('a', { ...(store.cabinets.get('a') as Cabinet), departmentId: 'd1' });
    const book = store.book();
    const placed = book.place(wishOf(store, { where: { cabinetId: 'a', startUnit: null }, departmentId: 'd1' }));
    if (!placed.ok) throw new Error('it is d1’s own');
    const { label, powerW, weightGrams, id } = placed.value;
    expect(book.describe(id, { departmentId: null, label, powerW, weightGrams }, [])).toMatchObject({ ok: true });
    expect(book.describe(id, { departmentId: 'd2', label, powerW, weightGrams }, [])).toMatchObject({
      ok: false,
      error: [{ reason: 'CABINET_OF_ANOTHER_DEPARTMENT' }],
    });
    expect(store.book().describe('gone', { departmentId: null, label, powerW, weightGrams }, [])).toMatchObject({
      ok: false,
      error: [{ code: 'UNKNOWN_REFERENCE' }],
    });
  });

  it('says of a place nowhere what is short and how much the best cabinet has', () => {
    const store = new Store();
    const refusal = (more: Partial<Wish>) => {
      const placed = store.book().place(wishOf(store, more));
      return placed.ok ? null : placed.error[0];
    };
    expect(refusal({ heightHalfUnits: 13 })).toMatchObject({
      meter: 'UNITS',
      requested: 6.5,
      free: 6,
      short: 0.5,
      cabinetId: null,
    });
    expect(refusal({ powerW: 801 })).toMatchObject({ meter: 'POWER_W', requested: 801, free: 800, short: 1 });
    expect(refusal({ weightGrams: 60_001 })).toMatchObject({ meter: 'WEIGHT_GRAMS', free: 60_000, short: 1 });
  });

  it('keeps long pieces (K9), and of equals takes what leaves neither units nor watts stranded (K10)', () => {
    const store = new Store();
    const [a, b] = [store.cabinets.get('a') as Cabinet, store.cabinets.get('b') as Cabinet];
    store.cabinets.set('b', { ...b, powerLimitW: a.powerLimitW * 2 });
    const where = (more: Partial<Wish>, book = store.book()) => {
      const placed = book.place(wishOf(store, more));
      return placed.ok ? placed.value.cabinetId : null;
    };
    // Half of the units and half of the watts of A; in B three quarters of its watts would be left to half of its units.
    expect(where({ heightHalfUnits: 6, powerW: a.powerLimitW / 2 })).toBe('a');
    // All of A's watts would go with half of its units; in B both halves stay.
    expect(where({ heightHalfUnits: 6, powerW: a.powerLimitW })).toBe('b');
    // Once B has the shorter piece it comes first, whatever is stranded.
    const book = store.book();
    expect([
      where({ heightHalfUnits: 6, powerW: a.powerLimitW }, book),
      where({ heightHalfUnits: 4, powerW: 0 }, book),
    ]).toEqual(['b', 'b']);
  });

  it('puts it, of equals, nearest to what the system has (K11), and long pieces are kept all the same (K9)', () => {
    const where = (near: Near, store = new Store(), more: Partial<Wish> = {}) => {
      const among = { centerId: CENTER, allowSingleFed: true };
      const placed = store.book().place(wishOf(store, { ...more, where: { among }, near }));
      return placed.ok ? placed.value.cabinetId : null;
    };
    const beside = (cabinetIds: string[], rowIds: string[], roomIds: string[]): Near => ({
      cabinetIds,
      rowIds,
      roomIds,
    });
    expect(where(beside([], [], []))).toBe('a');
    // The same cabinet, else the same row, else the same room.
    expect(where(beside(['b'], ['r1'], ['room']))).toBe('b');
    expect(where(beside(['elsewhere'], ['r2'], ['room']))).toBe('c');
    expect(where(beside(['elsewhere'], ['other'], ['room']))).toBe('a');
    // B strands less (K10), and A is nearer.
    const store = new Store();
    const [a, b] = [store.cabinets.get('a') as Cabinet, store.cabinets.get('b') as Cabinet];
    store.cabinets.set('b', { ...b, powerLimitW: a.powerLimitW * 2 });
    const hungry = { heightHalfUnits: 6, powerW: a.powerLimitW };
    expect([where(beside([], [], []), store, hungry), where(beside(['a'], [], ['room']), store, hungry)]).toEqual([
      'b',
      'a',
    ]);
    // Once A has the shorter piece it comes first, however near B is.
    const book = store.book();
    if (!book.place(wishOf(store, { where: { cabinetId: 'a', startUnit: null } })).ok) throw new Error('A has room');
    store.write(book);
    expect(where(beside(['b'], ['r1'], ['room']), store)).toBe('a');
  });

  it('keeps nothing of what only chose the place', () => {
    const store = new Store();
    const near = { cabinetIds: [], rowIds: [], roomIds: [] };
    const placed = store.book().place(wishOf(store, { near, apart: 'twins' }));
    if (!placed.ok) throw new Error('it fits');
    for (const word of ['near', 'apart', 'whole', 'where', 'path']) expect(placed.value).not.toHaveProperty(word);
  });

  it('gives a department its own cabinet first (K8), and nobody else any of it', () => {
    const store = new Store();
    const b = store.cabinets.get('b') as Cabinet;
    store.cabinets.set('b', { ...b, departmentId: 'd1' });
    const placed = (departmentId: string | null) => {
      const result = store.book().place(wishOf(store, { departmentId }));
      return result.ok ? result.value.cabinetId : null;
    };
    expect([placed('d1'), placed('d2'), placed(null)]).toEqual(['b', 'a', 'a']);
    const forced = store
      .book()
      .place(wishOf(store, { departmentId: 'd2', where: { cabinetId: 'b', startUnit: null } }));
    expect(forced).toMatchObject({ ok: false, error: [{ reason: 'CABINET_OF_ANOTHER_DEPARTMENT' }] });
    expect(store.book().place(wishOf(store, { where: { cabinetId: 'b', startUnit: null } })).ok).toBe(true);
  });
});

describe('the power limit', () => {
  it('is what either feed carries alone: never more than each of them, derated', () => {
    const watts = fc.integer({ min: 1, max: 200_000 });
    fc.assert(
      fc.property(watts, watts, fc.integer({ min: 1, max: 100 }), (feedAWatts, feedBWatts, deratingPercent) => {
        const limit = powerLimitOf({ feedAWatts, feedBWatts, deratingPercent });
        for (const left of [feedAWatts, feedBWatts]) expect(limit).toBeLessThanOrEqual((left * deratingPercent) / 100);
        expect(limit).toBe(
          powerLimitOf({ feedAWatts: Math.min(feedAWatts, feedBWatts), feedBWatts: null, deratingPercent }),
        );
      }),
    );
    expect(isSingleFed({ feedAWatts: 1, feedBWatts: null, deratingPercent: 80 })).toBe(true);
    expect(powerLimitOf({ feedAWatts: null, feedBWatts: null, deratingPercent: 80 })).toBe(0);
  });
});

describe('the life of a holder', () => {
  it('frees a place once: nothing leaves RELEASED, and expiry ends only what is held', () => {
    expect(holderTable.transitions.RELEASED).toEqual({});
    const expiring = holderTable.states.filter((state) => holderTable.transitions[state].EXPIRE !== undefined);
    expect(expiring).toEqual(['HELD']);
    expect(cabinetTable.transitions.RETIRED).toEqual({});
  });
});
