/** Kubernetes' own kinds of a namespace. */
import type { Row } from './row.ts';

export const coreRows: readonly Row[] = [
  {
    apiVersion: 'v1',
    kind: 'LimitRange',
    plural: 'limitranges',
    name: 'usual',
    rest: {
      spec: {
        limits: [
          { type: 'Container', max: { cpu: '8' }, default: { memory: '512Mi' }, min: { memory: '64Mi' } },
          { type: 'PersistentVolumeClaim', max: { storage: '2Ti' } },
        ],
      },
    },
    change: { spec: { limits: [{ type: 'Container', max: { cpu: '4' } }] } },
    other: { spec: { limits: [{ type: 'Container', max: { cpu: '2' } }] } },
    refused: [
      ['the least above the most', { spec: { limits: [{ type: 'Container', min: { cpu: '3' }, max: { cpu: '2' } }] } }],
      ['no type', { spec: { limits: [{ max: { cpu: '2' } }] } }],
      ['no quantity', { spec: { limits: [{ type: 'Container', max: { cpu: 'many' } }] } }, 'any'],
    ],
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    plural: 'networkpolicies',
    name: 'default-deny',
    rest: {
      spec: {
        podSelector: {},
        policyTypes: ['Ingress', 'Egress'],
        ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 443 }] }],
        egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }] }],
      },
    },
    change: { spec: { egress: [{}] } },
    other: { spec: { podSelector: {}, policyTypes: ['Ingress'] } },
    refused: [
      ['a peer that is none', { spec: { ingress: [{ from: [{}] }] } }],
      ['a range that ends before it begins', { spec: { ingress: [{ ports: [{ port: 80, endPort: 79 }] }] } }],
      ['no network', { spec: { egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/40' } }] }] } }],
      ['no such type', { spec: { policyTypes: ['Sideways'] } }],
    ],
  },
  {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    plural: 'persistentvolumeclaims',
    name: 'root-disk',
    rest: {
      spec: {
        accessModes: ['ReadWriteMany'],
        storageClassName: 'ssd',
        volumeMode: 'Block',
        resources: { requests: { storage: '40Gi' } },
      },
    },
    change: { metadata: { labels: { tier: 'db' } } },
    other: { metadata: { labels: { tier: 'web' } } },
    status: { phase: 'Pending' },
    refused: [['another class', { spec: { storageClassName: 'hdd' } }, 'any']],
  },
  {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    plural: 'serviceaccounts',
    name: 'console',
    rest: {},
    change: { automountServiceAccountToken: false },
    other: { automountServiceAccountToken: true },
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    plural: 'roles',
    name: 'reader',
    rest: { rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get', 'list'] }] },
    change: { rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }] },
    other: { rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['list'] }] },
    refused: [
      ['no verbs', { rules: [{ apiGroups: [''], resources: ['secrets'], verbs: [] }] }],
      ['no resources', { rules: [{ apiGroups: [''], verbs: ['get'] }] }],
    ],
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    plural: 'rolebindings',
    name: 'readers',
    rest: {
      roleRef: { kind: 'Role', name: 'reader' },
      subjects: [
        { kind: 'ServiceAccount', name: 'console', namespace: 'jiyun' },
        { kind: 'User', name: 'zhang' },
      ],
    },
    change: { subjects: [{ kind: 'User', name: 'li' }] },
    other: {
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'reader' },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'wang' }],
    },
    refused: [
      ['another role', { roleRef: { name: 'writer' } }],
      ['no such kind of role', { roleRef: { kind: 'Rule' } }],
    ],
  },
];
