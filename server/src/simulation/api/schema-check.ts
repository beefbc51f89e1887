/** What a real server says of a value that its schema does not have or does not take. */
import { isObject, type Json, type JsonObject } from '../json.js';
import type { FieldProblem } from '../kinds/kind.js';
import type { Scalar, Schema } from '../kinds/schema.js';
import { parseQuantity } from '../quantity.js';
import { beyondLimits, type Place } from './limits.js';

/** The value without unknown fields, and their paths as warnings print them. */
export function withoutUnknown(schema: Schema, value: JsonObject): { known: JsonObject; unknown: readonly string[] } {
  const unknown: string[] = [];
  const known = prune(schema, value, '', unknown) as JsonObject;
  return { known, unknown: unknown.sort() };
}

function prune(schema: Schema, value: Json, path: string, unknown: string[]): Json {
  if (schema.type === 'object' && isObject(value)) {
    const out: JsonObject = {};
    for (const [key, each] of Object.entries(value)) {
      const here = path === '' ? key : `${path}.${key}`;
      const below = Object.hasOwn(schema.fields, key) ? schema.fields[key] : undefined;
      if (below === undefined) unknown.push(here);
      else out[key] = prune(below, each, here, unknown);
    }
    return out;
  }
  if (schema.type === 'map' && isObject(value)) {
    const out: JsonObject = {};
    for (const [key, each] of Object.entries(value)) out[key] = prune(schema.of, each, `${path}.${key}`, unknown);
    return out;
  }
  if (schema.type === 'list' && Array.isArray(value)) {
    return value.map((each, index) => prune(schema.of, each, `${path}[${index}]`, unknown));
  }
  if (isObject(value) && !['object', 'map', 'list', 'anything'].includes(schema.type)) {
    for (const key of Object.keys(value)) unknown.push(`${path}.${key}`);
    return {};
  }
  return value;
}

/**
 * The refusals of a custom resource's schema. `from` is where validation begins ("" or "status"): a message names
 * the path from there, the field the whole path.
 */
export function violations(schema: Schema, value: Json | undefined, from: string): FieldProblem[] {
  const found: FieldProblem[] = [];
  if (value !== undefined) check(schema, value, { field: from, text: '' }, found);
  return found;
}

function check(schema: Schema, value: Json, place: Place, found: FieldProblem[]): void {
  if (value === null && schema.limits?.nullable === true) return;
  const wanted = typeNameOf(schema);
  const got = jsonType(value);
  if (wanted !== undefined && got !== wanted && !(wanted === 'number' && got === 'integer')) {
    found.push({
      reason: 'FieldValueTypeInvalid',
      field: place.field,
      message: `Invalid value: "${got}": ${place.text} in body must be of type ${wanted}: "${got}"`,
    });
    return;
  }
  found.push(...beyondLimits(schema.limits, value, place));
  if (schema.type === 'object' && isObject(value)) {
    for (const key of schema.required) {
      if (value[key] !== undefined) continue;
      found.push({ reason: 'FieldValueRequired', field: under(place, key).field, message: 'Required value' });
    }
    for (const [key, each] of Object.entries(value)) {
      const below = schema.fields[key];
      if (below !== undefined) check(below, each, under(place, key), found);
    }
  } else if (schema.type === 'map' && isObject(value)) {
    for (const [key, each] of Object.entries(value)) check(schema.of, each, under(place, key), found);
  } else if (schema.type === 'list' && Array.isArray(value)) {
    for (const [index, each] of value.entries()) check(schema.of, each, inside(place, index), found);
  } else if (schema.type === 'string' && schema.oneOf !== undefined && !schema.oneOf.includes(String(value))) {
    const supported = schema.oneOf.map((each) => `"${each}"`).join(', ');
    found.push({
      reason: 'FieldValueNotSupported',
      field: place.field,
      message: `Unsupported value: "${String(value)}": supported values: ${supported}`,
    });
  }
}

function under(place: Place, key: string): Place {
  const join = (path: string) => (path === '' ? key : `${path}.${key}`);
  return { field: join(place.field), text: join(place.text) };
}

function inside(place: Place, index: number): Place {
  return { field: `${place.field}[${index}]`, text: `${place.text}[${index}]` };
}

function typeNameOf(schema: Schema): string | undefined {
  switch (schema.type) {
    case 'map':
    case 'object':
      return 'object';
    case 'list':
      return 'array';
    case 'anything':
    case 'quantity':
      return undefined;
    default:
      return schema.type;
  }
}

function jsonType(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

/** Of an applied value: the first thing that makes it no typed object, as structured-merge-diff says it. */
export function untypable(schema: Schema, value: Json, path = ''): string | undefined {
  if (value === null) return undefined;
  if (schema.type === 'object' && isObject(value)) {
    for (const [key, each] of Object.entries(value)) {
      const below = Object.hasOwn(schema.fields, key) ? schema.fields[key] : undefined;
      const problem =
        below === undefined ? `${path}.${key}: field not declared in schema` : untypable(below, each, `${path}.${key}`);
      if (problem !== undefined) return problem;
    }
    return undefined;
  }
  if (schema.type === 'map' && isObject(value)) {
    return first(Object.entries(value), ([key, each]) => untypable(schema.of, each, `${path}.${key}`));
  }
  if (schema.type === 'list' && Array.isArray(value)) {
    return first([...value.entries()], ([index, each]) => untypable(schema.of, each, `${path}[${index}]`));
  }
  if (fits(schema, value)) return undefined;
  const wanted = { object: 'map', map: 'map', list: 'list', integer: 'numeric', number: 'numeric' }[
    schema.type as string
  ];
  return `${path}: expected ${wanted ?? schema.type}, got &value.valueUnstructured{Value:${goText(value)}}`;
}

function first<T>(values: readonly T[], ask: (value: T) => string | undefined): string | undefined {
  for (const each of values) {
    const answer = ask(each);
    if (answer !== undefined) return answer;
  }
  return undefined;
}

function fits(schema: Schema, value: Json): boolean {
  if (schema.type === 'anything') return true;
  if (schema.type === 'quantity') return typeof value === 'string' || typeof value === 'number';
  if (schema.type === 'integer' || schema.type === 'number') return typeof value === 'number';
  return typeof value === schema.type;
}

function goText(value: Json): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

/** Why a core kind's JSON does not fit its Go type; undefined when it does. */
export function undecodable(schema: Schema, value: Json, path = ''): string | undefined {
  if (value === null || schema.type === 'anything') return undefined;
  if (schema.type === 'object' && isObject(value)) {
    return first(Object.entries(value), ([key, each]) => {
      const below = schema.fields[key];
      return below === undefined ? undefined : undecodable(below, each, path === '' ? key : `${path}.${key}`);
    });
  }
  if (schema.type === 'map' && isObject(value)) {
    return first(Object.entries(value), ([key, each]) => undecodable(schema.of, each, `${path}.${key}`));
  }
  if (schema.type === 'list' && Array.isArray(value)) {
    return first(value, (each) => undecodable(schema.of, each, path));
  }
  if (schema.type === 'quantity' && !isQuantity(value)) {
    return "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
  }
  if (fits(schema, value)) return undefined;
  const go = ({ integer: 'int64', boolean: 'bool' } as Record<string, string>)[schema.type] ?? (schema as Scalar).type;
  return `json: cannot unmarshal ${jsonType(value)} into Go struct field .${path} of type ${go}`;
}

function isQuantity(value: Json): boolean {
  return (typeof value === 'string' || typeof value === 'number') && parseQuantity(value) !== undefined;
}
