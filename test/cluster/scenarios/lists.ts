import type { Scenario } from '../scenario.ts';
import { machine, secret } from './objects.ts';
import { create, get, machines, remove, secrets } from './requests.ts';

const ns = 'lists-<run>';
const inSelector = (labelSelector: string) => get(machines(ns), { query: { labelSelector } });
const inFields = (path: string, fieldSelector: string) => get(path, { query: { fieldSelector } });
const labelled = (name: string, labels: Record<string, string>) =>
  create(machines(ns), machine(name, { metadata: { labels } }));

const pages = 'pages-<run>';
const page = (token: string) => get(machines(pages), { query: { limit: '3', continue: token } });

export const lists: readonly Scenario[] = [
  {
    name: 'lists',
    about: 'Lists of a namespace and of all, with label and field selectors. The order is by name.',
    namespaces: [ns],
    steps: [
      get(machines(ns), { about: 'nothing yet' }),
      get(secrets(ns), { about: 'nothing yet' }),
      get(machines('nowhere-<run>'), { about: 'a namespace that is not there lists as empty' }),
      labelled('web-b', { tier: 'web', 'jiyun.test/run': '<run>' }),
      labelled('web-a', { tier: 'web' }),
      labelled('db', { tier: 'db', 'jiyun.test/run': '<run>' }),
      labelled('bare', {}),
      create(secrets(ns), secret('first-boot')),
      create(secrets(ns), secret('second-boot', { labels: { tier: 'web' } })),
      get(machines(ns)),
      get(secrets(ns)),
      get('/apis/kubevirt.io/v1/virtualmachines', {
        about: 'all namespaces',
        query: { labelSelector: 'jiyun.test/run=<run>' },
      }),
      inSelector('tier=web'),
      inSelector('tier==web,jiyun.test/run'),
      inSelector('tier!=web'),
      inSelector('tier in (db,cache)'),
      inSelector('tier notin (db,cache)'),
      inSelector('!tier'),
      inSelector('tier=nothing'),
      { ...inSelector('tier in web'), about: 'a selector that cannot be read', anyMessage: true },
      inFields(machines(ns), 'metadata.name=db'),
      inFields(machines(ns), `metadata.namespace=${ns},metadata.name!=db`),
      inFields(secrets(ns), 'metadata.name=first-boot'),
      { ...inFields(machines(ns), 'spec.runStrategy=Halted'), about: 'a field that cannot be selected' },
      { ...inFields(secrets(ns), 'data.userdata=x'), about: 'a field that cannot be selected' },
      get(machines(ns), { about: 'any state that is not older', query: { resourceVersion: '0' } }),
      get(machines(ns), {
        about: 'resourceVersionMatch without resourceVersion',
        query: { resourceVersionMatch: 'Exact' },
      }),
      get(machines(ns), { about: 'no number', query: { resourceVersion: 'new' } }),
      get(machines(ns), { about: 'no number', query: { limit: 'few' } }),
    ],
  },
  {
    name: 'pages',
    about: 'A list in three pages is one state: what is written between the pages is not in it.',
    namespaces: [pages],
    steps: [
      ...['m1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7'].map((name) =>
        create(machines(pages), machine(name, { metadata: name === 'm7' ? {} : { labels: { tier: 'web' } } })),
      ),
      get(machines(pages), { query: { limit: '3' } }),
      create(machines(pages), machine('m45'), { about: 'between the pages' }),
      remove(`${machines(pages)}/m6`, { about: 'between the pages' }),
      page('<token:1>'),
      page('<token:2>'),
      page('<token:1>'),
      get(machines(pages), { about: 'a page that holds all has no token', query: { limit: '50' } }),
      get(machines(pages), {
        about: 'with a selector the rest is not counted',
        query: { limit: '3', labelSelector: 'tier=web' },
      }),
      { ...page('bm90LWEtdG9rZW4'), about: 'no token of this server' },
      get(machines(pages), {
        about: 'a token and a resourceVersion',
        query: { limit: '3', continue: '<token:1>', resourceVersion: '<at:1>' },
      }),
    ],
  },
];
