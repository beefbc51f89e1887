/** From a request's body to an object of the kind, with the refusals that a real server has on the way. */
import { at, isObject, type Json, type JsonObject, type KubeObject, textAt } from '../json.js';
import type { Kind } from '../kinds/kind.js';
import { bareType, PROTOBUF } from './media.js';
import { fromProtobuf } from './protobuf.js';
import type { ApiRequest } from './request.js';
import { undecodable, untypable, withoutUnknown } from './schema-check.js';
import { ApiError, badRequest, invalid } from './status.js';

export interface Decoded {
  readonly object: KubeObject;
  readonly warnings: readonly string[];
}

export type FieldValidation = 'Strict' | 'Warn' | 'Ignore';

export function parseBody(request: ApiRequest): Json {
  try {
    if (bareType(request.contentType) === PROTOBUF) {
      const read = fromProtobuf(request.body);
      if (read === undefined) throw new TypeError('a message of a kind that is not read in protobuf');
      return read;
    }
    return JSON.parse(request.body.toString('utf8')) as Json;
  } catch (error) {
    throw badRequest(`error decoding: ${error instanceof Error ? error.message : String(error)}`);
  }
}

export function optionalBody(request: ApiRequest): Json | undefined {
  return request.body.length === 0 ? undefined : parseBody(request);
}

export function fieldValidation(request: ApiRequest, options: string): FieldValidation {
  const asked = request.query.get('fieldValidation') ?? '';
  if (asked === '') return 'Warn';
  if (asked === 'Strict' || asked === 'Warn' || asked === 'Ignore') return asked;
  throw invalid('meta.k8s.io', options, '', [
    {
      reason: 'FieldValueNotSupported',
      field: 'fieldValidation',
      message: `Unsupported value: "${asked}": supported values: "", "Ignore", "Strict", "Warn"`,
    },
  ]);
}

export function isDryRun(asked: Json | undefined, options: string): boolean {
  if (asked === undefined || asked === null || asked === '') return false;
  if (asked === 'All') return true;
  throw invalid('meta.k8s.io', options, '', [
    {
      reason: 'FieldValueNotSupported',
      field: 'dryRun',
      message: `Unsupported value: [${JSON.stringify(asked)}]: supported values: "All"`,
    },
  ]);
}

/** For POST and PUT. */
export function decodeObject(kind: Kind, namespace: string, body: Json, validation: FieldValidation): Decoded {
  if (!isObject(body))
    throw badRequest(`couldn't get version/kind; json parse error: json: cannot unmarshal into Go value`);
  requireKind(kind, body);
  const { known, unknown } = withoutUnknown(kind.schema, body);
  if (validation === 'Strict' && unknown.length > 0) {
    throw cannotHandle(kind, `strict decoding error: ${unknown.map(unknownField).join(', ')}`);
  }
  const object = asObject(kind, known);
  const problem = coreProblem(kind, object);
  if (problem !== undefined) throw cannotHandle(kind, problem);
  requireNamespace(kind, namespace, object);
  return { object, warnings: validation === 'Warn' ? unknown.map(unknownField) : [] };
}

/** For the object that a patch gives: as refused by a real server, which says what it would have stored. */
export function decodePatched(kind: Kind, patched: Json, validation: FieldValidation): Decoded {
  if (!isObject(patched)) throw badRequest('the patched object is no object');
  const { known, unknown } = withoutUnknown(kind.schema, patched);
  if (validation === 'Strict' && unknown.length > 0) {
    throw unpatchable(patched, `strict decoding error: ${unknown.map(unknownField).join(', ')}`);
  }
  const object = asObject(kind, known);
  const problem = coreProblem(kind, object);
  if (problem !== undefined) throw unpatchable(patched, problem);
  return { object, warnings: validation === 'Warn' ? unknown.map(unknownField) : [] };
}

function unpatchable(patched: Json, why: string): ApiError {
  const value = JSON.stringify(JSON.stringify(patched));
  const problem = { reason: 'FieldValueInvalid', field: 'patch', message: `Invalid value: ${value}: ${why}` };
  return new ApiError(422, 'Invalid', ` "" is invalid: patch: ${problem.message}`, { causes: [problem] });
}

