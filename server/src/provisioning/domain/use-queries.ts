/** Decides what a center's Prometheus is asked about its machines, and what its answers say of each. */
import type { UseSource, UseValues } from '../../utilisation/domain/day-use.js';
import { ClusterFailure } from './cluster-failure.js';
import { listAt, textAt } from './cluster-object.js';

/** A machine whose use is read: as its cluster knows it, and what its shares are shares of. */
export interface MeasuredMachine {
  readonly resourceId: string;
  readonly namespace: string;
  readonly name: string;
  readonly vcpu: number;
  readonly memoryMib: number;
}

/** Counters are sampled every half minute or minute: a rate over ten minutes outlives some lost scrapes. */
const rate = (metric: string) => (labels: string) => `sum by (namespace, name) (rate(${metric}{${labels}}[10m]))`;
const sum = (metric: string) => (labels: string) => `sum by (namespace, name) (${metric}{${labels}})`;

/** KubeVirt's own names (kubevirt/monitoring, metrics of VMIs). */
const SERIES = {
  cpu: rate('kubevirt_vmi_cpu_usage_seconds_total'),
  available: sum('kubevirt_vmi_memory_available_bytes'),
  usable: sum('kubevirt_vmi_memory_usable_bytes'),
  diskUsed: sum('kubevirt_vmi_filesystem_used_bytes'),
  diskSize: sum('kubevirt_vmi_filesystem_capacity_bytes'),
  diskRead: rate('kubevirt_vmi_storage_read_traffic_bytes_total'),
  diskWrite: rate('kubevirt_vmi_storage_write_traffic_bytes_total'),
  netIn: rate('kubevirt_vmi_network_receive_bytes_total'),
  netOut: rate('kubevirt_vmi_network_transmit_bytes_total'),
} as const satisfies Readonly<Record<string, (labels: string) => string>>;
export type SeriesName = keyof typeof SERIES;
export const SERIES_NAMES = Object.keys(SERIES) as SeriesName[];

type Seen = Readonly<Partial<Record<SeriesName, number>>>;

/** What one question is about: whole namespaces, or of one namespace the machines whose names end so. */
export interface UsePage<M> {
  readonly machines: readonly M[];
  readonly namespaces: readonly string[];
  /** null = all of them. A whole name is itself one. */
  readonly endings: readonly string[] | null;
}

export function expressionOf(series: SeriesName, { endings, namespaces }: UsePage<unknown>): string {
  // Names of namespaces are DNS labels: nothing in them means anything to a regular expression. In those of machines a dot does.
  const among = endings?.map((ending) => ending.replaceAll('.', '\\\\.')).join('|');
  const names = among === undefined ? '' : `,name=~".*(?:${among})"`;
  return SERIES[series](`namespace=~"${namespaces.join('|')}"${names}`);
}

/** Namespaces of one question: its text stays below what any proxy takes in a line. */
const NAMESPACES_PER_PAGE = 20;
/** Machines of one answer: with the longest catching up still below the limit of its size. */
const MACHINES_PER_PAGE = 500;

