import { describe, expect, it } from '@jest/globals';
import { lettersOf, type PlanCabinet, powerStep, tileOf, unitsStep } from './plan';

const cabinet = (more: Partial<PlanCabinet>): PlanCabinet => ({
  id: 'c',
  code: 'A01',
  planX: 0,
  planY: 0,
  heightUnits: 42,
  freeUnits: 12,
  power: { limitW: 4_000, usedW: 1_000 },
  department: null,
  ...more,
});

describe('steps', () => {
  it('say more the more is free', () =>
    expect([0, 0.5, 10.5, 11, 21, 31, 42].map(unitsStep)).toEqual([0, 1, 1, 2, 3, 4, 4]));
  it('say less the more is drawn, and nothing of what is not known', () =>
    expect([4_000, 3_999, 3_400, 2_800, 2_000, 0, null].map((usedW) => powerStep({ limitW: 4_000, usedW }))).toEqual([
      0,
      1,
      1,
      2,
      3,
      4,
      null,
    ]));
  it('call a cabinet without feeds full', () => expect(powerStep({ limitW: 0, usedW: 0 })).toBe(0));
});

describe('tileOf', () => {
  it('writes the figure whatever the colour', () => {
    const letters = lettersOf([]);
    expect(tileOf(cabinet({}), 'units', letters).text).toBe('12U');
    expect(tileOf(cabinet({}), 'power', letters).text).toBe('25%');
    expect(tileOf(cabinet({ power: { limitW: 100, usedW: null } }), 'power', letters)).toMatchObject({
      text: '–',
      share: null,
    });
  });
  it('draws no figure that a city is not shown', () => {
    const masked = cabinet({ freeUnits: null, power: null });
    for (const metric of ['units', 'power'] as const)
      expect(tileOf(masked, metric, lettersOf([]))).toEqual({ fill: 'var(--quiet-ground)', text: '–', share: null });
    expect(tileOf(masked, 'department', lettersOf([])).share).toBeNull();
  });
  it('tells departments apart by letter, beyond the alphabet too', () => {
    const many = Array.from({ length: 60 }, (_, index) =>
      cabinet({ id: `${index}`, department: { id: `d${index}`, name: `单位${String(index).padStart(2, '0')}` } }),
    );
    const letters = lettersOf(many);
    const texts = many.map((one) => tileOf(one, 'department', letters).text);
    expect(new Set(texts).size).toBe(60);
    expect(texts[0]).toBe('A');
    expect(texts[26]).toBe('A2');
    expect(tileOf(cabinet({}), 'department', letters).text).toBe('·');
  });
});
