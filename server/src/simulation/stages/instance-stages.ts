/** What virt-controller and virt-handler do with a VirtualMachineInstance, from nothing to a running guest and back. */
import { type JsonObject, type KubeObject, objectAt, objectsAt, textAt } from '../json.js';
import { virtualMachineInstance } from '../kinds/kubevirt.js';
import { fnv1a } from '../random.js';
import { keyOfObject } from '../store/store.js';
import { freeAddresses } from './addresses.js';
import { addressesOfCards, missingNetwork } from './guest.js';
import { nodeFor, whyNoNode } from './scheduler.js';
import type { Stage } from './stage.js';
import { type Condition, conditionStatus, diskNames, hasFinalizer, isLeaving, type World } from './world.js';

const CONTROLLER = 'virt-controller';
const HANDLER = 'virt-handler';
/** Holds an instance until its guest is down. */
export const INSTANCE_FINALIZER = 'foregroundDeleteVirtualMachine';

const phaseOf = (instance: KubeObject) => textAt(instance, 'status', 'phase') ?? '';
const inPhase = (phase: string) => (instance: KubeObject) => !isLeaving(instance) && phaseOf(instance) === phase;
const isUnschedulable = (instance: KubeObject) => conditionStatus(instance, 'PodScheduled') === 'False';

function enter(instance: KubeObject, world: World, phase: string, manager: string, rest: JsonObject = {}): void {
  const phaseTransitionTimestamps = [
    ...objectsAt(instance, 'status', 'phaseTransitionTimestamps'),
    { phase, phaseTransitionTimestamp: world.now },
  ];
  world.setStatus(virtualMachineInstance, instance, { phase, phaseTransitionTimestamps, ...rest }, manager);
}

export const instanceStages: readonly Stage[] = [
  {
    name: 'instance-accept',
    kind: virtualMachineInstance,
    selects: inPhase(''),
    delayMs: 150,
    jitterMs: 150,
    step(instance, world) {
      const ready: Condition = {
        type: 'Ready',
        status: 'False',
        reason: 'GuestNotRunning',
        message: 'Guest VM is not reported as running',
      };
      enter(instance, world, 'Pending', CONTROLLER, { conditions: world.conditions(instance, ready) });
    },
  },
  {
    name: 'instance-network-missing',
    kind: virtualMachineInstance,
    selects: (instance, world) =>
      inPhase('Pending')(instance) &&
      conditionStatus(instance, 'Synchronized') !== 'False' &&
      missingNetwork(instance, world) !== undefined,
    delayMs: 200,
    jitterMs: 200,
    step(instance, world) {
      const named = missingNetwork(instance, world) ?? '';
      const message = `failed to render launch manifest: failed to locate network attachment definition ${named}`;
      const failed: Condition = { type: 'Synchronized', status: 'False', reason: 'FailedCreate', message };
      const conditions = world.conditions(instance, failed);
      world.setStatus(virtualMachineInstance, instance, { conditions }, CONTROLLER);
      world.event(instance, 'Warning', 'FailedCreate', message, CONTROLLER);
    },
  },
  {
    name: 'instance-launch',
    kind: virtualMachineInstance,
    selects: (instance, world) => inPhase('Pending')(instance) && missingNetwork(instance, world) === undefined,
    delayMs: 300,
    jitterMs: 300,
    step(instance, world) {
      const conditions = world.conditions(instance).filter((each) => each.type !== 'Synchronized');
      enter(instance, world, 'Scheduling', CONTROLLER, { conditions });
      const pod = `virt-launcher-${instance.metadata.name}`;
      world.event(instance, 'Normal', 'SuccessfulCreate', `Created virtual machine pod ${pod}`, CONTROLLER);
    },
  },
  {
    name: 'instance-schedule',
    kind: virtualMachineInstance,
    selects: (instance) => inPhase('Scheduling')(instance) && !isUnschedulable(instance),
    delayMs: 500,
    jitterMs: 400,
    step: schedule,
  },
  {
    name: 'instance-find-room',
    kind: virtualMachineInstance,
    selects: (instance, world) =>
      inPhase('Scheduling')(instance) && isUnschedulable(instance) && nodeFor(instance, world) !== undefined,
    delayMs: 600,
    jitterMs: 400,
    step: schedule,
  },
  {
    name: 'instance-start',
    kind: virtualMachineInstance,
    selects: inPhase('Scheduled'),
    delayMs: 1_200,
    jitterMs: 900,
    step(instance, world) {
      enter(instance, world, 'Running', HANDLER, running(instance, world));
      world.event(instance, 'Normal', 'Started', 'VirtualMachineInstance started.', HANDLER);
    },
  },
  {
    name: 'instance-agent',
    kind: virtualMachineInstance,
    selects: (instance) => inPhase('Running')(instance) && conditionStatus(instance, 'AgentConnected') !== 'True',
    delayMs: 1_500,
    jitterMs: 1_500,
    step(instance, world) {
      const guest = addressesOfCards(instance, world);
      const interfaces = objectsAt(instance, 'status', 'interfaces').map((each, index) => {
        const own = textAt(each, 'ipAddress') === undefined ? guest.get(textAt(each, 'mac') ?? '') : undefined;
        return {
          ...each,
          infoSource: 'domain, guest-agent',
          interfaceName: `eth${index}`,
          ...(own?.[0] === undefined ? {} : { ipAddress: own[0], ipAddresses: [...own] }),
        };
      });
      const connected: Condition = { type: 'AgentConnected', status: 'True' };
      const status = { conditions: world.conditions(instance, connected), interfaces, guestOSInfo: guestOf(instance) };
      world.setStatus(virtualMachineInstance, instance, status, HANDLER);
    },
  },
  {
    name: 'instance-credentials',
    kind: virtualMachineInstance,
    selects: (instance) =>
      inPhase('Running')(instance) &&
      objectsAt(instance, 'spec', 'accessCredentials').length > 0 &&
      conditionStatus(instance, 'AgentConnected') === 'True' &&
      conditionStatus(instance, 'AccessCredentialsSynchronized') !== 'True',
    delayMs: 600,
    jitterMs: 400,
    step(instance, world) {
      const taken: Condition = { type: 'AccessCredentialsSynchronized', status: 'True' };
      const conditions = world.conditions(instance, taken);
      world.setStatus(virtualMachineInstance, instance, { conditions }, HANDLER);
    },
  },
  {
    name: 'instance-shut-down',
    kind: virtualMachineInstance,
    selects: (instance) => isLeaving(instance) && phaseOf(instance) === 'Running',
    delayMs: 1_000,
    jitterMs: 800,
    step(instance, world) {
      const ready: Condition = { type: 'Ready', status: 'False', reason: 'GuestNotRunning' };
      enter(instance, world, 'Succeeded', HANDLER, { conditions: world.conditions(instance, ready) });
      world.event(instance, 'Normal', 'ShuttingDown', 'Signaled Graceful Shutdown', HANDLER);
    },
  },
  {
    name: 'instance-let-go',
    kind: virtualMachineInstance,
    selects: (instance) =>
      isLeaving(instance) && phaseOf(instance) !== 'Running' && hasFinalizer(instance, INSTANCE_FINALIZER),
    delayMs: 200,
    jitterMs: 200,
    step: (instance, world) => world.dropFinalizer(virtualMachineInstance, instance, INSTANCE_FINALIZER, CONTROLLER),
  },
];

