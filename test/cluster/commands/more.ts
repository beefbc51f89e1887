/** What is typed of no kind in particular: lists, watches, namespaces, events, rights, quotas, deletes. */
import type { JsonObject } from '../json.ts';
import { instance, machine, quota, secret, volume } from '../scenarios/objects.ts';
import type { Act } from '../shell.ts';
import { given, kubectl, patched, refused, type Script, watching } from './command.ts';

const tiered = (name: string, tier: string, spec: JsonObject = {}) =>
  machine(name, { metadata: { labels: { tier } }, spec });
const three = [tiered('web', 'web', { runStrategy: 'Always' }), tiered('db', 'db'), tiered('cache', 'web')];

const lists = (ns: string): Act[] => {
  const at = `-n ${ns}`;
  return [
    given(`apply ${at} -f -`, ...three, volume('web-root'), instance('web'), secret('web-ci')),
    given(`apply ${at} -f -`, ...three),
    given(`apply ${at} --server-side -f -`, ...three),
    kubectl(`get vm ${at}`),
    kubectl(`get vms ${at} --no-headers`),
    kubectl(`get vm web db ${at}`),
    kubectl(`get vm/web dv/web-root secret/web-ci ${at}`),
    kubectl(`get vm,vmi,dv,secrets,quota,pvc,bmh,hd,netpol,limits,net-attach-def ${at}`),
    kubectl(`get vm ${at} -l tier=web`),
    kubectl(`get vm ${at} -l tier!=web`),
    kubectl(`get vm ${at} -l`, 'tier in (web,db)'),
    kubectl(`get vm ${at} -l`, 'tier notin (web,db)'),
    kubectl(`get vm ${at} -l !tier`),
    ...['tier in web', 'tier in (web', 'tier=(web)', 'tier web', '=web', 'tier,,x', 'tier=-', '-x', 'tier>web'].map(
      (text) => refused(kubectl(`get vm ${at} -l`, text)),
    ),
    kubectl(`get vm ${at} -l`, 'tier in (,web)'),
    kubectl(`get vm ${at} --field-selector metadata.name=web`),
    kubectl(`get vm ${at} --field-selector metadata.name!=web`),
    refused(kubectl(`get vm ${at} --field-selector spec.runStrategy=Halted`)),
    kubectl(`get secrets ${at} --field-selector type=Opaque`),
    kubectl(`get vm ${at} --sort-by .spec.runStrategy`),
    kubectl(`get vm ${at} --chunk-size 2`),
    kubectl(`get vm ${at} -o custom-columns=NAME:.metadata.name,RUN:.spec.runStrategy,TIER:.metadata.labels.tier`),
    kubectl(`get vm ${at} -o jsonpath={.items[*].metadata.name}`),
    kubectl(`get vm ${at} -o`, 'go-template={{range .items}}{{.metadata.name}} {{.kind}}{{"\\n"}}{{end}}'),
    kubectl(`get vm,secrets ${at} -o name`),
    kubectl(`get vm,secrets ${at} -o yaml`),
    kubectl(`get secrets ${at} -o json`),
    kubectl(`get vm ${at} -A -l tier=web --field-selector metadata.namespace=${ns}`),
    kubectl(`get vm ${at} missing --ignore-not-found`),
    refused(kubectl(`get vm ${at} web missing`)),
    refused(kubectl(`get nothings ${at}`)),
    kubectl('get crd virtualmachines.kubevirt.io baremetalhosts.metal3.io'),
    refused(kubectl(`get nothings.kubevirt.io ${at}`)),
    kubectl('get vm -n nowhere'),
    refused(given('create -n nowhere -f -', machine('web'))),
    refused(given('apply -n nowhere -f -', secret('web-ci'))),
    refused(given('apply -n nowhere --server-side -f -', machine('web'))),
    kubectl(`describe vm ${at}`),
    kubectl(`describe vm ${at} -l tier=db`),
    kubectl(`describe vm ${at} we`),
    kubectl(`describe secrets ${at}`),
    kubectl(`apply view-last-applied vm/web ${at}`),
    kubectl(`wait vm/web ${at} --for=jsonpath={.spec.runStrategy}=Always`),
    refused(kubectl(`wait vm/web ${at} --for=condition=Ready --timeout=2s`)),
    ...['metal3.io', 'volsync.backube', 'k8s.cni.cncf.io', 'csiaddons.openshift.io'].map((group) =>
      kubectl(`api-resources -o wide --api-group ${group}`),
    ),
  ];
};

