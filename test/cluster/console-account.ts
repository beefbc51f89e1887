/** The console's own account in a cluster: k8s/console-rbac.yaml, and a kubeconfig that acts as it. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse, parseAllDocuments, stringify } from 'yaml';
import { at, type Json } from './json.ts';
import type { Target } from './transcript.ts';
import { Wire } from './wire.ts';

const RIGHTS = path.resolve(import.meta.dirname, '../../k8s/console-rbac.yaml');
const ACCOUNT = 'system:serviceaccount:jiyun:jiyun-console';
const COLLECTIONS: Readonly<Record<string, string>> = {
  Namespace: '/api/v1/namespaces',
  ServiceAccount: '/api/v1/namespaces/jiyun/serviceaccounts',
  ClusterRole: '/apis/rbac.authorization.k8s.io/v1/clusterroles',
  ClusterRoleBinding: '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings',
};

export interface ConsoleAccount {
  readonly kubeconfigPath: string;
  remove(): Promise<void>;
}

/** Needs a kubeconfig whose user may give rights and act as another (the judge's, or a cluster administrator's). */
export async function giveConsoleAccount(server: { target: Target; kubeconfigPath: string }): Promise<ConsoleAccount> {
  const wire = new Wire(server.target);
  try {
    for (const document of parseAllDocuments(await readFile(RIGHTS, 'utf8')))
      await apply(wire, document.toJS() as Json);
  } finally {
    wire.close();
  }
  const directory = await mkdtemp(path.join(tmpdir(), 'jiyun-account-'));
  const kubeconfigPath = path.join(directory, 'kubeconfig');
  const config = parse(await readFile(server.kubeconfigPath, 'utf8'));
  for (const { user } of config.users) user.as = ACCOUNT;
  await writeFile(kubeconfigPath, stringify(config), { mode: 0o600 });
  return { kubeconfigPath, remove: () => rm(directory, { recursive: true, force: true }) };
}

async function apply(wire: Wire, object: Json): Promise<void> {
  const kind = String(at(object, 'kind'));
  const { status, body } = await wire.call({
    method: 'PATCH',
    path: `${COLLECTIONS[kind]}/${at(object, 'metadata', 'name')}`,
    query: { fieldManager: 'jiyun-test', force: 'true' },
    contentType: 'application/apply-patch+yaml',
    body: object,
  });
  if (status >= 300) throw new Error(`${kind} was answered ${status}: ${JSON.stringify(body)}`);
}
