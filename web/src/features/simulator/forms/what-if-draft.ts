import type { Architecture, NetworkZone, StorageTier } from '../../../graphql/enums';
import { uniqueId } from '../../../lib/unique-id';

export type LocalMode = 'SINGLE' | 'DUAL_ACTIVE';

/** A row as it is typed: numbers are null while empty. */
export type WhatIfRow = {
  /** Identity on the screen only. */
  key: string;
  count: number | null;
  vcpu: number | null;
  memoryGib: number | null;
  diskGib: number | null;
  storageTier: StorageTier;
  architecture: Architecture;
  zone: NetworkZone;
  /** null = whichever center fits best. */
  centerId: string | null;
  localMode: LocalMode;
  protectionLevel: number;
  domesticCpu: boolean;
};

export const TIERS: readonly StorageTier[] = ['SSD', 'HDD'];
export const ARCHITECTURES: readonly Architecture[] = ['ARM64', 'AMD64'];
export const ZONES: readonly NetworkZone[] = ['GOVERNMENT_EXTRANET', 'INTERNET', 'BUSINESS_LINE'];
export const LOCAL_MODES: readonly LocalMode[] = ['SINGLE', 'DUAL_ACTIVE'];
export const LEVELS = [1, 2, 3] as const;

const MIB_PER_GIB = 1024;

/** A second row begins like the one before. */
export function newRow(before?: WhatIfRow): WhatIfRow {
  return {
    count: 10,
    vcpu: 4,
    memoryGib: 16,
    diskGib: 100,
    storageTier: 'SSD',
    architecture: 'ARM64',
    zone: 'GOVERNMENT_EXTRANET',
    centerId: null,
    localMode: 'SINGLE',
    protectionLevel: 2,
    domesticCpu: false,
    ...before,
    key: uniqueId(),
  };
}

export type RowError = { row: number; column: Column };
type Amount = 'count' | 'vcpu' | 'memoryGib' | 'diskGib';
const AMOUNTS: readonly Amount[] = ['count', 'vcpu', 'memoryGib', 'diskGib'];

/** What the API is asked; rows that cannot be asked are named. */
export function inputOf(rows: readonly WhatIfRow[]) {
  const errors: RowError[] = [];
  const lines = rows.map((row, index) => {
    const amount = (column: Amount): number => {
      const value = row[column];
      const whole = column === 'memoryGib' ? (value ?? 0) * MIB_PER_GIB : value;
      if (value !== null && value > 0 && Number.isInteger(whole)) return value;
      errors.push({ row: index + 1, column });
      return 0;
    };
    const [count, vcpu, memoryGib, diskGib] = AMOUNTS.map(amount) as [number, number, number, number];
    const { key: _, memoryGib: __, ...rest } = row;
    return { ...rest, count, vcpu, memoryMib: Math.round(memoryGib * MIB_PER_GIB), diskGib };
  });
  return { lines, errors };
}

// ---------- pasted text ----------

export const COLUMNS = [
  'count',
  'vcpu',
  'memoryGib',
  'diskGib',
  'storageTier',
  'architecture',
  'zone',
  'center',
  'localMode',
  'protectionLevel',
  'domesticCpu',
] as const;
export type Column = (typeof COLUMNS)[number];

type Center = { id: string; code: string; name: string };
/** The words of each choice, in the language of the screen; the API's own are taken too. */
export type Words = {
  zone: (zone: NetworkZone) => string;
  localMode: (mode: LocalMode) => string;
  architecture: (architecture: Architecture) => string;
  yes: string;
};

/**
 * Rows out of a spreadsheet or a CSV, in the order of COLUMNS; what is left out at the end is as in a new row. A first line
 * without any number is a heading.
 */
export function parseRows(
  text: string,
  centers: readonly Center[],
  words: Words,
): { rows: WhatIfRow[]; errors: RowError[] } {
  const errors: RowError[] = [];
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const first = lines[0] !== undefined && !/\d/.test(lines[0].split(/[\t,，;]/)[0] ?? '') ? 1 : 0;
  const rows = lines.slice(first).map((line, index) => {
    const cells = line.split(/[\t,，;]/).map((cell) => cell.trim());
    const row = newRow();
    const wrong = (column: Column) => errors.push({ row: index + first + 1, column });
    const choose = <T extends string>(
      column: Column,
      cell: string,
      choices: readonly T[],
      word: (one: T) => string,
    ) => {
      const found = choices.find((one) => one === cell.toUpperCase() || word(one).toLowerCase() === cell.toLowerCase());
      if (!found) wrong(column);
      return found;
    };
    for (const [at, column] of COLUMNS.entries()) {
      const cell = cells[at] ?? '';
      if (cell === '') continue;
      switch (column) {
        case 'count':
        case 'vcpu':
        case 'memoryGib':
        case 'diskGib':
          row[column] = Number(cell);
          if (!(Number(cell) > 0)) wrong(column);
          break;
        case 'storageTier':
          row.storageTier = choose(column, cell, TIERS, (tier) => tier) ?? row.storageTier;
          break;
        case 'architecture':
          row.architecture = choose(column, cell, ARCHITECTURES, words.architecture) ?? row.architecture;
          break;
        case 'zone':
          row.zone = choose(column, cell, ZONES, words.zone) ?? row.zone;
          break;
        case 'center': {
          const center = centers.find(({ code, name }) => code === cell.toLowerCase() || name === cell);
          if (center) row.centerId = center.id;
          else wrong(column);
          break;
        }
        case 'localMode':
          row.localMode = choose(column, cell, LOCAL_MODES, words.localMode) ?? row.localMode;
          break;
        case 'protectionLevel':
          row.protectionLevel = Number(cell);
          if (!LEVELS.some((level) => level === row.protectionLevel)) wrong(column);
          break;
        case 'domesticCpu':
          row.domesticCpu = [words.yes.toLowerCase(), 'true', '1'].includes(cell.toLowerCase());
          break;
      }
    }
    return row;
  });
  return { rows, errors };
}
