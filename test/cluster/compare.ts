/**
 * What "the same answer" means. The whole body is compared, key by key and element by element: a key
 * too many is a difference as much as one too few. Passed over are only:
 *
 *   - metadata.managedFields, where the transcript does not have it (it has it where it is the point);
 *   - of a Status: everything but status, reason, code, message, metadata.continue and, in details,
 *     name, group, kind, uid and of each cause reason and field (their wording repeats the message);
 *   - of a BOOKMARK's object: everything but apiVersion, kind, metadata.resourceVersion and
 *     metadata.annotations (a real server sends empty leftovers of the Go type);
 *   - what an answer marked `compare: "listed"` does not list;
 *   - the order of a Status's causes, in its message too (a real server's validation walks Go maps), and of managedFields
 *     (it goes by the second in which each was written).
 */
import { at, isObject, type Json, type JsonObject } from './json.ts';
import type { Bindings } from './placeholders.ts';

export interface BodyDifference {
  readonly path: string;
  readonly expected: Json | undefined;
  readonly got: Json | undefined;
}

export type Rule = 'whole' | 'listed';

export function compareBody(
  expected: Json,
  got: Json | undefined,
  bindings: Bindings,
  rule: Rule,
  path: string,
): BodyDifference[] {
  const found: BodyDifference[] = [];
  compare(normal(expected), got === undefined ? undefined : normal(got), path, {
    bindings,
    rule,
    found,
  });
  return found;
}

/** The same body, with only what is compared of a bookmark. */
export function bookmarkEssence(object: Json): Json {
  const annotations = at(object, 'metadata', 'annotations');
  return {
    apiVersion: at(object, 'apiVersion') ?? null,
    kind: at(object, 'kind') ?? null,
    metadata: {
      resourceVersion: at(object, 'metadata', 'resourceVersion') ?? null,
      ...(annotations === undefined ? {} : { annotations }),
    },
  };
}

interface Comparison {
  readonly bindings: Bindings;
  readonly rule: Rule;
  readonly found: BodyDifference[];
}

function compare(expected: Json, got: Json | undefined, path: string, how: Comparison): void {
  if (expected === '<any>' && got !== undefined) return;
  if (typeof expected === 'string' && typeof got === 'string') {
    const matches = how.bindings.match(expected, got) || (path.endsWith('.message') && inAnyOrder(expected, got, how));
    if (!matches) {
      how.found.push({ path, expected: how.bindings.show(expected), got });
    }
  } else if (Array.isArray(expected) && Array.isArray(got)) {
    if (how.rule === 'listed') compareListed(expected, got, path, how);
    else if (path.endsWith('.managedFields')) compareArrays(byManager(expected), byManager(got), path, how);
    else compareArrays(expected, got, path, how);
  } else if (isObject(expected) && isObject(got)) {
    compareObjects(expected, got, path, how);
  } else if (expected !== got) {
    how.found.push({ path, expected, got });
  }
}

function compareObjects(expected: JsonObject, got: JsonObject, path: string, how: Comparison): void {
  const wanted = new Map(Object.keys(expected).map((key) => [how.bindings.show(key), key]));
  for (const [key, written] of wanted) {
    compare(expected[written] as Json, got[key], `${path}.${key}`, how);
  }
  if (how.rule === 'listed') return;
  for (const key of Object.keys(got)) {
    if (wanted.has(key)) continue;
    if (key === 'managedFields' && path.endsWith('metadata')) continue;
    how.found.push({ path: `${path}.${key}`, expected: undefined, got: got[key] });
  }
}

function compareArrays(expected: readonly Json[], got: readonly Json[], path: string, how: Comparison): void {
  for (const [index, each] of expected.entries()) {
    compare(each, got[index], `${path}.${index}`, how);
  }
  for (let index = expected.length; index < got.length; index += 1) {
    how.found.push({ path: `${path}.${index}`, expected: undefined, got: got[index] });
  }
}

/** Every listed element must be there; objects are known by their name (or group version). */
function compareListed(expected: readonly Json[], got: readonly Json[], path: string, how: Comparison): void {
  for (const each of expected) {
    const name = nameOf(each);
    const same = got.find((other) => nameOf(other) === name);
    compare(each, same, `${path}[${name}]`, how);
  }
}

/** `… is invalid: [spec.a: …, spec.b: …]`: the same faults, whichever comes first. */
function inAnyOrder(expected: string, got: string, { bindings }: Comparison): boolean {
  const [wanted, given] = [expected, got].map((message) => {
    const parts = /^(.* is invalid: )\[(.*)\]$/s.exec(message);
    return parts && { head: parts[1] as string, faults: (parts[2] as string).split(/, (?=[a-z]+[.[:])/i) };
  });
  if (!wanted || !given || wanted.faults.length !== given.faults.length) return false;
  const left = [...given.faults];
  return (
    bindings.match(wanted.head, given.head) &&
    wanted.faults.every((fault) => {
      const at = left.findIndex((other) => bindings.match(fault, other));
      if (at >= 0) left.splice(at, 1);
      return at >= 0;
    })
  );
}

function byManager(entries: readonly Json[]): readonly Json[] {
  const key = (entry: Json) => ['operation', 'manager', 'subresource'].map((name) => at(entry, name) ?? '').join(' ');
  return entries.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

function nameOf(value: Json): string {
  const name = at(value, 'name') ?? at(value, 'groupVersion');
  return typeof name === 'string' ? name : JSON.stringify(value);
}

function normal(body: Json): Json {
  return at(body, 'kind') === 'Status' && at(body, 'apiVersion') === 'v1' ? statusEssence(body as JsonObject) : body;
}

const statusKeys = ['kind', 'apiVersion', 'status', 'reason', 'code', 'message'];
const detailKeys = ['name', 'group', 'kind', 'uid'];

function statusEssence(status: JsonObject): JsonObject {
  const details = isObject(status.details) ? status.details : {};
  const causes = Array.isArray(details.causes) ? (details.causes as readonly Json[]) : [];
  return {
    ...pick(status, statusKeys),
    metadata: pick(isObject(status.metadata) ? status.metadata : {}, ['continue']),
    details: {
      ...pick(details, detailKeys),
      causes: causes
        .map((cause) => pick(isObject(cause) ? cause : {}, ['reason', 'field']))
        .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
    },
  };
}

function pick(object: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(keys.flatMap((key) => (object[key] === undefined ? [] : [[key, object[key]]])));
}
