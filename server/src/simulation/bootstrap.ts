/** What every cluster has before anybody asks: its first namespaces, and the rights that a real server gives at its start. */
import { randomUUID } from 'node:crypto';
import type { Objects } from './api/objects.js';
import { openapiSchema } from './api/openapi.js';
import { MASTERS } from './api/rights.js';
import { timestamp } from './clock.js';
import type { JsonObject, KubeObject } from './json.js';
import { kinds } from './kinds/catalogue.js';
import { namespace } from './kinds/core.js';
import { customResourceDefinition } from './kinds/definitions.js';
import type { Kind } from './kinds/kind.js';
import { clusterRole, clusterRoleBinding } from './kinds/rights.js';

const RBAC = 'rbac.authorization.k8s.io';
const namespaces = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];
const AUTHENTICATED = 'system:authenticated';
const SERVICE_ACCOUNTS = 'system:serviceaccounts';
const ANYBODY = 'system:unauthenticated';

const open = ['/healthz', '/livez', '/readyz', '/version', '/version/'];
const discovery = ['/api', '/api/*', '/apis', '/apis/*', '/openapi', '/openapi/*', ...open];
const issuer = ['/.well-known/openid-configuration', '/openid/v1/jwks'].flatMap((url) => [url, `${url}/`]);
const reading = (urls: readonly string[]): JsonObject => ({ verbs: ['get'], nonResourceURLs: [...urls] });
const asking = (group: string, ...resources: string[]): JsonObject => ({
  verbs: ['create'],
  apiGroups: [group],
  resources,
});

interface Grant {
  readonly role: string;
  readonly rules: readonly JsonObject[];
  /** Groups that have it from the start. */
  readonly to: readonly string[];
}

/** plugin/pkg/auth/authorizer/rbac/bootstrappolicy, as far as anybody here is given it. */
const grants: readonly Grant[] = [
  {
    role: 'cluster-admin',
    rules: [
      { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
      { verbs: ['*'], nonResourceURLs: ['*'] },
    ],
    to: [MASTERS],
  },
  {
    role: 'system:basic-user',
    rules: [
      asking('authorization.k8s.io', 'selfsubjectaccessreviews', 'selfsubjectrulesreviews'),
      asking('authentication.k8s.io', 'selfsubjectreviews'),
    ],
    to: [AUTHENTICATED],
  },
  { role: 'system:discovery', rules: [reading(discovery)], to: [AUTHENTICATED] },
  { role: 'system:service-account-issuer-discovery', rules: [reading(issuer)], to: [SERVICE_ACCOUNTS] },
  { role: 'system:public-info-viewer', rules: [reading(open)], to: [AUTHENTICATED, ANYBODY] },
];

/** What says that a kind is served. */
function definitionOf(kind: Kind, since: string): JsonObject {
  const { group, plural, shortNames, categories, singular, version } = kind;
  const names: JsonObject = {
    kind: kind.kind,
    listKind: `${kind.kind}List`,
    plural,
    singular,
    ...(shortNames.length === 0 ? {} : { shortNames: [...shortNames] }),
    ...(categories.length === 0 ? {} : { categories: [...categories] }),
  };
  const met = (type: string, reason: string, message: string): JsonObject => ({
    type,
    status: 'True',
    reason,
    message,
    lastTransitionTime: since,
  });
  return {
    spec: {
      conversion: { strategy: 'None' },
      group,
      names,
      scope: kind.namespaced ? 'Namespaced' : 'Cluster',
      versions: [
        {
          name: version,
          served: true,
          storage: true,
          schema: { openAPIV3Schema: openapiSchema(kind.schema) },
          ...(kind.statusSubresource ? { subresources: { status: {} } } : {}),
        },
      ],
    },
    status: {
      acceptedNames: names,
      conditions: [
        met('NamesAccepted', 'NoConflicts', 'no conflicts found'),
        met('Established', 'InitialNamesAccepted', 'the initial names have been accepted'),
      ],
      storedVersions: [version],
    },
  };
}

const labels = { 'kubernetes.io/bootstrapping': 'rbac-defaults' };

/** Puts what is not there; what a person has changed since stays so. */
export function bootstrap({ clock, store }: Objects): void {
  const put = (kind: Kind, name: string, rest: JsonObject, own: JsonObject = {}) => {
    if (store.get(kind, '', name) !== undefined) return;
    const metadata = { name, uid: randomUUID(), creationTimestamp: timestamp(clock), ...own };
    store.put(kind, { apiVersion: kind.apiVersion, kind: kind.kind, metadata, ...rest } as KubeObject);
  };
  for (const name of namespaces)
    put(
      namespace,
      name,
      { spec: { finalizers: ['kubernetes'] }, status: { phase: 'Active' } },
      { labels: { 'kubernetes.io/metadata.name': name } },
    );
  for (const { role, rules, to } of grants) {
    put(clusterRole, role, { rules: [...rules] }, { labels });
    const subjects = to.map((name): JsonObject => ({ kind: 'Group', apiGroup: RBAC, name }));
    put(
      clusterRoleBinding,
      role,
      { subjects, roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: role } },
      { labels },
    );
  }
  for (const kind of kinds.filter(({ custom }) => custom))
    put(customResourceDefinition, `${kind.plural}.${kind.group}`, definitionOf(kind, timestamp(clock)));
}
