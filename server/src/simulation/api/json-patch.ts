/** RFC 6902, as evanphx/json-patch does it for a real server: all or nothing. */
import { copy, equal, isObject, type Json, textAt } from '../json.js';
import { ApiError, badRequest } from './status.js';

/** A patch may not be longer; a real server's limit. */
const OPERATIONS_LIMIT = 10_000;

export function jsonPatch(target: Json, patch: Json): Json {
  if (!Array.isArray(patch)) throw badRequest('json: cannot unmarshal object into Go value of type jsonpatch.Patch');
  if (patch.length > OPERATIONS_LIMIT) {
    throw new ApiError(
      413,
      'RequestEntityTooLarge',
      `The allowed maximum operations in a JSON patch is ${OPERATIONS_LIMIT}`,
    );
  }
  let document = copy(target);
  for (const operation of patch) document = step(document, operation);
  return document;
}

function step(document: Json, operation: Json): Json {
  const path = pointer(textAt(operation, 'path') ?? '');
  const value = isObject(operation) ? operation.value : undefined;
  switch (textAt(operation, 'op')) {
    case 'add':
      return put(document, path, value ?? null, 'add');
    case 'replace':
      read(document, path);
      return put(document, path, value ?? null, 'replace');
    case 'remove':
      return drop(document, path);
    case 'test':
      if (!equal(readOrUndefined(document, path), value ?? null)) throw refused();
      return document;
    case 'copy':
      return put(document, path, copy(read(document, pointer(textAt(operation, 'from') ?? ''))), 'add');
    case 'move': {
      const from = pointer(textAt(operation, 'from') ?? '');
      const moved = read(document, from);
      return put(drop(document, from), path, moved, 'add');
    }
    default:
      throw refused();
  }
}

function pointer(text: string): string[] {
  if (text === '') return [];
  return text
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function readOrUndefined(document: Json, path: readonly string[]): Json | undefined {
  let here: Json | undefined = document;
  for (const key of path) {
    if (Array.isArray(here)) here = here[Number(key)];
    else if (isObject(here) && Object.hasOwn(here, key)) here = here[key];
    else return undefined;
  }
  return here;
}

function read(document: Json, path: readonly string[]): Json {
  const found = readOrUndefined(document, path);
  if (found === undefined) throw refused();
  return found;
}

/** Changes `document`, which is the patch's own copy, except where it is replaced whole. */
function put(document: Json, path: readonly string[], value: Json, how: 'add' | 'replace'): Json {
  const key = path.at(-1);
  if (key === undefined) return value;
  const parent = read(document, path.slice(0, -1));
  if (Array.isArray(parent)) {
    const index = key === '-' ? parent.length : Number(key);
    if (!Number.isInteger(index) || index < 0 || index > parent.length) throw refused();
    parent.splice(index, how === 'replace' ? 1 : 0, value);
  } else if (isObject(parent)) {
    parent[key] = value;
  } else {
    throw refused();
  }
  return document;
}

function drop(document: Json, path: readonly string[]): Json {
  read(document, path);
  const parent = read(document, path.slice(0, -1));
  const key = path.at(-1) ?? '';
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else if (isObject(parent)) delete parent[key];
  return document;
}

/** Whatever is wrong with it: a real server keeps the reason to itself. */
const refused = () =>
  new ApiError(422, 'Invalid', 'the server rejected our request due to an error in our request', {});
