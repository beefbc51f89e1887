/** OpenAPI v3 of each group and version, as `kubectl apply` and `kubectl explain` read it: types as the schemas know them. */
import type { JsonObject } from '../json.js';
import type { GroupVersion } from '../kinds/catalogue.js';
import type { Kind } from '../kinds/kind.js';
import {
  fieldsProse,
  managedFieldsProse,
  metadataProse,
  objectMetaProse,
  ownerReferenceProse,
  timeProse,
  typeMetaProse,
} from '../kinds/metadata-prose.js';
import { type Anything, objectMeta, type Schema } from '../kinds/schema.js';

/** kubectl refuses to apply without the kind and `fieldValidation` on PATCH; `explain` finds its schema by the kind of GET. */
export function openapi(served: GroupVersion, root: string): JsonObject {
  const paths: JsonObject = {};
  const schemas: JsonObject = { ...shared };
  for (const kind of served.kinds) {
    const groupVersionKind = { group: kind.group, version: kind.version, kind: kind.kind };
    const parameters = ['dryRun', 'fieldManager', 'fieldValidation', 'force'].map((name) => ({
      name,
      in: 'query',
      schema: { type: 'string', uniqueItems: true },
    }));
    const name = schemaName(kind);
    const content = { 'application/json': { schema: { $ref: refTo(name) } } };
    const responses = { '200': { description: 'OK', content } };
    const within = kind.namespaced ? '/namespaces/{namespace}' : '';
    paths[`/${root}${within}/${kind.plural}/{name}`] = {
      get: { 'x-kubernetes-action': 'get', 'x-kubernetes-group-version-kind': groupVersionKind, responses },
      patch: {
        'x-kubernetes-action': 'patch',
        'x-kubernetes-group-version-kind': groupVersionKind,
        parameters,
        responses,
      },
    };
    schemas[name] = { ...wholeSchema(kind), 'x-kubernetes-group-version-kind': [groupVersionKind] };
  }
  return { openapi: '3.0.0', info: { title: 'Kubernetes', version: 'v1.36.4' }, paths, components: { schemas } };
}

function schemaName({ group, kind, version }: Kind): string {
  return [...group.split('.').reverse(), version, kind].filter((part) => part !== '').join('.');
}

/** With what every kind has: the server says that of custom resources too, whatever their definition says of it. */
function wholeSchema({ schema }: Kind): JsonObject {
  const { properties, ...rest } = openapiSchema(schema) as JsonObject & { properties: JsonObject };
  return {
    ...rest,
    properties: {
      ...properties,
      apiVersion: { type: 'string', description: typeMetaProse.apiVersion },
      kind: { type: 'string', description: typeMetaProse.kind },
      metadata: { allOf: [{ $ref: refTo(META.object) }], description: metadataProse },
    },
  };
}

const META = {
  object: 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta',
  owner: 'io.k8s.apimachinery.pkg.apis.meta.v1.OwnerReference',
  fields: 'io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1',
  managed: 'io.k8s.apimachinery.pkg.apis.meta.v1.ManagedFieldsEntry',
  time: 'io.k8s.apimachinery.pkg.apis.meta.v1.Time',
} as const;

function refTo(name: string): string {
  return `#/components/schemas/${name}`;
}

const aText: JsonObject = { type: 'string' };
const aTime: JsonObject = { allOf: [{ $ref: refTo(META.time) }] };

const shared: JsonObject = {
  [META.object]: described(objectMetaProse, [], {
    ...(openapiSchema(objectMeta).properties as JsonObject),
    creationTimestamp: aTime,
    deletionTimestamp: aTime,
    ownerReferences: listOf(META.owner),
    managedFields: listOf(META.managed),
  }),
  [META.owner]: described(ownerReferenceProse, ['apiVersion', 'kind', 'name', 'uid'], {
    ...{ apiVersion: aText, kind: aText, name: aText, uid: aText },
    ...{ controller: { type: 'boolean' }, blockOwnerDeletion: { type: 'boolean' } },
  }),
  [META.managed]: described(managedFieldsProse, [], {
    ...{ manager: aText, operation: aText, apiVersion: aText, time: aTime, fieldsType: aText },
    ...{ fieldsV1: { allOf: [{ $ref: refTo(META.fields) }] }, subresource: aText },
  }),
  [META.fields]: { type: 'object', description: fieldsProse },
  [META.time]: { type: 'string', format: 'date-time', description: timeProse },
};

function listOf(name: string): JsonObject {
  return { type: 'array', items: { allOf: [{ $ref: refTo(name) }] } };
}

function described(prose: Readonly<Record<string, string>>, required: string[], fields: JsonObject): JsonObject {
  const properties: JsonObject = {};
  for (const [name, field] of Object.entries(fields)) {
    const description = prose[name];
    properties[name] = { ...(field as JsonObject), ...(description === undefined ? {} : { description }) };
  }
  return {
    ...{ type: 'object', description: prose[''] ?? '', properties },
    ...(required.length === 0 ? {} : { required }),
  };
}

export function openapiSchema(schema: Schema): JsonObject {
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
      return anythingOf(schema.shape);
    case 'quantity':
      return { 'x-kubernetes-int-or-string': true };
    default:
      return { type: schema.type, ...(schema.oneOf === undefined ? {} : { enum: [...schema.oneOf] }) };
  }
}

function anythingOf(shape: Anything['shape']): JsonObject {
  const open = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  if (shape === 'list') return { type: 'array', items: open, 'x-kubernetes-list-type': 'atomic' };
  return shape === 'texts' ? { type: 'object', additionalProperties: { type: 'string' } } : open;
}
