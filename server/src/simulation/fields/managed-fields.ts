/** metadata.managedFields: who owns which fields, what an apply may take, and what falls when it lets go. */
import { ApiError, type Cause } from '../api/status.js';
import { isObject, type Json, type JsonObject, type KubeObject, listAt, objectAt, textAt } from '../json.js';
import type { Kind } from '../kinds/kind.js';
import { FieldSet, type Path, pathText } from './field-set.js';
import { compare, fieldsOf, merge, without, withParents } from './typed.js';

export interface Owner {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly subresource: string;
  readonly apiVersion: string;
  readonly time: string | undefined;
  readonly fields: FieldSet;
}

export interface Writer {
  readonly manager: string;
  /** '' or 'status'. */
  readonly subresource: string;
  readonly now: string;
}

/** The server's own fields, which nobody owns. */
const unowned: readonly Path[] = [
  ['f:apiVersion'],
  ['f:kind'],
  ['f:metadata'],
  ...[
    'name',
    'namespace',
    'creationTimestamp',
    'selfLink',
    'uid',
    'generation',
    'managedFields',
    'resourceVersion',
  ].map((field) => ['f:metadata', `f:${field}`]),
];

/** An apply meets fields of others. */
export class OwnersConflict extends ApiError {
  constructor(readonly conflicts: readonly (readonly [Owner, Path])[]) {
    super(409, 'Conflict', `Apply failed with ${conflictText(conflicts)}`, { causes: causesOf(conflicts) });
  }
}

/** The object with `intent` applied. Throws an OwnersConflict unless forced. */
export function applyIntent(
  kind: Kind,
  live: KubeObject,
  intent: KubeObject,
  writer: Writer,
  force: boolean,
): KubeObject {
  const { schema } = kind;
  const owners = ownersOf(live);
  const mine = ownerKey({ ...writer, operation: 'Apply' });
  const last = owners.get(mine);
  const claimed = owned(kind, writer, fieldsOf(schema, intent));
  const base = bare(live);
  const merged = merge(schema, base, bare(intent)) as KubeObject;
  owners.set(mine, {
    manager: writer.manager,
    operation: 'Apply',
    subresource: writer.subresource,
    apiVersion: kind.apiVersion,
    time: last?.time,
    fields: claimed,
  });
  const pruned = last === undefined ? merged : prune(kind, merged, last.fields, owners);
  release(kind, base, pruned, owners, mine, force, writer);
  const changed = !sameValue(base, pruned);
  const own = owners.get(mine);
  // As a real server: an apply that changes no value leaves the time of its owner as it was, or absent.
  if (changed && own !== undefined) owners.set(mine, { ...own, time: writer.now });
  return withOwners(pruned, owners);
}

/** The object with whatever changed owned by who wrote it. */
export function ownUpdate(kind: Kind, live: KubeObject, next: KubeObject, writer: Writer): KubeObject {
  const owners = ownersAsked(live, next, writer);
  const before = bare(live);
  const after = bare(next);
  const difference = release(kind, before, after, owners, '', true, writer);
  const taken = owned(kind, writer, difference.modified.union(difference.added));
  if (!taken.isEmpty) {
    const mine = ownerKey({ ...writer, operation: 'Update' });
    const previous = owners.get(mine);
    owners.set(mine, {
      manager: writer.manager,
      operation: 'Update',
      subresource: writer.subresource,
      apiVersion: kind.apiVersion,
      time: writer.now,
      fields: previous === undefined ? taken : previous.fields.union(taken),
    });
  }
  return withOwners(after, capped(owners));
}

/**
 * A client may clear the list (an empty one, or one empty entry) or write it, as kubectl does to make its client-side
 * apply's fields its server-side apply's; what is absent, or written through a subresource, stays as it was.
 */
function ownersAsked(live: KubeObject, next: KubeObject, { subresource }: Writer): Map<string, Owner> {
  const asked = next.metadata.managedFields;
  if (subresource !== '' || !Array.isArray(asked)) return ownersOf(live);
  const [first] = asked;
  const cleared = asked.length === 0 || (asked.length === 1 && isObject(first) && Object.keys(first).length === 0);
  return cleared ? new Map() : ownersOf(next);
}

/** Beyond so many, the oldest are put together: no object grows by who once touched it (capmanagers.go). */
const UPDATERS_MAX = 10;
const ANCIENT = 'ancient-changes';

function capped(owners: Map<string, Owner>): Map<string, Owner> {
  const updaters = [...owners].filter(([, { operation }]) => operation === 'Update');
  if (updaters.length <= UPDATERS_MAX) return owners;
  updaters.sort(([a, one], [b, other]) => {
    const [mine, theirs] = [`${one.time ?? ''}\n${a}`, `${other.time ?? ''}\n${b}`];
    return mine < theirs ? -1 : 1;
  });
  const out = new Map(owners);
  let many = updaters.length;
  const firsts = new Map<string, string>();
  for (const [key, owner] of updaters) {
    if (many <= UPDATERS_MAX) break;
    const bucket = ownerKey({ manager: ANCIENT, operation: 'Update', subresource: '' });
    const first = firsts.get(owner.apiVersion);
    if (first === undefined) {
      firsts.set(owner.apiVersion, key);
      continue;
    }
    const gathered = out.get(bucket) ?? out.get(first);
    if (!out.has(bucket)) out.delete(first);
    out.delete(key);
    many -= 1;
    out.set(bucket, {
      ...owner,
      manager: ANCIENT,
      subresource: '',
      fields: owner.fields.union(gathered?.fields ?? new FieldSet()),
    });
  }
  return out;
}

