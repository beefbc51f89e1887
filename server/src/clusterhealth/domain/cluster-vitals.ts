/** Decides what is said of how a center's cluster is driven, and how that is told to a Prometheus. */

export const FAILURE_CLASSES = [
  'RETRYABLE',
  'CONFLICT',
  'PERMANENT',
  'NOT_FOUND',
  'GONE',
  'UNREACHABLE',
  'OTHER',
] as const;
export type FailureClassCount = (typeof FAILURE_CLASSES)[number];

/** Upper bounds in milliseconds; most looks touch nothing and end within one of the first. */
export const DURATION_BOUNDS_MS = [5, 25, 100, 250, 1_000, 5_000, 30_000] as const;

export interface WatchVitals {
  readonly kind: string;
  /** A complete list has been seen. */
  readonly complete: boolean;
  readonly objects: number;
  /** When the cluster last said anything of this kind; null = never. */
  readonly heardAt: string | null;
}

/** How the looks of one queue go. */
export interface WorkVitals {
  readonly queue: {
    readonly waiting: number;
    readonly delayed: number;
    readonly active: number;
    readonly failing: number;
    /** null = nothing waits. */
    readonly oldestMs: number | null;
  };
  /** Since the term began. */
  readonly reconciles: { readonly count: number; readonly sumMs: number; readonly atMost: readonly number[] };
  readonly failures: { readonly [C in FailureClassCount]?: number };
}

/** As of the worker that drives the center; what stands of the work itself is that of machines. */
export interface ClusterVitals extends WorkVitals {
  readonly holder: string;
  readonly epoch: number;
  readonly version: string | null;
  /** Of the last question that was answered; null = none was yet. */
  readonly latencyMs: number | null;
  readonly breakerOpen: boolean;
  /** When the API server's certificate runs out; missing = not seen, or no TLS. */
  readonly certificateUntil?: string | null;
  /** Calls that may go out at once now; below 0 so many wait; null = no limit. */
  readonly tokens: number | null;
  readonly watches: readonly WatchVitals[];
  /** Of servers; left out = this worker drives none. */
  readonly servers?: WorkVitals;
}

export interface MeasuredCenter {
  readonly center: string;
  readonly reachable: boolean;
  readonly reportedAt: Date | null;
  readonly vitals: ClusterVitals | null;
  readonly driftsOpen: number;
  readonly unrecorded: number;
  readonly quarantineNew: number;
}

const SECOND_MS = 1_000;
/** A worker reports every ten seconds; three left out, and what it said is told of no more. */
export const VITALS_STALE_MS = 45_000;

export function isStale(reportedAt: Date | null, now: Date): boolean {
  return reportedAt === null || now.getTime() - reportedAt.getTime() > VITALS_STALE_MS;
}

type Sample = { readonly labels?: { readonly [name: string]: string }; readonly value: number };
type Family = {
  readonly name: string;
  readonly type: 'gauge' | 'counter';
  readonly help: string;
  readonly of: (measured: MeasuredCenter, now: Date) => readonly Sample[];
};

const fresh =
  (of: (vitals: ClusterVitals, now: Date) => readonly Sample[]): Family['of'] =>
  ({ reportedAt, vitals }, now) =>
    vitals === null || isStale(reportedAt, now) ? [] : of(vitals, now);
/** Machines and servers have a queue each, and one must not hide how the other stands. */
const freshWork = (of: (work: WorkVitals) => readonly Sample[]): Family['of'] =>
  fresh((vitals) =>
    worksOf(vitals).flatMap(({ name, work }) =>
      of(work).map(({ labels, value }) => ({ labels: { of: name, ...labels }, value })),
    ),
  );
const worksOf = ({ servers, ...machines }: ClusterVitals): readonly { name: string; work: WorkVitals }[] => [
  { name: 'machines', work: machines },
  ...(servers === undefined ? [] : [{ name: 'servers', work: servers }]),
];
const one = (value: number): readonly Sample[] => [{ value }];

