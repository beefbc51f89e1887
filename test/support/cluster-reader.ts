import { readFile } from 'node:fs/promises';
import { Agent, request } from 'undici';

interface Kubeconfig {
  clusters: { name: string; cluster: { server: string; 'certificate-authority-data': string } }[];
  users: { name: string; user: { token: string } }[];
  contexts: { name: string; context: { cluster: string; user: string } }[];
}

export interface MachineObject {
  readonly namespace: string;
  readonly name: string;
}

/** Reads a cluster as an outsider would: by the kubeconfig, past the console and its client. */
export async function clusterReader(kubeconfigPath: string, contextName: string) {
  const config = JSON.parse(await readFile(kubeconfigPath, 'utf8')) as Kubeconfig;
  const context = config.contexts.find((c) => c.name === contextName)?.context;
  const cluster = config.clusters.find((c) => c.name === context?.cluster)?.cluster;
  const user = config.users.find((u) => u.name === context?.user)?.user;
  if (!cluster || !user) throw new Error(`${contextName} is not in ${kubeconfigPath}`);
  const ca = Buffer.from(cluster['certificate-authority-data'], 'base64').toString();
  const dispatcher = new Agent({ connect: { ca } });
  return {
    /** Virtual machines whose labels or annotations name the request. */
    machinesOf: async (requestCode: string): Promise<MachineObject[]> => {
      const { statusCode, body } = await request(`${cluster.server}/apis/kubevirt.io/v1/virtualmachines`, {
        dispatcher,
        headers: { authorization: `Bearer ${user.token}` },
      });
      const list = (await body.json()) as { items: { metadata: MachineObject & Record<string, unknown> }[] };
      if (statusCode !== 200) throw new Error(JSON.stringify(list));
      return list.items
        .filter((item) =>
          JSON.stringify([item.metadata.labels, item.metadata.annotations]).toUpperCase().includes(requestCode),
        )
        .map(({ metadata }) => ({ namespace: metadata.namespace, name: metadata.name }));
    },
  };
}
