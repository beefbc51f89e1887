import type { Json, JsonObject } from '../json.ts';
import type { Scenario } from '../scenario.ts';
import { instance, label, machine, secret, volume } from './objects.ts';
import { apply, create, get, instances, jsonPatch, machines, merge, patch, put, secrets, volumes } from './requests.ts';

const ns = 'status-<run>';
const web = `${machines(ns)}/web`;
const state = (printableStatus: string): JsonObject => ({ status: { printableStatus, ready: false } });

const patched = 'patched-<run>';
const target = `${machines(patched)}/web`;
const operations = (...all: Json[]) => patch(jsonPatch, target, all);

const updated = 'updated-<run>';
const row = `${machines(updated)}/web`;
const at = (resourceVersion: string, over: JsonObject = {}) =>
  machine('web', { metadata: { resourceVersion }, spec: over });

export const changes: readonly Scenario[] = [
  {
    name: 'status-subresource',
    about: 'A VirtualMachine has /status, a VirtualMachineInstance and a DataVolume have none.',
    namespaces: [ns],
    steps: [
      create(machines(ns), { ...machine('web'), ...state('Running') }, { about: 'status is not taken on create' }),
      patch(merge, web, state('Running'), { about: 'nor by a patch of the object: no change' }),
      patch(
        merge,
        `${web}/status`,
        { ...state('Provisioning'), spec: { runStrategy: 'Always' }, metadata: { labels: { tier: 'web' } } },
        { about: '/status takes status; not spec; and labels?' },
      ),
      patch(merge, `${web}/status`, state('Provisioning'), { about: 'the same again changes nothing' }),
      patch(merge, `${web}/status`, state('Running'), { about: 'generation stays' }),
      get(`${web}/status`, { about: 'the whole object' }),
      patch(
        merge,
        web,
        { spec: { runStrategy: 'Always' }, ...state('Stopped') },
        { about: 'spec changes, status does not' },
      ),
      put(
        `${web}/status`,
        { ...machine('web', { metadata: { resourceVersion: '<rv:web.1>' } }), ...state('Stopped') },
        { about: 'a stale resourceVersion' },
      ),
      put(
        `${web}/status`,
        { ...machine('web', { metadata: { resourceVersion: '<rv:web.4>' } }), ...state('Stopped') },
        { about: 'spec in it is ignored' },
      ),
      put(web, machine('web', { metadata: { resourceVersion: '<rv:web.5>' }, spec: { runStrategy: 'Manual' } }), {
        about: 'a PUT without status keeps it',
      }),
      apply(
        `${web}/status`,
        { apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachine', metadata: { name: 'web' }, status: { created: true } },
        { manager: 'operator', managedFields: true },
      ),
      patch(merge, `${web}/status`, { status: { printableStatus: 5 } }, { about: 'status has a schema too' }),
      create(
        instances(ns),
        { ...instance('running'), status: { phase: 'Pending' } },
        { about: 'no subresource: status is taken on create' },
      ),
      patch(
        merge,
        `${instances(ns)}/running`,
        { status: { phase: 'Running', nodeName: 'node-1' } },
        { about: 'and by a patch; generation grows' },
      ),
      patch(
        merge,
        `${instances(ns)}/running/status`,
        { status: { phase: 'Failed' } },
        { about: 'there is no /status' },
      ),
      create(volumes(ns), volume('root-disk')),
      patch(
        merge,
        `${volumes(ns)}/root-disk`,
        { status: { phase: 'ImportInProgress', progress: '45.30%' } },
        { about: 'no subresource: generation grows' },
      ),
      patch(
        merge,
        `${volumes(ns)}/root-disk/status`,
        { status: { phase: 'Succeeded' } },
        { about: 'there is no /status' },
      ),
    ],
  },
  {
    name: 'patches',
    about: 'Merge patch and JSON patch: effect, generation, preconditions.',
    namespaces: [patched],
    steps: [
      create(machines(patched), machine('web')),
      patch(merge, target, label('tier', 'web'), { about: 'a label: generation stays' }),
      patch(merge, target, label('tier', 'web'), { about: 'no change: resourceVersion stays' }),
      patch(merge, target, label('tier', null), { about: 'the last label goes' }),
      patch(merge, target, { spec: { runStrategy: 'Always' } }, { about: 'spec: generation grows' }),
      patch(
        merge,
        target,
        { spec: { template: { spec: { volumes: [{ name: 'root', dataVolume: { name: 'new-disk' } }] } } } },
        { about: 'a list is replaced' },
      ),
      patch(
        merge,
        target,
        { metadata: { resourceVersion: '<rv:web.1>', labels: { tier: 'late' } } },
        { about: 'a stale resourceVersion' },
      ),
      patch(
        merge,
        target,
        { metadata: { resourceVersion: '<rv:web.5>', annotations: { 'jiyun.test/epoch': '7' } } },
        { about: 'the current resourceVersion' },
      ),
      patch(
        merge,
        target,
        { metadata: { uid: '3f0c3c34-8b1c-4d1c-9a58-4a6bb4a6a6a6', labels: { tier: 'late' } } },
        { about: 'another uid' },
      ),
      patch(merge, target, { metadata: { name: 'other' } }, { about: 'another name' }),
      patch(merge, `${machines(patched)}/missing`, label('tier', 'web'), { about: 'not there' }),
      operations(
        { op: 'add', path: '/metadata/labels', value: { tier: 'web' } },
        { op: 'replace', path: '/spec/runStrategy', value: 'Halted' },
      ),
      operations(
        { op: 'test', path: '/metadata/resourceVersion', value: '<rv:web.7>' },
        { op: 'replace', path: '/spec/runStrategy', value: 'Manual' },
      ),
      {
        ...operations(
          { op: 'test', path: '/spec/runStrategy', value: 'Halted' },
          { op: 'replace', path: '/spec/runStrategy', value: 'Always' },
        ),
        about: 'the test fails',
        anyMessage: true,
      },
      {
        ...operations({ op: 'replace', path: '/metadata/resourceVersion', value: '<rv:web.1>' }),
        about: 'a stale resourceVersion',
      },
      { ...operations({ op: 'remove', path: '/spec/noSuchField' }), about: 'no such path', anyMessage: true },
      operations({ op: 'remove', path: '/metadata/labels/tier' }),
      patch('application/strategic-merge-patch+json', target, label('tier', 'web'), {
        about: 'not for custom resources',
      }),
      patch('application/json', target, label('tier', 'web'), { about: 'no patch type' }),
      create(secrets(patched), secret('first-boot')),
      patch('application/strategic-merge-patch+json', `${secrets(patched)}/first-boot`, label('tier', 'web'), {
        about: 'for the core kinds',
      }),
      patch(
        merge,
        `${secrets(patched)}/first-boot`,
        { stringData: { networkdata: 'version: 2' } },
        { about: 'stringData becomes data' },
      ),
      patch(merge, `${secrets(patched)}/first-boot`, { type: 'kubernetes.io/tls' }, { about: 'type may not change' }),
      patch(
        merge,
        `${secrets(patched)}/first-boot`,
        { metadata: { resourceVersion: '<rv:first-boot.1>', labels: { tier: 'db' } } },
        { about: 'a stale resourceVersion' },
      ),
    ],
  },
  {
    name: 'updates',
    about: 'PUT: the whole object, with the resourceVersion it was read at.',
    namespaces: [updated],
    steps: [
      create(machines(updated), machine('web')),
      put(row, at('<rv:web.1>'), { about: 'no change' }),
      put(row, at('<rv:web.1>', { runStrategy: 'Always' })),
      put(row, at('<rv:web.1>', { runStrategy: 'Manual' }), { about: 'stale' }),
      put(row, machine('web', { spec: { runStrategy: 'Manual' } }), { about: 'no resourceVersion, custom resource' }),
      put(row, machine('other', { metadata: { resourceVersion: '<rv:web.2>' } }), {
        about: 'another name in the body',
      }),
      put(
        row,
        machine('web', { metadata: { resourceVersion: '<rv:web.2>', uid: '3f0c3c34-8b1c-4d1c-9a58-4a6bb4a6a6a6' } }),
        { about: 'another uid', anyMessage: true },
      ),
      put(`${machines(updated)}/missing`, machine('missing', { metadata: { resourceVersion: '<rv:web.2>' } }), {
        about: 'not there',
      }),
      put(`${machines(updated)}/missing`, machine('missing'), { about: 'not there, no resourceVersion' }),
      create(secrets(updated), secret('first-boot')),
      put(`${secrets(updated)}/first-boot`, secret('first-boot', {}, { userdata: 'eAo=' }), {
        about: 'no resourceVersion, core kind: unconditional',
      }),
      put(`${secrets(updated)}/first-boot`, secret('first-boot', { resourceVersion: '<rv:first-boot.1>' }), {
        about: 'stale',
      }),
      put(`${secrets(updated)}/missing`, secret('missing'), { about: 'not there' }),
    ],
  },
];
