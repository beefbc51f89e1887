/** The cluster's metrics.k8s.io as its API server passes it on: what launcher pods take at this moment, as `kubectl top pods` asks. */
import { type Json, type JsonObject, type KubeObject, textAt } from '../json.js';
import { virtualMachineInstance } from '../kinds/kubevirt.js';
import { guestMemory, virtualCpus } from '../kinds/launcher.js';
import { characterOf, loadAt } from '../load.js';
import { namespaceOf, type Store } from '../store/store.js';
import type { Access } from './access.js';
import type { ApiAnswer, ApiRequest } from './request.js';
import { labelSelector } from './selectors.js';

const ROOT = '/apis/metrics.k8s.io';
const PODS = /^\/apis\/metrics\.k8s\.io\/v1beta1\/(?:namespaces\/([^/]+)\/)?pods$/;
/** The launcher beside its guest: emulator, page tables, its own processes. */
const OVERHEAD_KIB = 544 * 1_024;
const NANO = 1e9;
const WINDOW = '15s';

export const METRICS_GROUP: JsonObject = {
  name: 'metrics.k8s.io',
  versions: [{ groupVersion: 'metrics.k8s.io/v1beta1', version: 'v1beta1' }],
  preferredVersion: { groupVersion: 'metrics.k8s.io/v1beta1', version: 'v1beta1' },
};
const RESOURCES: JsonObject = {
  kind: 'APIResourceList',
  apiVersion: 'v1',
  groupVersion: 'metrics.k8s.io/v1beta1',
  resources: [{ name: 'pods', singularName: '', namespaced: true, kind: 'PodMetrics', verbs: ['get', 'list'] }],
};

/** undefined = the request is for something else. */
export function answerPodMetrics(
  store: Store,
  access: Access,
  request: ApiRequest,
  now: number,
): ApiAnswer | undefined {
  if (request.method !== 'GET' || !request.path.startsWith(ROOT)) return undefined;
  if (request.path === ROOT) return { status: 200, body: { ...METRICS_GROUP, kind: 'APIGroup', apiVersion: 'v1' } };
  if (request.path === `${ROOT}/v1beta1`) return { status: 200, body: RESOURCES };
  const match = PODS.exec(request.path);
  if (!match) return undefined;
  const namespace = match[1] ?? '';
  access.admitTo(request, {
    ...{ verb: 'list', group: 'metrics.k8s.io', resource: 'pods', subresource: '' },
    ...{ namespace, name: '' },
  });
  const selects = labelSelector(request.query.get('labelSelector') ?? '');
  const items = store
    .list(virtualMachineInstance, namespace === '' ? undefined : namespace)
    .filter((instance) => textAt(instance, 'status', 'phase') === 'Running')
    .map((instance): JsonObject => {
      const { name } = instance.metadata;
      const key = `${namespaceOf(instance)}/${name}`;
      const load = loadAt(key, characterOf(key), now);
      const guestKib = Number(guestMemory(instance) / 1_000n) / 1_024;
      return {
        metadata: {
          name: `virt-launcher-${name}`,
          namespace: namespaceOf(instance),
          creationTimestamp: new Date(now).toISOString(),
          labels: { 'kubevirt.io': 'virt-launcher', 'vm.kubevirt.io/name': name },
        },
        timestamp: new Date(now).toISOString(),
        window: WINDOW,
        containers: [
          {
            name: 'compute',
            usage: {
              cpu: `${Math.round(load.cpu * Number(virtualCpus(instance)) * NANO)}n`,
              memory: `${Math.round(guestKib * load.memory + OVERHEAD_KIB)}Ki`,
            },
          },
        ],
      };
    })
    .filter((pod) => selects(pod as KubeObject));
  const body: { [key: string]: Json } = {
    kind: 'PodMetricsList',
    apiVersion: 'metrics.k8s.io/v1beta1',
    metadata: {},
    items,
  };
  return { status: 200, body };
}
