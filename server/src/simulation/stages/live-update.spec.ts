import { describe, expect, it } from '@jest/globals';
import { Objects } from '../api/objects.js';
import { VirtualClock } from '../clock.js';
import { at, type JsonObject, type KubeObject, objectAt, objectsAt, textAt } from '../json.js';
import { namespace } from '../kinds/core.js';
import { dataVolume, virtualMachine, virtualMachineInstance } from '../kinds/kubevirt.js';
import { virtualMachineInstanceMigration } from '../kinds/snapshots.js';
import { node } from '../kinds/workload.js';
import { nodeObject } from '../nodes.js';
import { Random } from '../random.js';
import { Store } from '../store/store.js';
import { startOperators } from './operators.js';
import { conditionStatus, World } from './world.js';

const form = { manager: 'test', subresource: '', dryRun: false } as const;
const MINUTE = 60_000;

interface Given {
  readonly updatesLive?: boolean;
  readonly nodes?: number;
  readonly architecture?: 'amd64' | 'arm64';
  readonly memory?: string;
}

/** A cluster in which a machine of 2 sockets and 4 GiB runs. */
function running({ updatesLive = true, nodes = 2, architecture = 'amd64', memory = '4Gi' }: Given = {}) {
  const clock = new VirtualClock();
  const store = new Store();
  const objects = new Objects(store, clock, true);
  for (let number = 1; number <= nodes; number += 1) {
    const spec = { name: `n-${number}`, architecture, zone: 'Z', cpu: 64, memoryMib: 65_536 } as const;
    store.put(node, nodeObject(spec, clock));
  }
  objects.create(namespace, '', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'd' } }, form);
  const world = new World(objects, new Random(7), 7, undefined, undefined, updatesLive);
  const told: string[] = [];
  startOperators(world, 1, (message) => told.push(message));
  const metadata = { name: 'web', namespace: 'd' };
  objects.create(
    dataVolume,
    'd',
    {
      apiVersion: dataVolume.apiVersion,
      kind: 'DataVolume',
      metadata: { ...metadata, name: 'web-root' },
      spec: { source: { blank: {} }, storage: { resources: { requests: { storage: '40Gi' } } } },
    },
    form,
  );
  objects.create(
    virtualMachine,
    'd',
    {
      apiVersion: virtualMachine.apiVersion,
      kind: 'VirtualMachine',
      metadata,
      spec: {
        runStrategy: 'Always',
        template: {
          spec: {
            architecture,
            domain: { cpu: { sockets: 2, cores: 1, threads: 1 }, memory: { guest: memory }, devices: {} },
            volumes: [{ name: 'root', dataVolume: { name: 'web-root' } }],
          },
        },
      },
    },
    form,
  );
  clock.advance(MINUTE);
  const get = (kind: typeof virtualMachine) => {
    const found = store.get(kind, 'd', 'web');
    if (found === undefined) throw new Error(`there is no ${kind.kind}`);
    return found;
  };
  const instance = () => get(virtualMachineInstance);
  const resize = (sockets: number, guest: string, over: JsonObject = {}) => {
    const live = get(virtualMachine);
    const spec = objectAt(live, 'spec', 'template', 'spec') ?? {};
    const domain = { ...objectAt(spec, 'domain'), cpu: { sockets, cores: 1, threads: 1 }, memory: { guest } };
    const next = { ...objectAt(live, 'spec'), ...over, template: { spec: { ...spec, domain } } };
    objects.update(virtualMachine, live, { ...live, spec: next }, form);
  };
  return {
    ...{ clock, instance, resize, store, told },
    machine: () => get(virtualMachine),
    migrations: (): KubeObject[] => store.list(virtualMachineInstanceMigration),
    runs: () => [
      at(instance(), 'status', 'currentCPUTopology', 'sockets'),
      textAt(instance(), 'status', 'memory', 'guestCurrent'),
    ],
    asks: () => {
      const conditions = objectsAt(get(virtualMachine), 'status', 'conditions');
      return textAt(
        conditions.find(({ type }) => type === 'RestartRequired'),
        'message',
      );
    },
  };
}

