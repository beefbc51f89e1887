import type { Scenario } from '../scenario.ts';
import { instance, machine, namespace, quota, secret, volume } from './objects.ts';
import {
  create,
  get,
  instances,
  machines,
  merge,
  namespaces,
  patch,
  quotas,
  remove,
  runLabel,
  secrets,
  volumes,
} from './requests.ts';

const ns = 'objects-<run>';
const kinds = [
  { path: secrets(ns), object: secret('first-boot') },
  { path: quotas(ns), object: quota('backstop', { 'count/secrets': '10' }) },
  { path: machines(ns), object: machine('web') },
  { path: instances(ns), object: instance('running') },
  { path: volumes(ns), object: volume('root-disk') },
];
const nameOf = ({ object }: (typeof kinds)[number]) => (object.metadata as { name: string }).name;

export const createAndRead: readonly Scenario[] = [
  {
    name: 'create-and-read',
    about: 'Each kind: create, read, create again (409), delete, read and delete what is gone (404).',
    namespaces: [ns],
    steps: kinds.flatMap((kind) => [
      create(kind.path, kind.object),
      get(`${kind.path}/${nameOf(kind)}`),
      create(kind.path, kind.object, { about: 'a name that is taken' }),
      remove(`${kind.path}/${nameOf(kind)}`),
      get(`${kind.path}/${nameOf(kind)}`, { about: 'gone' }),
      remove(`${kind.path}/${nameOf(kind)}`, { about: 'gone' }),
    ]),
  },
  {
    name: 'create-refused',
    about: 'Creates that the server does not take, whatever the kind.',
    namespaces: ['refused-<run>'],
    steps: [
      create(machines('nowhere-<run>'), machine('web'), { about: 'no such namespace' }),
      create(secrets('nowhere-<run>'), secret('first-boot'), { about: 'no such namespace' }),
      create(machines('refused-<run>'), machine('web', { metadata: { namespace: 'other' } }), {
        about: 'another namespace in the body',
      }),
      create(
        machines('refused-<run>'),
        { ...machine('web'), kind: 'DataVolume' },
        { about: 'another kind in the body' },
      ),
      create(
        machines('refused-<run>'),
        { ...machine('web'), apiVersion: 'kubevirt.io/v2' },
        { about: 'another version in the body', query: { fieldValidation: 'Ignore' } },
      ),
      create(
        secrets('refused-<run>'),
        { ...secret('first-boot'), kind: 'ConfigMap' },
        { about: 'another kind in the body' },
      ),
      create(machines('refused-<run>'), { ...machine(''), metadata: {} }, { about: 'no name' }),
      create(secrets('refused-<run>'), { ...secret(''), metadata: {} }, { about: 'no name' }),
      create(machines('refused-<run>'), machine('web', { metadata: { resourceVersion: '1' } }), {
        about: 'a resourceVersion on create',
      }),
      create(machines('refused-<run>'), machine('Web_1'), { about: 'an invalid name' }),
      create(secrets('refused-<run>'), secret('First_Boot'), { about: 'an invalid name' }),
      create(namespaces, namespace('Refused_<run>'), { about: 'an invalid name' }),
      create(namespaces, namespace('refused.<run>'), { about: 'a dot, which a namespace may not have' }),
      create(machines('refused-<run>'), machine('web', { metadata: { labels: { tier: 'not valid!' } } }), {
        about: 'an invalid label',
      }),
      create(
        machines('refused-<run>'),
        machine('web', {
          metadata: {
            uid: '3f0c3c34-8b1c-4d1c-9a58-4a6bb4a6a6a6',
            generation: 7,
            creationTimestamp: '2001-01-01T00:00:00Z',
          },
        }),
        { about: 'what the server says itself is not taken from the body' },
      ),
    ],
  },
  {
    name: 'namespace-life',
    about: 'A namespace held by a finalizer: it terminates, takes nothing new, and goes on answering.',
    namespaces: ['life-<run>'],
    steps: [
      create(namespaces, namespace('life-<run>'), { about: 'a name that is taken' }),
      get(`${namespaces}/life-<run>`),
      get(namespaces, { query: { labelSelector: `${runLabel}=<run>` } }),
      create(namespaces, namespace('held-<run>', { finalizers: ['jiyun.test/hold'] })),
      create(secrets('held-<run>'), secret('first-boot')),
      remove(`${namespaces}/held-<run>`),
      create(secrets('held-<run>'), secret('second-boot'), { about: 'nothing new in what terminates' }),
      create(machines('held-<run>'), machine('web'), { about: 'nothing new in what terminates' }),
      patch(
        merge,
        `${secrets('held-<run>')}/first-boot`,
        { metadata: { labels: { tier: 'web' } } },
        { about: 'what is there may change' },
      ),
      remove(`${secrets('held-<run>')}/first-boot`),
      patch(
        merge,
        `${namespaces}/held-<run>`,
        { metadata: { finalizers: null } },
        { about: 'spec.finalizers still holds it' },
      ),
    ],
  },
];
