/** VirtualMachine and VirtualMachineInstance of KubeVirt 1.9, DataVolume of CDI 1.66. */
import { at, equal, type KubeObject, objectsAt, textAt } from '../json.js';
import { type Column, customAgeColumn, customKind, type Find, nameColumn } from './kind.js';
import { launcherRequests } from './launcher.js';
import { clusterPreference, preferenceNameOf } from './preferences.js';
import { virtualMachineInstanceSpec } from './virtual-machine-instance-schema.js';
import { virtualMachineInstanceStatus } from './virtual-machine-instance-status.js';
import {
  dataVolumeSpec,
  dataVolumeStatus,
  virtualMachineSpec,
  virtualMachineStatus,
} from './virtual-machine-schema.js';

function column(name: string, path: string, cell: Column['cell'], priority = 0): Column {
  return {
    name,
    type: 'string',
    format: '',
    description: `Custom resource definition column (in JSONPath format): ${path}`,
    priority,
    cell,
  };
}

const condition = (object: KubeObject, type: string) => {
  const found = objectsAt(object, 'status', 'conditions').find((each) => each.type === type);
  return found === undefined ? undefined : textAt(found, 'status');
};

/** pkg/storage/admitters/vm-storage-status.go: what stays as it is while a snapshot or a restore is under way. */
function whileLocked(next: KubeObject, live: KubeObject | undefined): string | undefined {
  if (live === undefined) return undefined;
  const isOther = (...path: string[]) => !equal(at(next.spec, ...path) ?? null, at(live.spec, ...path) ?? null);
  const isSwitched = isOther('runStrategy') || isOther('running');
  const restore = textAt(live, 'status', 'restoreInProgress');
  if (restore !== undefined && isSwitched) return `Cannot update VM runStrategy until restore "${restore}" completes`;
  const snapshot = textAt(live, 'status', 'snapshotInProgress');
  if (snapshot === undefined) return undefined;
  if (isOther('template', 'spec', 'volumes'))
    return `Cannot update vm disks or volumes until snapshot "${snapshot}" completes`;
  return isSwitched ? `Cannot update vm running state until snapshot "${snapshot}" completes` : undefined;
}

/** pkg/instancetype/webhooks/vm: a machine whose preference is not there is let in by nobody. */
function withoutPreference(next: KubeObject, live: KubeObject | undefined, find: Find): string | undefined {
  const name = preferenceNameOf(next);
  if (name === undefined || (live !== undefined && preferenceNameOf(live) === name)) return undefined;
  if (find(clusterPreference, '', name) !== undefined) return undefined;
  const missing = `${clusterPreference.plural}.${clusterPreference.group} "${name}" not found`;
  return `Failure to find preference: ${missing}`;
}

export const virtualMachine = customKind({
  group: 'kubevirt.io',
  version: 'v1',
  kind: 'VirtualMachine',
  plural: 'virtualmachines',
  shortNames: ['vm', 'vms'],
  categories: ['all'],
  namespaced: true,
  statusSubresource: true,
  celRules: true,
  fields: { 'spec!': virtualMachineSpec, status: virtualMachineStatus },
  webhook: (next, live, find) => withoutPreference(next, live, find) ?? whileLocked(next, live),
  columns: [
    nameColumn,
    customAgeColumn,
    column('Status', '.status.printableStatus', (o) => textAt(o, 'status', 'printableStatus')),
    column('Ready', ".status.conditions[?(@.type=='Ready')].status", (o) => condition(o, 'Ready')),
  ],
});

export const virtualMachineInstance = customKind({
  group: 'kubevirt.io',
  version: 'v1',
  kind: 'VirtualMachineInstance',
  plural: 'virtualmachineinstances',
  shortNames: ['vmi', 'vmis'],
  categories: ['all'],
  namespaced: true,
  celRules: true,
  fields: { 'spec!': virtualMachineInstanceSpec, status: virtualMachineInstanceStatus },
  columns: [
    nameColumn,
    customAgeColumn,
    column('Phase', '.status.phase', (o) => textAt(o, 'status', 'phase')),
    column('IP', '.status.interfaces[0].ipAddress', (o) =>
      textAt(objectsAt(o, 'status', 'interfaces')[0], 'ipAddress'),
    ),
    column('NodeName', '.status.nodeName', (o) => textAt(o, 'status', 'nodeName')),
    column('Ready', ".status.conditions[?(@.type=='Ready')].status", (o) => condition(o, 'Ready')),
  ],
  // The launcher pod is no object here; what it would request counts from the moment it would exist.
  quotaUsage: (o) => {
    const phase = textAt(o, 'status', 'phase');
    return phase === 'Scheduling' || phase === 'Scheduled' || phase === 'Running' ? launcherRequests(o) : {};
  },
});

export const dataVolume = customKind({
  group: 'cdi.kubevirt.io',
  version: 'v1beta1',
  kind: 'DataVolume',
  plural: 'datavolumes',
  shortNames: ['dv', 'dvs'],
  categories: ['all'],
  namespaced: true,
  fields: { 'spec!': dataVolumeSpec, status: dataVolumeStatus },
  columns: [
    nameColumn,
    column('Phase', '.status.phase', (o) => textAt(o, 'status', 'phase')),
    column('Progress', '.status.progress', (o) => textAt(o, 'status', 'progress')),
    column('Restarts', '.status.restartCount', (o) => {
      const count = at(o, 'status', 'restartCount');
      return typeof count === 'number' ? count : undefined;
    }),
    customAgeColumn,
  ],
  // CDI's datavolume-validate webhook.
  webhook: (next, live) =>
    live === undefined || equal(next.spec, live.spec) ? undefined : 'Cannot update DataVolume Spec',
});
