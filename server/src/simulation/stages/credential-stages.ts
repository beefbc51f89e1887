/** What the Bare Metal Operator does when the Secret of a controller says something else than what it knows: it tries it. */
import { type KubeObject, textAt } from '../json.js';
import { bareMetalHost } from '../kinds/bare-metal.js';
import { addressOf, credentials, FINALIZER, fail, fails, fine, isLeftAlone, stateOf, write } from './host-state.js';
import type { Stage } from './stage.js';
import { hasFinalizer, isLeaving, type World } from './world.js';

/** Before, its registration tries it. */
const REGISTERED = ['available', 'provisioned', 'externally provisioned'];

/** Of a Secret that is there; what is not there is never tried. */
function liveVersion(host: KubeObject, world: World): string {
  const live = credentials(host, world);
  return live === undefined ? triedVersion(host) : String(live.metadata.resourceVersion ?? '');
}

function triedVersion(host: KubeObject): string {
  return (
    textAt(host, 'status', 'triedCredentials', 'credentialsVersion') ??
    textAt(host, 'status', 'goodCredentials', 'credentialsVersion') ??
    ''
  );
}

export const credentialStages: readonly Stage[] = [
  {
    name: 'host-credential',
    kind: bareMetalHost,
    selects: (host, world) =>
      hasFinalizer(host, FINALIZER) &&
      !isLeftAlone(host) &&
      !isLeaving(host) &&
      REGISTERED.includes(stateOf(host)) &&
      triedVersion(host) !== liveVersion(host, world),
    delayMs: 600,
    jitterMs: 300,
    step(host, world) {
      const namespace = String(host.metadata.namespace);
      const name = textAt(host, 'spec', 'bmc', 'credentialsName') ?? '';
      const tried = { credentials: { name, namespace }, credentialsVersion: liveVersion(host, world) };
      if (!fails(host, 'registration')) {
        write(host, world, { ...fine, triedCredentials: tried, goodCredentials: tried }, { state: stateOf(host) });
        return;
      }
      write(host, world, { triedCredentials: tried }, { state: stateOf(host) });
      const now = world.get(bareMetalHost, namespace, host.metadata.name) ?? host;
      fail(now, world, 'registration error', `failed to log in at ${addressOf(host)}: 401 Unauthorized`);
    },
  },
];
