import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkEntrants } from './entrants.js';
import { checkEquipment, fitInto, type Standing } from './equipment.js';
import { STEPS_OF_KIND } from './steps.js';
import { conflicts, type KeptWindow, overlap } from './window.js';
import {
  afterAction,
  mayAct,
  openActions,
  type Side,
  WORK_ORDER_ACTIONS,
  WORK_ORDER_KINDS,
  WORK_ORDER_STATES,
} from './work-order.js';

const subject = (state: (typeof WORK_ORDER_STATES)[number], more: object = {}) => ({
  kind: 'RACK' as const,
  state,
  slipNumber: null,
  finishedById: null,
  ...more,
});

describe('the life of a work order', () => {
  it('gives each side its own acts, and a stranger none', () => {
    expect(openActions(subject('SUBMITTED'), ['APPLICANT'], 'u')).toEqual(['CANCEL']);
    expect(openActions(subject('SUBMITTED'), ['CENTER'], 'u')).toEqual(['RETURN', 'OPEN', 'CANCEL']);
    expect(openActions(subject('OPEN'), ['WORKER'], 'u')).toEqual(['ACCEPT']);
    // What the center has opened the department does not take back.
    expect(openActions(subject('OPEN'), ['APPLICANT'], 'u')).toEqual([]);
    for (const state of WORK_ORDER_STATES) expect(openActions(subject(state), [], 'u')).toEqual([]);
  });

  it('is confirmed by another than who did the work', () => {
    const done = subject('DONE', { finishedById: 'me' });
    expect(mayAct(done, 'CONFIRM', ['CENTER'], 'me')).toBe(false);
    expect(mayAct(done, 'CONFIRM', ['CENTER'], 'other')).toBe(true);
    // For whom it was done takes it over or sends it back; what was granted is closed by the center.
    for (const action of ['CONFIRM', 'REWORK'] as const) {
      expect(mayAct({ ...done, kind: 'RACK' }, action, ['APPLICANT'], 'other')).toBe(true);
      expect(mayAct({ ...done, kind: 'DELIVERY' }, action, ['APPLICANT'], 'other')).toBe(false);
      expect(mayAct({ ...done, kind: 'DELIVERY' }, action, ['CENTER'], 'other')).toBe(true);
    }
  });

  it('has a release slip only for what leaves its place, once', () => {
    const at = (kind: 'RACK' | 'MOVE_OUT', slipNumber: string | null) =>
      mayAct({ ...subject('ACCEPTED'), kind, slipNumber }, 'ISSUE_SLIP', ['CENTER'], 'u');
    expect([at('RACK', null), at('MOVE_OUT', null), at('MOVE_OUT', 'CM-1')]).toEqual([false, true, false]);
    // The engineer who carries it out himself asks another for the slip.
    const own = { ...subject('ACCEPTED'), kind: 'MOVE_OUT' as const };
    expect(mayAct(own, 'ISSUE_SLIP', ['CENTER', 'WORKER'], 'u')).toBe(false);
  });

  it('never opens an act that the table does not know', () => {
    const sides: Side[] = ['APPLICANT', 'CENTER', 'WORKER'];
    for (const state of WORK_ORDER_STATES)
      for (const action of WORK_ORDER_ACTIONS)
        if (mayAct(subject(state), action, sides, 'u')) expect(afterAction(state, action)).toBeDefined();
  });

  it('has steps for every kind, with evidence in each, and keys that do not repeat', () => {
    for (const kind of WORK_ORDER_KINDS) {
      const steps = STEPS_OF_KIND[kind];
      expect(steps.some((step) => step.evidence)).toBe(true);
      expect(new Set(steps.map((step) => step.key)).size).toBe(steps.length);
    }
  });
});

