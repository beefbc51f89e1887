/** What clients ask before anything else: version, groups, kinds, and the little of OpenAPI that kubectl needs. */
import type { JsonObject } from '../json.js';
import { type GroupVersion, groupVersions } from '../kinds/catalogue.js';
import type { Kind } from '../kinds/kind.js';
import type { Schema } from '../kinds/schema.js';

const VERSION: JsonObject = {
  major: '1',
  minor: '36',
  gitVersion: 'v1.36.4+simulated',
  gitCommit: '',
  gitTreeState: 'clean',
  buildDate: '1970-01-01T00:00:00Z',
  goVersion: '',
  compiler: '',
  platform: 'linux/amd64',
};

const groups = groupVersions.filter((each) => each.group !== '').map(groupOf);

/** The answer to a path that is about no resource; undefined: there is no such path. */
export function discovery(path: string): JsonObject | string | undefined {
  if (['/healthz', '/livez', '/readyz'].includes(path)) return 'ok';
  if (path === '/version') return VERSION;
  if (path === '/api') return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] };
  if (path === '/apis') return { kind: 'APIGroupList', apiVersion: 'v1', groups };
  if (path === '/openapi/v3') return openapiIndex();
  for (const each of groupVersions) {
    const root = rootOf(each);
    if (path === `/${root}`) return resourceList(each);
    if (path === `/openapi/v3/${root}`) return openapi(each);
    if (each.group !== '' && path === `/apis/${each.group}`)
      return { ...groupOf(each), kind: 'APIGroup', apiVersion: 'v1' };
  }
  return undefined;
}

function rootOf({ apiVersion, group }: GroupVersion): string {
  return group === '' ? `api/${apiVersion}` : `apis/${apiVersion}`;
}

function groupOf({ apiVersion, group, version }: GroupVersion): JsonObject {
  const served = { groupVersion: apiVersion, version };
  return { name: group, versions: [served], preferredVersion: served };
}

function resourceList({ apiVersion, kinds }: GroupVersion): JsonObject {
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: apiVersion,
    resources: kinds.flatMap((kind): JsonObject[] => [
      {
        name: kind.plural,
        singularName: kind.singular,
        namespaced: kind.namespaced,
        kind: kind.kind,
        verbs: kind.custom
          ? ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch']
          : [...kind.verbs],
        ...(kind.shortNames.length === 0 ? {} : { shortNames: [...kind.shortNames] }),
        ...(kind.categories.length === 0 ? {} : { categories: [...kind.categories] }),
      },
      ...(kind.statusSubresource
        ? [
            {
              name: `${kind.plural}/status`,
              singularName: '',
              namespaced: kind.namespaced,
              kind: kind.kind,
              verbs: ['get', 'patch', 'update'],
            },
          ]
        : []),
    ]),
  };
}

function openapiIndex(): JsonObject {
  const paths: JsonObject = {};
  for (const each of groupVersions) {
    const root = rootOf(each);
    // Clients keep the document under its hash: a version that serves other kinds must not be taken for this one.
    const hash = each.kinds.map((kind) => kind.plural).join('-');
    paths[root] = { serverRelativeURL: `/openapi/v3/${root}?hash=${hash}` };
  }
  return { paths };
}

/** kubectl refuses to apply without the kind and `fieldValidation` on PATCH; `explain` reads the schemas. */
function openapi(served: GroupVersion): JsonObject {
  const paths: JsonObject = {};
  const schemas: JsonObject = {};
  for (const kind of served.kinds) {
    const groupVersionKind = { group: kind.group, version: kind.version, kind: kind.kind };
    const parameters = ['dryRun', 'fieldManager', 'fieldValidation', 'force'].map((name) => ({
      name,
      in: 'query',
      schema: { type: 'string', uniqueItems: true },
    }));
    const schema = schemaName(kind);
    const content = { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` } } };
    const responses = { '200': { description: 'OK', content } };
    const within = kind.namespaced ? '/namespaces/{namespace}' : '';
    paths[`/${rootOf(served)}${within}/${kind.plural}/{name}`] = {
      get: { 'x-kubernetes-action': 'get', 'x-kubernetes-group-version-kind': groupVersionKind, responses },
      patch: {
        'x-kubernetes-action': 'patch',
        'x-kubernetes-group-version-kind': groupVersionKind,
        parameters,
        responses,
      },
    };
    schemas[schema] = { ...openapiSchema(kind.schema), 'x-kubernetes-group-version-kind': [groupVersionKind] };
  }
  return { openapi: '3.0.0', info: { title: 'Kubernetes', version: 'v1.36.4' }, paths, components: { schemas } };
}

function schemaName(kind: Kind): string {
  return [...kind.group.split('.').reverse(), kind.version, kind.kind].filter((part) => part !== '').join('.');
}

function openapiSchema(schema: Schema): JsonObject {
  switch (schema.type) {
    case 'object': {
      const properties: JsonObject = {};
      for (const [name, below] of Object.entries(schema.fields)) properties[name] = openapiSchema(below);
      return {
        type: 'object',
        properties,
        ...(schema.required.length === 0 ? {} : { required: [...schema.required] }),
      };
    }
    case 'map':
      return { type: 'object', additionalProperties: openapiSchema(schema.of) };
    case 'list':
      return {
        type: 'array',
        items: openapiSchema(schema.of),
        'x-kubernetes-list-type': schema.merge,
        ...(schema.keys.length === 0 ? {} : { 'x-kubernetes-list-map-keys': [...schema.keys] }),
      };
    case 'anything':
      return { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
    case 'quantity':
      return { 'x-kubernetes-int-or-string': true };
    default:
      return { type: schema.type, ...(schema.oneOf === undefined ? {} : { enum: [...schema.oneOf] }) };
  }
}