function schedule(instance: KubeObject, world: World): void {
  const nodeName = nodeFor(instance, world);
  if (nodeName !== undefined) {
    const conditions = world.conditions(instance).filter((each) => each.type !== 'PodScheduled');
    enter(instance, world, 'Scheduled', CONTROLLER, { nodeName, conditions });
    return;
  }
  const message = whyNoNode(instance, world);
  const unscheduled: Condition = { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message };
  const conditions = world.conditions(instance, unscheduled);
  world.setStatus(virtualMachineInstance, instance, { conditions }, CONTROLLER);
  world.event(instance, 'Warning', 'FailedScheduling', message, 'default-scheduler');
}

function running(instance: KubeObject, world: World): JsonObject {
  const { ipv4, ipv6 } = freeAddresses(world, keyOfObject(instance));
  const asked = objectsAt(instance, 'spec', 'domain', 'devices', 'interfaces');
  const wanted: JsonObject[] = asked.length === 0 ? [{ name: 'default' }] : asked;
  // Only the pod network's addresses are the cluster's to give: others are the guest's own.
  const interfaces = wanted.map(
    (each, index): JsonObject => ({
      name: textAt(each, 'name') ?? 'default',
      mac: textAt(each, 'macAddress') ?? madeUpMac(`${keyOfObject(instance)}/${index}`),
      infoSource: 'domain',
      podInterfaceName: `eth${index}`,
      queueCount: 1,
      ...(index === 0 ? { ipAddress: ipv4, ipAddresses: [ipv4, ipv6] } : {}),
    }),
  );
  const memory = textAt(instance, 'spec', 'domain', 'memory', 'guest');
  const status: JsonObject = {
    interfaces,
    conditions: world.conditions(
      instance,
      { type: 'Ready', status: 'True' },
      { type: 'LiveMigratable', status: 'True' },
      {
        type: 'DataVolumesReady',
        status: 'True',
        reason: 'AllDVsReady',
        message: "All of the VMI's DVs are bound and ready",
      },
    ),
    migrationMethod: 'LiveMigration',
    qosClass: 'Burstable',
    launcherContainerImageVersion: 'registry.invalid/kubevirt/virt-launcher:v1.9.0',
    volumeStatus: objectsAt(instance, 'spec', 'volumes').map((volume, index) => ({
      name: textAt(volume, 'name') ?? '',
      target: `vd${String.fromCharCode(97 + (index % 26))}`,
    })),
  };
  const cpu = objectAt(instance, 'spec', 'domain', 'cpu');
  if (cpu !== undefined) {
    status.currentCPUTopology = { cores: cpu.cores ?? 1, sockets: cpu.sockets ?? 1, threads: cpu.threads ?? 1 };
  }
  if (memory !== undefined) status.memory = { guestAtBoot: memory, guestCurrent: memory, guestRequested: memory };
  return status;
}

function madeUpMac(text: string): string {
  const hash = fnv1a(text).toString(16).padStart(8, '0');
  return `02:00:${hash.match(/../g)?.join(':') ?? '00:00:00:00'}`;
}

/** What the guest agent reports; the disk's name is all that hints at what is on it. */
function guestOf(instance: KubeObject): JsonObject {
  const kylin = diskNames(objectAt(instance, 'spec')).some((name) => name.includes('kylin'));
  const machine = textAt(instance, 'spec', 'architecture') === 'arm64' ? 'aarch64' : 'x86_64';
  return kylin
    ? {
        id: 'kylin',
        name: 'Kylin Linux Advanced Server',
        prettyName: 'Kylin Linux Advanced Server V10',
        version: 'V10',
        versionId: 'V10',
        kernelRelease: '4.19.90',
        machine,
      }
    : {
        id: 'openEuler',
        name: 'openEuler',
        prettyName: 'openEuler 24.03 (LTS-SP1)',
        version: '24.03 (LTS-SP1)',
        versionId: '24.03',
        kernelRelease: '6.6.0',
        machine,
      };
}
