/** The cluster of one center as a process of its own: what it has is on its disk, and there again after its power was off. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { type KubeObject, startSimulatedCluster, wallClock } from '../../server/src/simulation/simulated-cluster.js';

/** Stages take a twentieth of their time: seconds where a real cluster needs minutes. */
const STAGE_SPEED = 20;
const RIGHTS = ['console-rbac.yaml', 'console-dr-rbac.yaml'];
const ROOT = join(import.meta.dirname, '../..');

export interface ClusterWords {
  readonly port: number;
  readonly caPem: string;
  /** Of its administrator, and of the console. */
  readonly token: string;
  readonly accountToken: string;
}

const [name = '', directory = '', seed = '1'] = process.argv.slice(2);
const account = RIGHTS.flatMap((file) =>
  parseAllDocuments(readFileSync(join(ROOT, 'k8s', file), 'utf8')).map((each) => each.toJS() as KubeObject),
);
const { accountToken, caPem, port, token } = await startSimulatedCluster({
  ...{ name, directory, account, clock: wallClock, seed: Number(seed), stageSpeed: STAGE_SPEED },
  nodes: [{ name: `${name}-1`, architecture: 'arm64', zone: 'GOVERNMENT_EXTRANET', cpu: 512, memoryMib: 4_194_304 }],
});
process.send?.({ port, caPem, token, accountToken } satisfies ClusterWords);