/** Takes from the other owners what changed and what is gone. */
function release(
  kind: Kind,
  before: KubeObject,
  after: KubeObject,
  owners: Map<string, Owner>,
  mine: string,
  force: boolean,
  writer: Writer,
): ReturnType<typeof compare> {
  const difference = compare(kind.schema, before, after);
  const taken = owned(kind, writer, difference.modified.union(difference.added));
  const conflicts: (readonly [Owner, Path])[] = [];
  for (const [key, owner] of owners) {
    if (key === mine) continue;
    const conflicting = owner.fields.intersection(taken);
    for (const path of conflicting.paths()) conflicts.push([owner, path]);
    const left = owner.fields.difference(conflicting).difference(difference.removed);
    if (left.isEmpty) owners.delete(key);
    else owners.set(key, { ...owner, fields: left });
  }
  if (!force && conflicts.length > 0) throw new OwnersConflict(conflicts);
  if (owners.get(mine)?.fields.isEmpty === true) owners.delete(mine);
  return difference;
}

/** What the applier had claimed before, claims no more, and nobody else owns, goes. */
function prune(kind: Kind, merged: KubeObject, last: FieldSet, owners: ReadonlyMap<string, Owner>): KubeObject {
  let held = new FieldSet();
  for (const owner of owners.values()) held = held.union(owner.fields);
  const gone = withParents(kind.schema, last).difference(withParents(kind.schema, held));
  return gone.isEmpty ? merged : ((without(kind.schema, merged, keepAbove(gone, held)) ?? {}) as KubeObject);
}

/** A path is not taken away while something below it is held. */
function keepAbove(gone: FieldSet, held: FieldSet): FieldSet {
  const out = new FieldSet();
  for (const element of gone.members) {
    const below = held.children.get(element);
    if (below === undefined || below.isEmpty) out.members.add(element);
  }
  for (const [element, child] of gone.children) {
    out.children.set(element, keepAbove(child, held.children.get(element) ?? new FieldSet()));
  }
  return out;
}

/** Of a set, what can be owned at all through this (sub)resource. */
function owned(kind: Kind, writer: Writer, set: FieldSet): FieldSet {
  let out = set;
  for (const path of unowned) out = out.difference(single(path));
  if (writer.subresource === 'status') return out.filter((element) => element === 'f:status');
  return kind.statusSubresource ? out.filter((element) => element !== 'f:status') : out;
}

function single(path: Path): FieldSet {
  const set = new FieldSet();
  set.insert(path);
  return set;
}

export function bare(object: KubeObject): KubeObject {
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}

function sameValue(a: KubeObject, b: KubeObject): boolean {
  return JSON.stringify(sortKeys(a)) === JSON.stringify(sortKeys(b));
}

/** Keys in order and nothing empty in metadata: two spellings of one object. */
function sortKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (!isObject(value)) return value;
  const out: JsonObject = {};
  for (const key of Object.keys(value).sort()) out[key] = sortKeys(value[key] ?? null);
  return out;
}

function ownerKey(owner: Pick<Owner, 'manager' | 'operation' | 'subresource'>): string {
  return JSON.stringify([owner.operation, owner.manager, owner.subresource]);
}

function ownersOf(object: KubeObject): Map<string, Owner> {
  const out = new Map<string, Owner>();
  for (const each of listAt(object, 'metadata', 'managedFields')) {
    const owner: Owner = {
      manager: textAt(each, 'manager') ?? 'unknown',
      operation: textAt(each, 'operation') === 'Apply' ? 'Apply' : 'Update',
      subresource: textAt(each, 'subresource') ?? '',
      apiVersion: textAt(each, 'apiVersion') ?? object.apiVersion,
      time: textAt(each, 'time'),
      fields: FieldSet.fromFields(objectAt(each, 'fieldsV1')),
    };
    out.set(ownerKey(owner), owner);
  }
  return out;
}

function withOwners(object: KubeObject, owners: ReadonlyMap<string, Owner>): KubeObject {
  if (owners.size === 0) return object;
  const order = (owner: Owner) => `${owner.operation}\n${owner.time ?? ''}\n${owner.manager}\n${owner.subresource}`;
  const entries = [...owners.values()]
    .sort((a, b) => (order(a) < order(b) ? -1 : 1))
    .map(
      (owner): JsonObject => ({
        apiVersion: owner.apiVersion,
        fieldsType: 'FieldsV1',
        fieldsV1: owner.fields.toFields(),
        manager: owner.manager,
        operation: owner.operation,
        ...(owner.subresource === '' ? {} : { subresource: owner.subresource }),
        ...(owner.time === undefined ? {} : { time: owner.time }),
      }),
    );
  return { ...object, metadata: { ...object.metadata, managedFields: entries } };
}

function causesOf(conflicts: OwnersConflict['conflicts']): Cause[] {
  return conflicts.map(([owner, path]) => ({
    reason: 'FieldManagerConflict',
    message: `conflict with ${ownerText(owner)}`,
    field: pathText(path),
  }));
}

function conflictText(conflicts: OwnersConflict['conflicts']): string {
  const printed = conflicts.map(([owner, path]) => [ownerText(owner), pathText(path)] as const);
  const [first] = printed;
  if (printed.length === 1 && first !== undefined) return `1 conflict: conflict with ${first[0]}: ${first[1]}`;
  const byOwner = [...Map.groupBy(printed, ([owner]) => owner)].sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = byOwner.map(([owner, each]) =>
    [`conflicts with ${owner}:`, ...each.map(([, field]) => `- ${field}`)].join('\n'),
  );
  return `${printed.length} conflicts: ${lines.join('\n')}`;
}

function ownerText(owner: Owner): string {
  const subresource = owner.subresource === '' ? '' : ` with subresource "${owner.subresource}"`;
  return `"${owner.manager}"${subresource}${owner.operation === 'Update' ? ` using ${owner.apiVersion}` : ''}`;
}
