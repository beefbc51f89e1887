/** The kinds of the core group that the console and kubectl use, as kube-apiserver 1.36 has them in Go. */
import { equal, type JsonObject, type KubeObject, objectAt, textAt } from '../json.js';
import { ageColumn, dropKeys, type FieldProblem, kindOf, nameColumn } from './kind.js';
import { anything, boolean, list, listByKey, map, object, quantity, string } from './schema.js';

export const namespace = kindOf({
  group: '',
  version: 'v1',
  kind: 'Namespace',
  plural: 'namespaces',
  shortNames: ['ns'],
  namespaced: false,
  verbs: ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'],
  statusSubresource: true,
  nameRule: 'label',
  answersDeleteWithObject: true,
  selectableFields: ['status.phase'],
  fields: {
    spec: object({ finalizers: list(string) }),
    status: object({ phase: string, conditions: listByKey(['type'], anything) }),
  },
  columns: [
    nameColumn,
    {
      name: 'Status',
      type: 'string',
      description: 'The status of the namespace',
      priority: 0,
      cell: (o) => textAt(o, 'status', 'phase'),
    },
    ageColumn,
  ],
  // pkg/registry/core/namespace/strategy.go: the finalizer that keeps a namespace until it is empty, and its label.
  prepareCreate: (o) => ({
    ...o,
    metadata: {
      ...o.metadata,
      labels: { ...objectAt(o, 'metadata', 'labels'), 'kubernetes.io/metadata.name': o.metadata.name },
    },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  }),
  prepareUpdate: (next, live) => ({
    ...next,
    metadata: {
      ...next.metadata,
      labels: { ...objectAt(next, 'metadata', 'labels'), 'kubernetes.io/metadata.name': next.metadata.name },
    },
    spec: live.spec ?? {},
  }),
});

export const secret = kindOf({
  group: '',
  version: 'v1',
  kind: 'Secret',
  plural: 'secrets',
  namespaced: true,
  quotaName: 'secrets',
  selectableFields: ['type'],
  fields: { data: map(string), stringData: map(string), type: string, immutable: boolean },
  columns: [
    nameColumn,
    {
      name: 'Type',
      type: 'string',
      description:
        'Used to facilitate programmatic handling of secret data. More info: https://kubernetes.io/docs/concepts/configuration/secret/#secret-types',
      priority: 0,
      cell: (o) => textAt(o, 'type'),
    },
    {
      name: 'Data',
      type: 'string',
      description:
        "Data contains the secret data. Each key must consist of alphanumeric characters, '-', '_' or '.'. The serialized form of the secret data is a base64 encoded string, representing the arbitrary (possibly non-string) data value here. Described in https://tools.ietf.org/html/rfc4648#section-4",
      priority: 0,
      cell: (o) => Object.keys(objectAt(o, 'data') ?? {}).length,
    },
    ageColumn,
  ],
  prepareCreate: storeSecret,
  prepareUpdate: storeSecret,
  decodeProblem: (o) => {
    for (const value of Object.values(objectAt(o, 'data') ?? {})) {
      const illegal = /[^A-Za-z0-9+/=]/.exec(String(value));
      if (illegal !== null) return `illegal base64 data at input byte ${illegal.index}`;
      if (String(value).length % 4 !== 0) return `illegal base64 data at input byte ${String(value).length}`;
    }
    return undefined;
  },
  validate: (next, live) => {
    const found: FieldProblem[] = [];
    const type = textAt(next, 'type') ?? '';
    const data = objectAt(next, 'data') ?? {};
    if (live?.immutable === true) {
      for (const key of ['immutable', 'data']) {
        if (equal(live[key], next[key])) continue;
        const message = 'Forbidden: field is immutable when `immutable` is set';
        found.push({ reason: 'FieldValueForbidden', field: key, message });
      }
    }
    if (live !== undefined && textAt(live, 'type') !== type) {
      found.push({
        reason: 'FieldValueInvalid',
        field: 'type',
        message: `Invalid value: "${type}": field is immutable`,
      });
    }
    for (const key of Object.keys(data)) {
      if (/^[-._a-zA-Z0-9]+$/.test(key)) continue;
      found.push({
        reason: 'FieldValueInvalid',
        field: `data[${key}]`,
        message: `Invalid value: "${key}": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')`,
      });
    }
    for (const key of type === 'kubernetes.io/tls' ? ['tls.crt', 'tls.key'] : []) {
      if (data[key] === undefined) {
        found.push({ reason: 'FieldValueRequired', field: `data[${key}]`, message: 'Required value' });
      }
    }
    return found;
  },
});

