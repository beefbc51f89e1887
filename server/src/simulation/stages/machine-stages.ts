/** What virt-controller does with a VirtualMachine: its disks, its instance, and one word for where it stands. */
import { equal, type JsonObject, type KubeObject, listAt, objectAt, objectsAt, textAt } from '../json.js';
import { dataVolume, virtualMachine, virtualMachineInstance } from '../kinds/kubevirt.js';
import { clusterPreference, preferenceNameOf } from '../kinds/preferences.js';
import { persistentVolumeClaim } from '../kinds/workload.js';
import { INSTANCE_FINALIZER } from './instance-stages.js';
import { withRoom } from './live-update.js';
import { machineStatus, runStrategyOf } from './machine-status.js';
import { preferred } from './preference.js';
import type { Stage } from './stage.js';
import { diskNames, hasFinalizer, isLeaving, ownedBy, type World } from './world.js';

const MANAGER = 'virt-controller';
/** Holds a machine until its instance is gone. */
const MACHINE_FINALIZER = 'kubevirt.io/virtualMachineControllerFinalize';

const namespaceIn = (object: KubeObject) => String(object.metadata.namespace);

export function instanceOf(machine: KubeObject, world: World): KubeObject | undefined {
  return world.get(virtualMachineInstance, namespaceIn(machine), machine.metadata.name);
}

const shallRun = (machine: KubeObject) => ['Always', 'RerunOnFailure', 'Once'].includes(runStrategyOf(machine));

function missingDisks(machine: KubeObject, world: World): JsonObject[] {
  return objectsAt(machine, 'spec', 'dataVolumeTemplates').filter(
    (template) => world.get(dataVolume, namespaceIn(machine), textAt(template, 'metadata', 'name') ?? '') === undefined,
  );
}

function disksAreReady(machine: KubeObject, world: World): boolean {
  return diskNames(objectAt(machine, 'spec', 'template', 'spec')).every((name) => {
    const disk = world.get(dataVolume, namespaceIn(machine), name);
    const claim = world.get(persistentVolumeClaim, namespaceIn(machine), name);
    return textAt(disk, 'status', 'phase') === 'Succeeded' && textAt(claim, 'status', 'phase') === 'Bound';
  });
}

export const machineStages: readonly Stage[] = [
  {
    name: 'machine-adopt',
    kind: virtualMachine,
    selects: (machine) => !isLeaving(machine) && !hasFinalizer(machine, MACHINE_FINALIZER),
    delayMs: 50,
    step(machine, world) {
      const finalizers = [...listAt(machine, 'metadata', 'finalizers'), MACHINE_FINALIZER];
      world.change(virtualMachine, machine, { ...machine, metadata: { ...machine.metadata, finalizers } }, MANAGER);
    },
  },
  {
    name: 'machine-report',
    kind: virtualMachine,
    selects: (machine, world) => adopted(machine) && !isReported(machine, world),
    delayMs: 80,
    jitterMs: 40,
    step(machine, world) {
      world.setStatus(virtualMachine, machine, machineStatus(machine, instanceOf(machine, world), world), MANAGER);
    },
  },
  {
    name: 'machine-make-disks',
    kind: virtualMachine,
    selects: (machine, world) =>
      settled(machine, world) && !isLeaving(machine) && missingDisks(machine, world).length > 0,
    delayMs: 150,
    jitterMs: 150,
    step(machine, world) {
      for (const template of missingDisks(machine, world)) world.create(dataVolume, diskOf(machine, template), MANAGER);
    },
  },
  {
    name: 'machine-start',
    kind: virtualMachine,
    selects: (machine, world) =>
      settled(machine, world) &&
      !isLeaving(machine) &&
      shallRun(machine) &&
      missingDisks(machine, world).length === 0 &&
      instanceOf(machine, world) === undefined &&
      disksAreReady(machine, world) &&
      (preferenceNameOf(machine) === undefined || preferenceOf(machine, world) !== undefined),
    delayMs: 200,
    jitterMs: 200,
    step(machine, world) {
      world.create(virtualMachineInstance, newInstance(machine, world), MANAGER);
      world.event(
        machine,
        'Normal',
        'SuccessfulCreate',
        `Started the virtual machine by creating the new virtual machine instance ${machine.metadata.name}`,
        MANAGER,
      );
    },
  },
  {
    name: 'machine-stop',
    kind: virtualMachine,
    selects(machine, world) {
      const instance = instanceOf(machine, world);
      const unwanted = isLeaving(machine) || runStrategyOf(machine) === 'Halted';
      return settled(machine, world) && unwanted && instance !== undefined && !isLeaving(instance);
    },
    delayMs: 150,
    jitterMs: 150,
    step(machine, world) {
      const instance = instanceOf(machine, world);
      if (instance !== undefined) world.remove(virtualMachineInstance, instance);
    },
  },
  {
    name: 'machine-let-go',
    kind: virtualMachine,
    selects: (machine, world) =>
      isLeaving(machine) && hasFinalizer(machine, MACHINE_FINALIZER) && instanceOf(machine, world) === undefined,
    delayMs: 200,
    jitterMs: 200,
    step: (machine, world) => world.dropFinalizer(virtualMachine, machine, MACHINE_FINALIZER, MANAGER),
  },
];

function adopted(machine: KubeObject): boolean {
  return hasFinalizer(machine, MACHINE_FINALIZER);
}

function isReported(machine: KubeObject, world: World): boolean {
  const wanted = machineStatus(machine, instanceOf(machine, world), world);
  const status = objectAt(machine, 'status') ?? {};
  return Object.entries(wanted).every(([key, value]) => equal(timeless(status[key] ?? null), timeless(value)));
}

/** The status is told before the next thing is done, so that whoever watches sees every state. */
function settled(machine: KubeObject, world: World): boolean {
  return adopted(machine) && isReported(machine, world);
}

function timeless(value: JsonObject[string]): JsonObject[string] {
  if (!Array.isArray(value)) return value;
  return value.map((each) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).filter(([key]) => key !== 'lastTransitionTime'))
      : each,
  );
}

function diskOf(machine: KubeObject, template: JsonObject): KubeObject {
  const metadata = objectAt(template, 'metadata') ?? {};
  return {
    apiVersion: dataVolume.apiVersion,
    kind: dataVolume.kind,
    metadata: {
      ...metadata,
      name: textAt(metadata, 'name') ?? '',
      namespace: namespaceIn(machine),
      ownerReferences: [ownedBy(machine)],
    },
    spec: objectAt(template, 'spec') ?? {},
  };
}

function preferenceOf(machine: KubeObject, world: World): KubeObject | undefined {
  const name = preferenceNameOf(machine);
  return name === undefined ? undefined : world.get(clusterPreference, '', name);
}

function newInstance(machine: KubeObject, world: World): KubeObject {
  const template = objectAt(machine, 'spec', 'template') ?? {};
  const metadata = objectAt(template, 'metadata') ?? {};
  const preference = preferenceOf(machine, world);
  const said = objectAt(template, 'spec') ?? {};
  const spec = preference === undefined ? said : preferred(said, preference);
  return {
    apiVersion: virtualMachineInstance.apiVersion,
    kind: virtualMachineInstance.kind,
    metadata: {
      name: machine.metadata.name,
      namespace: namespaceIn(machine),
      labels: { ...objectAt(metadata, 'labels') },
      annotations: { ...objectAt(metadata, 'annotations') },
      finalizers: [INSTANCE_FINALIZER],
      ownerReferences: [ownedBy(machine)],
    },
    spec: world.updatesLive ? withRoom(spec) : spec,
  };
}
