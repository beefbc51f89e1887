import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DesiredMachine } from '../../server/src/provisioning/domain/desired-machine.js';
import {
  diskManifest,
  machineManifest,
  namespaceManifest,
  namespaceOf,
} from '../../server/src/provisioning/domain/desired-manifests.js';
import { MANAGED_BY, MARK } from '../../server/src/provisioning/domain/marks.js';
import type { KubeObject } from '../../server/src/simulation/simulated-cluster.js';

/** What a simulated cluster has from its first moment. */
export interface ClusterSeed {
  readonly name: string;
  readonly objects: readonly KubeObject[];
}

export interface RunningClusters {
  readonly kubeconfigPath: string;
  stop(): Promise<void>;
}

/** In one process of their own. */
export async function startClusters(seeds: readonly ClusterSeed[]): Promise<RunningClusters> {
  const directory = await mkdtemp(join(tmpdir(), 'jiyun-bench-seeds-'));
  const file = join(directory, 'seeds.json');
  await writeFile(file, JSON.stringify(seeds));
  const child = fork(join(import.meta.dirname, 'cluster-process.ts'), [file], { execArgv: process.execArgv });
  const died = once(child, 'exit').then(() => Promise.reject(new Error('the clusters did not start')));
  const [kubeconfigPath] = (await Promise.race([once(child, 'message'), died])) as [string];
  died.catch(() => undefined);
  await rm(directory, { recursive: true });
  return {
    kubeconfigPath,
    stop: async () => {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}

/** Machines that run, with their disks and instances, as the console makes them and operators leave them; the namespaces first. */
export function objectsOf(machines: readonly DesiredMachine[]): KubeObject[] {
  const departments = new Set(machines.map(({ departmentCode }) => departmentCode));
  return [
    ...[...departments].map((code) => namespaceManifest(code) as unknown as KubeObject),
    ...machines.flatMap((machine, index) => [
      machineManifest(machine) as unknown as KubeObject,
      diskManifest(machine) as unknown as KubeObject,
      ...(machine.off || machine.standby
        ? []
        : [instanceOf(machine, `10.${200 + (index >> 16)}.${(index >> 8) & 0xff}.${index & 0xff}`)]),
    ]),
  ];
}

function instanceOf(machine: DesiredMachine, address: string): KubeObject {
  const { objectName, resourceId } = machine;
  const { spec } = machineManifest(machine) as unknown as { spec: { template: { spec: Record<string, unknown> } } };
  const at = '2026-01-05T01:02:03Z';
  const condition = (type: string) => ({ type, status: 'True', lastTransitionTime: at });
  return {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachineInstance',
    metadata: {
      name: objectName,
      namespace: namespaceOf(machine.departmentCode),
      labels: { 'app.kubernetes.io/managed-by': MANAGED_BY, [MARK.resource]: resourceId },
    },
    spec: spec.template.spec,
    status: {
      phase: 'Running',
      nodeName: 'node-1',
      interfaces: [{ name: 'default', ipAddress: address, ipAddresses: [address] }],
      conditions: ['Ready', 'LiveMigratable', 'AgentConnected'].map(condition),
      phaseTransitionTimestamps: ['Pending', 'Scheduling', 'Scheduled', 'Running'].map((phase) => ({
        phase,
        phaseTransitionTimestamp: at,
      })),
    },
  } as unknown as KubeObject;
}
