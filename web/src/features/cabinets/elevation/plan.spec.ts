import { describe, expect, it } from '@jest/globals';
import { departmentsOf, lettersOf, type PlanCabinet, powerStep, tileOf, unitsStep } from './plan';

const cabinet = (more: Partial<PlanCabinet>): PlanCabinet => ({
  id: 'c',
  code: 'A01',
  planX: 0,
  planY: 0,
  heightUnits: 42,
  freeUnits: 12,
  power: { limitW: 4_000, usedW: 1_000 },
  department: null,
  holderDepartments: [],
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
  it('shows of a shared cabinet who has the most, and how many others there are', () => {
    const [finance, health, water] = ['财政厅', '卫健委', '水利厅'].map((name) => ({ id: name, name }));
    const inside = (...of: readonly { id: string; name: string }[]) =>
      of.map((department, at) => ({ department, units: 10 - at }));
    const own = cabinet({ department: water ?? null, holderDepartments: inside(finance as never) });
    const shared = cabinet({ id: 's', holderDepartments: inside(health as never, finance as never) });
    const letters = lettersOf([own, shared]);
    const letter = (of: typeof finance) => letters.get(of?.id ?? '')?.letter;
    expect(letters.size).toBe(3);
    expect(tileOf(shared, 'department', letters).text).toBe(`${letter(health)}+1`);
    // The owner comes first, whoever has the most in it.
    expect(tileOf(own, 'department', letters).text).toBe(`${letter(water)}+1`);
    expect(departmentsOf(own).map(({ id }) => id)).toEqual(['水利厅', '财政厅']);
  });
});