/** stringData is write-only: it is folded into data; the type has a default. */
function storeSecret(o: KubeObject): KubeObject {
  const written = objectAt(o, 'stringData') ?? {};
  const encoded: JsonObject = {};
  for (const [key, value] of Object.entries(written)) encoded[key] = Buffer.from(String(value)).toString('base64');
  const data = { ...objectAt(o, 'data'), ...encoded };
  const { apiVersion, kind, metadata } = o;
  return {
    apiVersion,
    kind,
    metadata,
    ...dropKeys(o, 'apiVersion', 'kind', 'metadata', 'stringData', 'data'),
    ...(Object.keys(data).length === 0 ? {} : { data }),
    type: textAt(o, 'type') ?? 'Opaque',
  };
}

export const resourceQuota = kindOf({
  group: '',
  version: 'v1',
  kind: 'ResourceQuota',
  plural: 'resourcequotas',
  shortNames: ['quota'],
  namespaced: true,
  quotaName: 'resourcequotas',
  statusSubresource: true,
  answersDeleteWithObject: true,
  fields: {
    spec: object({
      hard: map(quantity),
      scopeSelector: anything,
      scopes: list(string),
    }),
    status: object({ hard: map(quantity), used: map(quantity) }),
  },
  columns: [
    nameColumn,
    {
      name: 'Request',
      type: 'string',
      description: 'Request represents a minimum amount of cpu/memory that a container may consume.',
      priority: 0,
      cell: (o) => usageText(o, (name) => !name.startsWith('limits.')),
    },
    {
      name: 'Limit',
      type: 'string',
      description:
        'Limits control the maximum amount of cpu/memory that a container may use independent of contention on the node.',
      priority: 0,
      cell: (o) => usageText(o, (name) => name.startsWith('limits.')),
    },
    ageColumn,
  ],
  validate: (next) =>
    Object.entries(objectAt(next, 'spec', 'hard') ?? {}).flatMap(([name, value]) => [
      ...(isQuotaResource(name) ? [] : notForQuota(name)),
      ...(String(value).startsWith('-')
        ? [
            {
              reason: 'FieldValueInvalid',
              field: `spec.hard[${name}]`,
              message: `Invalid value: "${String(value)}": must be greater than or equal to 0`,
            },
          ]
        : []),
    ]),
  prepareCreate: (o) => ({ ...o, status: {} }),
});

/** Of pkg/apis/core/helper: what a quota may limit by a plain name. */
const quotaResources =
  /^(cpu|memory|storage|ephemeral-storage|pods|services|replicationcontrollers|resourcequotas|secrets|configmaps|persistentvolumeclaims|services\.nodeports|services\.loadbalancers|(requests|limits)\..+)$/;

function isQuotaResource(name: string): boolean {
  return quotaResources.test(name) || name.includes('/');
}

function notForQuota(name: string): FieldProblem[] {
  return ['must be a standard resource type or fully qualified', 'must be a standard resource for quota'].map(
    (why) => ({
      reason: 'FieldValueInvalid',
      field: `spec.hard[${name}]`,
      message: `Invalid value: "${name}": ${why}`,
    }),
  );
}

function usageText(quota: KubeObject, wanted: (name: string) => boolean): string {
  const hard = objectAt(quota, 'status', 'hard') ?? {};
  const used = objectAt(quota, 'status', 'used') ?? {};
  return Object.keys(hard)
    .filter(wanted)
    .sort()
    .map((name) => `${name}: ${String(used[name] ?? 0)}/${String(hard[name])}`)
    .join(', ');
}
