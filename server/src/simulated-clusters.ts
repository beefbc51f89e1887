import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { makeUpHosts, makeUpMachines } from './demonstration/made-up-hosts.js';
import { makeUpPreferences } from './demonstration/made-up-preferences.js';
import { makeUpProvince } from './demonstration/province.js';
import type { Center } from './facilities/domain/facility.js';
import type { Configuration } from './platform/config/configuration.js';
import { HOSTS_AT_ONCE, LIVE_CENTERS } from './simulated-live.js';
import {
  type KubeObject,
  type SimulatedCluster,
  startSimulatedCluster,
  wallClock,
  writeKubeconfig,
} from './simulation/simulated-cluster.js';

export interface SimulatedClusters {
  readonly clusters: readonly SimulatedCluster[];
  close(): Promise<void>;
}

/** One cluster a center with the nodes of the made-up province that is there; objects, certificates and ports survive a restart. */
export async function startSimulatedClusters(
  configuration: Configuration,
  kubeconfigPath: string,
  there: { readonly seed: number; readonly machines: number } = {
    seed: configuration.demoSeed,
    machines: configuration.demoHistory.machines,
  },
): Promise<SimulatedClusters> {
  const { facilities, servers } = makeUpProvince(there.seed, there.machines);
  const centers = new Map(facilities.centers.map((center) => [center.code, center]));
  const metal = (center: Center | undefined) =>
    center && {
      objects: [...makeUpPreferences(), ...makeUpHosts(servers, center)] as KubeObject[],
      machines: makeUpMachines(servers, center),
    };
  const clusters = await Promise.all(
    facilities.nodes.map(({ centerCode, nodes }, index) =>
      startSimulatedCluster({
        name: centerCode,
        directory: join(configuration.dataDirectory, 'clusters', centerCode),
        clock: wallClock,
        seed: there.seed + index,
        stageSpeed: configuration.simulationSpeed,
        updatesLive: LIVE_CENTERS.includes(centerCode),
        hostsAtOnce: HOSTS_AT_ONCE[centerCode],
        account: consoleRights(),
        ...metal(centers.get(centerCode)),
        nodes: nodes.map((node) => ({
          name: node.name,
          architecture: node.architecture === 'AMD64' ? ('amd64' as const) : ('arm64' as const),
          zone: node.zone,
          cpu: node.vcpu,
          memoryMib: node.memoryMib,
        })),
      }),
    ),
  );
  await writeKubeconfig(clusters, kubeconfigPath);
  return {
    clusters,
    close: async () => {
      await Promise.all(clusters.map((cluster) => cluster.stop()));
    },
  };
}

const RIGHTS = [join('k8s', 'console-rbac.yaml'), join('k8s', 'console-dr-rbac.yaml')] as const;

/** What a real center's administrator applies: with a right too few the demonstration is refused as the center would be. */
export function consoleRights(): readonly KubeObject[] {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const files = RIGHTS.map((each) => join(folder, each));
    if (files.every((file) => existsSync(file)))
      return files.flatMap((file) =>
        parseAllDocuments(readFileSync(file, 'utf8')).map((each) => each.toJS() as KubeObject),
      );
    if (folder === dirname(folder))
      throw new Error(`${RIGHTS.join(', ')} are in no folder above ${import.meta.dirname}`);
  }
}
