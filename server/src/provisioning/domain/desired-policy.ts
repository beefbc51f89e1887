/** Decides which NetworkPolicy a cluster shall hold for a network policy, and whether the one that it holds is that. */
import { type ClusterObject, listAt, type Manifest, textAt } from './cluster-object.js';
import { namespaceOf } from './desired-manifests.js';
import { leaving } from './drift.js';
import { pathText, stepsOf } from './field-path.js';
import { labelValue, MANAGED_BY, MARK, policyOwnerOf } from './marks.js';

export interface DesiredPolicy {
  readonly policyId: string;
  readonly code: string;
  readonly departmentCode: string;
  readonly systemCode: string;
  readonly direction: 'INGRESS' | 'EGRESS';
  readonly protocol: 'TCP' | 'UDP';
  readonly peerCidr: string | null;
  readonly peerSystemCode: string | null;
  readonly ports: readonly { readonly from: number; readonly to: number }[];
}

export function policyName(code: string): string {
  return `jiyun-${code.toLowerCase()}`;
}

/** Always the whole of it: lists of a NetworkPolicy are atomic under server-side apply. */
export function policyManifest(desired: DesiredPolicy): Manifest {
  const peer =
    desired.peerCidr !== null
      ? { ipBlock: { cidr: desired.peerCidr } }
      : { podSelector: { matchLabels: { [MARK.system]: selectorOf(desired.peerSystemCode ?? '') } } };
  const ports = desired.ports.map(({ from, to }) => ({
    protocol: desired.protocol,
    port: from,
    ...(to === from ? {} : { endPort: to }),
  }));
  const ingress = desired.direction === 'INGRESS';
  const department = labelValue(desired.departmentCode);
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: {
      name: policyName(desired.code),
      namespace: namespaceOf(desired.departmentCode),
      labels: {
        [MARK.managedBy]: MANAGED_BY,
        [MARK.networkPolicy]: desired.policyId,
        ...(department === undefined ? {} : { [MARK.department]: department }),
      },
      annotations: { [MARK.code]: desired.code, [MARK.system]: desired.systemCode },
    },
    spec: {
      podSelector: { matchLabels: { [MARK.system]: selectorOf(desired.systemCode) } },
      policyTypes: [ingress ? 'Ingress' : 'Egress'],
      ...(ingress ? { ingress: [{ from: [peer], ports }] } : { egress: [{ to: [peer], ports }] }),
    },
  };
}

/** What machines of the system are labelled with. A code too long for a label selects nothing rather than everything. */
function selectorOf(systemCode: string): string {
  return labelValue(systemCode) ?? 'none';
}

export interface PolicyView {
  readonly uid: string;
  readonly resourceVersion: string;
  /** The network policy that it says it belongs to; undefined = none of the console's. */
  readonly owner: string | undefined;
  readonly spec: string;
}

export function policyView(object: ClusterObject): PolicyView {
  return {
    uid: textAt(object, 'metadata', 'uid') ?? '',
    resourceVersion: textAt(object, 'metadata', 'resourceVersion') ?? '',
    owner: policyOwnerOf(object),
    spec: ordered(object.spec),
  };
}

export function saysTheSame(view: PolicyView, manifest: Manifest): boolean {
  return view.spec === ordered(manifest.spec);
}

/** Whether it lets nothing through: that it selects machines and lists no way is the same as the wall itself. */
export function opensNothing({ spec }: Pick<PolicyView, 'spec'>): boolean {
  const said: unknown = JSON.parse(spec);
  return listAt(said, 'ingress').length === 0 && listAt(said, 'egress').length === 0;
}

/**
 * The policy without what a person lets be. Each field of its spec is one thing to the API server (lists and selectors are
 * atomic): of half a selector it would make one that selects more than anybody wanted. A field of which another part is to be
 * put back is therefore put back whole: the boundary goes first.
 */
export function leavingWhole(manifest: Manifest, left: readonly string[], putBack: readonly string[]): Manifest {
  const kept = new Set(putBack.map(wholeOf));
  return leaving(
    manifest,
    left.map(wholeOf).filter((path) => !kept.has(path)),
  );
}

function wholeOf(path: string): string {
  const steps = stepsOf(path);
  return steps[0] === 'spec' ? pathText(steps.slice(0, 2)) : path;
}

/** One text for one value, whatever the order of its fields. */
function ordered(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
