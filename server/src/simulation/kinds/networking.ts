/** The one kind of networking.k8s.io that the console applies, as kube-apiserver 1.36 has it in Go. */
import { type KubeObject, objectAt, objectsAt } from '../json.js';
import { ageColumn, type FieldProblem, kindOf, nameColumn } from './kind.js';
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
  // pkg/apis/networking/validation: what a peer is, and that a range of ports does not end before it begins.
  validate: (next) => [...problemsOf(next, 'ingress', 'from'), ...problemsOf(next, 'egress', 'to')],
});

function problemsOf(next: KubeObject, rules: 'ingress' | 'egress', peers: 'from' | 'to'): FieldProblem[] {
  const found: FieldProblem[] = [];
  for (const [at, rule] of objectsAt(next, 'spec', rules).entries()) {
    for (const [index, each] of objectsAt(rule, 'ports').entries()) {
      const [first, last] = [Number(each.port), Number(each.endPort ?? each.port)];
      if (last < first)
        found.push({
          reason: 'FieldValueInvalid',
          field: `spec.${rules}[${at}].ports[${index}].endPort`,
          message: `Invalid value: ${last}: must be greater than or equal to \`port\``,
        });
    }
    for (const [index, each] of objectsAt(rule, peers).entries())
      if (Object.keys(each).length === 0)
        found.push({
          reason: 'FieldValueRequired',
          field: `spec.${rules}[${at}].${peers}[${index}]`,
          message: 'Required value: must specify a peer',
        });
  }
  return found;
}
