/** Decides what the console owns of a machine that ran before it: its marks, whether it runs, and its size in the words in which it stands. */
import { CPU_PARTS, type TakenOver } from '../../resources/domain/taken-over.js';
import { at, type ClusterObject, listAt, type Manifest, numberAt, textAt } from './cluster-object.js';
import type { DesiredMachine, FirstLogin } from './desired-machine.js';
import { machineManifest } from './desired-manifests.js';
import { machineAnnotations, machineLabels } from './marks.js';

const DOMAIN = ['spec', 'template', 'spec', 'domain'] as const;

/** undefined = its object does not say how big it is. */
export function takenOverOf(machine: ClusterObject): TakenOver | undefined {
  const uid = machine.metadata.uid ?? '';
  const cpu = Object.fromEntries(
    CPU_PARTS.flatMap((part) => {
      const count = numberAt(machine, ...DOMAIN, 'cpu', part);
      return count === undefined ? [] : [[part, count]];
    }),
  );
  const guest = textAt(machine, ...DOMAIN, 'memory', 'guest');
  const request = textAt(machine, ...DOMAIN, 'resources', 'requests', 'memory');
  const amount = guest ?? request;
  if (uid === '' || amount === undefined || Object.keys(cpu).length === 0) return undefined;
  return { uid, cpu, memory: { field: guest === undefined ? 'request' : 'guest', amount } };
}

/**
 * Never the template's own labels: they would be another template, and what runs has the old one. Its disks, cards and all
 * else stay its owner's.
 */
export function ownedManifest(
  desired: DesiredMachine & { readonly objectNamespace: string },
  { cpu, memory }: Pick<TakenOver, 'cpu' | 'memory'>,
  halted = false,
): Manifest {
  const size =
    memory.field === 'guest'
      ? { memory: { guest: memory.amount } }
      : { resources: { requests: { memory: memory.amount } } };
  return {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachine',
    metadata: {
      name: desired.objectName,
      namespace: desired.objectNamespace,
      labels: machineLabels(desired),
      annotations: machineAnnotations(desired),
    },
    spec: {
      runStrategy: halted || desired.off || desired.standby ? 'Halted' : 'Always',
      template: { spec: { domain: { cpu: { ...cpu }, ...size } } },
    },
  };
}

/** Of any machine, whoever made it. */
export function wantedMachine(
  desired: DesiredMachine & { readonly objectNamespace: string },
  login: FirstLogin | null,
  halted = false,
): Manifest {
  return desired.takenOver
    ? ownedManifest(desired, desired.takenOver, halted)
    : machineManifest(desired, login, halted);
}

/** Its disks by their claims or DataVolumes: what is not kept anywhere has none. */
export function disksOf(machine: ClusterObject): string[] {
  return listAt(machine, 'spec', 'template', 'spec', 'volumes').flatMap((volume) => {
    const name = textAt(volume, 'dataVolume', 'name') ?? textAt(at(volume, 'persistentVolumeClaim'), 'claimName');
    return name === undefined ? [] : [name];
  });
}
