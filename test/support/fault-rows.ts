import type { SimulatedCluster, SimulationClock } from '../../server/src/simulation/simulated-cluster.js';
import { wallClock } from '../../server/src/simulation/simulated-cluster.js';
import { call, instances, machines } from '../integration/simulation/support.js';
import type { Item } from './fault-world.ts';
import type { Province } from './province.ts';
import { until } from './until.ts';

/** Where a fault stands: one center, its cluster, the department's namespace there and the machines of this round. */
export interface Place {
  readonly cluster: SimulatedCluster;
  readonly namespace: string;
  readonly province: Province;
  readonly items: readonly Item[];
}

export interface FaultRow {
  readonly name: string;
  readonly clock?: SimulationClock;
  begin(place: Place): Promise<void> | void;
  /** The same of a fault that would end by itself, standing until it is ended. */
  stand?(place: Place): Promise<void> | void;
  /** Whether it has done its harm; asked again and again while it stands. */
  isMet(place: Place): Promise<boolean> | boolean;
  end(place: Place): Promise<void> | void;
}

type Scripted = Parameters<SimulatedCluster['faults']['add']>[0];

/** More than can be asked for in that time. */
const WATCHES = 1_000;
const NODE = '/api/v1/nodes/x86';

/** Faults of so many requests: they end by themselves. */
function ofRequests(name: string, ...faults: readonly Scripted[]): FaultRow {
  return {
    name,
    begin: ({ cluster }) => {
      for (const fault of faults) cluster.faults.add(fault);
    },
    stand: ({ cluster }) => {
      for (const { times: _, ...fault } of faults) cluster.faults.add(fault);
    },
    isMet: ({ cluster }) => cluster.faults.standing().length === 0,
    end: ({ cluster }) => cluster.faults.clear(),
  };
}

/** Every line breaks now, and the next request with them. */
function cutLines({ cluster }: Place): void {
  cluster.faults.add({ effect: 'cutOff', match: {}, times: 1 });
}

function skewed(name: string, ms: number): FaultRow {
  const clock = { ...wallClock, now: () => wallClock.now() + ms };
  return { name, clock, begin: () => {}, isMet: () => true, end: () => {} };
}

const itemOf = ({ items }: Place, phase: Item['phase']) => items.find((each) => each.phase === phase) as Item;

const nodeIs = (status: 'True' | 'Unknown') => ({
  status: { conditions: [{ type: 'Ready', status, reason: status === 'True' ? 'KubeletReady' : 'NodeStatusUnknown' }] },
});

async function instancesBecome({ cluster, namespace }: Place, from: string, to: string): Promise<void> {
  const { items } = (await call(cluster, 'GET', instances(namespace))).body;
  for (const { metadata, status } of items)
    if (status?.phase === from && metadata.deletionTimestamp === undefined)
      await call(cluster, 'PATCH', `${instances(namespace)}/${metadata.name}`, { status: { phase: to } });
}

