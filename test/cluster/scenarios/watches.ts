import type { CallRequest, Scenario } from '../scenario.ts';
import type { Query } from '../transcript.ts';
import { label, machine, secret } from './objects.ts';
import { create, get, machines, merge, namespaces, patch, remove, secrets } from './requests.ts';

const watch = (path: string, query: Query) => ({ path, query: { watch: 'true', ...query } });
const relabel = (path: string, value: string | null): CallRequest => patch(merge, path, label('tier', value));
const initialEvents: Query = {
  sendInitialEvents: 'true',
  resourceVersionMatch: 'NotOlderThan',
  allowWatchBookmarks: 'true',
};

const live = 'watch-<run>';
const initial = 'initial-<run>';
const selected = 'selected-<run>';

export const watches: readonly Scenario[] = [
  {
    name: 'watch-from-list',
    about: 'A watch from the resourceVersion of a list: every change after it, once and in order.',
    namespaces: [live],
    steps: [
      create(machines(live), machine('old')),
      get(machines(live)),
      {
        watch: watch(machines(live), { resourceVersion: '<at:1>' }),
        during: [
          create(machines(live), machine('web')),
          relabel(`${machines(live)}/web`, 'web'),
          { ...relabel(`${machines(live)}/web`, 'web'), about: 'no change, no event' },
          create(secrets(live), secret('other-kind'), { about: 'another kind, no event' }),
          create(machines(live), machine('db')),
          remove(`${machines(live)}/web`),
          relabel(`${machines(live)}/old`, 'web'),
        ],
        events: 5,
      },
      { about: 'the same history again', watch: watch(machines(live), { resourceVersion: '<at:1>' }), events: 5 },
      { about: 'from the middle', watch: watch(machines(live), { resourceVersion: '<rv:web.2>' }), events: 3 },
      {
        about: 'one object by its name',
        watch: watch(machines(live), { resourceVersion: '<at:1>', fieldSelector: 'metadata.name=db' }),
        events: 1,
      },
      {
        about: 'timeoutSeconds ends the stream',
        watch: watch(machines(live), { resourceVersion: '<rv:old.2>', timeoutSeconds: '1' }),
        events: 0,
        ends: true,
      },
      {
        about: 'all namespaces',
        watch: watch('/apis/kubevirt.io/v1/virtualmachines', {
          resourceVersion: '<rv:db.1>',
          fieldSelector: `metadata.namespace=${live}`,
        }),
        events: 2,
      },
      {
        about: 'Secrets',
        watch: watch(secrets(live), { resourceVersion: '<rv:other-kind.1>' }),
        during: [
          create(secrets(live), secret('first-boot')),
          patch(merge, `${secrets(live)}/first-boot`, { data: { userdata: 'eAo=' } }),
          remove(`${secrets(live)}/first-boot`),
        ],
        events: 3,
      },
      {
        about: 'one Namespace',
        watch: watch(namespaces, { resourceVersion: '<rv:watch.1>', fieldSelector: `metadata.name=${live}` }),
        during: [relabel(`${namespaces}/${live}`, 'web')],
        events: 1,
      },
    ],
  },
  {
    name: 'watch-refused',
    about: 'Watches that cannot be: too old, in the future, not a number.',
    namespaces: ['old-<run>'],
    steps: [
      create(machines('old-<run>'), machine('web')),
      {
        about: 'before all history',
        watch: watch(machines('old-<run>'), { resourceVersion: '1' }),
        events: 1,
        ends: true,
      },
      { about: 'no number', watch: watch(machines('old-<run>'), { resourceVersion: 'new' }), events: 0 },
      {
        about: 'sendInitialEvents wants resourceVersionMatch',
        watch: watch(machines('old-<run>'), { sendInitialEvents: 'true', allowWatchBookmarks: 'true' }),
        events: 0,
      },
      {
        about: 'resourceVersionMatch wants sendInitialEvents',
        watch: watch(machines('old-<run>'), { resourceVersionMatch: 'NotOlderThan' }),
        events: 0,
      },
      get(machines('old-<run>'), {
        about: 'sendInitialEvents wants a watch',
        query: { sendInitialEvents: 'true', resourceVersionMatch: 'NotOlderThan' },
      }),
    ],
  },
  {
    name: 'watch-initial-state',
    about: 'Watches that begin with the state: without resourceVersion, at 0, and as a list (WatchList).',
    namespaces: [initial],
    steps: [
      { about: 'empty: only the bookmark', watch: watch(machines(initial), initialEvents), events: 1 },
      create(machines(initial), machine('web')),
      create(machines(initial), machine('db')),
      {
        watch: watch(machines(initial), {}),
        initial: 2,
        during: [create(machines(initial), machine('cache'))],
        events: 3,
      },
      { watch: watch(machines(initial), { resourceVersion: '0' }), initial: 3, events: 3 },
      {
        about: 'the state, the bookmark that ends it, then what changes',
        watch: watch(machines(initial), initialEvents),
        initial: 3,
        during: [relabel(`${machines(initial)}/db`, 'db'), remove(`${machines(initial)}/cache`)],
        events: 6,
      },
      {
        about: 'from that bookmark: what came after it, no more and no less',
        watch: watch(machines(initial), { resourceVersion: '<bookmark:2>' }),
        events: 2,
      },
      {
        about: 'Secrets',
        watch: watch(secrets(initial), initialEvents),
        during: [create(secrets(initial), secret('first-boot'))],
        events: 2,
      },
      {
        about: 'bookmarks may not be left out',
        watch: watch(machines(initial), { ...initialEvents, allowWatchBookmarks: 'false' }),
        initial: 2,
        events: 2,
      },
      {
        about: 'no initial events: as if from now',
        watch: watch(machines(initial), { ...initialEvents, sendInitialEvents: 'false' }),
        during: [create(machines(initial), machine('late'))],
        events: 1,
      },
    ],
  },
  {
    name: 'watch-selector',
    about: 'A watch by label: what comes into the selection is ADDED, what leaves it is DELETED.',
    namespaces: [selected],
    steps: [
      create(machines(selected), machine('web')),
      create(machines(selected), machine('db', { metadata: { labels: { tier: 'db' } } })),
      get(machines(selected), { query: { labelSelector: 'tier=web' } }),
      {
        watch: watch(machines(selected), { resourceVersion: '<at:1>', labelSelector: 'tier=web' }),
        during: [
          relabel(`${machines(selected)}/db`, 'cache'),
          relabel(`${machines(selected)}/web`, 'web'),
          patch(merge, `${machines(selected)}/web`, { spec: { runStrategy: 'Always' } }),
          { ...relabel(`${machines(selected)}/web`, 'db'), about: 'leaves' },
          patch(merge, `${machines(selected)}/web`, { spec: { runStrategy: 'Halted' } }, { about: 'outside' }),
          relabel(`${machines(selected)}/db`, 'web'),
          remove(`${machines(selected)}/db`),
          remove(`${machines(selected)}/web`, { about: 'outside' }),
        ],
        events: 5,
      },
      {
        about: 'the state by label, then the bookmark',
        watch: watch(machines(selected), { ...initialEvents, labelSelector: 'tier=web' }),
        during: [create(machines(selected), machine('new', { metadata: { labels: { tier: 'web' } } }))],
        events: 2,
      },
    ],
  },
];
