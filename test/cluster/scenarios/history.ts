import type { Scenario } from '../scenario.ts';
import { label, machine } from './objects.ts';
import { create, get, machines, merge, patch } from './requests.ts';

const ns = 'history-<run>';
const path = machines(ns);

export const history: readonly Scenario[] = [
  {
    name: 'history-forgotten',
    about: 'History is cut: old watches, exact lists and continue tokens answer 410; a new list heals.',
    namespaces: [ns],
    steps: [
      ...['m1', 'm2', 'm3', 'm4', 'm5'].map((name) => create(path, machine(name))),
      get(path, { query: { limit: '2' } }),
      patch(merge, `${path}/m4`, label('tier', 'web')),
      { about: 'before the cut', watch: { path, query: { watch: 'true', resourceVersion: '<at:1>' } }, events: 1 },
      { compact: true },
      { about: 'too old', watch: { path, query: { watch: 'true', resourceVersion: '<at:1>' } }, events: 1, ends: true },
      {
        about: 'too old, with bookmarks',
        watch: { path, query: { watch: 'true', resourceVersion: '<rv:m5.1>', allowWatchBookmarks: 'true' } },
        events: 1,
        ends: true,
      },
      get(path, {
        about: 'an exact state that is gone',
        query: { resourceVersion: '<rv:m5.1>', resourceVersionMatch: 'Exact' },
      }),
      get(path, {
        about: 'the token has expired; it comes with one that goes on from the new state',
        query: { limit: '2', continue: '<token:1>' },
      }),
      get(path, { about: 'going on from the new state', query: { limit: '2', continue: '<token:2>' } }),
      get(path, {
        about: 'not older than: still true',
        query: { resourceVersion: '<rv:m5.1>', resourceVersionMatch: 'NotOlderThan' },
      }),
      {
        about: 'from the new list',
        watch: { path, query: { watch: 'true', resourceVersion: '<at:3>' } },
        during: [create(path, machine('m6'))],
        events: 1,
      },
    ],
  },
];
