/** A VirtualMachine's status, from it and what belongs to it: KubeVirt's words, in KubeVirt's order. */
import { type JsonObject, type KubeObject, objectAt, objectsAt, textAt } from '../json.js';
import { dataVolume } from '../kinds/kubevirt.js';
import { persistentVolumeClaim } from '../kinds/workload.js';
import { restartReason } from './live-update.js';
import { type Condition, conditionStatus, diskNames, isLeaving, type World } from './world.js';

/** `running` is the older word for it. */
export function runStrategyOf(machine: KubeObject): string {
  const running = objectAt(machine, 'spec')?.running;
  if (typeof running === 'boolean') return running ? 'Always' : 'Halted';
  return textAt(machine, 'spec', 'runStrategy') ?? 'Halted';
}

/** Of the instance, shown on the machine too. */
const mirrored = ['LiveMigratable', 'AgentConnected', 'PodScheduled'];

interface Belongings {
  readonly machine: KubeObject;
  readonly instance: KubeObject | undefined;
  readonly disks: readonly (string | undefined)[];
  readonly areBound: boolean;
}

const words: readonly (readonly [string, (its: Belongings) => boolean])[] = [
  ['Terminating', ({ machine }) => isLeaving(machine)],
  [
    'Stopping',
    ({ instance, machine }) => instance !== undefined && (isLeaving(instance) || runStrategyOf(machine) === 'Halted'),
  ],
  ['Running', ({ instance }) => textAt(instance, 'status', 'phase') === 'Running'],
  ['Stopped', ({ instance, machine }) => instance === undefined && runStrategyOf(machine) === 'Halted'],
  ['DataVolumeError', ({ disks }) => disks.includes('Failed')],
  ['ErrorUnschedulable', ({ instance }) => conditionStatus(instance, 'PodScheduled') === 'False'],
  ['Provisioning', ({ disks }) => disks.some((phase) => phase !== 'Succeeded')],
  ['WaitingForVolumeBinding', ({ areBound }) => !areBound],
  ['Starting', () => true],
];

export function machineStatus(machine: KubeObject, instance: KubeObject | undefined, world: World): JsonObject {
  const namespace = String(machine.metadata.namespace);
  const names = diskNames(objectAt(machine, 'spec', 'template', 'spec'));
  const phases = (kind: typeof dataVolume) =>
    names.map((name) => textAt(world.get(kind, namespace, name), 'status', 'phase'));
  const its = {
    machine,
    instance,
    disks: phases(dataVolume),
    areBound: phases(persistentVolumeClaim).every((phase) => phase === 'Bound'),
  };
  const printableStatus = words.find(([, fits]) => fits(its))?.[0] ?? 'Unknown';
  const ready = conditionStatus(instance, 'Ready') === 'True' && instance !== undefined && !isLeaving(instance);
  return {
    printableStatus,
    created: instance !== undefined,
    ready,
    runStrategy: runStrategyOf(machine),
    observedGeneration: Number(machine.metadata.generation ?? 1),
    desiredGeneration: Number(machine.metadata.generation ?? 1),
    conditions: conditionsOf(machine, instance, ready, world),
  };
}

function conditionsOf(
  machine: KubeObject,
  instance: KubeObject | undefined,
  ready: boolean,
  world: World,
): JsonObject[] {
  const own: Condition = ready
    ? { type: 'Ready', status: 'True' }
    : instance === undefined
      ? { type: 'Ready', status: 'False', reason: 'VMINotExists', message: 'VMI does not exist' }
      : { type: 'Ready', status: 'False', reason: 'GuestNotRunning', message: 'Guest VM is not reported as running' };
  const shown = objectsAt(instance, 'status', 'conditions')
    .filter((each) => mirrored.includes(textAt(each, 'type') ?? ''))
    .map(({ lastTransitionTime: _, ...rest }) => rest as Condition);
  const message = restartReason(machine, instance, world.updatesLive);
  const restart: Condition[] =
    message === undefined ? [] : [{ type: 'RestartRequired', status: 'True', reason: 'RestartRequired', message }];
  const types = ['Ready', ...restart, ...shown].map((each) => (typeof each === 'string' ? each : each.type));
  return world.conditions(machine, own, ...restart, ...shown).filter((each) => types.includes(String(each.type)));
}
