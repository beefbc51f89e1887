/** What is not about one object: discovery, tables, and what is refused before any kind is asked. */
import { at, type Json, type JsonObject } from '../json.ts';
import type { Scenario } from '../scenario.ts';
import { machine, secret } from './objects.ts';
import {
  create,
  get,
  machines,
  namespaces,
  patch,
  put,
  remove,
  runLabel,
  secrets,
  table,
  volumes,
} from './requests.ts';

const groups = ['kubevirt.io', 'cdi.kubevirt.io'];
const ours = ['namespaces', 'namespaces/status', 'resourcequotas', 'resourcequotas/status', 'secrets'];
const ns = 'tables-<run>';
const shown = { accept: table };

export const surface: readonly Scenario[] = [
  {
    name: 'discovery',
    about: 'What kubectl and clients ask first. Storage hashes are of a real store and left out.',
    namespaces: [],
    steps: [
      get('/version', { listed: (body) => pick(body, ['major', 'minor']) }),
      get('/api', { listed: (body) => pick(body, ['kind', 'versions']) }),
      get('/apis', { listed: (body) => named(pick(body, ['kind', 'apiVersion', 'groups']), 'groups', groups) }),
      get('/apis/kubevirt.io', { listed: (body) => body }),
      get('/api/v1', { listed: (body) => resources(body, ours) }),
      get('/apis/kubevirt.io/v1', {
        listed: (body) => resources(body, ['virtualmachines', 'virtualmachines/status', 'virtualmachineinstances']),
      }),
      get('/apis/cdi.kubevirt.io/v1beta1', { listed: (body) => resources(body, ['datavolumes']) }),
      get('/apis/kubevirt.io/v9', { about: 'no such version' }),
      get('/apis/nothing.example.com/v1', { about: 'no such group' }),
      get('/openapi/v3', {
        listed: (body) => openApi(body, ['api/v1', 'apis/kubevirt.io/v1', 'apis/cdi.kubevirt.io/v1beta1']),
      }),
      get('/readyz'),
    ],
  },
  {
    name: 'tables',
    about: 'Lists and objects as kubectl shows them.',
    namespaces: [ns],
    steps: [
      create(machines(ns), machine('web')),
      create(machines(ns), machine('db')),
      create(secrets(ns), secret('first-boot')),
      create(secrets(ns), secret('second-boot')),
      get(machines(ns), shown),
      get(`${machines(ns)}/web`, shown),
      get(machines(ns), { ...shown, query: { limit: '1' } }),
      get(machines(ns), { ...shown, query: { includeObject: 'None' } }),
      get(machines(ns), { ...shown, query: { includeObject: 'Object', fieldSelector: 'metadata.name=db' } }),
      get(volumes(ns), { about: 'nothing to show', ...shown }),
      get(secrets(ns), shown),
      get(namespaces, { ...shown, query: { labelSelector: `${runLabel}=<run>` } }),
      get(`${machines(ns)}/missing`, shown),
      get(machines(ns), {
        about: 'as kubectl asks: a table, else JSON',
        accept: `${table},application/json`,
        query: { limit: '500' },
      }),
      {
        about: 'a watch of tables: the columns come once',
        watch: { path: machines(ns), query: { watch: 'true', resourceVersion: '<rv:db.1>' }, accept: table },
        during: [create(machines(ns), machine('cache')), remove(`${machines(ns)}/cache`)],
        events: 2,
      },
    ],
  },
  {
    name: 'refusals',
    about: 'Who is not known or allowed, what is not there, and what cannot be done.',
    namespaces: ['refusals-<run>'],
    steps: [
      get(namespaces, { about: 'a token nobody has', credentials: 'unknown-token' }),
      get('/version', { about: 'even where anybody may ask', credentials: 'unknown-token' }),
      get(namespaces, { about: 'without a token', credentials: 'none' }),
      get(`${machines('refusals-<run>')}/web`, { about: 'without a token', credentials: 'none' }),
      create(machines('refusals-<run>'), machine('web'), { about: 'without a token', credentials: 'none' }),
      patch(
        'application/merge-patch+json',
        `${machines('refusals-<run>')}/web/status`,
        {},
        { about: 'without a token', credentials: 'none' },
      ),
      get('/apis', { about: 'without a token', credentials: 'none' }),
      get('/apis/kubevirt.io/v1/namespaces/refusals-<run>/nothings', { about: 'no such kind' }),
      get('/apis/kubevirt.io/v1/namespaces/refusals-<run>/nothings/one', { about: 'no such kind' }),
      get('/apis/nothing.example.com/v1/things', { about: 'no such group' }),
      get('/api/v1/namespaces/refusals-<run>/nothings', { about: 'no such core kind' }),
      get('/nothing', { about: 'no such path' }),
      get(`${machines('refusals-<run>')}/web/nothing`, { about: 'no such subresource' }),
      put(secrets('refusals-<run>'), secret('first-boot'), { about: 'PUT on a collection' }),
      create(`${secrets('refusals-<run>')}/first-boot`, secret('first-boot'), { about: 'POST on an object' }),
      remove('/apis/kubevirt.io/v1/virtualmachines', { about: 'DELETE over all namespaces' }),
      get(machines('refusals-<run>'), { about: 'a form that is not spoken', accept: 'application/pdf' }),
      create(machines('refusals-<run>'), machine('web'), {
        about: 'a form that is not read',
        contentType: 'text/plain',
      }),
      create(secrets('refusals-<run>'), secret('first-boot'), {
        about: 'a form that is not read',
        contentType: 'text/plain',
      }),
      create(machines('refusals-<run>'), 'no object', { about: 'no object', anyMessage: true }),
    ],
  },
];

function pick(body: Json, keys: readonly string[]): JsonObject {
  return Object.fromEntries(keys.map((key) => [key, at(body, key) ?? null]));
}

function named(body: JsonObject, key: string, names: readonly string[]): JsonObject {
  const all = body[key];
  const some = Array.isArray(all) ? all.filter((each: Json) => names.includes(String(at(each, 'name')))) : null;
  return { ...body, [key]: some };
}

/** The addresses carry a hash. */
function openApi(body: Json, paths: readonly string[]): JsonObject {
  const known = paths.filter((path) => at(body, 'paths', path) !== undefined);
  return {
    paths: Object.fromEntries(known.map((path) => [path, { serverRelativeURL: `/openapi/v3/${path}?hash=<any>` }])),
  };
}

function resources(body: Json, names: readonly string[]): JsonObject {
  const picked = named(pick(body, ['kind', 'groupVersion', 'resources']), 'resources', names);
  const all = picked.resources as readonly JsonObject[];
  return { ...picked, resources: all.map(({ storageVersionHash: _, ...rest }) => rest) };
}