const differences = (ns: string): Act[] => {
  const at = `-n ${ns}`;
  return [
    refused(given(`diff ${at} -f -`, tiered('web', 'web'))),
    given(`apply ${at} -f -`, tiered('web', 'web')),
    given(`diff ${at} -f -`, tiered('web', 'web')),
    refused(given(`diff ${at} -f -`, tiered('web', 'db', { runStrategy: 'Always' }))),
    refused(given(`diff ${at} --server-side --force-conflicts -f -`, tiered('web', 'db', { runStrategy: 'Always' }))),
    given(`create ${at} --dry-run=server -o yaml -f -`, machine('dry')),
    given(`create ${at} --dry-run=server -f -`, secret('dry')),
    given(`replace ${at} --dry-run=server -f -`, tiered('web', 'db')),
    kubectl(`delete vm web ${at} --dry-run=server`),
    kubectl(`label vm web ${at} tier=db --overwrite --dry-run=server`),
    patched(`vm web ${at} --dry-run=server -o yaml`, { spec: { runStrategy: 'Manual' } }),
    kubectl(`get vm ${at}`),
    refused(given(`apply ${at} -f -`, machine('Not_a_name'))),
    refused(given(`apply ${at} --server-side -f -`, machine('Not_a_name'))),
    refused(given(`create ${at} -f -`, secret('Not_a_name'))),
    refused(given(`apply ${at} -f -`, machine('web', { metadata: { labels: { 'bad key!': 'x' } } }))),
    refused(given(`apply ${at} -f -`, machine('typed', { spec: { runStrategy: 5 } }))),
    refused(given(`apply ${at} --server-side -f -`, machine('typed', { spec: { runStrategy: 5 } }))),
    given(`apply ${at} --validate=warn -f -`, machine('warned', { spec: { noSuchField: 1 } })),
    given(`apply ${at} --validate=ignore -f -`, machine('ignored', { spec: { noSuchField: 1 } })),
    given(`create ${at} --validate=warn -f -`, { ...secret('warned'), noSuchField: 1 }),
    refused(given(`apply ${at} -f -`, { ...machine('web'), apiVersion: 'kubevirt.io/v9' })),
    refused(given(`replace ${at} -f -`, machine('missing'))),
    refused(given(`replace ${at} -f -`, machine('web', { metadata: { resourceVersion: '1' } }))),
    refused(given(`apply ${at} -f -`, machine('web', { metadata: { resourceVersion: '1' } }))),
    given(`replace ${at} --force -f -`, tiered('web', 'forced')),
    given(`create ${at} --save-config -f -`, machine('saved')),
    given(`apply ${at} -f -`, machine('saved', { spec: { runStrategy: 'Always' } })),
    given(`apply ${at} --force-conflicts --server-side --field-manager gitops -f -`, machine('saved')),
    given(`apply ${at} -f -`, machine('saved', { spec: { runStrategy: 'Manual' } })),
    kubectl(`get vm saved ${at} -o yaml --show-managed-fields`),
    patched(`secret warned ${at}`, { data: { more: 'eAo=' } }, 'strategic'),
    refused(patched(`vm web ${at}`, { spec: {} }, 'strategic')),
    // Past ten owners by updates the oldest become one; of one second, by their names.
    ...[10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22].map((each) =>
      kubectl(`annotate vm web ${at} jiyun.test/by-${each}=x --field-manager later-${each}`),
    ),
    kubectl(`get vm web ${at} -o yaml --show-managed-fields`),
  ];
};

const watches = (ns: string): Act[] => {
  const at = `-n ${ns}`;
  const acts = (name: string, type: string) => [
    kubectl(`label ${type} ${name} ${at} tier=db --overwrite`),
    kubectl(`label ${type} ${name} ${at} tier=db --overwrite`),
    kubectl(`delete ${type} ${name} ${at}`),
  ];
  const vm = (name: string) => given(`create ${at} -f -`, tiered(name, 'web'));
  return [
    vm('a'),
    watching(`get vm ${at} -w`, [2, 5], vm('b'), ...acts('b', 'vm')),
    watching(`get vm ${at} -w --output-watch-events`, [2, 5], vm('b'), ...acts('b', 'vm')),
    watching(`get vm ${at} -w -o name`, [1, 4], vm('b'), ...acts('b', 'vm')),
    watching(`get vm ${at} -w -l tier=web`, [2, 4], vm('b'), ...acts('b', 'vm')),
    watching(`get vm a ${at} -w -L tier`, [2, 3], vm('c'), kubectl(`label vm a ${at} tier=db --overwrite`)),
    given(`create ${at} -f -`, secret('a')),
    watching(
      `get secrets ${at} -w --output-watch-events --show-labels`,
      [2, 5],
      given(`create ${at} -f -`, secret('b')),
      ...acts('b', 'secret'),
    ),
    watching(
      `get secrets ${at} -w -o jsonpath={.metadata.name}{"\\n"}`,
      [1, 4],
      given(`create ${at} -f -`, secret('b')),
      ...acts('b', 'secret'),
    ),
  ];
};

