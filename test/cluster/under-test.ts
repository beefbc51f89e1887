/** The API server that the cluster suites run against: TEST_KUBECONFIG's, else a judge of our own. */
import { startJudge } from './judge.ts';
import { readKubeConfig } from './kubeconfig.ts';
import type { Target } from './transcript.ts';

export interface ServerUnderTest {
  readonly target: Target;
  readonly kubeconfigPath: string;
  stop(): Promise<void>;
}

export async function startServerUnderTest(): Promise<ServerUnderTest> {
  const given = process.env.TEST_KUBECONFIG;
  if (given) {
    return { target: await readKubeConfig(given), kubeconfigPath: given, stop: async () => undefined };
  }
  const judge = await startJudge();
  return { target: judge, kubeconfigPath: judge.kubeconfigPath, stop: () => judge.stop() };
}
