/** What clients ask before anything else: version, groups, kinds, and where OpenAPI says more of these. */
import type { JsonObject } from '../json.js';
import { type GroupVersion, groupVersions } from '../kinds/catalogue.js';
import { openapi } from './openapi.js';
import { METRICS_GROUP } from './pod-metrics-path.js';

const VERSION: JsonObject = {
  major: '1',
  minor: '36',
  gitVersion: 'v1.36.4+simulated',
  gitCommit: '',
  gitTreeState: 'clean',
  buildDate: '1970-01-01T00:00:00Z',
  goVersion: '',
  compiler: '',
  platform: 'linux/amd64',
};

/** Built-in groups first; those of definitions follow by name, and their kinds too, as a real server lists them. */
const inOrder = groupVersions.toSorted(
  (a, b) => Number(isDefined(a)) - Number(isDefined(b)) || (isDefined(a) ? compare(a.group, b.group) : 0),
);
const groups = [...inOrder.filter((each) => each.group !== '').map(groupOf), METRICS_GROUP];

function isDefined({ kinds }: GroupVersion): boolean {
  return kinds.every(({ custom }) => custom);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The answer to a path that is about no resource; undefined: there is no such path. */
export function discovery(path: string): JsonObject | string | undefined {
  if (['/healthz', '/livez', '/readyz'].includes(path)) return 'ok';
  if (path === '/version') return VERSION;
  if (path === '/api') return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] };
  if (path === '/apis') return { kind: 'APIGroupList', apiVersion: 'v1', groups };
  if (path === '/openapi/v3') return openapiIndex();
  for (const each of groupVersions) {
    const root = rootOf(each);
    if (path === `/${root}`) return resourceList(each);
    if (path === `/openapi/v3/${root}`) return openapi(each, rootOf(each));
    if (each.group !== '' && path === `/apis/${each.group}`)
      return { ...groupOf(each), kind: 'APIGroup', apiVersion: 'v1' };
  }
  return undefined;
}

function rootOf({ apiVersion, group }: GroupVersion): string {
  return group === '' ? `api/${apiVersion}` : `apis/${apiVersion}`;
}

function groupOf({ apiVersion, group, version }: GroupVersion): JsonObject {
  const served = { groupVersion: apiVersion, version };
  return { name: group, versions: [served], preferredVersion: served };
}

function resourceList({ apiVersion, kinds }: GroupVersion): JsonObject {
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: apiVersion,
    resources: kinds
      .toSorted((a, b) => (a.custom && b.custom ? compare(a.plural, b.plural) : 0))
      .flatMap((kind): JsonObject[] => [
        {
          name: kind.plural,
          singularName: kind.singular,
          namespaced: kind.namespaced,
          kind: kind.kind,
          verbs: kind.custom
            ? ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch']
            : [...kind.verbs],
          ...(kind.shortNames.length === 0 ? {} : { shortNames: [...kind.shortNames] }),
          ...(kind.categories.length === 0 ? {} : { categories: [...kind.categories] }),
        },
        ...(kind.statusSubresource
          ? [
              {
                name: `${kind.plural}/status`,
                singularName: '',
                namespaced: kind.namespaced,
                kind: kind.kind,
                verbs: ['get', 'patch', 'update'],
              },
            ]
          : []),
      ]),
  };
}

function openapiIndex(): JsonObject {
  const paths: JsonObject = {};
  for (const each of groupVersions) {
    const root = rootOf(each);
    // Clients keep the document under its hash: a version that serves other kinds must not be taken for this one.
    const hash = each.kinds.map((kind) => kind.plural).join('-');
    paths[root] = { serverRelativeURL: `/openapi/v3/${root}?hash=${hash}` };
  }
  return { paths };
}