/** What is stale is left out rather than told as if it were so: a Prometheus knows absence. */
const FAMILIES: readonly Family[] = [
  {
    ...{ name: 'jiyun_cluster_reachable', type: 'gauge', help: '1 while the cluster answers.' },
    of: ({ reachable }) => one(reachable ? 1 : 0),
  },
  {
    ...{ name: 'jiyun_cluster_driven', type: 'gauge', help: '1 while a worker drives the center and reports.' },
    of: ({ reportedAt }, now) => one(isStale(reportedAt, now) ? 0 : 1),
  },
  {
    ...{ name: 'jiyun_lease_epoch', type: 'gauge', help: 'Epoch of the lease under which it is driven.' },
    of: fresh(({ epoch }) => one(epoch)),
  },
  {
    ...{ name: 'jiyun_cluster_latency_seconds', type: 'gauge', help: 'Of the last probe that was answered.' },
    of: fresh(({ latencyMs }) => (latencyMs === null ? [] : one(latencyMs / SECOND_MS))),
  },
  {
    ...{
      name: 'jiyun_cluster_breaker_open',
      type: 'gauge',
      help: '1 while calls are held back from a silent cluster.',
    },
    of: fresh(({ breakerOpen }) => one(breakerOpen ? 1 : 0)),
  },
  {
    ...{ name: 'jiyun_cluster_tokens', type: 'gauge', help: 'Calls that may go out at once; below 0 so many wait.' },
    of: fresh(({ tokens }) => (tokens === null ? [] : one(tokens))),
  },
  {
    ...{ name: 'jiyun_watch_age_seconds', type: 'gauge', help: 'Since the cluster last said anything of a kind.' },
    of: fresh(({ watches }, now) =>
      watches.flatMap(({ heardAt, kind }) =>
        heardAt === null
          ? []
          : [{ labels: { kind }, value: Math.max(0, now.getTime() - Date.parse(heardAt)) / SECOND_MS }],
      ),
    ),
  },
  {
    ...{ name: 'jiyun_watch_objects', type: 'gauge', help: 'Objects of a kind that are known.' },
    of: fresh(({ watches }) => watches.map(({ kind, objects }) => ({ labels: { kind }, value: objects }))),
  },
  {
    ...{
      name: 'jiyun_queue_depth',
      type: 'gauge',
      help: 'Machines or servers that wait, are put off after a failure, or are worked on.',
    },
    of: freshWork(({ queue }) =>
      (['waiting', 'delayed', 'active', 'failing'] as const).map((state) => ({
        labels: { state },
        value: queue[state],
      })),
    ),
  },
  {
    ...{ name: 'jiyun_queue_oldest_age_seconds', type: 'gauge', help: 'How long the first in the line has waited.' },
    of: freshWork(({ queue }) => one((queue.oldestMs ?? 0) / SECOND_MS)),
  },
  {
    ...{ name: 'jiyun_reconcile_failures_total', type: 'counter', help: 'By class, since the term began.' },
    of: freshWork(({ failures }) =>
      FAILURE_CLASSES.map((failure) => ({ labels: { class: failure }, value: failures[failure] ?? 0 })),
    ),
  },
  {
    ...{ name: 'jiyun_drift_open', type: 'gauge', help: 'Foreign edits that stand and wait.' },
    of: ({ driftsOpen }) => one(driftsOpen),
  },
  {
    ...{ name: 'jiyun_quarantine_open', type: 'gauge', help: 'Objects without a record that nobody has looked at.' },
    of: ({ quarantineNew }) => one(quarantineNew),
  },
  {
    ...{ name: 'jiyun_unrecorded_machines', type: 'gauge', help: 'Machines of the cluster that stand in no record.' },
    of: ({ unrecorded }) => one(unrecorded),
  },
];

/** The text format 0.0.4, one family after the other. */
export function metricsText(centers: readonly MeasuredCenter[], now: Date): string {
  const lines = FAMILIES.flatMap(({ help, name, of, type }) => [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${type}`,
    ...centers.flatMap((measured) =>
      of(measured, now).map(({ labels, value }) => line(name, { center: measured.center, ...labels }, value)),
    ),
  ]);
  return [...lines, ...durations(centers, now), ''].join('\n');
}

function durations(centers: readonly MeasuredCenter[], now: Date): string[] {
  const name = 'jiyun_reconcile_duration_seconds';
  return [
    `# HELP ${name} Of one look at one machine or server, since the term began.`,
    `# TYPE ${name} histogram`,
    ...centers.flatMap(({ center, reportedAt, vitals }) => {
      if (vitals === null || isStale(reportedAt, now)) return [];
      return worksOf(vitals).flatMap(({ name: of, work }) => {
        const { atMost, count, sumMs } = work.reconciles;
        return [
          ...DURATION_BOUNDS_MS.map((bound, at) =>
            line(`${name}_bucket`, { center, of, le: String(bound / SECOND_MS) }, atMost[at] ?? 0),
          ),
          line(`${name}_bucket`, { center, of, le: '+Inf' }, count),
          line(`${name}_sum`, { center, of }, sumMs / SECOND_MS),
          line(`${name}_count`, { center, of }, count),
        ];
      });
    }),
  ];
}

function line(name: string, labels: { readonly [name: string]: string }, value: number): string {
  const text = Object.entries(labels).map(([label, said]) => `${label}="${said.replace(/[\\"\n]/g, escaped)}"`);
  return `${name}{${text.join(',')}} ${value}`;
}

function escaped(character: string): string {
  return character === '\n' ? '\\n' : `\\${character}`;
}
