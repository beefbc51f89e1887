/** What is typed of every kind: the same commands for each row of scenarios/kinds/, machines and disks. */
import type { JsonObject } from '../json.ts';
import { bodyOf, type Row } from '../scenarios/kinds/row.ts';
import { clusterRows, coreRows, customRows } from '../scenarios/kinds/rows.ts';
import { instance, machine, quota, secret, volume } from '../scenarios/objects.ts';
import type { Command, Watching } from '../shell.ts';
import { eitherWay, given, kubectl, patched, refused, type Script, watching } from './command.ts';

const rowOf = (object: JsonObject, plural: string, over: Pick<Row, 'change' | 'other'> & Partial<Row>): Row => {
  const { apiVersion, kind, metadata, ...rest } = object;
  const { name } = metadata as { name: string };
  return { apiVersion: String(apiVersion), kind: String(kind), plural, name, rest, ...over };
};

/** Kinds that the transcripts ask about one by one. */
const machineRows: readonly Row[] = [
  rowOf(machine('web'), 'virtualmachines', {
    change: { spec: { runStrategy: 'Always' } },
    other: { spec: { runStrategy: 'Manual', template: (machine('web').spec as JsonObject).template ?? {} } },
    status: { printableStatus: 'Running', ready: true, created: true },
    refused: [['a wrong type', { spec: { runStrategy: 5 } }]],
  }),
  rowOf(instance('web'), 'virtualmachineinstances', {
    change: { spec: { terminationGracePeriodSeconds: 30 } },
    other: { spec: { terminationGracePeriodSeconds: 60, domain: { devices: {} } } },
    refused: [['no domain', { spec: { domain: null } }]],
  }),
  rowOf(volume('web-root'), 'datavolumes', {
    change: { spec: { storage: { storageClassName: 'slow' } } },
    other: { spec: { storage: { storageClassName: 'other' } } },
    refused: [['a wrong type', { spec: { storage: { storageClassName: 5 } } }]],
  }),
  rowOf(secret('web-ci'), 'secrets', {
    change: { data: { networkdata: 'eAo=' } },
    other: { data: { networkdata: 'eQo=', userdata: 'eQo=' } },
    refused: [
      ['another type', { type: 'kubernetes.io/tls' }],
      ['a key that is none', { data: { 'bad key': 'eAo=' } }],
    ],
  }),
  rowOf(quota('backstop', { 'requests.cpu': '10', 'count/virtualmachines.kubevirt.io': '5' }), 'resourcequotas', {
    change: { spec: { hard: { 'requests.cpu': '12' } } },
    other: { spec: { hard: { 'requests.cpu': '14' } } },
    status: { hard: { 'requests.cpu': '12' }, used: { 'requests.cpu': '4' } },
    refused: [['below nothing', { spec: { hard: { 'requests.cpu': '-1' } } }]],
  }),
];

function typeOf({ apiVersion, plural }: Row): string {
  const group = apiVersion.includes('/') ? `.${apiVersion.split('/')[0]}` : '';
  return `${plural}${group}`;
}

function merged(base: JsonObject, patch: JsonObject): JsonObject {
  const out: Record<string, JsonObject[string]> = { ...base };
  for (const [key, value] of Object.entries(patch)) {
    const below = out[key];
    const isMap = (each: unknown): each is JsonObject =>
      typeof each === 'object' && each !== null && !Array.isArray(each);
    if (value === null) delete out[key];
    else out[key] = isMap(value) ? merged(isMap(below) ? below : {}, value) : value;
  }
  return out;
}

