/** Decides what has to be assumed to say what a department would pay if it built for itself, in which units, and within which bounds. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { CalendarDate } from '../../kernel/calendar.js';
import { isCalendarDate } from '../../kernel/calendar.js';
import type { Refusal } from '../../kernel/refusal.js';

export const ASSUMPTION_UNITS = [
  'VCPU',
  'GIB',
  'YUAN',
  'YUAN_PER_TIB',
  'YUAN_PER_YEAR',
  'YUAN_PER_U_MONTH',
  'YUAN_PER_KWH',
  'WATT',
  'WATT_PER_TIB',
  'WATT_PER_U',
  'U',
  'U_PER_100_TIB',
  'YEARS',
  'COUNT',
  'PEOPLE',
  'PERCENT',
  'RATIO',
] as const;
export type AssumptionUnit = (typeof ASSUMPTION_UNITS)[number];

/** Decimals that a value of the unit may have; a value is kept as a whole number of its last place. */
const DECIMALS: { readonly [U in AssumptionUnit]: number } = {
  VCPU: 0,
  GIB: 0,
  YUAN: 2,
  YUAN_PER_TIB: 2,
  YUAN_PER_YEAR: 2,
  YUAN_PER_U_MONTH: 2,
  YUAN_PER_KWH: 4,
  WATT: 0,
  WATT_PER_TIB: 0,
  WATT_PER_U: 0,
  U: 0,
  U_PER_100_TIB: 0,
  YEARS: 0,
  COUNT: 0,
  PEOPLE: 2,
  PERCENT: 2,
  RATIO: 2,
};

export const ASSUMPTION_GROUPS = ['HARDWARE', 'STORAGE', 'ROOM', 'SOFTWARE', 'PEOPLE', 'RESERVE'] as const;
export type AssumptionGroup = (typeof ASSUMPTION_GROUPS)[number];

interface AssumptionMeaning {
  readonly group: AssumptionGroup;
  readonly unit: AssumptionUnit;
  /** Included, in the unit itself. */
  readonly min: number;
  readonly max: number;
}

const meaning = (group: AssumptionGroup, unit: AssumptionUnit, min: number, max: number): AssumptionMeaning => ({
  ...{ group, unit, min, max },
});

/** A price of nought is allowed where somebody has the thing already; what divides is never nought. */
const YUAN_MAX = 100_000_000;

