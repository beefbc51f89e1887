/** RBAC: which rules a user has through the bindings that are there, and whether one of them allows what is asked. */
import { type JsonObject, type KubeObject, listAt, objectsAt, textAt } from '../json.js';
import { clusterRole, clusterRoleBinding, namespacedRole, roleBinding } from '../kinds/rights.js';
import type { Store } from '../store/store.js';

export interface User {
  readonly name: string;
  readonly groups: readonly string[];
  readonly uid?: string;
}

export interface ResourceAsked {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource: string;
  /** '' for a kind without namespaces, and for all namespaces. */
  readonly namespace: string;
  readonly name: string;
}

export interface PathAsked {
  readonly verb: string;
  readonly path: string;
}

export type Asked = ResourceAsked | PathAsked;

export interface Decision {
  readonly allowed: boolean;
  /** As a SubjectAccessReview gives it. */
  readonly reason: string;
}

interface Granted {
  readonly rules: readonly JsonObject[];
  readonly reason: string;
}

/** Members may do everything, whatever the bindings say. */
export const MASTERS = 'system:masters';

export class Rights {
  constructor(private readonly store: Store) {}

  decide(user: User, asked: Asked): Decision {
    if (user.groups.includes(MASTERS)) return { allowed: true, reason: '' };
    const missing: string[] = [];
    for (const granted of this.#granted(user, 'path' in asked ? '' : asked.namespace, missing)) {
      if (granted.rules.some((rule) => allows(rule, asked))) return { allowed: true, reason: granted.reason };
    }
    return { allowed: false, reason: missing.length === 0 ? '' : `RBAC: ${sumOf(missing)}` };
  }

  /** Every rule of a user in a namespace, those of the whole cluster first. */
  rulesOf(user: User, namespace: string): readonly JsonObject[] {
    const everything: JsonObject[] = [
      { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
      { verbs: ['*'], nonResourceURLs: ['*'] },
    ];
    const found = user.groups.includes(MASTERS) ? everything : [];
    return [...found, ...[...this.#granted(user, namespace, [])].flatMap(({ rules }) => rules)];
  }

  *#granted(user: User, namespace: string, missing: string[]): IterableIterator<Granted> {
    for (const binding of this.store.each(clusterRoleBinding)) yield* this.#through(binding, user, '', missing);
    if (namespace === '') return;
    for (const binding of this.store.each(roleBinding, namespace))
      yield* this.#through(binding, user, namespace, missing);
  }

  *#through(binding: KubeObject, user: User, namespace: string, missing: string[]): IterableIterator<Granted> {
    const subject = objectsAt(binding, 'subjects').find((each) => isMeant(each, user, namespace));
    if (subject === undefined) return;
    const kind = textAt(binding, 'roleRef', 'kind') ?? '';
    const name = textAt(binding, 'roleRef', 'name') ?? '';
    const role =
      kind === 'Role' ? this.store.get(namespacedRole, namespace, name) : this.store.get(clusterRole, '', name);
    if (role === undefined) {
      missing.push(`${kind.toLowerCase()}.rbac.authorization.k8s.io "${name}" not found`);
      return;
    }
    const within = namespace === '' ? binding.metadata.name : `${binding.metadata.name}/${namespace}`;
    const to = `${String(subject.kind)} "${subject.kind === 'ServiceAccount' ? `${String(subject.name)}/${String(subject.namespace ?? namespace)}` : String(subject.name)}"`;
    yield {
      rules: objectsAt(role, 'rules'),
      reason: `RBAC: allowed by ${binding.kind} "${within}" of ${kind} "${name}" to ${to}`,
    };
  }
}

/** As Go's errors.NewAggregate joins them. */
function sumOf(texts: readonly string[]): string {
  const different = [...new Set(texts)];
  return different.length === 1 ? String(different[0]) : `[${different.join(', ')}]`;
}

function isMeant(subject: JsonObject, user: User, namespace: string): boolean {
  const name = String(subject.name);
  if (subject.kind === 'User') return name === user.name;
  if (subject.kind === 'Group') return user.groups.includes(name);
  return user.name === `system:serviceaccount:${String(subject.namespace ?? namespace)}:${name}`;
}

function allows(rule: JsonObject, asked: Asked): boolean {
  if (!covers(rule, 'verbs', asked.verb)) return false;
  if ('path' in asked) return listAt(rule, 'nonResourceURLs').some((each) => fits(String(each), asked.path));
  const names = listAt(rule, 'resourceNames');
  return (
    covers(rule, 'apiGroups', asked.group) &&
    hasResource(rule, asked) &&
    (names.length === 0 || names.includes(asked.name))
  );
}

function covers(rule: JsonObject, key: string, value: string): boolean {
  const all = listAt(rule, key);
  return all.includes('*') || all.includes(value);
}

function hasResource(rule: JsonObject, { resource, subresource }: ResourceAsked): boolean {
  const all = listAt(rule, 'resources');
  const whole = subresource === '' ? resource : `${resource}/${subresource}`;
  return all.includes('*') || all.includes(whole) || (subresource !== '' && all.includes(`*/${subresource}`));
}

function fits(rule: string, path: string): boolean {
  return rule === '*' || rule === path || (rule.endsWith('*') && path.startsWith(rule.slice(0, -1)));
}