function life(row: Row, at: string): (Command | Watching)[] {
  const type = typeOf(row);
  const it = `${type} ${row.name}`;
  const body = bodyOf(row);
  const changed = merged(body, row.change);
  const theirs = merged({ apiVersion: row.apiVersion, kind: row.kind, metadata: { name: row.name } }, row.other);
  const unknown = { ...body, metadata: { name: 'unknown' }, noSuchField: 1 };
  const selected = row.shared === true ? `--field-selector metadata.name=${row.name}` : '';
  return [
    ...(row.shared === true ? [] : [kubectl(`get ${type} ${at}`)]),
    refused(kubectl(`get ${it} ${at}`)),
    refused(kubectl(`describe ${it} ${at}`)),
    given(`create ${at} -f -`, body),
    refused(given(`create ${at} -f -`, body)),
    kubectl(`get ${type} ${at} ${selected}`),
    kubectl(`get ${it} ${at} -o wide`),
    kubectl(`get ${it} ${at} -o yaml --show-managed-fields`),
    kubectl(`get ${it} ${at} -o json`),
    kubectl(`get ${it} ${at} -o name`),
    kubectl(`get ${type} ${at} ${selected} --show-labels -L tier`),
    kubectl(`get ${type} ${at} ${selected} -o yaml`),
    kubectl(`describe ${it} ${at}`),
    // It was created without the annotation that a client-side apply compares with.
    given(`apply ${at} -f -`, body),
    given(`apply ${at} -f -`, body),
    given(`apply ${at} --dry-run=server -o yaml -f -`, changed),
    given(`apply ${at} --dry-run=client -f -`, changed),
    given(`apply ${at} -f -`, changed),
    // By force: what the server has filled into a list that is one whole is its own opinion.
    given(`apply ${at} --server-side --force-conflicts -o yaml --show-managed-fields -f -`, changed),
    refused(given(`apply ${at} --server-side --field-manager operator -f -`, theirs)),
    given(`apply ${at} --server-side --field-manager operator --force-conflicts -f -`, theirs),
    refused(given(`apply ${at} --server-side -f -`, changed)),
    given(`apply ${at} --server-side --dry-run=server --force-conflicts -f -`, changed),
    kubectl(`get ${it} ${at} -o yaml --show-managed-fields`),
    refused(given(`apply ${at} -f -`, unknown)),
    refused(given(`apply ${at} --server-side -f -`, unknown)),
    kubectl(`label ${it} ${at} tier=web`),
    refused(kubectl(`label ${it} ${at} tier=db`)),
    kubectl(`label ${it} ${at} tier=db --overwrite`),
    kubectl(`annotate ${it} ${at} jiyun.test/epoch=7`),
    patched(`${it} ${at}`, row.change),
    patched(`${it} ${at}`, row.change),
    patched(`${it} ${at}`, [{ op: 'remove', path: '/metadata/labels/tier' }], 'json'),
    refused(patched(`${it} ${at}`, [{ op: 'test', path: '/metadata/name', value: 'other' }], 'json')),
    ...(row.refused ?? [])
      .filter(([about]) => about !== 'a namespace in the body')
      .map(([, patch]) => refused(patched(`${it} ${at}`, patch))),
    ...(row.status === undefined
      ? []
      : [
          patched(`${it} ${at} --subresource status`, { status: row.status }),
          kubectl(`get ${it} ${at} -o wide`),
          kubectl(`get ${it} ${at} --subresource status -o yaml`),
          kubectl(`describe ${it} ${at}`),
        ]),
    patched(`${it} ${at}`, { metadata: { finalizers: ['jiyun.test/hold'] } }),
    kubectl(`delete ${it} ${at} --wait=false`),
    kubectl(`get ${it} ${at}`),
    kubectl(`describe ${it} ${at}`),
    watching(
      `get ${it} ${at} -w --output-watch-events`,
      [2, 4],
      kubectl(`annotate ${it} ${at} jiyun.test/seen=yes`),
      patched(`${it} ${at}`, letGo),
    ),
    refused(kubectl(`delete ${it} ${at}`)),
    kubectl(`delete ${it} ${at} --ignore-not-found`),
    given(`apply ${at} --server-side -f -`, body),
    given(`apply ${at} -f -`, body),
    given(`replace ${at} -f -`, changed),
    given(`delete ${at} -f -`, body),
    given(`apply ${at} -f -`, body),
    // Where the server has filled in what was not said, that is a conflict.
    eitherWay(given(`apply ${at} --server-side -f -`, changed)),
    given(`apply ${at} -f -`, body),
    kubectl(`get ${it} ${at} -o yaml --show-managed-fields`),
    patched(`${it} ${at}`, letGo),
    given(`delete ${at} -f -`, body),
  ];
}

const letGo = { metadata: { finalizers: null } };
const ofNamespace = [...machineRows, ...coreRows, ...customRows];

export const kindScripts: readonly Script[] = [
  ...ofNamespace.map((row) => ({ name: row.kind, acts: (namespace: string) => life(row, `-n ${namespace}`) })),
  ...clusterRows.map((row) => ({
    name: row.kind,
    acts: (namespace: string) => life(named(row, namespace), ''),
  })),
];

/** A kind without namespaces has the run in its name. */
function named(row: Row, namespace: string): Row {
  return { ...row, name: row.name.replace('<run>', namespace) };
}
