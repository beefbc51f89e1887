/** Who may do what: service accounts, roles and bindings, as kube-apiserver 1.36 has them in Go. */
import { equal, type JsonObject, type KubeObject, listAt, objectAt, objectsAt, textAt } from '../json.js';
import { createdAtColumn } from './columns.js';
import { ageColumn, type Column, type FieldProblem, kindOf, nameColumn } from './kind.js';
import { anything, atomicObject, boolean, list, listByKey, object, string } from './schema.js';

const RBAC = 'rbac.authorization.k8s.io';

export const serviceAccount = kindOf({
  group: '',
  version: 'v1',
  kind: 'ServiceAccount',
  plural: 'serviceaccounts',
  shortNames: ['sa'],
  namespaced: true,
  answersDeleteWithObject: true,
  fields: {
    secrets: listByKey(['name'], object({ name: string, namespace: string, kind: string, uid: string })),
    imagePullSecrets: list(atomicObject({ name: string })),
    automountServiceAccountToken: boolean,
  },
});

const rules = list(
  object({
    verbs: list(string),
    apiGroups: list(string),
    resources: list(string),
    resourceNames: list(string),
    nonResourceURLs: list(string),
  }),
);

/** pkg/apis/rbac/validation: each rule has verbs, and resources with their groups or URLs. */
function ruleProblems(role: KubeObject): FieldProblem[] {
  return objectsAt(role, 'rules').flatMap((rule, index) => {
    const required = (field: string, what: string): FieldProblem => ({
      reason: 'FieldValueRequired',
      field: `rules[${index}].${field}`,
      message: `Required value: ${what}`,
    });
    const found: FieldProblem[] = [];
    if (listAt(rule, 'verbs').length === 0) found.push(required('verbs', 'verbs must contain at least one value'));
    if (listAt(rule, 'nonResourceURLs').length > 0) return found;
    if (listAt(rule, 'apiGroups').length === 0)
      found.push(required('apiGroups', 'resource rules must supply at least one api group'));
    if (listAt(rule, 'resources').length === 0)
      found.push(required('resources', 'resource rules must supply at least one resource'));
    return found;
  });
}

const role = {
  group: RBAC,
  version: 'v1',
  nameRule: 'path',
  columns: [nameColumn, createdAtColumn],
  validate: ruleProblems,
  zero: { rules: null },
} as const;

export const namespacedRole = kindOf({ ...role, kind: 'Role', plural: 'roles', namespaced: true, fields: { rules } });

export const clusterRole = kindOf({
  ...role,
  kind: 'ClusterRole',
  plural: 'clusterroles',
  namespaced: false,
  fields: { rules, aggregationRule: object({ clusterRoleSelectors: list(anything) }) },
});

const subjectNames = (kind: string) => (o: KubeObject) =>
  objectsAt(o, 'subjects')
    .filter((each) => each.kind === kind)
    .map((each) => (kind === 'ServiceAccount' ? `${String(each.namespace)}/${String(each.name)}` : String(each.name)))
    .join(', ');
const wide = (name: string, kind: string): Column => ({
  ...nameColumn,
  name,
  format: '',
  priority: 1,
  cell: subjectNames(kind),
});

/** User and Group are of RBAC's group, a ServiceAccount of the core's: SetDefaults_Subject. */
function withGroups(binding: KubeObject): KubeObject {
  const subjects = objectsAt(binding, 'subjects').map(
    (each): JsonObject =>
      each.kind === 'ServiceAccount' || (textAt(each, 'apiGroup') ?? '') !== '' ? each : { ...each, apiGroup: RBAC },
  );
  const roleRef = objectAt(binding, 'roleRef') ?? {};
  const { kind, name } = roleRef;
  return {
    ...binding,
    ...(binding.subjects === undefined ? {} : { subjects }),
    roleRef: { apiGroup: (textAt(roleRef, 'apiGroup') ?? '') || RBAC, kind: kind ?? '', name: name ?? '' },
  };
}

function bindingProblems(next: KubeObject, live: KubeObject | undefined): FieldProblem[] {
  const found: FieldProblem[] = [];
  const kind = textAt(next, 'roleRef', 'kind') ?? '';
  if (kind !== 'ClusterRole' && !(kind === 'Role' && next.kind === 'RoleBinding'))
    found.push({
      reason: 'FieldValueNotSupported',
      field: 'roleRef.kind',
      message: `Unsupported value: "${kind}": supported values: ${next.kind === 'RoleBinding' ? '"Role", "ClusterRole"' : '"ClusterRole"'}`,
    });
  if ((textAt(next, 'roleRef', 'name') ?? '') === '')
    found.push({ reason: 'FieldValueRequired', field: 'roleRef.name', message: 'Required value' });
  for (const [index, each] of objectsAt(next, 'subjects').entries())
    if (each.kind === 'ServiceAccount' && (textAt(each, 'namespace') ?? '') === '')
      found.push({
        reason: 'FieldValueRequired',
        field: `subjects[${index}].namespace`,
        message: 'Required value',
      });
  if (live !== undefined && !equal(live.roleRef, next.roleRef))
    found.push({
      reason: 'FieldValueInvalid',
      field: 'roleRef',
      message: `Invalid value: ${JSON.stringify({ APIGroup: textAt(next, 'roleRef', 'apiGroup'), Kind: kind, Name: textAt(next, 'roleRef', 'name') })}: cannot change roleRef`,
    });
  return found;
}

const binding = {
  group: RBAC,
  version: 'v1',
  nameRule: 'path',
  fields: {
    subjects: list(atomicObject({ kind: string, apiGroup: string, name: string, namespace: string })),
    roleRef: atomicObject({ apiGroup: string, kind: string, name: string }),
  },
  columns: [
    nameColumn,
    {
      ...nameColumn,
      name: 'Role',
      format: '',
      cell: (o: KubeObject) => `${textAt(o, 'roleRef', 'kind') ?? ''}/${textAt(o, 'roleRef', 'name') ?? ''}`,
    },
    ageColumn,
    wide('Users', 'User'),
    wide('Groups', 'Group'),
    wide('ServiceAccounts', 'ServiceAccount'),
  ],
  zero: { roleRef: { apiGroup: '', kind: '', name: '' } },
  defaults: withGroups,
  validate: bindingProblems,
} as const;

export const roleBinding = kindOf({ ...binding, kind: 'RoleBinding', plural: 'rolebindings', namespaced: true });
export const clusterRoleBinding = kindOf({
  ...binding,
  kind: 'ClusterRoleBinding',
  plural: 'clusterrolebindings',
  namespaced: false,
});
