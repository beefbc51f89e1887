/** Decides what keeps one department's namespace apart from the others': who may talk to it, and the least a thing in it asks for. */
import type { Manifest } from './cluster-object.js';
import type { DepartmentCommitment } from './desired-machine.js';
import { namespaceManifest, namespaceOf, quotaManifest } from './desired-manifests.js';
import { labelValue, MANAGED_BY, MARK } from './marks.js';

/**
 * A namespace that carries it (the operator labels the one of the ingress or egress gateway) may talk with every
 * department's machines: what comes from outside comes through it.
 */
const GATEWAY = { namespaceSelector: { matchLabels: { [MARK.gateway]: 'true' } } };
/** Kubernetes labels every namespace with its own name. */
const CLUSTER_DNS = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } };
const DNS_PORTS = [
  { protocol: 'UDP', port: 53 },
  { protocol: 'TCP', port: 53 },
];
/** All pods of the namespace itself. */
const OWN = { podSelector: {} };

/**
 * Nothing comes in and nothing goes out but within the department, to the cluster's names and through the gateway. Policies
 * add up, so that what a work order opens (desired-policy.ts) stays open beside it.
 */
export function isolationManifest(departmentCode: string): Manifest {
  return policy(departmentCode, 'jiyun-isolation', {
    podSelector: {},
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ from: [OWN, GATEWAY] }],
    egress: [{ to: [OWN, GATEWAY] }, { to: [CLUSTER_DNS], ports: DNS_PORTS }],
  });
}

/**
 * CDI's importers and cloners run in the department's namespace and fetch images from wherever they are: without this no
 * disk would ever be made. Nobody of a department may make pods, so that no machine can carry that label.
 */
export function importsManifest(departmentCode: string): Manifest {
  return policy(departmentCode, 'jiyun-imports', {
    podSelector: { matchExpressions: [{ key: 'cdi.kubevirt.io', operator: 'Exists' }] },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{}],
    egress: [{}],
  });
}

/**
 * No limits for containers, only requests: a limit would be set on a machine's launcher too, which asks for more than any
 * fixed one. A container that asks for nothing would be refused by the quota.
 */
export function limitRangeManifest(departmentCode: string): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: metadataOf(departmentCode, 'jiyun-limits'),
    spec: {
      limits: [
        { type: 'Container', defaultRequest: { cpu: '10m', memory: '64Mi' } },
        { type: 'PersistentVolumeClaim', min: { storage: '1Gi' } },
      ],
    },
  };
}

/** In the order of their making: the namespace first. No commitment = its last machine has gone, and the quota stays. */
export function departmentManifests(departmentCode: string, commitment: DepartmentCommitment | undefined): Manifest[] {
  return [
    namespaceManifest(departmentCode),
    ...policiesOf(departmentCode),
    limitRangeManifest(departmentCode),
    ...(commitment ? [quotaManifest(commitment)] : []),
  ];
}

export function policiesOf(departmentCode: string): readonly Manifest[] {
  return [isolationManifest(departmentCode), importsManifest(departmentCode)];
}

function policy(departmentCode: string, name: string, spec: object): Manifest {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: metadataOf(departmentCode, name),
    spec,
  };
}

function metadataOf(departmentCode: string, name: string): Manifest['metadata'] {
  const department = labelValue(departmentCode);
  return {
    name,
    namespace: namespaceOf(departmentCode),
    labels: {
      [MARK.managedBy]: MANAGED_BY,
      ...(department === undefined ? {} : { [MARK.department]: department }),
    },
    annotations: { [MARK.department]: departmentCode },
  };
}
