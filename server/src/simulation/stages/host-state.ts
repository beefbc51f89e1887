/** How a BareMetalHost stands, what its controllers may do with it, and how they write it down. */
import { type JsonObject, type KubeObject, numberAt, objectAt, textAt } from '../json.js';
import { bareMetalHost } from '../kinds/bare-metal.js';
import { secret } from '../kinds/core.js';
import { isLeaving, type World } from './world.js';

export const MANAGER = 'baremetal-operator';
export const FINALIZER = 'baremetalhost.metal3.io';
export const REBOOT = 'reboot.metal3.io';
export const PAUSED = 'baremetalhost.metal3.io/paused';
export const DETACHED = 'baremetalhost.metal3.io/detached';
export const REINSPECT = 'inspect.metal3.io';
/** `--max-provisioning-retries`: after so many it waits for another image, or none. */
export const PROVISIONING_TRIES = 5;
/** PROVISIONING_LIMIT where nobody set it: so many hosts at once are inspected or provisioned, the others are delayed. */
export const BUSY_LIMIT = 20;
/** An address or url that contains one of these is the way to show that failure. */
export const failing = {
  registration: 'unreachable',
  inspection: 'uninspectable',
  power: 'unpowered',
  image: 'missing',
};
/** An image whose url contains this is a whole disk, which takes long to write. */
const WHOLE_DISK = 'whole-disk';
export const SETTLED = ['available', 'provisioned', 'externally provisioned'];
export const BUSY = ['inspecting', 'provisioning', 'deprovisioning'];

export const isBusy = (host: KubeObject) => BUSY.includes(stateOf(host));
export const isDelayed = (host: KubeObject) => textAt(host, 'status', 'operationalStatus') === 'delayed';
export const stateOf = (host: KubeObject) => textAt(host, 'status', 'provisioning', 'state') ?? '';
export const annotation = (host: KubeObject, name: string) => textAt(host, 'metadata', 'annotations', name);
export const addressOf = (host: KubeObject) => textAt(host, 'spec', 'bmc', 'address') ?? '';
export const wantedImage = (host: KubeObject) => textAt(host, 'spec', 'image', 'url') ?? '';
export const givenImage = (host: KubeObject) => textAt(host, 'status', 'provisioning', 'image', 'url') ?? '';
export const isWholeDisk = (host: KubeObject) => givenImage(host).includes(WHOLE_DISK);
export const isOnline = (host: KubeObject) => objectAt(host, 'spec')?.online === true;
export const isPowered = (host: KubeObject) => objectAt(host, 'status')?.poweredOn === true;
export const isExternal = (host: KubeObject) => objectAt(host, 'spec')?.externallyProvisioned === true;
export const fails = (host: KubeObject, what: 'registration' | 'inspection' | 'power') =>
  addressOf(host).includes(failing[what]);
/** Somebody has taken it out of the operator's hands. */
export const isLeftAlone = (host: KubeObject) =>
  annotation(host, PAUSED) !== undefined || (annotation(host, DETACHED) !== undefined && !isLeaving(host));
export const hasGivenUp = (host: KubeObject) =>
  (numberAt(host, 'status', 'provisioningFailCount') ?? 0) >= PROVISIONING_TRIES &&
  textAt(host, 'status', 'lastAttemptedImage', 'url') === wantedImage(host);
export const shallHaveImage = (host: KubeObject) =>
  isOnline(host) && wantedImage(host) !== '' && givenImage(host) === '' && !hasGivenUp(host);

/** Image gone or another one, or the host itself is going. */
export const mustBeCleared = (host: KubeObject) => isLeaving(host) || wantedImage(host) !== givenImage(host);

export function hasRoom(host: KubeObject, world: World): boolean {
  let busy = 0;
  for (const each of world.objects.store.each(bareMetalHost)) {
    if (each.metadata.uid !== host.metadata.uid && isBusy(each)) busy += 1;
  }
  return busy < (world.hostsAtOnce ?? BUSY_LIMIT);
}

export const credentials = (host: KubeObject, world: World) =>
  world.get(secret, String(host.metadata.namespace), textAt(host, 'spec', 'bmc', 'credentialsName') ?? '');

/** What goes onto its configuration drive: while a Secret that it names is not there, nothing is installed, and it is tried again. */
export const hasConfigData = (host: KubeObject, world: World) =>
  ['userData', 'networkData', 'metaData'].every((part) => {
    const name = textAt(host, 'spec', part, 'name');
    return name === undefined || world.get(secret, String(host.metadata.namespace), name) !== undefined;
  });

const untouched = {
  errorCount: 0,
  errorMessage: '',
  operationalStatus: 'OK',
  poweredOn: false,
  provisioningFailCount: 0,
};

/** Status as it stands with these in it; an error that is over is taken away. */
export function write(host: KubeObject, world: World, over: JsonObject, provisioning: JsonObject = {}): void {
  const before = objectAt(host, 'status') ?? {};
  const { errorType: _, ...kept } = before;
  const status: JsonObject = {
    ...untouched,
    ...(over.errorType === undefined && over.errorMessage === '' ? kept : before),
    ...over,
    provisioning: withoutNulls({ ID: String(host.metadata.uid), ...objectAt(before, 'provisioning'), ...provisioning }),
    lastUpdated: world.now,
  };
  world.objects.update(
    bareMetalHost,
    host,
    { ...host, status },
    { manager: MANAGER, subresource: 'status', dryRun: false },
  );
}

const withoutNulls = (object: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null));

export const fine = { operationalStatus: 'OK', errorMessage: '', errorCount: 0 };

export function history(host: KubeObject, world: World, operation: string, edge: 'start' | 'end'): JsonObject {
  const all = objectAt(host, 'status', 'operationHistory') ?? {};
  return { operationHistory: { ...all, [operation]: { ...objectAt(all, operation), [edge]: world.now } } };
}

export function fail(
  host: KubeObject,
  world: World,
  errorType: string,
  errorMessage: string,
  more: JsonObject = {},
): void {
  const errorCount = (numberAt(host, 'status', 'errorCount') ?? 0) + 1;
  write(host, world, { operationalStatus: 'error', errorType, errorMessage, errorCount, ...more });
  if (errorCount === 1) world.event(host, 'Warning', reasonOf(errorType), errorMessage, MANAGER);
}

/** "registration error" → "RegistrationError", as the operator names its events. */
const reasonOf = (errorType: string) => errorType.replace(/(?:^| )(\w)/g, (_, letter: string) => letter.toUpperCase());
