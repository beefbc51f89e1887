/** All kinds that the simulated cluster serves. A new kind is a row here, and its stages. */
import { bareMetalHost, hardwareData } from './bare-metal.js';
import { namespace, resourceQuota, secret } from './core.js';
import { customResourceDefinition } from './definitions.js';
import { event } from './event.js';
import { newerEvent } from './events.js';
import type { Kind } from './kind.js';
import { dataVolume, virtualMachine, virtualMachineInstance } from './kubevirt.js';
import { limitRange } from './limits.js';
import { networkAttachmentDefinition, networkPolicy } from './networking.js';
import { pod } from './pod.js';
import { clusterPreference } from './preferences.js';
import { networkFence, replicationDestination, replicationSource, volumeReplication } from './replication.js';
import {
  localSubjectAccessReview,
  selfSubjectAccessReview,
  selfSubjectReview,
  selfSubjectRulesReview,
  subjectAccessReview,
} from './reviews.js';
import { clusterRole, clusterRoleBinding, namespacedRole, roleBinding, serviceAccount } from './rights.js';
import {
  virtualMachineInstanceMigration,
  virtualMachineRestore,
  virtualMachineSnapshot,
  virtualMachineSnapshotContent,
  volumeSnapshot,
} from './snapshots.js';
import { node, persistentVolumeClaim } from './workload.js';

export const kinds: readonly Kind[] = [
  namespace,
  node,
  pod,
  event,
  persistentVolumeClaim,
  resourceQuota,
  limitRange,
  secret,
  serviceAccount,
  newerEvent,
  namespacedRole,
  roleBinding,
  clusterRole,
  clusterRoleBinding,
  customResourceDefinition,
  networkPolicy,
  networkAttachmentDefinition,
  clusterPreference,
  virtualMachine,
  virtualMachineInstance,
  virtualMachineInstanceMigration,
  dataVolume,
  virtualMachineSnapshot,
  virtualMachineSnapshotContent,
  virtualMachineRestore,
  volumeSnapshot,
  bareMetalHost,
  hardwareData,
  replicationSource,
  replicationDestination,
  volumeReplication,
  networkFence,
  selfSubjectAccessReview,
  subjectAccessReview,
  localSubjectAccessReview,
  selfSubjectRulesReview,
  selfSubjectReview,
];

export interface GroupVersion {
  readonly group: string;
  readonly version: string;
  readonly apiVersion: string;
  readonly kinds: readonly Kind[];
}

export const groupVersions: readonly GroupVersion[] = [...Map.groupBy(kinds, (kind) => kind.apiVersion)].map(
  ([apiVersion, rows]) => ({ apiVersion, group: rows[0]?.group ?? '', version: rows[0]?.version ?? '', kinds: rows }),
);

const byPlural = new Map(kinds.map((kind) => [`${kind.apiVersion}/${kind.plural}`, kind]));
const byKind = new Map(kinds.map((kind) => [`${kind.apiVersion}/${kind.kind}`, kind]));

export function kindByPlural(apiVersion: string, plural: string): Kind | undefined {
  return byPlural.get(`${apiVersion}/${plural}`);
}

export function kindByName(apiVersion: string, kind: string): Kind | undefined {
  return byKind.get(`${apiVersion}/${kind}`);
}
