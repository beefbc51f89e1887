/** Reads and writes the part of a kubeconfig that names one server and one user. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import type { Target } from './transcript.ts';

interface KubeConfig {
  readonly 'current-context': string;
  readonly contexts: readonly { name: string; context: { cluster: string; user: string } }[];
  readonly clusters: readonly { name: string; cluster: Readonly<Record<string, string>> }[];
  readonly users: readonly { name: string; user: Readonly<Record<string, string>> }[];
}

export async function writeKubeConfig(file: string, target: Target): Promise<void> {
  const name = 'judge';
  const content: KubeConfig & { apiVersion: string; kind: string } = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    contexts: [{ name, context: { cluster: name, user: name } }],
    clusters: [
      {
        name,
        cluster: {
          server: target.url,
          'certificate-authority-data': Buffer.from(target.caPem).toString('base64'),
        },
      },
    ],
    users: [{ name, user: { token: target.token } }],
  };
  await writeFile(file, stringify(content), { mode: 0o600 });
}

/** The current context or the one of that name, with a token or a client certificate. */
export async function readKubeConfig(file: string, contextName?: string): Promise<Target> {
  const config = parse(await readFile(file, 'utf8')) as KubeConfig;
  const context = named(config.contexts, contextName ?? config['current-context'], 'context').context;
  const cluster = named(config.clusters, context.cluster, 'cluster').cluster;
  const user = named(config.users, context.user, 'user').user;
  const pem = async (from: Readonly<Record<string, string>>, key: string): Promise<string> => {
    const data = from[`${key}-data`];
    if (data !== undefined) return Buffer.from(data, 'base64').toString();
    const place = from[key];
    return place === undefined ? '' : await readFile(path.resolve(path.dirname(file), place), 'utf8');
  };
  const clientCertificatePem = await pem(user, 'client-certificate');
  if (cluster.server === undefined) throw new Error(`${file}: the cluster has no server`);
  if (user.token === undefined && clientCertificatePem === '') {
    throw new Error(`${file}: the user has neither a token nor a client certificate`);
  }
  return {
    url: cluster.server,
    token: user.token ?? '',
    caPem: await pem(cluster, 'certificate-authority'),
    ...(clientCertificatePem === '' ? {} : { clientCertificatePem, clientKeyPem: await pem(user, 'client-key') }),
  };
}

function named<T extends { name: string }>(all: readonly T[], name: string, kind: string): T {
  const found = all.find((each) => each.name === name);
  if (found === undefined) throw new Error(`the kubeconfig has no ${kind} "${name}"`);
  return found;
}
