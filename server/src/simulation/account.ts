/** An account with its rights, and what else is there from the first, given at a cluster's start as an administrator would from manifests. */
import type { Access } from './api/access.js';
import type { Objects } from './api/objects.js';
import type { KubeObject } from './json.js';
import { kindByName } from './kinds/catalogue.js';
import type { Kind } from './kinds/kind.js';
import { serviceAccount } from './kinds/rights.js';

/** A demonstration's kubeconfig is written anew at every start; this only has to outlast one. */
const TOKEN_SECONDS = 10 * 365 * 86_400;
const form = { manager: 'administrator', subresource: '', dryRun: false } as const;

/** What an administrator made before the console came: made once, so that a restart undoes nothing that happened since. */
export function giveObjects(objects: Objects, manifests: readonly KubeObject[]): void {
  for (const manifest of manifests) {
    const [kind, namespace] = placeOf(manifest);
    if (objects.store.get(kind, namespace, manifest.metadata.name) === undefined)
      objects.apply(kind, namespace, manifest, form, true);
  }
}

/** Applies manifests (namespace, account, role, binding) and gives a token of the account among them. */
export function giveAccount(objects: Objects, access: Access, manifests: readonly KubeObject[]): string {
  let account: KubeObject | undefined;
  for (const manifest of manifests) {
    const [kind, namespace] = placeOf(manifest);
    const applied = objects.apply(kind, namespace, manifest, form, true);
    if (kind === serviceAccount) account = applied;
  }
  if (account === undefined) throw new Error('there is no ServiceAccount among the manifests');
  const { name, namespace, uid } = account.metadata;
  return access.tokenFor({ name, namespace: String(namespace), uid: String(uid) }, TOKEN_SECONDS).token;
}

function placeOf({ apiVersion, kind: name, metadata }: KubeObject): readonly [kind: Kind, namespace: string] {
  const kind = kindByName(apiVersion, name);
  if (kind === undefined) throw new Error(`${apiVersion} ${name} is not served`);
  return [kind, kind.namespaced ? String(metadata.namespace ?? 'default') : ''];
}
