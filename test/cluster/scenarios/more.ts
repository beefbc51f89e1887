/** Dry runs, watches and forgotten history of the other kinds, more quotas, and events under both names. */
import type { JsonObject } from '../json.ts';
import type { Scenario, WatchRequest } from '../scenario.ts';
import { bodyOf, collectionOf } from './kinds/row.ts';
import { coreRows, customRows } from './kinds/rows.ts';
import { label, machine, quota, secret } from './objects.ts';
import { apply, create, get, machines, merge, namespaces, patch, put, quotas, remove, secrets } from './requests.ts';

const row = (kind: string) => {
  const found = [...coreRows, ...customRows].find((each) => each.kind === kind);
  if (found === undefined) throw new Error(`there is no row of ${kind}`);
  return found;
};

const dry = 'dry-<run>';
const dryRun = { dryRun: 'All' };

const watched = 'seen-<run>';
const hosts = collectionOf(row('BareMetalHost'), watched);
const limits = collectionOf(row('LimitRange'), watched);
const host = (name: string) => ({ ...bodyOf(row('BareMetalHost')), metadata: { name } });
const range = (name: string) => ({ ...bodyOf(row('LimitRange')), metadata: { name } });
const initialEvents = {
  watch: 'true',
  sendInitialEvents: 'true',
  resourceVersionMatch: 'NotOlderThan',
  allowWatchBookmarks: 'true',
};

const past = 'past-<run>';
const pastHosts = collectionOf(row('BareMetalHost'), past);
const pastPolicies = collectionOf(row('NetworkPolicy'), past);
const policy = (name: string) => ({ ...bodyOf(row('NetworkPolicy')), metadata: { name } });

const guarded = 'counted-<run>';
const claims = collectionOf(row('PersistentVolumeClaim'), guarded);
const claim = (name: string, storage: string): JsonObject => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name },
  spec: {
    accessModes: ['ReadWriteOnce'],
    storageClassName: 'ssd',
    resources: { requests: { storage } },
  },
});
const hard = {
  'count/baremetalhosts.metal3.io': '1',
  persistentvolumeclaims: '2',
  'requests.storage': '100Gi',
  'ssd.storageclass.storage.k8s.io/requests.storage': '60Gi',
};
const none = {
  'count/baremetalhosts.metal3.io': '0',
  persistentvolumeclaims: '0',
  'requests.storage': '0',
  'ssd.storageclass.storage.k8s.io/requests.storage': '0',
};
/** Admission reads from a cache of its own: a second of watching, with nothing to see. */
const aSecond = (path: string, resourceVersion: string): WatchRequest => ({
  about: 'a second, in which the admission learns of it',
  watch: { path, query: { watch: 'true', resourceVersion, timeoutSeconds: '1' } },
  events: 0,
  ends: true,
});

