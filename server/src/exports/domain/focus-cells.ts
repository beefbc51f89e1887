/** Decides whether one cell of a FOCUS file holds what its column may hold. */
import { parseDecimal } from './decimal.js';
import type { FocusColumn } from './focus-columns.js';
import type { FocusRule } from './focus-findings.js';

const ASCII = /^[\x20-\x7e]*$/;
/** A spreadsheet would run it: the same signs as everywhere in the console's files. */
const FORMULA = /^[=+\-@＝＋－＠\t\r\n\0]/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

/** null = it may stand there. */
export function cellFault(column: FocusColumn, text: string): FocusRule | null {
  if (text === '') return column.nullable ? null : 'REQUIRED';
  if (column.type !== 'WORDS' && !ASCII.test(text)) return 'ASCII';
  switch (column.type) {
    case 'DECIMAL':
      return parseDecimal(text) ? null : 'DECIMAL';
    case 'TIME':
      return timeOf(text) === undefined ? 'TIME' : null;
    case 'JSON':
      return isFlatObject(text) ? null : 'JSON';
    case 'TEXT':
    case 'WORDS':
      if (FORMULA.test(text)) return 'FORMULA';
      return !column.values || column.values.includes(text) ? null : 'VALUES';
  }
}

/** undefined = no such time: "2026-02-30T00:00:00Z" is none. */
export function timeOf(text: string): number | undefined {
  if (!TIME.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) || `${new Date(at).toISOString().slice(0, 19)}Z` !== text ? undefined : at;
}

/** Key and value, no deeper: as FOCUS's key-value format. */
function isFlatObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    return Object.values(value).every((one) => typeof one !== 'object' || one === null);
  } catch {
    return false;
  }
}
