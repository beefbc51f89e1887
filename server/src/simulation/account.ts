/** An account with its rights, given at a cluster's start as an administrator would from manifests. */
import type { Access } from './api/access.js';
import type { Objects } from './api/objects.js';
import { type KubeObject, objectAt } from './json.js';
import { kindByName } from './kinds/catalogue.js';
import { serviceAccount } from './kinds/rights.js';

/** A demonstration's kubeconfig is written anew at every start; this only has to outlast one. */
const TOKEN_SECONDS = 10 * 365 * 86_400;
const form = { manager: 'administrator', subresource: '', dryRun: false } as const;

/** Applies manifests (namespace, account, role, binding) and gives a token of the account among them. */
export function giveAccount(objects: Objects, access: Access, manifests: readonly KubeObject[]): string {
  let account: KubeObject | undefined;
  for (const manifest of manifests) {
    const kind = kindByName(manifest.apiVersion, manifest.kind);
    if (kind === undefined) throw new Error(`${manifest.apiVersion} ${manifest.kind} is not served`);
    const namespace = kind.namespaced ? String(objectAt(manifest, 'metadata')?.namespace ?? 'default') : '';
    const applied = objects.apply(kind, namespace, manifest, form, true);
    if (kind === serviceAccount) account = applied;
  }
  if (account === undefined) throw new Error('there is no ServiceAccount among the manifests');
  const { name, namespace, uid } = account.metadata;
  return access.tokenFor({ name, namespace: String(namespace), uid: String(uid) }, TOKEN_SECONDS).token;
}
