import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type SimulatedCluster,
  startSimulatedCluster,
  wallClock,
  writeKubeconfig,
} from '../../server/src/simulation/simulated-cluster.js';
import { build } from './build.ts';
import { kubectl } from './commands/command.ts';
import { defined, explainScripts } from './commands/explain.ts';
import { kindScripts } from './commands/kinds.ts';
import { moreScripts } from './commands/more.ts';
import { play, type Shell } from './shell.ts';
import { type ServerUnderTest, startServerUnderTest } from './under-test.ts';
import { Wire } from './wire.ts';

/** Cold builds of the API server and of kubectl, and a start. */
const START_LIMIT_MS = 45 * 60_000;
const SCRIPT_LIMIT_MS = 5 * 60_000;

const run = Date.now().toString(36);
let directory: string;
let real: ServerUnderTest;
let simulated: SimulatedCluster;
let shells: { real: Shell; simulated: Shell };

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'jiyun-kubectl-'));
  const binary = await build('kubectl', (line) => console.error(line));
  real = await startServerUnderTest();
  // An API server alone, as the judge is: no controllers, operators or webhooks.
  const alone = { name: 'simulated', clock: wallClock, seed: 1, stageSpeed: 1, nodes: [], stages: 'off' } as const;
  simulated = await startSimulatedCluster(alone);
  await nameAsUpstream(real);
  const kubeconfigPath = path.join(directory, 'simulated.kubeconfig');
  await writeKubeconfig([simulated], kubeconfigPath);
  shells = {
    real: { binary, kubeconfigPath: real.kubeconfigPath, cacheDirectory: path.join(directory, 'real') },
    simulated: { binary, kubeconfigPath, cacheDirectory: path.join(directory, 'simulated') },
  };
}, START_LIMIT_MS);

afterAll(async () => {
  await simulated?.stop();
  await real?.stop();
  if (directory !== undefined) await rm(directory, { recursive: true, force: true });
});

/** The definitions come without the categories and some short names that the operators give their kinds. */
async function nameAsUpstream({ target }: ServerUnderTest): Promise<void> {
  const wire = new Wire(target);
  try {
    for (const { categories, group, plural, shortNames } of defined) {
      const answer = await wire.call({
        method: 'PATCH',
        path: `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${plural}.${group}`,
        contentType: 'application/merge-patch+json',
        body: { spec: { names: { categories: [...categories], shortNames: [...shortNames] } } },
      });
      if (answer.status !== 200) throw new Error(`${plural}.${group} was answered ${answer.status}`);
    }
  } finally {
    wire.close();
  }
}

describe('kubectl prints of the simulated cluster what it prints of a real one', () => {
  test.each(
    [...kindScripts, ...moreScripts, ...explainScripts].map(({ acts, name }, index) => ({
      acts,
      name,
      namespace: `kubectl-${run}-${index}`,
    })),
  )(
    '$name',
    async ({ acts, namespace }) => {
      const script = [kubectl(`create namespace ${namespace}`), ...acts(namespace)];
      try {
        const named = (which: 'real' | 'simulated') =>
          play(shells[which], script).catch((error: unknown) => {
            throw new Error(`the ${which} server`, { cause: error });
          });
        const [expected, got] = await Promise.all([named('real'), named('simulated')]);
        expect(got).toEqual(expected);
      } finally {
        await play(shells.real, [kubectl(`delete namespace ${namespace} --wait=false`)]);
      }
    },
    SCRIPT_LIMIT_MS,
  );
});
