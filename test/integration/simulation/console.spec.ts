import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import { writeKubeconfig } from '../../../server/src/simulation/simulated-cluster.js';
import { ACCOUNT, giveConsoleAccount, RIGHTS } from '../../cluster/console-account.ts';
import { describeGateway, type ServedCluster } from '../../support/gateway-suite.ts';
import { describeProvisioningFaults } from '../../support/provisioning-faults-suite.ts';
import { describeProvisioning } from '../../support/provisioning-suite.ts';
import { startCluster } from './support.js';

/** Room for every machine of the suites, in every zone that they ask for. */
const nodes = ['GOVERNMENT_EXTRANET', 'PUBLIC_SERVICE'].flatMap((zone) =>
  (['amd64', 'arm64'] as const).map((architecture) => ({
    name: `${architecture}-${zone.toLowerCase().replace('_', '-')}`,
    architecture,
    zone,
    cpu: 512,
    memoryMib: 4_194_304,
  })),
);

/** "group/resource verb", of everything that the console's account asked for in this file. */
const asked = new Set<string>();

/** Under the rights that a center is asked to give, and none besides. */
async function serve(): Promise<ServedCluster> {
  const directory = mkdtempSync(join(tmpdir(), 'jiyun-cluster-'));
  const cluster = await startCluster({
    name: 'center-a',
    directory: join(directory, 'a'),
    nodes,
    witness: (user, right) => {
      if (user.name === ACCOUNT && 'resource' in right) asked.add(`${right.group}/${right.resource} ${right.verb}`);
    },
  });
  const administrator = join(directory, 'kubeconfig');
  await writeKubeconfig([cluster], administrator);
  const account = await giveConsoleAccount({ target: cluster, kubeconfigPath: administrator });
  return {
    kubeconfigPath: account.kubeconfigPath,
    onlookerKubeconfigPath: administrator,
    stop: async () => {
      await account.remove();
      await cluster.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

// The very suites that a real API server passes, under the very account: the console cannot tell.
describeGateway('a simulated cluster', serve);
describeProvisioning('a simulated cluster', serve);
describeProvisioningFaults('a simulated cluster', serve);

/** Asked for by what these suites do not reach: the other features' own specs do. */
const elsewhere = new Set([
  // workorders/network-policies.spec.ts: a policy is healed and, at its system's end, removed.
  'networking.k8s.io/networkpolicies get',
  'networking.k8s.io/networkpolicies list',
  'networking.k8s.io/networkpolicies watch',
  'networking.k8s.io/networkpolicies create',
  'networking.k8s.io/networkpolicies patch',
  'networking.k8s.io/networkpolicies delete',
]);

describe('k8s/console-rbac.yaml', () => {
  interface Role {
    readonly kind: string;
    readonly rules: readonly { apiGroups: string[]; resources: string[]; verbs: string[] }[];
  }

  it('gives nothing that the console never asks for', () => {
    const documents = parseAllDocuments(readFileSync(RIGHTS, 'utf8')).map((each) => each.toJS() as Role);
    const given = documents
      .filter(({ kind }) => kind === 'ClusterRole')
      .flatMap(({ rules }) => rules)
      .flatMap(({ apiGroups, resources, verbs }) =>
        apiGroups.flatMap((group) =>
          resources.flatMap((resource) => verbs.map((verb) => `${group}/${resource} ${verb}`)),
        ),
      );
    expect(given.length).toBeGreaterThan(20);
    expect(given.filter((right) => !asked.has(right) && !elsewhere.has(right))).toEqual([]);
  });
});
