/** An object as the server keeps it: what its type always has, without what its type leaves out, and with what nobody said. */
import { isObject, type Json, type JsonObject, type KubeObject } from '../json.js';
import type { Kind } from '../kinds/kind.js';
import type { Schema } from '../kinds/schema.js';
import { withDefaults } from './limits.js';

export function filled(kind: Kind, object: KubeObject): KubeObject {
  if (kind.custom) return withDefaults(kind.schema, object);
  const whole = laidUnder(kind.zero ?? {}, withoutEmpty(kind, object)) as KubeObject;
  return kind.defaults?.(whole) ?? whole;
}

/** Go's omitempty: a list or a map with nothing in it is not written. */
function withoutEmpty(kind: Kind, object: KubeObject): KubeObject {
  const out: KubeObject = { ...object };
  for (const [key, value] of Object.entries(object)) {
    const schema = kind.schema.fields[key];
    if (key === 'metadata' || schema === undefined) continue;
    const left = stripped(schema, value);
    if (left === undefined) delete out[key];
    else out[key] = left;
  }
  return out;
}

function stripped(schema: Schema, value: Json): Json | undefined {
  if (schema.type === 'list' && Array.isArray(value))
    return value.length === 0 ? undefined : value.map((each) => stripped(schema.of, each) ?? each);
  if (schema.type === 'map' && isObject(value)) return Object.keys(value).length === 0 ? undefined : value;
  if (schema.type !== 'object' || !isObject(value)) return value;
  const out: JsonObject = {};
  for (const [key, each] of Object.entries(value)) {
    const below = schema.fields[key];
    const left = below === undefined ? each : stripped(below, each);
    if (left !== undefined) out[key] = left;
  }
  return out;
}

/** The value, with the other wherever it has nothing. */
function laidUnder(under: Json, value: Json | undefined): Json {
  if (value === undefined) return under;
  if (!isObject(under) || !isObject(value)) return value;
  const out: JsonObject = { ...value };
  for (const [key, each] of Object.entries(under)) out[key] = laidUnder(each, value[key]);
  return out;
}
