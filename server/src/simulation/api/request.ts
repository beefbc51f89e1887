/** One request as the API understands it, before anything is looked up. */
import type { JsonObject } from '../json.js';

export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly accept: string;
  readonly contentType: string;
  readonly authorization: string | undefined;
  readonly userAgent: string;
  /** Impersonate-User and Impersonate-Group. */
  readonly asUser: string | undefined;
  readonly asGroups: readonly string[];
  readonly body: Buffer;
}

export interface ApiAnswer {
  readonly status: number;
  /** A text goes out as plain text. */
  readonly body: JsonObject | string;
  readonly warnings?: readonly string[];
  readonly retryAfterSeconds?: number;
}

/** A path that names a kind's objects: /api/v1/… or /apis/<group>/<version>/… */
export interface ResourcePath {
  readonly group: string;
  readonly version: string;
  readonly apiVersion: string;
  readonly plural: string;
  readonly namespace: string;
  readonly name: string | undefined;
  readonly subresource: string | undefined;
}

export type Verb = 'get' | 'list' | 'watch' | 'create' | 'update' | 'patch' | 'delete' | 'deletecollection' | '';

const KNOWN_DEPTH = 3;

/** undefined for a path about no resource (discovery, health, anything unknown). */
export function resourcePath(path: string): ResourcePath | undefined {
  const parts = path.split('/').filter((part) => part !== '');
  const core = parts[0] === 'api';
  if (!core && parts[0] !== 'apis') return undefined;
  const [group = '', version = ''] = core ? ['', parts[1]] : [parts[1], parts[2]];
  const rest = parts.slice(core ? 2 : KNOWN_DEPTH);
  if (version === '' || rest.length === 0) return undefined;
  const within = rest[0] === 'namespaces' && rest.length > 1 && !isNamespaceItself(rest, core);
  const [plural, name, ...deeper] = within ? rest.slice(2) : rest;
  if (plural === undefined) return undefined;
  const itself = plural === 'namespaces' && core && !within;
  return {
    group,
    version,
    apiVersion: core ? version : `${group}/${version}`,
    plural,
    // As RBAC sees it, a namespace is in itself; objects of the kind have none.
    namespace: within ? (rest[1] ?? '') : itself ? (name ?? '') : '',
    name,
    subresource: deeper.length === 0 ? undefined : deeper.join('/'),
  };
}

/** /api/v1/namespaces/x and its subresources are about the namespace; …/x/secrets is about what is in it. */
function isNamespaceItself(rest: readonly string[], core: boolean): boolean {
  return core && (rest.length === 2 || (rest.length === 3 && (rest[2] === 'status' || rest[2] === 'finalize')));
}

export function isWatch(query: URLSearchParams): boolean {
  const watch = query.get('watch');
  return watch === 'true' || watch === '1';
}

export function verbOf(request: ApiRequest, path: ResourcePath): Verb {
  const named = path.name !== undefined;
  switch (request.method) {
    case 'GET':
    case 'HEAD':
      if (isWatch(request.query) && !named) return 'watch';
      return named ? 'get' : 'list';
    case 'POST':
      return 'create';
    case 'PUT':
      return 'update';
    case 'PATCH':
      return 'patch';
    case 'DELETE':
      return named ? 'delete' : 'deletecollection';
    default:
      return '';
  }
}

/** "jiyun-transcript" of "jiyun-transcript/1.0 (linux)": the manager of who names none. */
export function managerOf(request: ApiRequest): string {
  const named = request.query.get('fieldManager');
  if (named !== null && named !== '') return named;
  return (request.userAgent.split('/')[0] ?? '').slice(0, 128) || 'unknown';
}