const namespaces = (ns: string): Act[] => {
  const own = `${ns}-own`;
  const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: own } };
  const limits = { type: 'Container', max: { cpu: '8' }, default: { memory: '512Mi' }, min: { memory: '64Mi' } };
  const range = { apiVersion: 'v1', kind: 'LimitRange', metadata: { name: 'usual' }, spec: { limits: [limits] } };
  return [
    kubectl(`create namespace ${own}`),
    refused(kubectl(`create namespace ${own}`)),
    refused(kubectl('create namespace Not_a_name')),
    kubectl(`get namespace ${own}`),
    kubectl(`get ns ${own} -o yaml --show-managed-fields`),
    given('apply -f -', body),
    given('apply -f -', { ...body, metadata: { name: own, labels: { tier: 'web' } } }),
    given('apply --server-side -f -', { ...body, metadata: { name: own, labels: { tier: 'web' } } }),
    refused(given('apply --server-side --field-manager other -f -', labelled(body, 'db'))),
    kubectl(`label ns ${own} tier=db --overwrite`),
    kubectl(`describe ns ${own}`),
    given(`create -n ${own} -f -`, range, quota('backstop', { 'requests.cpu': '10', secrets: '5' })),
    kubectl(`create quota more -n ${own} --hard=count/virtualmachines.kubevirt.io=5,requests.memory=8Gi`),
    patched(`quota backstop -n ${own} --subresource status`, {
      status: { hard: { 'requests.cpu': '10', secrets: '5' }, used: { 'requests.cpu': '2500m', secrets: '1' } },
    }),
    kubectl(`describe ns ${own}`),
    kubectl(`describe quota -n ${own}`),
    kubectl(`get quota,limits -n ${own}`),
    kubectl(`describe limits usual -n ${own}`),
    refused(given(`create -n ${own} --dry-run=server -f -`, { ...range, metadata: { name: 'usual' } })),
    watching(`get ns ${own} -w`, [2, 3], kubectl(`delete ns ${own} --wait=false`)),
    kubectl(`get ns ${own} -o yaml`),
    kubectl(`describe ns ${own}`),
    refused(given(`create -n ${own} -f -`, machine('late'))),
    refused(given(`create -n ${own} -f -`, secret('late'))),
    refused(given(`apply -n ${own} --server-side -f -`, secret('late'))),
    kubectl(`delete ns ${own} --wait=false`),
    refused(kubectl('delete ns missing')),
  ];
};

const labelled = (body: JsonObject, tier: string): JsonObject => ({
  ...body,
  metadata: { ...(body.metadata as JsonObject), labels: { tier } },
});