/** Whole namespaces together; one that alone has more machines than a page is parted by how their names end. */
export function pagesOf<M extends { readonly namespace: string; readonly name: string }>(
  machines: readonly M[],
): UsePage<M>[] {
  const pages: { machines: M[]; namespaces: string[]; endings: string[] | null }[] = [];
  const byNamespace = [...Map.groupBy(machines, ({ namespace }) => namespace)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  for (const [namespace, some] of byNamespace) {
    if (some.length > MACHINES_PER_PAGE) {
      pages.push(...parted(some, 1).map((part) => ({ ...part, namespaces: [namespace] })));
      continue;
    }
    const page = pages.at(-1);
    const fits = page && page.endings === null && page.namespaces.length < NAMESPACES_PER_PAGE;
    if (fits && page.machines.length + some.length <= MACHINES_PER_PAGE) {
      page.machines.push(...some);
      page.namespaces.push(namespace);
    } else pages.push({ machines: [...some], namespaces: [namespace], endings: null });
  }
  return pages;
}

/** By their last so many letters, each machine in exactly one part; where too many end alike, by one letter more. */
function parted<M extends { readonly name: string }>(
  machines: readonly M[],
  letters: number,
): { machines: M[]; endings: string[] }[] {
  const parts: { machines: M[]; endings: string[] }[] = [];
  const byEnding = [...Map.groupBy(machines, ({ name }) => name.slice(-letters))].toSorted(([a], [b]) =>
    a < b ? -1 : 1,
  );
  for (const [ending, some] of byEnding) {
    if (some.length > MACHINES_PER_PAGE && ending.length === letters) {
      parts.push(...parted(some, letters + 1));
      continue;
    }
    const part = parts.at(-1);
    if (part && part.machines.length + some.length <= MACHINES_PER_PAGE) {
      part.machines.push(...some);
      part.endings.push(ending);
    } else parts.push({ machines: [...some], endings: [ending] });
  }
  return parts;
}

/** One series' answer: by machine, moment (seconds) and value. Throws ClusterFailure when it is none of Prometheus'. */
export function pointsOf(
  answer: unknown,
): { readonly key: string; readonly seconds: number; readonly value: number }[] {
  if (textAt(answer, 'status') !== 'success' || textAt(answer, 'data', 'resultType') !== 'matrix')
    throw new ClusterFailure('PERMANENT', `the answer is no Prometheus matrix: ${textAt(answer, 'error') ?? '?'}`);
  return listAt(answer, 'data', 'result').flatMap((series) => {
    const [namespace, name] = [textAt(series, 'metric', 'namespace'), textAt(series, 'metric', 'name')];
    if (namespace === undefined || name === undefined) return [];
    return listAt(series, 'values').flatMap((pair) => {
      const [seconds, text] = Array.isArray(pair) ? (pair as unknown[]) : [];
      const value = typeof text === 'string' ? Number(text) : Number.NaN;
      return typeof seconds === 'number' && Number.isFinite(value)
        ? [{ key: `${namespace}/${name}`, seconds, value }]
        : [];
    });
  });
}

export interface MachineReading {
  readonly resourceId: string;
  readonly size: { readonly vcpu: number; readonly memoryMib: number };
  readonly at: Date;
  readonly source: UseSource;
  readonly values: UseValues;
}

/** Of machines that were asked about alone: a stranger's series in the namespace is nobody's use. */
export function readingsOf(
  machines: readonly MeasuredMachine[],
  answers: Readonly<Record<SeriesName, unknown>>,
): MachineReading[] {
  const known = new Map(machines.map((machine) => [`${machine.namespace}/${machine.name}`, machine]));
  const seen = new Map<string, Map<number, Partial<Record<SeriesName, number>>>>();
  for (const series of SERIES_NAMES)
    for (const { key, seconds, value } of pointsOf(answers[series])) {
      if (!known.has(key)) continue;
      const moments = seen.get(key) ?? new Map<number, Partial<Record<SeriesName, number>>>();
      seen.set(key, moments.set(seconds, { ...moments.get(seconds), [series]: value }));
    }
  return [...seen].flatMap(([key, moments]) => {
    const machine = known.get(key) as MeasuredMachine;
    return [...moments].map(([seconds, values]) => ({
      resourceId: machine.resourceId,
      size: { vcpu: machine.vcpu, memoryMib: machine.memoryMib },
      at: new Date(seconds * 1_000),
      source: 'PROMETHEUS' as const,
      values: valuesOf(values, machine.vcpu),
    }));
  });
}

const WHOLE = 10_000;

/** What is not said is left out, and no whole of nothing is taken a share of. */
function valuesOf(seen: Seen, vcpu: number): UseValues {
  const { cpu, available, usable, diskUsed, diskSize, diskRead, diskWrite, netIn, netOut } = seen;
  const share = (part: number | undefined, whole: number | undefined) =>
    part === undefined || whole === undefined || whole <= 0 ? undefined : (part / whole) * WHOLE;
  const free = share(usable, available);
  const values: Record<keyof Required<UseValues>, number | undefined> = {
    CPU: share(cpu, vcpu),
    MEMORY: free === undefined ? undefined : Math.max(0, WHOLE - free),
    DISK: share(diskUsed, diskSize),
    DISK_READ: diskRead,
    DISK_WRITE: diskWrite,
    NET_IN: netIn,
    NET_OUT: netOut,
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
