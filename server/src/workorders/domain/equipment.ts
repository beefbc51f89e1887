/** Decides what a piece of a department's equipment may be, which life it has, and whether it fits into the space that was given. */
import { shortage } from '../../cabinets/domain/refusals.js';
import { say } from '../../kernel/bilingual.js';
import type { InputPath, InvalidInput, Refusal } from '../../kernel/refusal.js';
import { ok, type Result, refuse } from '../../kernel/result.js';
import { checkedTable, nextState } from '../../kernel/state-machine.js';

/** EXPECTED: named in an order, not here yet. ON_SITE: here, in no cabinet. PLANNED: its place is kept. GONE: left the house. */
export const EQUIPMENT_STATES = ['EXPECTED', 'ON_SITE', 'PLANNED', 'STANDING', 'GONE'] as const;
export type EquipmentState = (typeof EQUIPMENT_STATES)[number];
export const EQUIPMENT_ACTIONS = ['ARRIVE', 'PLAN', 'UNPLAN', 'STAND', 'TAKE_DOWN', 'LEAVE', 'DROP'] as const;
export type EquipmentAction = (typeof EQUIPMENT_ACTIONS)[number];

/** A plan that is given up leaves in the house what has arrived; what never came is dropped. */
export const equipmentTable = checkedTable<EquipmentState, EquipmentAction>({
  name: 'hosted equipment',
  states: EQUIPMENT_STATES,
  initial: 'EXPECTED',
  actions: EQUIPMENT_ACTIONS,
  transitions: {
    EXPECTED: { ARRIVE: 'ON_SITE', PLAN: 'PLANNED', DROP: 'GONE' },
    ON_SITE: { PLAN: 'PLANNED', LEAVE: 'GONE' },
    PLANNED: { STAND: 'STANDING', UNPLAN: 'ON_SITE', DROP: 'GONE' },
    STANDING: { TAKE_DOWN: 'ON_SITE', LEAVE: 'GONE' },
    GONE: {},
  },
});

export function equipmentAfter(state: EquipmentState, action: EquipmentAction): EquipmentState | undefined {
  return nextState(equipmentTable, state, action);
}

/** Those that take units, watts and kilograms of their space. */
export const PLACED_STATES = ['PLANNED', 'STANDING'] as const satisfies readonly EquipmentState[];

export interface EquipmentFacts {
  /** Whose property it is, in the words of the papers: a department may house a partner's thing. */
  readonly owner: string;
  readonly label: string;
  readonly serial: string;
  readonly heightHalfUnits: number;
  readonly powerW: number;
  readonly weightGrams: number;
  /** 信创: made of domestic parts as the catalogue has them. */
  readonly domestic: boolean;
}

export const EQUIPMENT_PER_ORDER_MAX = 50;
const TEXT_MAX = 60;
const HEIGHT_HALF_UNITS_MAX = 120;
const POWER_W_MAX = 50_000;
const WEIGHT_GRAMS_MAX = 2_000_000;

/** Everything that is wrong at once, each at its row. */
export function checkEquipment(rows: readonly EquipmentFacts[]): InvalidInput[] {
  const found: InvalidInput[] = [];
  const wrong = (at: number, field: string, rule: string, zh: string, en: string) =>
    found.push({ code: 'INVALID_INPUT', path: ['equipment', String(at), field], rule, message: say(zh, en) });
  if (rows.length > EQUIPMENT_PER_ORDER_MAX)
    return [
      {
        code: 'INVALID_INPUT',
        path: ['equipment'],
        rule: 'count',
        message: say(
          `一单最多 ${EQUIPMENT_PER_ORDER_MAX} 台设备`,
          `At most ${EQUIPMENT_PER_ORDER_MAX} things an order`,
        ),
      },
    ];
  const serials = new Set<string>();
  for (const [at, row] of rows.entries()) {
    for (const field of ['owner', 'label', 'serial'] as const)
      if (row[field].trim() === '' || row[field].length > TEXT_MAX)
        wrong(at, field, 'length', `须为 1 至 ${TEXT_MAX} 字`, `1 to ${TEXT_MAX} characters`);
    const serial = serialKey(row.serial);
    if (serials.has(serial)) wrong(at, 'serial', 'unique', '序列号重复', 'The serial stands twice');
    serials.add(serial);
    if (!whole(row.heightHalfUnits, 1, HEIGHT_HALF_UNITS_MAX))
      wrong(at, 'heightUnits', 'range', '高度须为半U的整数倍，0.5 至 60 U', 'Half units, 0.5 to 60 U');
    if (!whole(row.powerW, 0, POWER_W_MAX))
      wrong(at, 'powerW', 'range', `功率须为 0 至 ${POWER_W_MAX} W`, `0 to ${POWER_W_MAX} W`);
    if (!whole(row.weightGrams, 1, WEIGHT_GRAMS_MAX))
      wrong(at, 'weightKg', 'range', '重量须为 0.001 至 2000 kg', '0.001 to 2,000 kg');
  }
  return found;
}

