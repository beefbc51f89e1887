/** Who may do what: an account with a role acts, is refused, and asks what it may. */
import type { Json, JsonObject } from '../json.ts';
import type { CallRequest, Scenario } from '../scenario.ts';
import { machine, secret } from './objects.ts';
import { apply, create, get, machines, merge, namespaces, patch, remove, secrets } from './requests.ts';

const ns = 'rights-<run>';
const account = `system:serviceaccount:${ns}:console`;
const rbac = `/apis/rbac.authorization.k8s.io/v1/namespaces/${ns}`;
const accounts = `${namespaces}/${ns}/serviceaccounts`;
const authorization = '/apis/authorization.k8s.io/v1';

const by = (request: CallRequest, about: string, as = account): CallRequest => ({
  ...request,
  about,
  call: { ...request.call, as },
});

const role: JsonObject = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'Role',
  metadata: { name: 'console' },
  rules: [
    { apiGroups: ['kubevirt.io'], resources: ['virtualmachines'], verbs: ['get', 'list', 'patch', 'create'] },
    { apiGroups: [''], resources: ['secrets'], verbs: ['patch'] },
    { apiGroups: [''], resources: ['secrets'], resourceNames: ['first-boot'], verbs: ['get'] },
  ],
};
const binding: JsonObject = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'RoleBinding',
  metadata: { name: 'console' },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'console' },
  subjects: [{ kind: 'ServiceAccount', name: 'console', namespace: ns }],
};

const review = (kind: string, spec: Json): CallRequest =>
  create(`${authorization}/${kind.toLowerCase()}s`, { apiVersion: 'authorization.k8s.io/v1', kind, spec });
const self = (resourceAttributes: JsonObject) => review('SelfSubjectAccessReview', { resourceAttributes });
const vms = { group: 'kubevirt.io', resource: 'virtualmachines', namespace: ns };

export const rights: readonly Scenario[] = [
  {
    name: 'rights',
    about: 'A service account with a role of its namespace: what it may, what it may not, and what it is told of both.',
    namespaces: [ns],
    steps: [
      create(accounts, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'console' } }),
      by(get(machines(ns)), 'nothing is given yet'),
      create(`${rbac}/rolebindings`, binding),
      by(get(machines(ns)), 'the role is not there yet'),
      create(`${rbac}/roles`, role),
      { ...by(get(machines(ns)), 'a list'), settles: true },
      by(get(`${machines(ns)}/web`), 'a read of what is not there'),
      by(create(machines(ns), machine('web')), 'a create'),
      by(apply(`${machines(ns)}/web`, machine('web')), 'an apply'),
      by(remove(`${machines(ns)}/web`), 'a delete that is not given'),
      by(remove(machines(ns)), 'nor of the collection'),
      by(patch(merge, `${machines(ns)}/web/status`, { status: {} }), 'nor the status'),
      by(get('/apis/kubevirt.io/v1/virtualmachines'), 'nor in all namespaces'),
      by(get('/api/v1/nodes'), 'nor what has no namespace'),
      by(apply(`${secrets(ns)}/first-boot`, secret('first-boot')), 'an apply that would create, with patch alone'),
      create(secrets(ns), secret('first-boot')),
      by(get(`${secrets(ns)}/first-boot`), 'by its name'),
      by(get(`${secrets(ns)}/second-boot`), 'another name'),
      by(get(secrets(ns)), 'a list is of no name'),
      by(get('/readyz'), 'anybody may'),
      by(get('/metrics'), 'a path that is not given'),
      by(self({ ...vms, verb: 'create' }), 'may I? yes'),
      by(self({ ...vms, verb: 'delete' }), 'may I? no'),
      by(self({ resource: 'secrets', namespace: ns, verb: 'get', name: 'first-boot' }), 'may I, by name?'),
      by(self({ resource: 'nodes', verb: 'list' }), 'may I, everywhere?'),
      by(
        review('SelfSubjectAccessReview', { nonResourceAttributes: { path: '/api', verb: 'get' } }),
        'may I read a path?',
      ),
      by(review('SelfSubjectAccessReview', {}), 'asked for nothing'),
      review('SubjectAccessReview', { resourceAttributes: { ...vms, verb: 'patch' }, user: account }),
      review('SubjectAccessReview', { resourceAttributes: { ...vms, verb: 'patch' }, user: 'nobody' }),
      self({ ...vms, verb: 'delete' }),
      by(
        review('SubjectAccessReview', { resourceAttributes: { ...vms, verb: 'patch' }, user: 'nobody' }),
        'about others it may not ask',
      ),
      by(get(machines(ns)), 'an account that is not there', `system:serviceaccount:${ns}:nobody`),
      patch(merge, `${rbac}/roles/console`, { rules: null }, { about: 'the rules are taken away' }),
      { ...by(self({ ...vms, verb: 'create' }), 'may I? no more'), settles: true },
      by(get(machines(ns)), 'no more'),
    ],
  },
];
