/** Columns that a CRD declares by a JSONPath. */
import { at, isObject, type Json, type KubeObject, textAt } from '../json.js';
import { ageColumn, type Column, sinceText } from './kind.js';

interface Shape {
  readonly type?: 'string' | 'date' | 'boolean' | 'integer';
  readonly format?: string;
  /** 1: only shown by `-o wide`. */
  readonly priority?: number;
}

/** `path` as the CRD has it, without the leading dot. */
export function crdColumn(
  name: string,
  path: string,
  { format = '', priority = 0, type = 'string' }: Shape = {},
): Column {
  return {
    name,
    type,
    format,
    description: `Custom resource definition column (in JSONPath format): .${path}`,
    priority,
    cell: (object, now) => cellOf(at(object, ...path.split('.')), type, now),
  };
}

/** A date is an age; what has parts is written as JSON, as client-go's jsonpath does. */
function cellOf(value: Json | undefined, type: Column['type'], now: number): ReturnType<Column['cell']> {
  if (value === undefined || value === null) return undefined;
  if (type === 'date') return sinceText(String(value), now);
  if (typeof value === 'boolean') return type === 'boolean' ? value : String(value);
  return Array.isArray(value) || isObject(value) ? JSON.stringify(value) : value;
}

export const crdAgeColumn = crdColumn('Age', 'metadata.creationTimestamp', { type: 'date' });

/** Of the built-in kinds that print the moment instead of an age. */
export const createdAtColumn: Column = {
  ...ageColumn,
  name: 'Created At',
  type: 'date',
  cell: (object: KubeObject) => textAt(object, 'metadata', 'creationTimestamp'),
};
