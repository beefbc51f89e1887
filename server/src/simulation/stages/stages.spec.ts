import { describe, expect, it } from '@jest/globals';
import { Objects } from '../api/objects.js';
import { VirtualClock } from '../clock.js';
import { type KubeObject, objectsAt, textAt } from '../json.js';
import { namespace } from '../kinds/core.js';
import { dataVolume, virtualMachine, virtualMachineInstance } from '../kinds/kubevirt.js';
import { node } from '../kinds/workload.js';
import { nodeObject } from '../nodes.js';
import { Random } from '../random.js';
import { Store } from '../store/store.js';
import { startOperators } from './operators.js';
import { World } from './world.js';

const form = { manager: 'test', subresource: '', dryRun: false } as const;

function cluster(seed: number, speed = 1) {
  const clock = new VirtualClock();
  const store = new Store();
  const objects = new Objects(store, clock, true);
  const spec = { name: 'n', architecture: 'amd64', zone: 'Z', cpu: 64, memoryMib: 65_536 } as const;
  store.put(node, nodeObject(spec, clock));
  objects.create(namespace, '', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'd' } }, form);
  const told: string[] = [];
  const operators = startOperators(new World(objects, new Random(seed), seed), speed, (message) => told.push(message));
  return { clock, store, objects, operators, told };
}

function order(objects: Objects, name: string): void {
  const meta = { name, namespace: 'd' };
  const disk: KubeObject = {
    apiVersion: dataVolume.apiVersion,
    kind: 'DataVolume',
    metadata: { ...meta, name: `${name}-root` },
    spec: { source: { http: { url: 'https://x/y' } }, storage: {} },
  };
  const machine: KubeObject = {
    apiVersion: virtualMachine.apiVersion,
    kind: 'VirtualMachine',
    metadata: meta,
    spec: {
      runStrategy: 'Always',
      template: {
        spec: { domain: { devices: {} }, volumes: [{ name: 'root', dataVolume: { name: `${name}-root` } }] },
      },
    },
  };
  objects.create(dataVolume, 'd', disk, form);
  objects.create(virtualMachine, 'd', machine, form);
}

const statusOf = (store: Store, name: string) =>
  textAt(store.get(virtualMachine, 'd', name), 'status', 'printableStatus');

/** The second at which the machine runs. */
function secondsToRun(seed: number, speed = 1): number {
  const { clock, objects, store } = cluster(seed, speed);
  order(objects, 'web');
  const begin = clock.now();
  while (statusOf(store, 'web') !== 'Running' && clock.now() - begin < 60_000) clock.advance(10);
  return (clock.now() - begin) / 1000;
}

describe('stages on a clock that stands still', () => {
  it('bring a machine up in a time that a person likes to watch', () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      expect(secondsToRun(seed)).toBeGreaterThan(7);
      expect(secondsToRun(seed)).toBeLessThan(15);
    }
  });

  it('take the same time with the same seed, another with another, and less with more speed', () => {
    expect(secondsToRun(3)).toBe(secondsToRun(3));
    expect(new Set([1, 2, 3, 4].map((seed) => secondsToRun(seed))).size).toBeGreaterThan(1);
    expect(secondsToRun(3, 40)).toBeLessThan(1);
  });

  it('do nothing while no time passes, and nothing more when all is done', () => {
    const { clock, objects, store, told } = cluster(5);
    order(objects, 'web');
    expect(statusOf(store, 'web')).toBeUndefined();
    clock.advance(60_000);
    const { revision } = store;
    clock.advance(3_600_000);
    expect(store.revision).toBe(revision);
    expect(told).toEqual([]);
  });

  it('note each phase once, at its own moment', () => {
    const { clock, objects, store } = cluster(6);
    order(objects, 'web');
    clock.advance(60_000);
    const noted = objectsAt(store.get(virtualMachineInstance, 'd', 'web'), 'status', 'phaseTransitionTimestamps');
    expect(noted.map((each) => each.phase)).toEqual(['Pending', 'Scheduling', 'Scheduled', 'Running']);
    const times = noted.map((each) => String(each.phaseTransitionTimestamp));
    expect(times).toEqual([...times].sort());
  });

  it('end with their operators', () => {
    const { clock, objects, operators, store } = cluster(8);
    order(objects, 'web');
    clock.advance(3_000);
    operators.stop();
    const { revision } = store;
    clock.advance(60_000);
    expect(store.revision).toBe(revision);
  });
});
