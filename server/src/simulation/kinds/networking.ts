/** NetworkPolicy as kube-apiserver 1.36 has it in Go, and the NetworkAttachmentDefinition of multus. */
import { isIP } from 'node:net';
import { type JsonObject, type KubeObject, listAt, objectAt, objectsAt, textAt } from '../json.js';
import { ageColumn, customKind, type FieldProblem, kindOf, nameColumn } from './kind.js';
import { integer, list, map, object, quantity, string } from './schema.js';

const selector = object({
  matchLabels: map(string),
  matchExpressions: list(object({ 'key!': string, 'operator!': string, values: list(string) })),
});
const peer = object({
  podSelector: selector,
  namespaceSelector: selector,
  ipBlock: object({ 'cidr!': string, except: list(string) }),
});
const port = object({ protocol: string, port: quantity, endPort: integer });

export const networkPolicy = kindOf({
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'NetworkPolicy',
  plural: 'networkpolicies',
  shortNames: ['netpol'],
  namespaced: true,
  generation: true,
  fields: {
    spec: object({
      podSelector: selector,
      policyTypes: list(string),
      ingress: list(object({ from: list(peer), ports: list(port) })),
      egress: list(object({ to: list(peer), ports: list(port) })),
    }),
  },
  columns: [
    nameColumn,
    {
      name: 'Pod-Selector',
      type: 'string',
      description: 'The pods that the policy selects',
      priority: 0,
      cell: (o) =>
        Object.entries(objectAt(o, 'spec', 'podSelector', 'matchLabels') ?? {})
          .map(([label, value]) => `${label}=${String(value)}`)
          .join(',') || '<none>',
    },
    ageColumn,
  ],
  zero: { spec: { podSelector: {} } },
  defaults: withTypes,
  // pkg/apis/networking/validation: what a peer is, and that a range of ports does not end before it begins.
  validate: (next) => [
    ...problemsOf(next, 'ingress', 'from'),
    ...problemsOf(next, 'egress', 'to'),
    ...typeProblems(next),
  ],
});

const TYPES = ['Ingress', 'Egress'];

function typeProblems(next: KubeObject): FieldProblem[] {
  return listAt(next, 'spec', 'policyTypes').flatMap((type, index) =>
    TYPES.includes(String(type))
      ? []
      : {
          reason: 'FieldValueNotSupported',
          field: `spec.policyTypes[${index}]`,
          message: `Unsupported value: "${String(type)}": supported values: "Ingress", "Egress"`,
        },
  );
}

function isNetwork(text: string): boolean {
  const [address = '', prefix = ''] = text.split('/');
  const bits = { 4: 32, 6: 128 }[isIP(address)];
  return bits !== undefined && /^\d{1,3}$/.test(prefix) && Number(prefix) <= bits;
}

/** SetDefaults_NetworkPolicy: traffic is TCP, and a policy is about what comes in, and about what goes out if it says so. */
function withTypes(policy: KubeObject): KubeObject {
  const withProtocol = (rule: JsonObject): JsonObject =>
    rule.ports === undefined
      ? rule
      : { ...rule, ports: objectsAt(rule, 'ports').map((each) => ({ protocol: 'TCP', ...each })) };
  const spec = { ...objectAt(policy, 'spec') };
  for (const rules of ['ingress', 'egress']) {
    if (spec[rules] !== undefined) spec[rules] = objectsAt(spec, rules).map(withProtocol);
  }
  spec.policyTypes ??= spec.egress === undefined ? ['Ingress'] : TYPES;
  return { ...policy, spec };
}

function problemsOf(next: KubeObject, rules: 'ingress' | 'egress', peers: 'from' | 'to'): FieldProblem[] {
  const found: FieldProblem[] = [];
  for (const [at, rule] of objectsAt(next, 'spec', rules).entries()) {
    for (const [index, each] of objectsAt(rule, 'ports').entries()) {
      const [first, last] = [Number(each.port), Number(each.endPort ?? each.port)];
      if (last < first)
        found.push({
          reason: 'FieldValueInvalid',
          field: `spec.${rules}[${at}].ports[${index}].endPort`,
          message: `Invalid value: ${first}: must be greater than or equal to \`port\``,
        });
    }
    for (const [index, each] of objectsAt(rule, peers).entries()) {
      const cidr = textAt(each, 'ipBlock', 'cidr');
      if (cidr !== undefined && !isNetwork(cidr))
        found.push({
          reason: 'FieldValueInvalid',
          field: `spec.${rules}[${at}].${peers}[${index}].ipBlock.cidr`,
          message: `Invalid value: "${cidr}": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)`,
        });
      if (Object.keys(each).length === 0)
        found.push({
          reason: 'FieldValueRequired',
          field: `spec.${rules}[${at}].${peers}[${index}]`,
          message: 'Required value: must specify a peer',
        });
    }
  }
  return found;
}

export const networkAttachmentDefinition = customKind({
  group: 'k8s.cni.cncf.io',
  version: 'v1',
  kind: 'NetworkAttachmentDefinition',
  singular: 'network-attachment-definition',
  plural: 'network-attachment-definitions',
  shortNames: ['net-attach-def'],
  namespaced: true,
  fields: { spec: object({ config: string }) },
});
