import type { Scenario, WatchRequest } from '../scenario.ts';
import { instance, label, machine, quota, secret } from './objects.ts';
import { apply, create, get, instances, machines, merge, patch, put, quotas, remove, secrets } from './requests.ts';

const ns = 'deletes-<run>';
const held = { finalizers: ['jiyun.test/hold'] };
const options = (more: Record<string, string | { uid: string } | { resourceVersion: string }>) => ({
  body: { apiVersion: 'v1', kind: 'DeleteOptions', ...more },
});

const guarded = 'quota-<run>';
const limits = { 'count/virtualmachines.kubevirt.io': '1', secrets: '1' };
const setStatus = (used: Record<string, string>) => ({ ...quota('backstop', limits), status: { hard: limits, used } });

/** Admission reads quotas from a cache of its own: one second of watching, with nothing to see. */
const untilAdmissionKnows = (resourceVersion: string): WatchRequest => ({
  about: 'a second, in which the admission learns of it',
  watch: { path: quotas(guarded), query: { watch: 'true', resourceVersion, timeoutSeconds: '1' } },
  events: 0,
  ends: true,
});

export const deletes: readonly Scenario[] = [
  {
    name: 'deletes',
    about: 'Delete: at once, held by finalizers, with preconditions, in the foreground.',
    namespaces: [ns],
    steps: [
      create(machines(ns), machine('web', { metadata: held })),
      {
        watch: { path: machines(ns), query: { watch: 'true', resourceVersion: '<rv:web.1>' } },
        during: [
          remove(`${machines(ns)}/web`, { about: 'held: it stays, with a deletionTimestamp' }),
          get(`${machines(ns)}/web`),
          remove(`${machines(ns)}/web`, { about: 'again: no change' }),
          patch(merge, `${machines(ns)}/web`, label('tier', 'web'), { about: 'it may still change' }),
          patch(
            merge,
            `${machines(ns)}/web`,
            { metadata: { finalizers: ['jiyun.test/hold', 'jiyun.test/late'] } },
            { about: 'no new finalizer on what is going' },
          ),
          create(machines(ns), machine('web'), { about: 'the name is still taken' }),
          apply(`${machines(ns)}/web`, machine('web', { spec: { runStrategy: 'Always' } }), {
            about: 'an apply to what is going',
            force: true,
          }),
          patch(merge, `${machines(ns)}/web`, { metadata: { finalizers: null } }, { about: 'let go: gone' }),
          get(`${machines(ns)}/web`),
        ],
        events: 4,
      },
      create(machines(ns), machine('web'), { about: 'the name is free, the uid new' }),
      remove(`${machines(ns)}/web`, { about: 'another uid', ...options({ preconditions: { uid: '<uid:web>' } }) }),
      remove(`${machines(ns)}/web`, {
        about: 'another resourceVersion',
        ...options({ preconditions: { resourceVersion: '<rv:web.1>' } }),
      }),
      remove(`${machines(ns)}/web`, { about: 'the right uid', ...options({ preconditions: { uid: '<uid:web-2>' } }) }),
      create(machines(ns), machine('front')),
      remove(`${machines(ns)}/front`, {
        about: 'foreground: waits for a collector',
        ...options({ propagationPolicy: 'Foreground' }),
      }),
      patch(merge, `${machines(ns)}/front`, { metadata: { finalizers: null } }, { about: 'as the collector does' }),
      create(machines(ns), machine('back')),
      remove(`${machines(ns)}/back`, { about: 'by the query', query: { propagationPolicy: 'Background' } }),
      create(machines(ns), machine('orphan')),
      remove(`${machines(ns)}/orphan`, options({ propagationPolicy: 'Orphan' })),
      patch(merge, `${machines(ns)}/orphan`, { metadata: { finalizers: null } }),
      create(machines(ns), machine('odd')),
      remove(`${machines(ns)}/odd`, { about: 'no such policy', ...options({ propagationPolicy: 'Sideways' }) }),
      remove(`${machines(ns)}/odd`, { about: 'with a grace period', query: { gracePeriodSeconds: '30' } }),
      create(instances(ns), instance('running', { metadata: held })),
      remove(`${instances(ns)}/running`, { about: 'no /status: does generation grow?' }),
      patch(merge, `${instances(ns)}/running`, { metadata: { finalizers: null } }),
      create(secrets(ns), secret('first-boot', held)),
      remove(`${secrets(ns)}/first-boot`),
      patch(merge, `${secrets(ns)}/first-boot`, { metadata: { finalizers: null } }),
      create(secrets(ns), secret('second-boot')),
      remove(`${secrets(ns)}/second-boot`, {
        about: 'another uid',
        ...options({ preconditions: { uid: '<uid:first-boot>' } }),
      }),
      remove(`${secrets(ns)}/second-boot`),
      create(machines(ns), machine('m1', { metadata: { labels: { tier: 'web' } } })),
      create(machines(ns), machine('m2', { metadata: { labels: { tier: 'web' } } })),
      create(machines(ns), machine('m3')),
      remove(machines(ns), { about: 'a collection', query: { labelSelector: 'tier=web' } }),
      get(machines(ns)),
    ],
  },
  {
    name: 'quota',
    about: 'A ResourceQuota whose status says how much is used (a controller writes it): beyond is 403.',
    namespaces: [guarded],
    steps: [
      create(quotas(guarded), quota('backstop', limits)),
      create(machines(guarded), machine('early'), { about: 'status says nothing yet' }),
      create(secrets(guarded), secret('early-secret'), { about: 'status says nothing yet' }),
      put(`${quotas(guarded)}/backstop/status`, setStatus({ 'count/virtualmachines.kubevirt.io': '0', secrets: '0' }), {
        about: 'as the controller does',
      }),
      untilAdmissionKnows('<rv:backstop.2>'),
      create(machines(guarded), machine('web')),
      create(secrets(guarded), secret('first-boot')),
      get(`${quotas(guarded)}/backstop`, { about: 'what was admitted is counted' }),
      create(machines(guarded), machine('beyond')),
      create(secrets(guarded), secret('beyond-secret')),
      apply(`${machines(guarded)}/beyond`, machine('beyond'), { about: 'by apply too' }),
      remove(`${machines(guarded)}/web`, { about: 'a delete frees nothing until the controller counts' }),
      create(machines(guarded), machine('beyond')),
      put(`${quotas(guarded)}/backstop/status`, setStatus({ 'count/virtualmachines.kubevirt.io': '0', secrets: '1' })),
      untilAdmissionKnows('<rv:backstop.4>'),
      create(machines(guarded), machine('within')),
    ],
  },
];
