/**
 * Decides whether what somebody wrote into a boundary lets more through than the record wants. That is a matter of security: no
 * freeze keeps it open, for whoever opens a way in at night would only have to wait for one.
 */

interface Edit {
  readonly path: string;
  readonly wanted: unknown;
  /** null = it is not there at all. */
  readonly found: unknown;
}

const POD_SECURITY_LABEL = 'pod-security.kubernetes.io/enforce';
/** From what lets everything be to what lets the least. */
const POD_SECURITY_LEVELS = ['privileged', 'baseline', 'restricted'];

/**
 * What cannot be shown to let less through counts as an opening: to close a way that the record does not want does no harm.
 * A quota or a limit that was raised lets nobody in: it is none.
 */
export function opensBoundary(objectKind: string, { found, path, wanted }: Edit): boolean {
  if (objectKind === 'NetworkPolicy') {
    if (path === 'spec.ingress') return !isNarrower(found, wanted, 'from');
    if (path === 'spec.egress') return !isNarrower(found, wanted, 'to');
    // Of another selector, or of another direction, it is another way.
    return path === 'spec' || path.startsWith('spec.');
  }
  if (objectKind === 'Namespace' && path.includes(POD_SECURITY_LABEL))
    return POD_SECURITY_LEVELS.indexOf(String(found)) < POD_SECURITY_LEVELS.indexOf(String(wanted));
  return false;
}

type Rule = Readonly<Record<string, unknown>>;

/** Each of its rules lets through no more than one of those that are wanted. No rule at all lets nothing through. */
function isNarrower(found: unknown, wanted: unknown, peers: 'from' | 'to'): boolean {
  const rules = listOf(found);
  const allowed = listOf(wanted);
  if (rules === null || allowed === null) return false;
  return rules.every((rule) => allowed.some((one) => isWithin(rule, one, peers)));
}

/** null = it is no list of rules; none = nothing is there. */
function listOf(value: unknown): Rule[] | null {
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value) || !value.every(isMap)) return null;
  return value;
}

/** An empty list of peers, or of ports, is everybody, and every port. */
function isWithin(rule: Rule, allowed: Rule, peers: 'from' | 'to'): boolean {
  const all = (of: Rule, key: string) => !Array.isArray(of[key]) || (of[key] as unknown[]).length === 0;
  const fits = (key: string, inside: (one: unknown, other: unknown) => boolean) => {
    if (all(allowed, key)) return true;
    if (all(rule, key)) return false;
    return (rule[key] as unknown[]).every((one) => (allowed[key] as unknown[]).some((other) => inside(one, other)));
  };
  const known = new Set([peers, 'ports']);
  // A field that nobody knows may mean anything.
  if (Object.keys(rule).some((key) => !known.has(key))) return false;
  return fits(peers, isSame) && fits('ports', isPortWithin);
}

function isPortWithin(one: unknown, other: unknown): boolean {
  if (!isMap(one) || !isMap(other)) return false;
  const protocolOf = ({ protocol }: Rule) => protocol ?? 'TCP';
  if (protocolOf(one) !== protocolOf(other)) return false;
  if (other.port === undefined) return true;
  if (typeof one.port !== 'number' || typeof other.port !== 'number') return isSame(one, other);
  const endOf = ({ endPort, port }: Rule) => (typeof endPort === 'number' ? endPort : (port as number));
  return one.port >= other.port && endOf(one) <= endOf(other);
}

function isSame(one: unknown, other: unknown): boolean {
  return textOf(one) === textOf(other);
}

/** One text for one value, whatever the order of its fields. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(textOf).join(',')}]`;
  if (!isMap(value)) return JSON.stringify(value) ?? 'undefined';
  const fields = Object.entries(value).filter(([, inner]) => inner !== undefined);
  const sorted = fields.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${sorted.map(([key, inner]) => `${JSON.stringify(key)}:${textOf(inner)}`).join(',')}}`;
}

const isMap = (value: unknown): value is Rule => typeof value === 'object' && value !== null && !Array.isArray(value);
