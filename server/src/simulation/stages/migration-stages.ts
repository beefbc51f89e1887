/** What KubeVirt does with a VirtualMachineInstanceMigration: it looks for another node, and moves the guest there. */
import { type KubeObject, textAt } from '../json.js';
import { virtualMachineInstance } from '../kinds/kubevirt.js';
import { virtualMachineInstanceMigration } from '../kinds/snapshots.js';
import { pluggedStatus, plugging } from './live-update.js';
import { nodeFor } from './scheduler.js';
import type { Stage } from './stage.js';
import { isLeaving, type World } from './world.js';

const MANAGER = 'virt-controller';
const namespaceOf = (object: KubeObject) => String(object.metadata.namespace);
const phaseOf = (object: KubeObject) => textAt(object, 'status', 'phase') ?? '';

const movedInstance = (o: KubeObject, world: World) =>
  world.get(virtualMachineInstance, namespaceOf(o), textAt(o, 'spec', 'vmiName') ?? '');
/** Where the instance could go, and is not. */
function otherNode(o: KubeObject, world: World): string | undefined {
  const instance = movedInstance(o, world);
  if (instance === undefined) return undefined;
  return nodeFor(instance, world, textAt(instance, 'status', 'nodeName'));
}
const migrationOrder = ['', 'Pending', 'Scheduling', 'Scheduled', 'TargetReady', 'Running'];

export const migrationStages: readonly Stage[] = [
  ...migrationOrder.slice(0, -1).map(
    (phase, index): Stage => ({
      name: `migration-${(migrationOrder[index + 1] ?? '').toLowerCase()}`,
      kind: virtualMachineInstanceMigration,
      // Without a node that has room it waits, as a pod does.
      selects: (o, world) =>
        !isLeaving(o) &&
        phaseOf(o) === phase &&
        movedInstance(o, world) !== undefined &&
        (phase !== 'Scheduling' || otherNode(o, world) !== undefined),
      delayMs: 400,
      jitterMs: 300,
      step: (o, world) =>
        world.setStatus(virtualMachineInstanceMigration, o, { phase: migrationOrder[index + 1] ?? '' }, MANAGER),
    }),
  ),
  {
    name: 'migration-move',
    kind: virtualMachineInstanceMigration,
    selects: (o, world) => !isLeaving(o) && phaseOf(o) === 'Running' && movedInstance(o, world) !== undefined,
    delayMs: 3_000,
    jitterMs: 3_000,
    step(o, world) {
      const instance = movedInstance(o, world);
      const targetNode = otherNode(o, world);
      if (instance === undefined || targetNode === undefined) {
        world.setStatus(virtualMachineInstanceMigration, o, { phase: 'Failed' }, MANAGER);
        return;
      }
      const sourceNode = textAt(instance, 'status', 'nodeName') ?? '';
      const migrationState = {
        completed: true,
        sourceNode,
        targetNode,
        migrationUid: String(o.metadata.uid),
        endTimestamp: world.now,
      };
      const conditions = world
        .conditions(instance)
        .filter((each) => !plugging(instance).some((due) => due === each.type));
      const status = { nodeName: targetNode, migrationState, conditions, ...pluggedStatus(instance) };
      world.setStatus(virtualMachineInstance, instance, status, MANAGER);
      world.setStatus(virtualMachineInstanceMigration, o, { phase: 'Succeeded', migrationState }, MANAGER);
      world.event(
        instance,
        'Normal',
        'Migrated',
        `The VirtualMachineInstance migrated to node ${targetNode}.`,
        'virt-handler',
      );
    },
  },
  {
    name: 'migration-lost',
    kind: virtualMachineInstanceMigration,
    selects: (o, world) =>
      !isLeaving(o) && !['Succeeded', 'Failed'].includes(phaseOf(o)) && movedInstance(o, world) === undefined,
    delayMs: 500,
    step: (o, world) => world.setStatus(virtualMachineInstanceMigration, o, { phase: 'Failed' }, MANAGER),
  },
];
