/** What every cluster has before anybody asks: its first namespaces, and the rights that a real server gives at its start. */
import { randomUUID } from 'node:crypto';
import type { Objects } from './api/objects.js';
import { MASTERS } from './api/rights.js';
import { timestamp } from './clock.js';
import type { JsonObject, KubeObject } from './json.js';
import { namespace } from './kinds/core.js';
import type { Kind } from './kinds/kind.js';
import { clusterRole, clusterRoleBinding } from './kinds/rights.js';

const RBAC = 'rbac.authorization.k8s.io';
const namespaces = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];
const AUTHENTICATED = 'system:authenticated';
const ANYBODY = 'system:unauthenticated';

const open = ['/healthz', '/livez', '/readyz', '/version', '/version/'];
const discovery = ['/api', '/api/*', '/apis', '/apis/*', '/openapi', '/openapi/*', ...open];
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
  { role: 'system:public-info-viewer', rules: [reading(open)], to: [AUTHENTICATED, ANYBODY] },
];

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
}