/** For server-side apply. */
export function decodeIntent(kind: Kind, namespace: string, body: Json): KubeObject {
  if (!isObject(body)) throw badRequest('error decoding YAML: the applied configuration is no object');
  const apiVersion = textAt(body, 'apiVersion') ?? '';
  const name = textAt(body, 'kind') ?? '';
  if (apiVersion !== kind.apiVersion || name !== kind.kind) {
    const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
    throw badRequest(`invalid object type: ${group}/${version}, Kind=${name}`);
  }
  const object = asObject(kind, body);
  if (object.metadata.managedFields !== undefined) throw badRequest('metadata.managedFields must be nil');
  requireNamespace(kind, namespace, object);
  const about = `(${textAt(body, 'metadata', 'namespace') ?? ''}/${object.metadata.name}; ${kind.group}/${kind.version}, Kind=${kind.kind})`;
  const fault = untypable(kind.schema, body);
  if (fault !== undefined) throw new ApiError(500, '', `failed to create typed patch object ${about}: ${fault}`);
  const problem = coreProblem(kind, object);
  if (problem !== undefined) {
    throw new ApiError(
      500,
      '',
      `failed to convert new object ${about} to proper version: unable to convert unstructured object to ${kind.group}/${kind.version}, Kind=${kind.kind}: error decoding from json: ${problem}`,
    );
  }
  return withoutNulls(object) as KubeObject;
}

export function requireName(object: KubeObject, name: string): void {
  const given = object.metadata.name;
  if (given === '' || given === name) return;
  throw badRequest(`the name of the object (${given}) does not match the name on the URL (${name})`);
}

function requireNamespace(kind: Kind, namespace: string, object: KubeObject): void {
  const given = textAt(object, 'metadata', 'namespace') ?? '';
  if (!kind.namespaced || given === '' || given === namespace) return;
  throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
}

function requireKind(kind: Kind, body: JsonObject): void {
  const apiVersion = textAt(body, 'apiVersion');
  const name = textAt(body, 'kind');
  if (kind.custom && (name === undefined || name === '')) {
    throw badRequest(`Object 'Kind' is missing in '${JSON.stringify(body)}'`);
  }
  if (apiVersion !== undefined && apiVersion !== kind.apiVersion) {
    throw badRequest(
      `the API version in the data (${apiVersion}) does not match the expected API version (${kind.apiVersion})`,
    );
  }
  if (name === undefined || name === kind.kind) return;
  if (!kind.custom) {
    throw badRequest(
      `${name} in version "${kind.version}" cannot be handled as a ${kind.kind}: converting (${kind.version}.${name}) to (core.${kind.kind}): unknown conversion`,
    );
  }
  throw invalid(kind.group, name, textAt(body, 'metadata', 'name') ?? '', [
    { reason: 'FieldValueInvalid', field: 'kind', message: `Invalid value: "${name}": must be ${kind.kind}` },
  ]);
}

function asObject(kind: Kind, body: JsonObject): KubeObject {
  const metadata = at(body, 'metadata');
  const given = isObject(metadata) ? metadata : {};
  const { managedFields } = given;
  const name = typeof given.name === 'string' ? given.name : '';
  const whole: KubeObject = {
    ...body,
    apiVersion: kind.apiVersion,
    kind: kind.kind,
    metadata: {
      ...(withoutNulls(given) as JsonObject),
      name,
      ...(managedFields === undefined ? {} : { managedFields }),
    },
  };
  return kind.custom ? whole : (withoutNulls(whole) as KubeObject);
}

/** null in a core kind, or in metadata, is the same as absent. */
function withoutNulls(value: Json): Json {
  if (!isObject(value)) return value;
  const out: JsonObject = {};
  for (const [key, each] of Object.entries(value)) if (each !== null) out[key] = withoutNulls(each);
  return out;
}

function coreProblem(kind: Kind, object: KubeObject): string | undefined {
  return kind.custom ? undefined : (undecodable(kind.schema, object) ?? kind.decodeProblem?.(object));
}

function cannotHandle(kind: Kind, why: string): ApiError {
  return badRequest(`${kind.kind} in version "${kind.version}" cannot be handled as a ${kind.kind}: ${why}`);
}

const unknownField = (path: string) => `unknown field "${path}"`;