/** Everything that is assumed, in the order in which it is read. */
export const ASSUMPTIONS = {
  HOST_VCPU: meaning('HARDWARE', 'VCPU', 1, 10_000),
  HOST_MEMORY_GIB: meaning('HARDWARE', 'GIB', 1, 100_000),
  HOST_PRICE: meaning('HARDWARE', 'YUAN', 0, YUAN_MAX),
  HOST_POWER: meaning('HARDWARE', 'WATT', 0, 100_000),
  HOST_HEIGHT: meaning('HARDWARE', 'U', 1, 48),
  SERVER_PRICE: meaning('HARDWARE', 'YUAN', 0, YUAN_MAX),
  SERVER_POWER: meaning('HARDWARE', 'WATT', 0, 100_000),
  SERVER_HEIGHT: meaning('HARDWARE', 'U', 1, 48),
  ACCELERATOR_PRICE: meaning('HARDWARE', 'YUAN', 0, YUAN_MAX),
  ACCELERATOR_POWER: meaning('HARDWARE', 'WATT', 0, 100_000),
  NETWORK_PART: meaning('HARDWARE', 'PERCENT', 0, 100),
  LIFE: meaning('HARDWARE', 'YEARS', 1, 20),
  SSD_PRICE: meaning('STORAGE', 'YUAN_PER_TIB', 0, YUAN_MAX),
  HDD_PRICE: meaning('STORAGE', 'YUAN_PER_TIB', 0, YUAN_MAX),
  STORAGE_POWER: meaning('STORAGE', 'WATT_PER_TIB', 0, 10_000),
  STORAGE_HEIGHT: meaning('STORAGE', 'U_PER_100_TIB', 0, 1_000),
  CABINET_RENT: meaning('ROOM', 'YUAN_PER_U_MONTH', 0, 100_000),
  SPACE_POWER: meaning('ROOM', 'WATT_PER_U', 0, 10_000),
  PUE: meaning('ROOM', 'RATIO', 1, 4),
  ELECTRICITY: meaning('ROOM', 'YUAN_PER_KWH', 0, 100),
  SITE_LINE: meaning('ROOM', 'YUAN_PER_YEAR', 0, YUAN_MAX),
  SOFTWARE_PRICE: meaning('SOFTWARE', 'YUAN', 0, YUAN_MAX),
  SOFTWARE_SUPPORT: meaning('SOFTWARE', 'PERCENT', 0, 100),
  MAINTENANCE: meaning('PEOPLE', 'YUAN_PER_YEAR', 0, YUAN_MAX),
  MAINTENANCE_PART: meaning('PEOPLE', 'PERCENT', 0, 100),
  WARRANTY: meaning('PEOPLE', 'YEARS', 0, 20),
  MACHINES_PER_PERSON: meaning('PEOPLE', 'COUNT', 1, 10_000),
  PEOPLE_MIN: meaning('PEOPLE', 'PEOPLE', 0, 100),
  PERSON_COST: meaning('PEOPLE', 'YUAN_PER_YEAR', 0, YUAN_MAX),
  RESERVE_PART: meaning('RESERVE', 'PERCENT', 0, 300),
  HOSTS_MIN: meaning('RESERVE', 'COUNT', 1, 1_000),
} as const satisfies Record<string, AssumptionMeaning>;
export type AssumptionKey = keyof typeof ASSUMPTIONS;
export const ASSUMPTION_KEYS = Object.keys(ASSUMPTIONS) as AssumptionKey[];

/** PUBLIC: somebody outside has said it, and where. ASSUMED: the department's or the center's own word. */
export const SOURCE_KINDS = ['PUBLIC', 'ASSUMED'] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

export interface Assumption {
  readonly key: AssumptionKey;
  /** As people write it, in its unit; null = not said yet. */
  readonly value: string | null;
  readonly source: SourceKind;
  /** Where it is from, or why it is assumed so. */
  readonly note: string;
}

export interface AssumptionContent {
  readonly assumptions: readonly Assumption[];
}

/** Whole numbers of each unit's last place. */
export type AssumptionValues = { readonly [K in AssumptionKey]: bigint };

export const NOTE_LENGTH_MAX = 200;
const EDITION_NOTE_LENGTH_MAX = 200;

export function unitOf(key: AssumptionKey): AssumptionUnit {
  return ASSUMPTIONS[key].unit;
}

/** By how many its kept whole number is divided to be in its unit. */
export function scaleOf(key: AssumptionKey): bigint {
  return 10n ** BigInt(DECIMALS[unitOf(key)]);
}

/** null = no number of that unit. */
export function parseValue(key: AssumptionKey, text: string): bigint | null {
  const decimals = DECIMALS[unitOf(key)];
  const match = /^(\d{1,12})(?:\.(\d+))?$/.exec(text.trim());
  if (!match || (match[2] ?? '').length > decimals) return null;
  return BigInt((match[1] as string) + (match[2] ?? '').padEnd(decimals, '0'));
}

/** The first draft of all: everything is named, nothing is said. */
export function nothingAssumed(): AssumptionContent {
  return { assumptions: ASSUMPTION_KEYS.map((key) => ({ key, value: null, source: 'ASSUMED', note: '' })) };
}

/** Each of them once, in their order; what was not given stays as it was. */
export function merged(given: readonly Assumption[], before: AssumptionContent): AssumptionContent {
  const known = new Map([...before.assumptions, ...given].map((one) => [one.key, one]));
  return {
    assumptions: nothingAssumed().assumptions.map((empty) => known.get(empty.key) ?? empty),
  };
}