describe('a cluster that updates live', () => {
  it('starts a machine with room for four times as much, and one that does not with none', () => {
    const room = (given: Given) => {
      const domain = objectAt(running(given).instance(), 'spec', 'domain');
      return [at(domain, 'cpu', 'maxSockets'), at(domain, 'memory', 'maxGuest')];
    };
    expect(room({})).toEqual([8, '16Gi']);
    expect(room({ memory: '512Mi' })).toEqual([8, undefined]);
    expect(room({ memory: '4097Mi' })).toEqual([8, undefined]);
    expect(room({ architecture: 'arm64' })).toEqual([undefined, undefined]);
    expect(room({ updatesLive: false })).toEqual([undefined, undefined]);
  });

  it('plugs in vCPU and memory by a move to another node, and what runs goes on', () => {
    const cluster = running();
    const before = cluster.instance();
    cluster.resize(4, '8Gi');
    cluster.clock.advance(1_000);
    expect(objectAt(cluster.instance(), 'spec', 'domain')).toMatchObject({
      cpu: { sockets: 4, maxSockets: 8 },
      memory: { guest: '8Gi', maxGuest: '16Gi' },
    });
    expect(cluster.runs()).toEqual([2, '4Gi']);
    for (const type of ['HotVCPUChange', 'HotMemoryChange'])
      expect(conditionStatus(cluster.instance(), type)).toBe('True');
    cluster.clock.advance(MINUTE);
    const after = cluster.instance();
    expect(cluster.runs()).toEqual([4, '8Gi']);
    for (const type of ['HotVCPUChange', 'HotMemoryChange']) expect(conditionStatus(after, type)).toBeUndefined();
    expect(after.metadata.uid).toBe(before.metadata.uid);
    expect(textAt(after, 'status', 'memory', 'guestAtBoot')).toBe('4Gi');
    expect(textAt(after, 'status', 'nodeName')).not.toBe(textAt(before, 'status', 'nodeName'));
    expect(cluster.asks()).toBeUndefined();
    const [migration, ...others] = cluster.migrations();
    expect(others).toEqual([]);
    expect(migration?.metadata.name).toMatch(/^kubevirt-workload-update-/);
    expect(textAt(migration, 'status', 'phase')).toBe('Succeeded');
  });

  it('plugs in once more, and then is at rest', () => {
    const cluster = running();
    cluster.resize(4, '4Gi');
    cluster.clock.advance(MINUTE);
    cluster.resize(6, '4Gi');
    cluster.clock.advance(MINUTE);
    expect(cluster.runs()).toEqual([6, '4Gi']);
    expect(cluster.migrations()).toHaveLength(2);
    const { revision } = cluster.store;
    cluster.clock.advance(60 * MINUTE);
    expect(cluster.store.revision).toBe(revision);
    expect(cluster.told).toEqual([]);
  });

  it('waits for a node that has room', () => {
    const cluster = running({ nodes: 1 });
    cluster.resize(4, '4Gi');
    cluster.clock.advance(5 * MINUTE);
    expect(cluster.runs()).toEqual([2, '4Gi']);
    expect(conditionStatus(cluster.instance(), 'HotVCPUChange')).toBe('True');
    expect(cluster.migrations()).toHaveLength(1);
  });

  it.each<[string, Given, [number, string], string]>([
    [
      'too many sockets',
      {},
      [9, '4Gi'],
      "CPU sockets updated in template spec to a value higher than what's available",
    ],
    ['fewer sockets', {}, [1, '4Gi'], 'Reduction of CPU socket count requires a restart'],
    [
      'too much memory',
      {},
      [2, '32Gi'],
      'memory hotplug not supported, Guest memory is greater than the configured maxGuest memory',
    ],
    ['memory between blocks', {}, [2, '5121Mi'], 'memory hotplug not supported, Guest memory must be 2Mi aligned'],
    ['less memory', {}, [2, '2Gi'], 'memory updated in template spec to a value lower than what the VM started with'],
    [
      'memory for a small guest',
      { memory: '512Mi' },
      [2, '1Gi'],
      'memory updated in template spec. Memory-hotplug is not available for this VM configuration',
    ],
    [
      'sockets of arm64',
      { architecture: 'arm64' },
      [4, '4Gi'],
      "CPU sockets updated in template spec to a value higher than what's available",
    ],
    [
      'anything, where it stages',
      { updatesLive: false },
      [4, '4Gi'],
      'a non-live-updatable field was changed in the template spec',
    ],
  ])('asks for a restart for %s, and plugs nothing in', (_what, given, [sockets, guest], message) => {
    const cluster = running(given);
    const before = cluster.runs();
    cluster.resize(sockets, guest);
    cluster.clock.advance(MINUTE);
    expect(cluster.asks()).toBe(message);
    expect(cluster.runs()).toEqual(before);
    expect(cluster.migrations()).toEqual([]);
  });

  it('gives it with the next start, with room of its own', () => {
    const cluster = running();
    cluster.resize(9, '4Gi', { runStrategy: 'Halted' });
    cluster.clock.advance(MINUTE);
    cluster.resize(9, '4Gi', { runStrategy: 'Always' });
    cluster.clock.advance(MINUTE);
    expect(cluster.runs()).toEqual([9, '4Gi']);
    expect(at(cluster.instance(), 'spec', 'domain', 'cpu', 'maxSockets')).toBe(36);
    expect(cluster.asks()).toBeUndefined();
  });
});
