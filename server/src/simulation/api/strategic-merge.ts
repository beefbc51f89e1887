/** Strategic merge patch, for the core kinds: like a merge patch, but keyed lists and sets are merged. */

import { elementOf } from '../fields/typed.js';
import { isObject, type Json, type JsonObject, mergePatch } from '../json.js';
import { anything, type ListSchema, type Schema } from '../kinds/schema.js';

export function strategicMerge(schema: Schema, target: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch;
  if (patch.$patch === 'replace') return withoutDirectives(patch);
  const out: JsonObject = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    const list = key.startsWith('$deleteFromPrimitiveList/') ? key.slice(key.indexOf('/') + 1) : undefined;
    if (list !== undefined) out[list] = less(out[list], value);
    else if (key.startsWith('$')) continue;
    else if (value === null) delete out[key];
    else out[key] = mergeUnder(schemaUnder(schema, key), out[key], value);
  }
  return out;
}

function mergeUnder(schema: Schema, target: Json | undefined, value: Json): Json {
  if (schema.type === 'list' && schema.merge !== 'atomic' && Array.isArray(value))
    return mergeList(schema, target, value);
  if (schema.type === 'anything') return mergePatch(target, value);
  return isObject(value) ? strategicMerge(schema, target, value) : value;
}

function mergeList(schema: ListSchema, target: Json | undefined, patch: readonly Json[]): Json {
  const out = Array.isArray(target) ? [...target] : [];
  for (const each of patch) {
    const index = out.findIndex((other) => elementOf(schema, other) === elementOf(schema, each));
    if (isObject(each) && each.$patch === 'delete') {
      if (index >= 0) out.splice(index, 1);
    } else if (index < 0) {
      out.push(each);
    } else {
      out[index] = mergeUnder(schema.of, out[index], each);
    }
  }
  return out;
}

function less(target: Json | undefined, gone: Json): Json {
  if (!Array.isArray(target) || !Array.isArray(gone)) return target ?? [];
  return target.filter((each) => !gone.includes(each));
}

function withoutDirectives(patch: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(patch).filter(([key]) => !key.startsWith('$')));
}

function schemaUnder(schema: Schema, key: string): Schema {
  if (schema.type === 'object') return schema.fields[key] ?? anything;
  return schema.type === 'map' ? schema.of : anything;
}
