import { request } from 'node:https';
import {
  type NodeSpec,
  type SimulatedCluster,
  type SimulatedClusterOptions,
  startSimulatedCluster,
  wallClock,
} from '../../../server/src/simulation/simulated-cluster.js';

// biome-ignore lint/suspicious/noExplicitAny: a test reads answers by their path and fails where there is nothing.
export type Answered = any;

export const nodes: readonly NodeSpec[] = [
  { name: 'x86-1', architecture: 'amd64', zone: 'PUBLIC_SERVICE', cpu: 64, memoryMib: 262_144 },
  { name: 'x86-2', architecture: 'amd64', zone: 'PUBLIC_SERVICE', cpu: 64, memoryMib: 262_144 },
  { name: 'arm-1', architecture: 'arm64', zone: 'PUBLIC_SERVICE', cpu: 16, memoryMib: 8_192 },
];

/** Fast enough for tests, slow enough to be seen in between. */
export const FAST = 40;

export function startCluster(options: Partial<SimulatedClusterOptions> = {}): Promise<SimulatedCluster> {
  return startSimulatedCluster({ name: 'test', clock: wallClock, seed: 7, stageSpeed: FAST, nodes, ...options });
}

export interface Reply {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly body: Answered;
}

export function call(cluster: SimulatedCluster, method: string, path: string, body?: unknown): Promise<Reply> {
  const isApply = method === 'APPLY';
  const type = isApply
    ? 'application/apply-patch+yaml'
    : method === 'PATCH'
      ? 'application/merge-patch+json'
      : 'application/json';
  const text = body === undefined ? undefined : JSON.stringify(body);
  // Said for every method: node would send the body of a DELETE without saying where it ends.
  const length = text === undefined ? {} : { 'content-length': Buffer.byteLength(text) };
  return new Promise((resolve, reject) => {
    const sent = request(
      new URL(isApply ? `${path}?fieldManager=console&force=true` : path, cluster.url),
      {
        method: isApply ? 'PATCH' : method,
        ca: cluster.caPem,
        agent: false,
        headers: { authorization: `Bearer ${cluster.token}`, 'content-type': type, ...length },
      },
      (response) => {
        let got = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          got += chunk;
        });
        response.on('error', reject);
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: JSON.parse(got) }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(text);
  });
}

export interface Watching {
  readonly events: { readonly type: string; readonly object: Answered }[];
  readonly ended: Promise<void>;
  stop(): void;
}

export function watch(cluster: SimulatedCluster, path: string): Promise<Watching> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${cluster.token}` };
    const sent = request(new URL(path, cluster.url), { ca: cluster.caPem, agent: false, headers }, (response) => {
      const events: Watching['events'] = [];
      let rest = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        const lines = (rest + chunk).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) events.push(JSON.parse(line));
      });
      const ended = new Promise<void>((done) => {
        response.on('close', () => done());
        response.on('error', () => done());
      });
      resolve({ events, ended, stop: () => sent.destroy() });
    });
    sent.on('error', reject);
    sent.end();
  });
}

export const machines = (namespace: string) => `/apis/kubevirt.io/v1/namespaces/${namespace}/virtualmachines`;
export const instances = (namespace: string) => `/apis/kubevirt.io/v1/namespaces/${namespace}/virtualmachineinstances`;
export const disks = (namespace: string) => `/apis/cdi.kubevirt.io/v1beta1/namespaces/${namespace}/datavolumes`;

export async function makeNamespace(cluster: SimulatedCluster, name: string): Promise<void> {
  await call(cluster, 'POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
}

export function disk(name: string, url = 'https://images.example.com/openeuler.qcow2') {
  return {
    apiVersion: 'cdi.kubevirt.io/v1beta1',
    kind: 'DataVolume',
    metadata: { name },
    spec: { source: { http: { url } }, storage: { resources: { requests: { storage: '40Gi' } } } },
  };
}

export function machine(name: string, { architecture = 'amd64', memory = '4Gi', runStrategy = 'Always' } = {}) {
  return {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachine',
    metadata: { name },
    spec: {
      runStrategy,
      template: {
        metadata: { labels: { app: name } },
        spec: {
          architecture,
          domain: {
            cpu: { sockets: 2 },
            memory: { guest: memory },
            devices: {
              disks: [{ name: 'root', disk: { bus: 'virtio' } }],
              interfaces: [{ name: 'default', masquerade: {}, macAddress: '02:00:00:00:00:01' }],
            },
          },
          networks: [{ name: 'default', pod: {} }],
          volumes: [{ name: 'root', dataVolume: { name: `${name}-root` } }],
        },
      },
    },
  };
}

/** Disk and machine, as the console applies them. */
export async function applyMachine(
  cluster: SimulatedCluster,
  namespace: string,
  name: string,
  wanted: Parameters<typeof machine>[1] = {},
): Promise<void> {
  await call(cluster, 'APPLY', `${disks(namespace)}/${name}-root`, disk(`${name}-root`));
  await call(cluster, 'APPLY', `${machines(namespace)}/${name}`, machine(name, wanted));
}

const LIMIT_MS = 15_000;
const LOOK_EVERY_MS = 25;

export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
): Promise<T> {
  const end = Date.now() + LIMIT_MS;
  while (Date.now() < end) {
    const found = await ask();
    if (found !== undefined && found !== false) return found;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  throw new Error(`${what}: not within ${LIMIT_MS} ms`);
}

export function reaches(
  cluster: SimulatedCluster,
  path: string,
  matches: (object: Answered) => boolean,
): Promise<Answered> {
  return until(path, async () => {
    const { body, status } = await call(cluster, 'GET', path);
    return status === 200 && matches(body) ? body : undefined;
  });
}

export function isGone(cluster: SimulatedCluster, path: string): Promise<true> {
  return until(`${path} gone`, async () => (await call(cluster, 'GET', path)).status === 404 || undefined);
}
