/** What a CRD's schema asks of values beyond their types, in kube-openapi's words, and the defaults that it fills in. */
import { isObject, type Json, type JsonObject } from '../json.js';
import type { FieldProblem } from '../kinds/kind.js';
import type { Limits, Schema } from '../kinds/schema.js';

/** A place by its whole path and by its path from where validation began. */
export interface Place {
  readonly field: string;
  readonly text: string;
}

type Rule = (value: Json, limits: Limits, place: Place) => FieldProblem | undefined;

const dateTime = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/;

function refused(reason: string, place: Place, value: Json, why: string): FieldProblem {
  const shown = typeof value === 'string' || typeof value === 'number' ? JSON.stringify(value) : `"${typeof value}"`;
  return { reason, field: place.field, message: `Invalid value: ${shown}: ${place.text} in body ${why}` };
}

const rules: readonly Rule[] = [
  (value, { maxLength }, place) =>
    typeof value === 'string' && maxLength !== undefined && [...value].length > maxLength
      ? {
          reason: 'FieldValueTooLong',
          field: place.field,
          message: `Too long: may not be more than ${maxLength} bytes`,
        }
      : undefined,
  (value, { minLength }, place) =>
    typeof value === 'string' && minLength !== undefined && [...value].length < minLength
      ? refused('FieldValueInvalid', place, value, `should be at least ${minLength} chars long`)
      : undefined,
  (value, { pattern }, place) =>
    typeof value === 'string' && pattern !== undefined && !new RegExp(pattern).test(value)
      ? refused('FieldValueInvalid', place, value, `should match '${pattern}'`)
      : undefined,
  (value, { format }, place) =>
    typeof value === 'string' && format === 'date-time' && !dateTime.test(value)
      ? refused('FieldValueInvalid', place, value, `must be of type date-time: ${JSON.stringify(value)}`)
      : undefined,
  (value, { minimum }, place) =>
    typeof value === 'number' && minimum !== undefined && value < minimum
      ? refused('FieldValueInvalid', place, value, `should be greater than or equal to ${minimum}`)
      : undefined,
  (value, { maximum }, place) =>
    typeof value === 'number' && maximum !== undefined && value > maximum
      ? refused('FieldValueInvalid', place, value, `should be less than or equal to ${maximum}`)
      : undefined,
  (value, { minItems }, place) =>
    Array.isArray(value) && minItems !== undefined && value.length < minItems
      ? {
          reason: 'FieldValueInvalid',
          field: place.field,
          message: `Invalid value: ${value.length}: ${place.text} in body should have at least ${minItems} items`,
        }
      : undefined,
  (value, { maxItems }, place) =>
    Array.isArray(value) && maxItems !== undefined && value.length > maxItems
      ? {
          reason: 'FieldValueTooMany',
          field: place.field,
          message: `Too many: ${value.length}: must have at most ${maxItems} items`,
        }
      : undefined,
];

export function beyondLimits(limits: Limits | undefined, value: Json, place: Place): FieldProblem[] {
  if (limits === undefined) return [];
  return rules.flatMap((rule) => rule(value, limits, place) ?? []);
}

/** The value with the schema's defaults wherever an object is there to hold them; the same one when none is missing. */
export function withDefaults<T extends Json>(schema: Schema, value: T): T {
  if (!hasDefaults(schema)) return value;
  if (Array.isArray(value) && schema.type === 'list') return value.map((each) => withDefaults(schema.of, each)) as T;
  if (!isObject(value)) return value;
  if (schema.type === 'map') {
    const filled = Object.entries(value).map(([key, each]): [string, Json] => [key, withDefaults(schema.of, each)]);
    return Object.fromEntries(filled) as T;
  }
  if (schema.type !== 'object') return value;
  const out: JsonObject = { ...value };
  for (const [key, below] of Object.entries(schema.fields)) {
    const given = out[key];
    const standing = below.limits?.default;
    if (standing !== undefined && (given === undefined || (given === null && below.limits?.nullable !== true)))
      out[key] = standing;
    else if (given !== undefined) out[key] = withDefaults(below, given);
  }
  return out as T;
}

const known = new WeakMap<Schema, boolean>();

/** Most kinds have none, and are not walked for them. */
function hasDefaults(schema: Schema): boolean {
  const found = known.get(schema);
  if (found !== undefined) return found;
  const below = schema.type === 'object' ? Object.values(schema.fields) : 'of' in schema ? [schema.of] : [];
  const has = below.some((each) => each.limits?.default !== undefined || hasDefaults(each));
  known.set(schema, has);
  return has;
}
