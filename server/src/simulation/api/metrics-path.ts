/**
 * The cluster's Prometheus as its API server passes it on: `query_range` over what KubeVirt tells of machines that run.
 * Only the sums that the console asks for are understood; everything else is refused as a parse error.
 */
import { type Json, textAt } from '../json.js';
import { virtualMachineInstance } from '../kinds/kubevirt.js';
import { guestMemory, virtualCpus } from '../kinds/launcher.js';
import { characterOf, type Load, loadAt } from '../load.js';
import { namespaceOf, type Store } from '../store/store.js';
import type { Access } from './access.js';
import type { ApiAnswer, ApiRequest } from './request.js';

const PATH = /^\/api\/v1\/namespaces\/([^/]+)\/services\/([^/]+)\/proxy\/api\/v1\/query_range$/;
/** Where it runs, as in many a cluster. */
const [NAMESPACE, SERVICE] = ['monitoring', 'prometheus:9090'] as const;
const EXPRESSION = /^sum by \(namespace, name\) \((?:rate\((\w+)\{([^{}]*)\}\[\d+m\]\)|(\w+)\{([^{}]*)\})\)$/;
const LABELS = /^namespace=~"([^"]*)"(?:,name=~"([^"]*)")?$/;
/** Prometheus' own limit of points a series. */
const POINTS_MAX = 11_000;
const DISK_BYTES = 40 * 2 ** 30;

interface Machine {
  readonly cpus: number;
  readonly memoryBytes: number;
}

const RATES: Readonly<Record<string, (load: Load, machine: Machine) => number>> = {
  kubevirt_vmi_cpu_usage_seconds_total: ({ cpu }, { cpus }) => cpu * cpus,
  kubevirt_vmi_storage_read_traffic_bytes_total: ({ diskRead }) => diskRead,
  kubevirt_vmi_storage_write_traffic_bytes_total: ({ diskWrite }) => diskWrite,
  kubevirt_vmi_network_receive_bytes_total: ({ netIn }) => netIn,
  kubevirt_vmi_network_transmit_bytes_total: ({ netOut }) => netOut,
};
const GAUGES: Readonly<Record<string, (load: Load, machine: Machine) => number>> = {
  kubevirt_vmi_memory_available_bytes: (_, { memoryBytes }) => memoryBytes,
  kubevirt_vmi_memory_usable_bytes: ({ memory }, { memoryBytes }) => memoryBytes * (1 - memory),
  kubevirt_vmi_filesystem_used_bytes: ({ disk }) => disk * DISK_BYTES,
  kubevirt_vmi_filesystem_capacity_bytes: () => DISK_BYTES,
};

/** undefined = the request is for something else. */
export function answerMetrics(store: Store, access: Access, request: ApiRequest): ApiAnswer | undefined {
  const [, namespace = '', service = ''] = PATH.exec(request.path) ?? [];
  if (namespace === '') return undefined;
  access.admitTo(request, {
    ...{ verb: 'get', group: '', resource: 'services', subresource: 'proxy' },
    ...{ namespace, name: service },
  });
  if (namespace !== NAMESPACE || service !== SERVICE) return refused(503, 'unavailable', `no endpoints for ${service}`);
  const [start, end, step] = ['start', 'end', 'step'].map((name) => Number(request.query.get(name) ?? Number.NaN));
  if (start === undefined || end === undefined || step === undefined || !(step > 0) || !(end >= start))
    return refused(400, 'bad_data', 'invalid parameter "start", "end" or "step"');
  if ((end - start) / step > POINTS_MAX) return refused(400, 'bad_data', 'exceeded maximum resolution');
  const [, counter, within, gauge, among] = EXPRESSION.exec(request.query.get('query') ?? '') ?? [];
  const amountOf = RATES[counter ?? ''] ?? GAUGES[gauge ?? ''];
  const [, namespaces, names] = LABELS.exec(within ?? among ?? '') ?? [];
  if (amountOf === undefined || namespaces === undefined)
    return refused(400, 'bad_data', 'parse error: not one of the sums that are simulated');
  // As Prometheus reads both: a string with escapes, then an expression for the whole of the label.
  const isNamed = new RegExp(`^(?:${names === undefined ? '.*' : JSON.parse(`"${names}"`)})$`);
  const result = namespaces
    .split('|')
    .flatMap((name) => seriesOf(store, name, amountOf, { start, end, step }))
    .filter((series) => isNamed.test(textAt(series, 'metric', 'name') ?? ''));
  return { status: 200, body: { status: 'success', data: { resultType: 'matrix', result } } };
}

function seriesOf(
  store: Store,
  namespace: string,
  amountOf: (load: Load, machine: Machine) => number,
  { start, end, step }: { readonly start: number; readonly end: number; readonly step: number },
): Json[] {
  return store.list(virtualMachineInstance, namespace).flatMap((instance): Json[] => {
    if (textAt(instance, 'status', 'phase') !== 'Running') return [];
    const { name, creationTimestamp } = instance.metadata;
    const since = Date.parse(String(creationTimestamp)) / 1_000;
    const key = `${namespaceOf(instance)}/${name}`;
    const character = characterOf(key);
    const machine = { cpus: Number(virtualCpus(instance)), memoryBytes: Number(guestMemory(instance) / 1_000n) };
    const values: Json[] = [];
    for (let seconds = start; seconds <= end; seconds += step)
      if (seconds >= since) values.push([seconds, String(amountOf(loadAt(key, character, seconds * 1_000), machine))]);
    return values.length === 0 ? [] : [{ metric: { namespace, name }, values }];
  });
}

function refused(status: number, errorType: string, error: string): ApiAnswer {
  return { status, body: { status: 'error', errorType, error } };
}
