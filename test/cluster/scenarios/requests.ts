/** The words in which scenarios are written. */
import type { Json } from '../json.ts';
import type { CallRequest } from '../scenario.ts';
import type { Call, Query } from '../transcript.ts';

type More = Omit<CallRequest, 'call'> & Pick<Call, 'query' | 'accept' | 'contentType' | 'credentials'>;

export const merge = 'application/merge-patch+json';
export const jsonPatch = 'application/json-patch+json';
export const applyPatch = 'application/apply-patch+yaml';
export const table = 'application/json;as=Table;v=v1;g=meta.k8s.io';

export const namespaces = '/api/v1/namespaces';
export const secrets = (namespace: string) => `${namespaces}/${namespace}/secrets`;
export const quotas = (namespace: string) => `${namespaces}/${namespace}/resourcequotas`;
export const machines = (namespace: string) => `/apis/kubevirt.io/v1/namespaces/${namespace}/virtualmachines`;
export const instances = (namespace: string) => `/apis/kubevirt.io/v1/namespaces/${namespace}/virtualmachineinstances`;
export const volumes = (namespace: string) => `/apis/cdi.kubevirt.io/v1beta1/namespaces/${namespace}/datavolumes`;

export const get = (path: string, more: More = {}) => call({ method: 'GET', path }, more);
export const create = (path: string, body: Json, more: More = {}) => call({ method: 'POST', path, body }, more);
export const put = (path: string, body: Json, more: More = {}) => call({ method: 'PUT', path, body }, more);
export const remove = (path: string, more: More & { body?: Json } = {}) => {
  const { body, ...rest } = more;
  return call({ method: 'DELETE', path, ...(body === undefined ? {} : { body }) }, rest);
};
export const patch = (contentType: string, path: string, body: Json, more: More = {}) =>
  call({ method: 'PATCH', path, body }, { contentType, ...more });

/** Server-side apply; `fieldManager` null leaves it out. */
export const apply = (path: string, body: Json, more: More & { manager?: string | null; force?: boolean } = {}) => {
  const { manager = 'console', force, query, ...rest } = more;
  const asked: Query = {
    ...(manager === null ? {} : { fieldManager: manager }),
    ...(force === undefined ? {} : { force: String(force) }),
    ...query,
  };
  return patch(applyPatch, path, body, { ...rest, query: asked });
};

export const createNamespace = (name: string): CallRequest => create(namespaces, namespaceObject(name));

export const deleteNamespace = (name: string): CallRequest => remove(`${namespaces}/${name}`);

/** The label by which the namespaces of one play are told from all others. */
export const runLabel = 'jiyun.test/run';

function namespaceObject(name: string): Json {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { [runLabel]: '<run>' } } };
}

function call(request: Call, more: More): CallRequest {
  const { query, accept, contentType, credentials, ...about } = more;
  return {
    ...about,
    call: {
      ...request,
      ...(query === undefined ? {} : { query }),
      ...(accept === undefined ? {} : { accept }),
      ...(contentType === undefined ? {} : { contentType }),
      ...(credentials === undefined ? {} : { credentials }),
    },
  };
}