/** What is wrong with a draft however unfinished it is. */
export function wrongDraft(note: string, effectiveFrom: CalendarDate, { assumptions }: AssumptionContent): Refusal[] {
  const wrong: Refusal[] = [];
  if (note.trim() === '' || note.length > EDITION_NOTE_LENGTH_MAX)
    wrong.push(
      invalid(
        ['note'],
        'length',
        say(
          `请写明变化及原因，最多 ${EDITION_NOTE_LENGTH_MAX} 字`,
          `Say what changes and why, in at most ${EDITION_NOTE_LENGTH_MAX} characters`,
        ),
      ),
    );
  if (!isCalendarDate(effectiveFrom))
    wrong.push(invalid(['effectiveFrom'], 'date', say('请填写启用日期', 'Give the day that it begins')));
  for (const { key, note: of, value } of assumptions) {
    if (value !== null && !fits(key, value)) wrong.push(outOfBounds(key));
    if (of.length > NOTE_LENGTH_MAX) wrong.push(noteTooLong(key));
  }
  return wrong;
}

/** What keeps a draft from being put in force: every value is there and says where it is from. */
export function wrongAssumptions(
  content: AssumptionContent,
  effectiveFrom: CalendarDate,
  today: CalendarDate,
): Refusal[] {
  const wrong: Refusal[] = [];
  if (!isCalendarDate(effectiveFrom) || effectiveFrom < today)
    wrong.push(
      invalid(
        ['effectiveFrom'],
        'range',
        say('启用日期不能早于今天', 'It begins today or later: what was compared stays so'),
      ),
    );
  for (const { key, note, value } of content.assumptions) {
    if (value === null) wrong.push(invalid(pathOf(key, 'value'), 'required', say('请填写取值', 'Give a value')));
    else if (!fits(key, value)) wrong.push(outOfBounds(key));
    if (note.trim() === '')
      wrong.push(
        invalid(
          pathOf(key, 'note'),
          'required',
          say('请注明来源或取值依据', 'Say where it is from, or why it is assumed so'),
        ),
      );
  }
  return wrong;
}

/** Of an edition that is in force: all are there. Throws where one is missing, because such a one is never published. */
export function valuesOf({ assumptions }: AssumptionContent): AssumptionValues {
  const entries = ASSUMPTION_KEYS.map((key) => {
    const value = assumptions.find((one) => one.key === key)?.value;
    const parsed = value == null ? null : parseValue(key, value);
    if (parsed === null) throw new Error(`an edition in force says nothing of ${key}`);
    return [key, parsed] as const;
  });
  return Object.fromEntries(entries) as AssumptionValues;
}

function fits(key: AssumptionKey, text: string): boolean {
  const value = parseValue(key, text);
  const { max, min } = ASSUMPTIONS[key];
  return value !== null && value >= BigInt(min) * scaleOf(key) && value <= BigInt(max) * scaleOf(key);
}

const pathOf = (key: AssumptionKey, field: 'value' | 'note') => ['assumptions', key, field] as const;

function outOfBounds(key: AssumptionKey): Refusal {
  const { max, min, unit } = ASSUMPTIONS[key];
  const decimals = DECIMALS[unit];
  return invalid(
    pathOf(key, 'value'),
    'range',
    say(
      `取值为 ${min} 至 ${max} 的数，最多 ${decimals} 位小数`,
      `A number of ${min} to ${max}, with at most ${decimals} decimals`,
    ),
  );
}

function noteTooLong(key: AssumptionKey): Refusal {
  return invalid(
    pathOf(key, 'note'),
    'length',
    say(`最多 ${NOTE_LENGTH_MAX} 字`, `At most ${NOTE_LENGTH_MAX} characters`),
  );
}

function invalid(path: readonly string[], rule: string, message: Bilingual): Refusal {
  return { code: 'INVALID_INPUT', path: [...path], rule, message };
}