/** Of every fault that a simulated cluster can be asked for: reference/resilience-and-security.md §4. */
export const FAULT_ROWS: readonly FaultRow[] = [
  ofRequests('answers come late', { effect: 'latency', match: {}, ms: 80, times: 40 }),
  ofRequests('429 with Retry-After', { effect: 'tooManyRequests', match: {}, times: 12 }),
  ofRequests('500', { effect: 'serverError', match: {}, times: 12 }),
  ofRequests('503', { effect: 'serverError', match: {}, code: 503, times: 12 }),
  ofRequests(
    'the answer is lost after the effect',
    { effect: 'timeoutAfterEffect', match: { verb: 'patch' }, ms: 50, times: 6 },
    { effect: 'timeoutAfterEffect', match: { verb: 'delete' }, ms: 50, times: 2 },
  ),
  ofRequests('the center is cut off', { effect: 'cutOff', match: {}, times: 40 }),
  {
    ...ofRequests('watches are dropped', { effect: 'dropWatch', match: {}, ms: 30, times: 20 }),
    begin: (place) => {
      place.cluster.faults.add({ effect: 'dropWatch', match: {}, ms: 30, times: 20 });
      cutLines(place);
    },
    stand: (place) => {
      place.cluster.faults.add({ effect: 'dropWatch', match: {}, ms: 30 });
      cutLines(place);
    },
  },
  {
    name: '410: the history is forgotten again and again',
    // Meets lists and does nothing to them: it counts.
    begin: ({ cluster }) => cluster.faults.add({ effect: 'latency', match: { verb: 'list' }, ms: 0, times: 8 }),
    isMet: async (place) => {
      const { cluster } = place;
      await cluster.compact();
      cutLines(place);
      return cluster.faults.standing().every(({ effect }) => effect !== 'latency');
    },
    end: ({ cluster }) => cluster.faults.clear(),
  },
  {
    name: 'events come twice and in the wrong order',
    begin: (place) => {
      place.cluster.faults.add({ effect: 'disorderWatch', match: {}, times: WATCHES });
      cutLines(place);
    },
    stand: (place) => {
      place.cluster.faults.add({ effect: 'disorderWatch', match: {} });
      cutLines(place);
    },
    isMet: ({ cluster }) => (cluster.faults.standing()[0]?.times ?? 0) < WATCHES - 8,
    end: (place) => {
      place.cluster.faults.clear();
      cutLines(place);
    },
  },
  {
    name: 'a finalizer is stuck',
    begin: ({ cluster }) => cluster.faults.add({ effect: 'stuckFinalizer', match: {} }),
    isMet: async (place) => {
      const { objectName } = itemOf(place, 'release');
      const { body } = await call(place.cluster, 'GET', `${machines(place.namespace)}/${objectName}`);
      return body.metadata?.deletionTimestamp !== undefined;
    },
    end: ({ cluster }) => cluster.faults.clear(),
  },
  {
    name: 'a quota of somebody else’s refuses',
    begin: async ({ cluster, namespace }) => {
      const quotas = `/api/v1/namespaces/${namespace}/resourcequotas`;
      const hard = { 'count/virtualmachines.kubevirt.io': '1', 'requests.cpu': '1' };
      await call(cluster, 'POST', quotas, {
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata: { name: 'foreign' },
        spec: { hard },
      });
      // It refuses from when it has been counted.
      const counted = async () => (await call(cluster, 'GET', `${quotas}/foreign`)).body.status?.used !== undefined;
      await until('the quota is counted', counted);
    },
    isMet: async (place) => {
      const { conditions } = await place.province.row(itemOf(place, 'create').id);
      return conditions.some(({ reason, type }) => type === 'Applied' && reason === 'QUOTA');
    },
    end: async ({ cluster, namespace }) => {
      await call(cluster, 'DELETE', `/api/v1/namespaces/${namespace}/resourcequotas/foreign`);
    },
  },
  {
    name: 'the node is lost',
    begin: async (place) => {
      await call(place.cluster, 'PATCH', `${NODE}/status`, nodeIs('Unknown'));
      await instancesBecome(place, 'Running', 'Unknown');
    },
    isMet: async (place) => {
      const { statusText } = await place.province.row(itemOf(place, 'create').id);
      return statusText.zh.includes('暂无节点');
    },
    end: async (place) => {
      await call(place.cluster, 'PATCH', `${NODE}/status`, nodeIs('True'));
      await instancesBecome(place, 'Unknown', 'Running');
    },
  },
  skewed('the cluster’s clock is five minutes ahead', 5 * 60_000),
  skewed('the cluster’s clock is twenty minutes behind', -20 * 60_000),
];

/** What a cluster refuses for good, until somebody changes its rules. */
export const REFUSAL_ROWS: readonly FaultRow[] = [
  ofRequests('the account has lost its rights (403)', { effect: 'serverError', match: {}, code: 403, times: 12 }),
  ofRequests(
    'a webhook refuses every write (422)',
    { effect: 'serverError', match: { verb: 'patch' }, code: 422, times: 6 },
    { effect: 'serverError', match: { verb: 'delete' }, code: 422, times: 6 },
  ),
];
