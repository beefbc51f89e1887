/** One kubeconfig for all clusters: a context each for the console, and one for its administrator where they differ. JSON is YAML, so no writer of YAML is needed. */
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface ClusterAccess {
  readonly name: string;
  readonly url: string;
  readonly caPem: string;
  readonly token: string;
  /** Of the account that the console acts as; the administrator's token where there is none. */
  readonly accountToken?: string;
}

/** The context of a cluster's administrator. */
const administratorOf = (name: string): string => `${name}-admin`;

const PRIVATE = 0o600;

export async function writeKubeconfig(clusters: readonly ClusterAccess[], path: string): Promise<void> {
  const userOf = (cluster: ClusterAccess) => `${cluster.name}-console`;
  const apart = clusters.filter(({ accountToken, token }) => accountToken !== undefined && accountToken !== token);
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: clusters.map((cluster) => ({
      name: cluster.name,
      cluster: {
        server: cluster.url,
        'certificate-authority-data': Buffer.from(cluster.caPem).toString('base64'),
      },
    })),
    users: [
      ...clusters.map((cluster) => ({ name: userOf(cluster), user: { token: cluster.accountToken ?? cluster.token } })),
      ...apart.map(({ name, token }) => ({ name: administratorOf(name), user: { token } })),
    ],
    contexts: [
      ...clusters.map((cluster) => ({
        name: cluster.name,
        context: { cluster: cluster.name, user: userOf(cluster) },
      })),
      ...apart.map(({ name }) => ({
        name: administratorOf(name),
        context: { cluster: name, user: administratorOf(name) },
      })),
    ],
    'current-context': clusters[0]?.name ?? '',
  };
  await mkdir(dirname(path), { recursive: true });
  // Renamed into place: whoever reads it meanwhile reads the old one whole.
  const next = `${path}.next`;
  await writeFile(next, `${JSON.stringify(config, undefined, 2)}\n`, { mode: PRIVATE });
  await rename(next, path);
}