const events = (ns: string): Act[] => {
  const at = `-n ${ns}`;
  const event = (name: string, more: JsonObject) => ({
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name },
    involvedObject: { apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachine', name: 'web', namespace: ns },
    type: 'Normal',
    source: { component: 'virtualmachine-controller' },
    count: 3,
    firstTimestamp: '2026-11-29T08:00:00Z',
    lastTimestamp: '2026-11-29T08:05:00Z',
    ...more,
  });
  const newer = {
    apiVersion: 'events.k8s.io/v1',
    kind: 'Event',
    metadata: { name: 'web.3' },
    regarding: { apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachine', name: 'web', namespace: ns },
    type: 'Normal',
    reason: 'Migrated',
    note: 'The instance runs elsewhere.',
    action: 'Migrate',
    reportingController: 'virtualmachine-controller',
    reportingInstance: 'one',
    eventTime: '2026-11-29T08:10:00.000000Z',
  };
  return [
    given(`create ${at} -f -`, machine('web'), machine('db')),
    kubectl(`get events ${at}`),
    given(`create ${at} -f -`, event('web.1', { reason: 'Started', message: 'VirtualMachineInstance started.' })),
    given(
      `create ${at} -f -`,
      event('web.2', { reason: 'Failed', message: 'no node', type: 'Warning', lastTimestamp: '2026-11-29T08:07:00Z' }),
    ),
    given(`create ${at} -f -`, newer),
    kubectl(`get events ${at}`),
    kubectl(`get events ${at} -o wide`),
    kubectl(`get events ${at} --field-selector involvedObject.name=web,type=Warning`),
    kubectl(`get events ${at} --sort-by .lastTimestamp`),
    kubectl(`get events.events.k8s.io ${at}`),
    kubectl(`get ev web.1 ${at} -o yaml`),
    kubectl(`describe ev web.1 ${at}`),
    kubectl(`describe vm ${at}`),
    kubectl(`events ${at}`),
    kubectl(`events ${at} --types=Warning --for vm/web`),
    kubectl(`delete events --all ${at}`),
  ];
};

const rights = (ns: string): Act[] => {
  const at = `-n ${ns}`;
  const as = `${at} --as system:serviceaccount:${ns}:console`;
  const review = (kind: string, spec: JsonObject) => ({ apiVersion: 'authorization.k8s.io/v1', kind, spec });
  const vms = { group: 'kubevirt.io', resource: 'virtualmachines', namespace: ns };
  const user = `system:serviceaccount:${ns}:console`;
  return [
    kubectl(`create serviceaccount console ${at}`),
    refused(kubectl(`create serviceaccount console ${at}`)),
    kubectl(`create role console ${at} --verb=get,list,watch --resource=virtualmachines.kubevirt.io`),
    kubectl(`create role reader ${at} --verb=get --resource=secrets --resource-name=web-ci`),
    kubectl(`create rolebinding console ${at} --role=console --serviceaccount=${ns}:console`),
    kubectl(`create rolebinding reader ${at} --role=reader --serviceaccount=${ns}:console --user=zhang --group=desk`),
    kubectl(`create clusterrole ${ns} --verb=list,watch --resource=nodes`),
    kubectl(`create clusterrolebinding ${ns} --clusterrole=${ns} --serviceaccount=${ns}:console`),
    kubectl(`get sa,roles,rolebindings ${at} -o wide`),
    kubectl(`get clusterrole,clusterrolebinding ${ns} -o wide`),
    kubectl(`get role,rolebinding ${at} -o yaml`),
    kubectl(`describe sa console ${at}`),
    kubectl(`describe role ${at}`),
    kubectl(`describe rolebinding ${at}`),
    kubectl(`describe clusterrole ${ns}`),
    kubectl(`describe clusterrolebinding ${ns}`),
    kubectl(`auth can-i get vm ${as}`),
    kubectl(`auth can-i list nodes ${as}`),
    kubectl(`auth can-i get secrets/web-ci ${as}`),
    refused(kubectl(`auth can-i get secrets/other ${as}`)),
    refused(kubectl(`auth can-i delete vm ${as}`)),
    refused(kubectl(`auth can-i get vm --subresource=status ${as}`)),
    refused(kubectl(`auth can-i list vm -A --as ${user}`)),
    kubectl(`auth can-i get /healthz ${as}`),
    refused(kubectl(`auth can-i get /metrics ${as}`)),
    kubectl(`auth can-i --list --no-headers ${as}`),
    kubectl(`auth whoami ${as}`),
    kubectl(`auth whoami -o yaml --as ${user} --as-group desk --as-group system:authenticated`),
    kubectl(`get vm ${as}`),
    refused(kubectl(`get vm web ${as}`)),
    refused(kubectl(`get secrets ${as}`)),
    refused(kubectl(`get secret other ${as}`)),
    refused(kubectl(`delete vm web ${as}`)),
    refused(given(`create ${as} -f -`, machine('web'))),
    refused(given(`apply ${as} --server-side -f -`, machine('web'))),
    refused(kubectl(`get vm -A --as ${user}`)),
    refused(kubectl(`get ns --as ${user}`)),
    refused(kubectl(`get nodes nothing --as ${user}`)),
    given('create -o yaml -f -', review('SelfSubjectAccessReview', { resourceAttributes: { ...vms, verb: 'get' } })),
    given(
      `create -o yaml --validate=false --as ${user} -f -`,
      review('SelfSubjectAccessReview', { resourceAttributes: { ...vms, verb: 'delete' } }),
    ),
    given('create -o yaml -f -', review('SubjectAccessReview', { user, resourceAttributes: { ...vms, verb: 'list' } })),
    given(
      `create ${at} -o yaml -f -`,
      review('LocalSubjectAccessReview', { user, resourceAttributes: { ...vms, verb: 'list' } }),
    ),
    refused(given('create -f -', review('SubjectAccessReview', { user }))),
    kubectl(`delete clusterrole,clusterrolebinding ${ns}`),
    refused(kubectl(`auth can-i list nodes ${as}`)),
  ];
};

const quotas = (ns: string): Act[] => {
  const at = `-n ${ns}`;
  const hard = {
    'count/virtualmachines.kubevirt.io': '1',
    secrets: '1',
    persistentvolumeclaims: '1',
    'requests.storage': '50Gi',
  };
  const claim = (name: string, storage: string) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } },
  });
  const used = Object.fromEntries(Object.keys(hard).map((name) => [name, '0']));
  return [
    given(`create ${at} -f -`, quota('backstop', hard)),
    patched(`quota backstop ${at} --subresource status`, { status: { hard, used } }),
    // Admission reads quotas from a cache of its own: one second of watching, with nothing to see.
    kubectl(`get --raw /api/v1/namespaces/${ns}/resourcequotas?watch=true&timeoutSeconds=1&labelSelector=no=such`),
    given(`create ${at} -f -`, machine('web')),
    refused(given(`create ${at} -f -`, machine('db'))),
    refused(given(`apply ${at} -f -`, machine('db'))),
    refused(given(`apply ${at} --server-side -f -`, machine('db'))),
    kubectl(`create secret generic first ${at} --from-literal=userdata=x`),
    refused(kubectl(`create secret generic second ${at} --from-literal=userdata=x`)),
    refused(given(`create ${at} -f -`, claim('large', '60Gi'))),
    given(`create ${at} -f -`, claim('disk', '40Gi')),
    refused(given(`create ${at} -f -`, claim('other', '5Gi'))),
    kubectl(`get quota backstop ${at}`),
    kubectl(`describe quota backstop ${at}`),
    kubectl(`get pvc ${at}`),
    kubectl(`get pvc ${at} -o wide`),
    kubectl(`describe pvc disk ${at}`),
  ];
};