/** Two spellings of one serial are one. */
export function serialKey(serial: string): string {
  return serial.trim().toUpperCase().replaceAll(/\s+/g, '');
}

function whole(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

/** What a department was given in a cabinet, in half-units from its own bottom. */
export interface GivenSpace {
  readonly holderId: string;
  readonly cabinet: { readonly id: string; readonly code: string };
  readonly heightHalfUnits: number;
  readonly powerW: number;
  readonly weightGrams: number;
}

export interface Standing {
  readonly startHalfUnit: number;
  readonly heightHalfUnits: number;
  readonly powerW: number;
  readonly weightGrams: number;
}

export interface FitWish extends Pick<EquipmentFacts, 'heightHalfUnits' | 'powerW' | 'weightGrams'> {
  /** Half-units from the bottom of the space; null = the lowest place that fits. */
  readonly startHalfUnit: number | null;
  readonly path: InputPath;
}

/** Where each thing goes, in the order of the wishes; refused with figures when units, watts or kilograms do not do. */
export function fitInto(
  space: GivenSpace,
  standing: readonly Standing[],
  wishes: readonly FitWish[],
): Result<readonly number[], readonly Refusal[]> {
  const taken = [...standing];
  const refusals: Refusal[] = [];
  const places: number[] = [];
  for (const wish of wishes) {
    const sum = (of: 'powerW' | 'weightGrams') => taken.reduce((total, each) => total + each[of], 0);
    const [freeW, freeGrams] = [space.powerW - sum('powerW'), space.weightGrams - sum('weightGrams')];
    const runs = freeRuns(space.heightHalfUnits, taken);
    const longest = Math.max(0, ...runs.map((run) => run.length));
    const start = placeIn(runs, wish);
    if (start === undefined)
      refusals.push(
        shortage('UNITS', wish.heightHalfUnits / 2, freeAt(runs, wish, longest) / 2, space.cabinet, wish.path),
      );
    if (wish.powerW > freeW) refusals.push(shortage('POWER_W', wish.powerW, freeW, space.cabinet, wish.path));
    if (wish.weightGrams > freeGrams)
      refusals.push(shortage('WEIGHT_GRAMS', wish.weightGrams, freeGrams, space.cabinet, wish.path));
    if (start === undefined) continue;
    places.push(start);
    taken.push({ ...wish, startHalfUnit: start });
  }
  return refusals.length > 0 ? refuse(refusals) : ok(places);
}

interface Run {
  readonly start: number;
  readonly length: number;
}

function freeRuns(height: number, taken: readonly Standing[]): Run[] {
  const runs: Run[] = [];
  let at = 0;
  for (const each of taken.toSorted((a, b) => a.startHalfUnit - b.startHalfUnit)) {
    if (each.startHalfUnit > at) runs.push({ start: at, length: each.startHalfUnit - at });
    at = Math.max(at, each.startHalfUnit + each.heightHalfUnits);
  }
  if (height > at) runs.push({ start: at, length: height - at });
  return runs;
}

function placeIn(runs: readonly Run[], { startHalfUnit, heightHalfUnits }: FitWish): number | undefined {
  if (startHalfUnit === null) return runs.find((run) => run.length >= heightHalfUnits)?.start;
  const fits = runs.some(
    (run) => run.start <= startHalfUnit && startHalfUnit + heightHalfUnits <= run.start + run.length,
  );
  return fits ? startHalfUnit : undefined;
}

/** What is free from the very place that was asked for, or the longest piece anywhere. */
function freeAt(runs: readonly Run[], { startHalfUnit }: FitWish, longest: number): number {
  if (startHalfUnit === null) return longest;
  const run = runs.find((each) => each.start <= startHalfUnit && startHalfUnit < each.start + each.length);
  return run ? run.start + run.length - startHalfUnit : 0;
}