describe('windows', () => {
  const moment = fc.integer({ min: 0, max: 200 }).map((hours) => new Date(hours * 3_600_000));
  const window = fc
    .tuple(moment, fc.integer({ min: 1, max: 48 }))
    .map(([from, hours]) => ({ from, to: new Date(from.getTime() + hours * 3_600_000) }));

  it('overlap each other alike, and never one that begins when the other ends', () => {
    fc.assert(
      fc.property(window, window, (a, b) => {
        expect(overlap(a, b)).toBe(overlap(b, a));
        expect(overlap(a, { from: a.to, to: new Date(a.to.getTime() + 1) })).toBe(false);
      }),
    );
  });

  it('get in the way of work only, and in the same room only', () => {
    const kept = (orderId: string, kind: KeptWindow['kind'], roomId: string): KeptWindow => ({
      orderId,
      kind,
      roomId,
      from: new Date(0),
      to: new Date(10),
    });
    const others = [kept('1', 'CABLE', 'a'), kept('2', 'ENTRY', 'a'), kept('3', 'CABLE', 'b'), kept('9', 'RACK', 'a')];
    expect(conflicts(kept('9', 'RACK', 'a'), others).map((each) => each.orderId)).toEqual(['1']);
    expect(conflicts(kept('9', 'ENTRY', 'a'), others)).toEqual([]);
  });
});

describe('a space', () => {
  const space = {
    holderId: 'h',
    cabinet: { id: 'c', code: 'A-01' },
    heightHalfUnits: 20,
    powerW: 2_000,
    weightGrams: 100_000,
  };
  const thing = fc.record({
    heightHalfUnits: fc.integer({ min: 1, max: 8 }),
    powerW: fc.integer({ min: 0, max: 900 }),
    weightGrams: fc.integer({ min: 1, max: 40_000 }),
    startHalfUnit: fc.option(fc.integer({ min: -2, max: 21 }), { nil: null }),
  });

  it('is never overfilled, and no two things share a half-unit', () => {
    fc.assert(
      fc.property(fc.array(thing, { maxLength: 8 }), (things) => {
        const standing: Standing[] = [];
        for (const wish of things) {
          const fit = fitInto(space, standing, [{ ...wish, path: [] }]);
          if (fit.ok) standing.push({ ...wish, startHalfUnit: fit.value[0] as number });
          else expect(fit.error.every((each) => each.code === 'SPACE_SHORTAGE' && each.short > 0)).toBe(true);
        }
        const sum = (of: 'powerW' | 'weightGrams') => standing.reduce((total, each) => total + each[of], 0);
        expect(sum('powerW')).toBeLessThanOrEqual(space.powerW);
        expect(sum('weightGrams')).toBeLessThanOrEqual(space.weightGrams);
        const taken = standing.flatMap((each) =>
          Array.from({ length: each.heightHalfUnits }, (_, at) => each.startHalfUnit + at),
        );
        expect(new Set(taken).size).toBe(taken.length);
        expect(taken.every((at) => at >= 0 && at < space.heightHalfUnits)).toBe(true);
      }),
    );
  });
});

describe('what is written down', () => {
  it('of equipment is refused row by row', () => {
    const good = {
      owner: 'x',
      label: 'x',
      serial: 'SN 1',
      heightHalfUnits: 2,
      powerW: 0,
      weightGrams: 1,
      domestic: true,
    };
    expect(checkEquipment([good])).toEqual([]);
    expect(
      checkEquipment([
        good,
        { ...good, serial: 'sn1', heightHalfUnits: 0, powerW: -1, weightGrams: 0, label: ' ' },
      ]).map((each) => each.path.join('.')),
    ).toEqual([
      'equipment.1.label',
      'equipment.1.serial',
      'equipment.1.heightUnits',
      'equipment.1.powerW',
      'equipment.1.weightKg',
    ]);
  });

  it('of a person is four characters of a paper and never the whole number', () => {
    const entrant = (idLastFour: string) =>
      checkEntrants([{ name: '王', idLastFour, vendor: '某' }], '蒋', true).length;
    expect(['1234', '123X'].map(entrant)).toEqual([0, 0]);
    expect(['320102199001011234', '12', '12X4', ''].map(entrant)).toEqual([1, 1, 1, 1]);
  });
});