const deletes = (ns: string): Act[] => {
  const at = `-n ${ns}`;
  const made = (name: string, finalizers: readonly string[] = []) =>
    given(`create ${at} -f -`, machine(name, { metadata: { labels: { tier: 'web' }, finalizers } }));
  return [
    made('one'),
    kubectl(`delete vm one ${at} --cascade=background`),
    made('one'),
    kubectl(`delete vm one ${at} --cascade=foreground --wait=false`),
    kubectl(`get vm one ${at} -o yaml`),
    patched(`vm one ${at}`, { metadata: { finalizers: null } }),
    made('one'),
    kubectl(`delete vm one ${at} --cascade=orphan --wait=false`),
    patched(`vm one ${at}`, { metadata: { finalizers: null } }),
    made('one'),
    kubectl(`delete vm one ${at} --grace-period=0 --force`),
    made('one'),
    kubectl(`delete vm one ${at} --now`),
    made('one'),
    made('two'),
    kubectl(`delete vm one two ${at}`),
    refused(kubectl(`delete vm one ${at}`)),
    refused(kubectl(`delete vm ${at}`)),
    made('one'),
    made('two'),
    kubectl(`delete vm ${at} -l tier=web`),
    kubectl(`delete vm ${at} --all`),
    made('held', ['jiyun.test/hold']),
    refused(kubectl(`delete vm held ${at} --timeout=2s`)),
    refused(made('held')),
    refused(patched(`vm held ${at}`, { metadata: { finalizers: ['jiyun.test/hold', 'jiyun.test/more'] } })),
    watching(
      `get vm held ${at} -w --output-watch-events`,
      [2, 3],
      patched(`vm held ${at}`, [{ op: 'remove', path: '/metadata/finalizers' }], 'json'),
    ),
    kubectl(`wait vm/held ${at} --for=delete --timeout=10s`),
    given(`create ${at} -f -`, secret('one'), instance('one'), volume('one')),
    kubectl(`delete secret/one vmi/one dv/one ${at}`),
    given(`create ${at} -f -`, secret('one'), volume('one')),
    given(`delete ${at} -f -`, secret('one'), volume('one')),
    refused(given(`delete ${at} -f -`, secret('one'), volume('one'))),
    given(`delete ${at} --ignore-not-found -f -`, secret('one'), volume('one')),
  ];
};

export const moreScripts: readonly Script[] = [
  { name: 'lists', acts: lists },
  { name: 'differences', acts: differences },
  { name: 'watches', acts: watches },
  { name: 'namespaces', acts: namespaces },
  { name: 'events', acts: events },
  { name: 'rights', acts: rights },
  { name: 'quotas', acts: quotas },
  { name: 'deletes', acts: deletes },
];
