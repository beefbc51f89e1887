/** ResourceQuota admission: what a new object takes must fit into what the quotas' status says is left. */
import { type JsonObject, type KubeObject, objectAt } from '../json.js';
import { resourceQuota } from '../kinds/core.js';
import type { Kind } from '../kinds/kind.js';
import { formatQuantity, parseQuantity } from '../quantity.js';
import { namespaceOf, type Store } from '../store/store.js';
import { forbidden, qualified } from './status.js';

type Amounts = Readonly<Record<string, bigint>>;

const ONE = 1000n;

/** What one object takes, by the names a quota uses, in thousandths. */
export function usageOf(kind: Kind, object: KubeObject): Amounts {
  return {
    [`count/${qualified(kind)}`]: ONE,
    ...(kind.quotaName === undefined ? {} : { [kind.quotaName]: ONE }),
    ...kind.quotaUsage?.(object),
  };
}

/** Refuses what is beyond, then counts what is taken into each quota's status, as a real server's admission does. */
export function admit(store: Store, kind: Kind, object: KubeObject, live?: KubeObject): void {
  if (!kind.namespaced || (live !== undefined && kind.quotaUsage === undefined)) return;
  const requested = live === undefined ? usageOf(kind, object) : more(usageOf(kind, object), usageOf(kind, live));
  const counted = store.list(resourceQuota, namespaceOf(object)).flatMap((quota) => {
    const after = charge(kind, object, quota, requested);
    return after === undefined ? [] : [after];
  });
  for (const quota of counted) store.put(resourceQuota, quota);
}

/** What a change takes on top: less is given back only when it is counted. */
function more(after: Amounts, before: Amounts): Amounts {
  const grown = Object.entries(after).map(([name, amount]) => [name, amount - (before[name] ?? 0n)] as const);
  return Object.fromEntries(grown.filter(([, amount]) => amount > 0n));
}

function charge(kind: Kind, object: KubeObject, quota: KubeObject, requested: Amounts): KubeObject | undefined {
  const hard = amounts(objectAt(quota, 'status', 'hard'));
  const used = amounts(objectAt(quota, 'status', 'used'));
  const limited = Object.keys(requested)
    .filter((name) => hard[name] !== undefined && used[name] !== undefined && (requested[name] ?? 0n) > 0n)
    .sort();
  if (limited.length === 0) return undefined;
  const sum = (name: string) => (used[name] ?? 0n) + (requested[name] ?? 0n);
  const beyond = limited.filter((name) => sum(name) > (hard[name] ?? 0n));
  if (beyond.length > 0) {
    const text = (from: Amounts) => beyond.map((name) => `${name}=${formatQuantity(from[name] ?? 0n)}`).join(',');
    throw forbidden(
      kind,
      object.metadata.name,
      `exceeded quota: ${quota.metadata.name}, requested: ${text(requested)}, used: ${text(used)}, limited: ${text(hard)}`,
    );
  }
  const now: JsonObject = { ...objectAt(quota, 'status', 'used') };
  for (const name of limited) now[name] = formatQuantity(sum(name));
  return { ...quota, status: { ...objectAt(quota, 'status'), used: now } };
}

function amounts(values: JsonObject | undefined): Amounts {
  const out: Record<string, bigint> = {};
  for (const [name, value] of Object.entries(values ?? {})) {
    const parsed = parseQuantity(String(value));
    if (parsed !== undefined) out[name] = parsed;
  }
  return out;
}
