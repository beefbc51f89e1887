/** What virt-controller and the workload updater do where KubeVirt updates live: a changed size reaches what runs by a move to another node. */
import { type KubeObject, textAt } from '../json.js';
import { virtualMachine, virtualMachineInstance } from '../kinds/kubevirt.js';
import { virtualMachineInstanceMigration } from '../kinds/snapshots.js';
import { fnv1a } from '../random.js';
import { pluggedSpec, plugging, restartReason } from './live-update.js';
import type { Stage } from './stage.js';
import { type Condition, conditionStatus, isLeaving, ownedBy, type World } from './world.js';

const CONTROLLER = 'virt-controller';
const UPDATER = 'virtualmachine-workload-update-controller';
const DONE = ['Succeeded', 'Failed'];

const namespaceOf = (object: KubeObject) => String(object.metadata.namespace);
const instanceOf = (machine: KubeObject, world: World) =>
  world.get(virtualMachineInstance, namespaceOf(machine), machine.metadata.name);
const runs = (instance: KubeObject | undefined): instance is KubeObject =>
  instance !== undefined && !isLeaving(instance) && textAt(instance, 'status', 'phase') === 'Running';

function isMoving(instance: KubeObject, world: World): boolean {
  return world
    .list(virtualMachineInstanceMigration, namespaceOf(instance))
    .some(
      (each) =>
        textAt(each, 'spec', 'vmiName') === instance.metadata.name &&
        !DONE.includes(textAt(each, 'status', 'phase') ?? ''),
    );
}

/** What is to be plugged in now: one thing after the other, and never in the middle of a move. */
function due(machine: KubeObject, world: World) {
  const instance = instanceOf(machine, world);
  if (!runs(instance) || plugging(instance).length > 0 || isMoving(instance, world)) return undefined;
  if (restartReason(machine, instance, world.updatesLive) !== undefined) return undefined;
  const spec = pluggedSpec(machine, instance);
  return spec && { instance, spec };
}

const unsaid = (instance: KubeObject) =>
  plugging(instance).filter((type) => conditionStatus(instance, type) !== 'True');

export const liveUpdateStages: readonly Stage[] = [
  {
    name: 'machine-plug-in',
    kind: virtualMachine,
    selects: (machine, world) =>
      world.updatesLive &&
      !isLeaving(machine) &&
      textAt(machine, 'spec', 'runStrategy') !== 'Halted' &&
      due(machine, world) !== undefined,
    delayMs: 150,
    jitterMs: 150,
    step(machine, world) {
      const found = due(machine, world);
      if (found)
        world.change(virtualMachineInstance, found.instance, { ...found.instance, spec: found.spec }, CONTROLLER);
    },
  },
  {
    name: 'instance-has-to-move',
    kind: virtualMachineInstance,
    selects: (instance, world) => world.updatesLive && runs(instance) && unsaid(instance).length > 0,
    delayMs: 150,
    jitterMs: 150,
    step(instance, world) {
      const wanted = unsaid(instance).map((type): Condition => ({ type, status: 'True' }));
      world.setStatus(
        virtualMachineInstance,
        instance,
        { conditions: world.conditions(instance, ...wanted) },
        CONTROLLER,
      );
    },
  },
  {
    name: 'instance-move-to-plug-in',
    kind: virtualMachineInstance,
    selects: (instance, world) =>
      world.updatesLive &&
      runs(instance) &&
      plugging(instance).length > 0 &&
      unsaid(instance).length === 0 &&
      !isMoving(instance, world),
    delayMs: 800,
    jitterMs: 400,
    step(instance, world) {
      const { name } = instance.metadata;
      const suffix = fnv1a(`${instance.metadata.uid}/${world.now}/${instance.metadata.resourceVersion}`).toString(36);
      world.create(
        virtualMachineInstanceMigration,
        {
          apiVersion: virtualMachineInstanceMigration.apiVersion,
          kind: virtualMachineInstanceMigration.kind,
          metadata: {
            name: `kubevirt-workload-update-${suffix.slice(-5)}`,
            namespace: namespaceOf(instance),
            labels: { 'kubevirt.io/vmi-name': name },
            annotations: { 'kubevirt.io/workloadUpdateMigration': '' },
            ownerReferences: [ownedBy(instance, false)],
          },
          spec: { vmiName: name },
        },
        UPDATER,
      );
    },
  },
];
