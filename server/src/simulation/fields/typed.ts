/**
 * Values read by their schema: which paths a value has, how two values differ, what merging one into the other
 * gives, and a value without some paths. After structured-merge-diff, which is what a real server uses.
 */
import { copy, equal, isObject, type Json, type JsonObject } from '../json.js';
import { anything, type ListSchema, type Schema } from '../kinds/schema.js';
import { FieldSet, type Path } from './field-set.js';

/** How a value is walked: as one leaf, or through its keys or elements. */
type Shape =
  | { readonly walk: 'leaf' }
  | { readonly walk: 'keys'; readonly of: (key: string) => Schema; readonly declared: (key: string) => boolean }
  | { readonly walk: 'elements'; readonly schema: ListSchema };

const leaf: Shape = { walk: 'leaf' };

function shapeOf(schema: Schema, value: Json | undefined): Shape {
  switch (schema.type) {
    case 'object':
      if (schema.atomic || !isObject(value)) return leaf;
      return {
        walk: 'keys',
        of: (key) => schema.fields[key] ?? anything,
        declared: (key) => Object.hasOwn(schema.fields, key),
      };
    case 'map':
      if (schema.atomic || !isObject(value)) return leaf;
      return { walk: 'keys', of: () => schema.of, declared: () => false };
    case 'list':
      return schema.merge === 'atomic' || !Array.isArray(value) ? leaf : { walk: 'elements', schema };
    case 'anything':
      return isObject(value) ? { walk: 'keys', of: () => anything, declared: () => false } : leaf;
    default:
      return leaf;
  }
}

/** The element of a path for one element of a keyed list or of a set. */
export function elementOf(schema: ListSchema, value: Json): string {
  if (schema.merge === 'set' || !isObject(value)) return `v:${JSON.stringify(value)}`;
  const keys: JsonObject = {};
  for (const key of [...schema.keys].sort()) keys[key] = value[key] ?? null;
  return `k:${JSON.stringify(keys)}`;
}

/** Everything that an applied value claims. */
export function fieldsOf(schema: Schema, value: JsonObject): FieldSet {
  const set = new FieldSet();
  collect(schema, value, [], set);
  return set;
}

function collect(schema: Schema, value: Json, path: Path, into: FieldSet): void {
  const shape = shapeOf(schema, value);
  if (shape.walk === 'keys' && isObject(value)) {
    for (const [key, each] of Object.entries(value)) {
      const here = [...path, `f:${key}`];
      collect(shape.of(key), each, here, into);
      const bare = each === null || (isObject(each) && Object.keys(each).length === 0);
      if (bare || !shape.declared(key)) into.insert(here);
    }
  } else if (shape.walk === 'elements' && Array.isArray(value)) {
    for (const each of value) {
      const here = [...path, elementOf(shape.schema, each)];
      collect(shape.schema.of, each, here, into);
      into.insert(here);
    }
    if (value.length === 0) into.insert(path);
  } else {
    into.insert(path);
  }
}

export interface Comparison {
  readonly added: FieldSet;
  readonly removed: FieldSet;
  readonly modified: FieldSet;
}

export function compare(schema: Schema, before: JsonObject, after: JsonObject): Comparison {
  const found = { added: new FieldSet(), removed: new FieldSet(), modified: new FieldSet() };
  differ(schema, before, after, [], found);
  return found;
}

function differ(
  schema: Schema,
  before: Json | undefined,
  after: Json | undefined,
  path: Path,
  found: Comparison,
): void {
  if (before === undefined) found.added.insert(path);
  if (after === undefined) found.removed.insert(path);
  const a = before === undefined ? undefined : shapeOf(schema, before);
  const b = after === undefined ? undefined : shapeOf(schema, after);
  if ((a ?? b)?.walk !== (b ?? a)?.walk || (a ?? b)?.walk === 'leaf') {
    if (before !== undefined && after !== undefined && !equal(before, after)) found.modified.insert(path);
    return;
  }
  const left = parts(schema, before);
  const right = parts(schema, after);
  for (const [element, { schema: below }] of new Map([...left, ...right])) {
    differ(below, left.get(element)?.value, right.get(element)?.value, [...path, element], found);
  }
}

type Parts = Map<string, { readonly schema: Schema; readonly value: Json }>;

function parts(schema: Schema, value: Json | undefined): Parts {
  const out: Parts = new Map();
  const shape = value === undefined ? leaf : shapeOf(schema, value);
  if (shape.walk === 'keys' && isObject(value)) {
    for (const [key, each] of Object.entries(value)) out.set(`f:${key}`, { schema: shape.of(key), value: each });
  } else if (shape.walk === 'elements' && Array.isArray(value)) {
    for (const each of value) out.set(elementOf(shape.schema, each), { schema: shape.schema.of, value: each });
  }
  return out;
}

/** `live` with everything of `intent` in it; what is atomic is replaced whole. */
export function merge(schema: Schema, live: Json | undefined, intent: Json): Json {
  const shape = shapeOf(schema, intent);
  if (shape.walk === 'keys' && isObject(intent)) {
    const out: JsonObject = isObject(live) ? { ...live } : {};
    for (const [key, value] of Object.entries(intent)) out[key] = merge(shape.of(key), out[key], value);
    return out;
  }
  if (shape.walk === 'elements' && Array.isArray(intent)) {
    const out = Array.isArray(live) ? [...live] : [];
    for (const each of intent) {
      const element = elementOf(shape.schema, each);
      const index = out.findIndex((other) => elementOf(shape.schema, other) === element);
      if (index < 0) out.push(copy(each));
      else out[index] = merge(shape.schema.of, out[index], each);
    }
    return out;
  }
  return copy(intent);
}

/** The value without the paths of the set; undefined when nothing of it is left. */
export function without(schema: Schema, value: Json, set: FieldSet): Json | undefined {
  const shape = shapeOf(schema, value);
  if (shape.walk === 'keys' && isObject(value)) {
    const out: JsonObject = {};
    for (const [key, each] of Object.entries(value)) {
      const left = remaining(shape.of(key), each, `f:${key}`, set);
      if (left !== undefined) out[key] = left;
    }
    return Object.keys(out).length === 0 && Object.keys(value).length > 0 ? undefined : out;
  }
  if (shape.walk === 'elements' && Array.isArray(value)) {
    const { schema: list } = shape;
    const out = value.flatMap((each) => {
      const left = remaining(list.of, each, elementOf(list, each), set);
      return left === undefined ? [] : [left];
    });
    return out.length === 0 && value.length > 0 ? undefined : out;
  }
  return value;
}

function remaining(schema: Schema, value: Json, element: string, set: FieldSet): Json | undefined {
  if (set.members.has(element)) return undefined;
  const below = set.children.get(element);
  return below === undefined || below.isEmpty ? value : without(schema, value, below);
}

/** The set with the declared fields above each of its paths as members: a struct is there while its fields are. */
export function withParents(schema: Schema, set: FieldSet): FieldSet {
  const out = new FieldSet();
  for (const element of set.members) out.members.add(element);
  for (const [element, child] of set.children) {
    if (child.isEmpty) continue;
    const below = schemaUnder(schema, element);
    if (element.startsWith('f:') && schema.type === 'object' && Object.hasOwn(schema.fields, element.slice(2))) {
      out.members.add(element);
    }
    out.children.set(element, withParents(below, child));
  }
  return out;
}

function schemaUnder(schema: Schema, element: string): Schema {
  if (schema.type === 'object') return schema.fields[element.slice(2)] ?? anything;
  return schema.type === 'map' || schema.type === 'list' ? schema.of : anything;
}
