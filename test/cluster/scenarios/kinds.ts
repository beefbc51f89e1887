/** The kinds besides machines and disks (kinds/rows.ts): the same questions to all of them. */
import type { JsonObject } from '../json.ts';
import type { CallRequest, Scenario } from '../scenario.ts';
import { bodyOf, collectionOf, type Row } from './kinds/row.ts';
import { clusterRows, coreRows, customRows } from './kinds/rows.ts';
import { apply, create, get, merge, patch, put, remove, table } from './requests.ts';

/** An apply by another: only what it has an opinion on. */
const opinion = (row: Row): JsonObject => {
  const { metadata, ...other } = row.other;
  return {
    apiVersion: row.apiVersion,
    kind: row.kind,
    metadata: { name: row.name, ...(metadata as JsonObject | undefined) },
    ...other,
  };
};

function life(row: Row, namespace: string): CallRequest[] {
  const collection = collectionOf(row, namespace);
  const path = `${collection}/${row.name}`;
  const about = (text: string) => ({ about: `${row.kind}: ${text}` });
  const strict = { query: { fieldValidation: 'Strict' } };
  const held = { metadata: { finalizers: ['jiyun.test/hold'] } };
  return [
    create(collection, bodyOf(row), { ...about('create'), ...strict, managedFields: true }),
    create(collection, bodyOf(row), about('a name that is taken')),
    get(path, about('read')),
    create(
      collection,
      { ...bodyOf(row), metadata: { name: 'other' }, noSuchField: 1 },
      { ...about('unknown'), ...strict },
    ),
    apply(path, bodyOf(row, { noSuchField: 1 }), about('an unknown field is applied')),
    apply(path, bodyOf(row), { ...about('applied as it is'), managedFields: true }),
    apply(path, opinion(row), { ...about('another disagrees'), manager: 'operator', managedFields: true }),
    apply(path, opinion(row), { ...about('by force'), manager: 'operator', force: true, managedFields: true }),
    apply(path, bodyOf(row), { ...about('now the first is in conflict'), managedFields: true }),
    patch(merge, path, row.change, { ...about('a merge patch'), query: { fieldManager: 'hand' }, managedFields: true }),
    patch(merge, path, row.change, about('no change')),
    ...(row.status === undefined
      ? []
      : [patch(merge, `${path}/status`, { status: row.status }, { ...about('its status'), managedFields: true })]),
    put(
      path,
      { ...bodyOf(row), metadata: { name: row.name, resourceVersion: `<rv:${labelOf(row)}.1>` } },
      {
        ...about('a stale resourceVersion'),
      },
    ),
    patch(merge, path, held, about('a finalizer')),
    remove(path, { ...about('held'), body: { preconditions: { uid: `<uid:${labelOf(row)}>` } } }),
    patch(merge, path, { metadata: { finalizers: null } }, about('let go')),
    get(path, about('gone')),
  ];
}

/** As naming.ts calls an object: its name without the run. */
const labelOf = (row: Row) => row.name.replace('-<run>', '');

function refusals(row: Row, namespace: string): CallRequest[] {
  const collection = collectionOf(row, namespace);
  const path = `${collection}/${row.name}`;
  return [
    create(collection, bodyOf(row), { about: `${row.kind}` }),
    ...(row.refused ?? []).map(([about, body, message]) => ({
      ...patch(merge, path, body, { about: `${row.kind}: ${about}` }),
      ...(message === 'any' ? { anyMessage: true as const } : {}),
    })),
    remove(path),
  ];
}

function shown(row: Row, namespace: string): CallRequest[] {
  const collection = collectionOf(row, namespace);
  const named: Record<string, string> = { fieldSelector: `metadata.name=${row.name}` };
  return [
    create(collection, bodyOf(row)),
    ...(row.status === undefined ? [] : [patch(merge, `${collection}/${row.name}/status`, { status: row.status })]),
    get(collection, { accept: table, ...(row.shared === true ? { query: named } : {}) }),
    remove(`${collection}/${row.name}`),
  ];
}

/** Of Tables whose cells hold a moment that is an age by the time it is read. */
const hasFixedTable = ({ kind }: Row) => kind !== 'PersistentVolumeClaim';

const namespaces = { core: 'core-<run>', custom: 'custom-<run>', tables: 'shown-<run>' };
const all = (rows: readonly Row[], namespace: string, ask: (row: Row, namespace: string) => CallRequest[]) =>
  rows.flatMap((row) => ask(row, namespace));

export const kinds: readonly Scenario[] = [
  {
    name: 'core-kinds-life',
    about: 'Limits, policies, claims and rights of a namespace: create, conflict, foreign manager, finalizer.',
    namespaces: [namespaces.core],
    steps: all(coreRows, namespaces.core, life),
  },
  {
    name: 'core-kinds-refused',
    about: 'What the server does not take of them: values out of bounds, and what may not change.',
    namespaces: ['core-bad-<run>'],
    steps: all(coreRows, 'core-bad-<run>', refusals),
  },
  {
    name: 'custom-kinds-life',
    about: 'Servers, networks, snapshots and replication: create, conflict, foreign manager, status, finalizer.',
    namespaces: [namespaces.custom],
    steps: all(customRows, namespaces.custom, life),
  },
  {
    name: 'custom-kinds-refused',
    about: 'Violations of their schemas and rules: 422 with a cause for each.',
    namespaces: ['custom-bad-<run>'],
    steps: all(customRows, 'custom-bad-<run>', refusals),
  },
  {
    name: 'cluster-kinds',
    about: 'Kinds without namespaces: fences and rights of the whole cluster.',
    namespaces: [],
    steps: [...all(clusterRows, '', life), ...all(clusterRows, '', refusals)],
  },
  {
    name: 'kinds-shown',
    about: 'All of these as kubectl shows them.',
    namespaces: [namespaces.tables],
    steps: [
      ...all([...coreRows.filter(hasFixedTable), ...customRows], namespaces.tables, shown),
      ...all(clusterRows, '', shown),
    ],
  },
];