const told = 'told-<run>';
const events = `${namespaces}/${told}/events`;
const newerEvents = `/apis/events.k8s.io/v1/namespaces/${told}/events`;
const older: JsonObject = {
  apiVersion: 'v1',
  kind: 'Event',
  metadata: { name: 'web.1' },
  involvedObject: { apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachine', name: 'web', namespace: told },
  reason: 'Started',
  message: 'The machine has started.',
  type: 'Normal',
  source: { component: 'virt-controller' },
  firstTimestamp: '2026-11-29T08:00:00Z',
  lastTimestamp: '2026-11-29T08:00:00Z',
  count: 1,
};
const newer: JsonObject = {
  apiVersion: 'events.k8s.io/v1',
  kind: 'Event',
  metadata: { name: 'db.1' },
  eventTime: '2026-11-29T08:00:00.000000Z',
  regarding: { apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachine', name: 'db', namespace: told },
  reason: 'Stopped',
  note: 'The machine has stopped.',
  type: 'Normal',
  action: 'Stop',
  reportingController: 'jiyun.internal/console',
  reportingInstance: 'console-1',
};

const kept = 'kept-<run>';

export const more: readonly Scenario[] = [
  {
    name: 'dry-run',
    about: 'Every write with dryRun=All: it is answered as it would be, and nothing is written.',
    namespaces: [dry],
    steps: [
      create(machines(dry), machine('web'), { query: dryRun }),
      get(`${machines(dry)}/web`),
      create(machines(dry), machine('Not a name'), { about: 'refused as in earnest', query: dryRun }),
      apply(`${machines(dry)}/web`, machine('web'), { about: 'an apply that would create', query: dryRun }),
      create(machines(dry), machine('web')),
      create(machines(dry), machine('web'), { about: 'a name that is taken', query: dryRun }),
      apply(`${machines(dry)}/web`, machine('web', { spec: { runStrategy: 'Always' } }), {
        about: 'a conflict is told',
        query: dryRun,
        managedFields: true,
      }),
      apply(`${machines(dry)}/web`, machine('web', { spec: { runStrategy: 'Always' } }), {
        about: 'what force would make of it',
        query: dryRun,
        force: true,
        managedFields: true,
      }),
      patch(merge, `${machines(dry)}/web`, { spec: { runStrategy: 'Manual' } }, { query: dryRun }),
      remove(`${machines(dry)}/web`, { query: dryRun }),
      get(`${machines(dry)}/web`, { about: 'as it was', managedFields: true }),
      patch(merge, `${machines(dry)}/web`, label('tier', 'web'), {
        about: 'no such dry run',
        query: { dryRun: 'Some' },
      }),
      create(secrets(dry), secret('first-boot'), { query: dryRun }),
      get(`${secrets(dry)}/first-boot`),
    ],
  },
  {
    name: 'watch-kinds',
    about: 'Initial state with its bookmark, then changes, of a custom and of a core kind.',
    namespaces: [watched],
    steps: [
      create(hosts, host('server-1')),
      create(limits, range('usual')),
      {
        watch: { path: hosts, query: initialEvents },
        during: [
          create(hosts, host('server-2')),
          patch(merge, `${hosts}/server-1/status`, { status: { ...row('BareMetalHost').status } }),
          remove(`${hosts}/server-2`),
        ],
        events: 5,
        initial: 1,
      },
      {
        watch: { path: limits, query: initialEvents },
        during: [patch(merge, `${limits}/usual`, label('tier', 'web')), remove(`${limits}/usual`)],
        events: 4,
        initial: 1,
      },
    ],
  },
  {
    name: 'history-of-kinds',
    about: 'History is cut: a server watch and a policy watch from before answer 410, an exact list too.',
    namespaces: [past],
    steps: [
      create(pastHosts, host('server-1')),
      create(pastPolicies, policy('deny')),
      patch(merge, `${pastHosts}/server-1`, { spec: { online: true } }),
      patch(merge, `${pastPolicies}/deny`, label('tier', 'web')),
      { compact: true },
      {
        about: 'too old',
        watch: { path: pastHosts, query: { watch: 'true', resourceVersion: '<rv:server-1.1>' } },
        events: 1,
        ends: true,
      },
      {
        about: 'too old',
        watch: { path: pastPolicies, query: { watch: 'true', resourceVersion: '<rv:deny.1>' } },
        events: 1,
        ends: true,
      },
      get(pastHosts, {
        about: 'an exact state that is gone',
        query: { resourceVersion: '<rv:server-1.1>', resourceVersionMatch: 'Exact' },
      }),
      get(pastHosts),
    ],
  },
  {
    name: 'quota-of-kinds',
    about: 'Servers by their count, disks by their number and size and by their class: beyond is 403.',
    namespaces: [guarded],
    steps: [
      create(quotas(guarded), quota('backstop', hard)),
      put(`${quotas(guarded)}/backstop/status`, { ...quota('backstop', hard), status: { hard, used: none } }),
      aSecond(quotas(guarded), '<rv:backstop.2>'),
      create(collectionOf(row('BareMetalHost'), guarded), host('server-1')),
      create(collectionOf(row('BareMetalHost'), guarded), host('server-2'), { about: 'one server too many' }),
      create(claims, claim('small', '40Gi')),
      create(claims, claim('large', '70Gi'), { about: 'beyond in two ways' }),
      create(claims, claim('middle', '30Gi'), { about: 'beyond for its class' }),
      create(claims, claim('last', '10Gi')),
      create(claims, claim('third', '1Gi'), { about: 'one disk too many' }),
      get(`${quotas(guarded)}/backstop`),
    ],
  },
  {
    name: 'limits-of-claims',
    about: 'A LimitRange bounds a single disk.',
    namespaces: ['bounds-<run>'],
    steps: [
      create(collectionOf(row('LimitRange'), 'bounds-<run>'), {
        ...bodyOf(row('LimitRange')),
        spec: { limits: [{ type: 'PersistentVolumeClaim', min: { storage: '1Gi' }, max: { storage: '100Gi' } }] },
      }),
      aSecond(collectionOf(row('LimitRange'), 'bounds-<run>'), '<rv:usual.1>'),
      create(collectionOf(row('PersistentVolumeClaim'), 'bounds-<run>'), claim('fits', '40Gi')),
      create(collectionOf(row('PersistentVolumeClaim'), 'bounds-<run>'), claim('large', '200Gi')),
      create(collectionOf(row('PersistentVolumeClaim'), 'bounds-<run>'), claim('small', '500Mi')),
    ],
  },
  {
    name: 'events',
    about: 'One event under two names: core v1 and events.k8s.io/v1.',
    namespaces: [told],
    steps: [
      create(events, older),
      get(`${newerEvents}/web.1`, { about: 'the older one by the newer name' }),
      create(newerEvents, newer),
      get(`${events}/db.1`, { about: 'the newer one by the older name' }),
      get(events, { query: { fieldSelector: 'involvedObject.name=web,involvedObject.kind=VirtualMachine' } }),
      get(newerEvents, { query: { fieldSelector: 'regarding.name=db' } }),
      get(events, { query: { fieldSelector: 'type=Warning' } }),
      patch(merge, `${events}/web.1`, { count: 2 }),
      get(`${newerEvents}/web.1`),
      create(
        events,
        { ...older, metadata: { name: 'stray.1' }, involvedObject: { kind: 'Node', name: 'n' } },
        {
          about: 'about what has no namespace, in a namespace',
        },
      ),
      remove(`${newerEvents}/web.1`),
      get(`${events}/web.1`),
    ],
  },
  {
    name: 'immutable',
    about: 'What may not change once it is there.',
    namespaces: [kept],
    steps: [
      create(secrets(kept), { ...secret('sealed'), immutable: true }),
      patch(merge, `${secrets(kept)}/sealed`, { data: { userdata: 'eAo=' } }),
      patch(merge, `${secrets(kept)}/sealed`, { immutable: false }),
      patch(merge, `${secrets(kept)}/sealed`, label('tier', 'web'), { about: 'labels may' }),
      create(secrets(kept), secret('first-boot')),
      patch(merge, `${secrets(kept)}/first-boot`, { type: 'kubernetes.io/tls' }),
      apply(`${secrets(kept)}/first-boot`, { ...secret('first-boot'), type: 'other' }, { force: true }),
      create(collectionOf(row('PersistentVolumeClaim'), kept), claim('disk', '40Gi')),
      patch(
        merge,
        `${collectionOf(row('PersistentVolumeClaim'), kept)}/disk`,
        {
          spec: { resources: { requests: { storage: '30Gi' } } },
        },
        { anyMessage: true },
      ),
      patch(
        merge,
        `${collectionOf(row('PersistentVolumeClaim'), kept)}/disk`,
        {
          spec: { accessModes: ['ReadWriteMany'] },
        },
        { anyMessage: true },
      ),
      remove(`${collectionOf(row('PersistentVolumeClaim'), kept)}/disk`),
    ],
  },
];
