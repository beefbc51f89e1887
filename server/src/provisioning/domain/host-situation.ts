/** Decides in which of its situations a server's BareMetalHost is, from what is desired and what its cluster shows. */
import type { DesiredHost } from './desired-host.js';
import type { HostView } from './observe-host.js';
import { wipeEvidence } from './wipe-evidence.js';

export interface HostFacts {
  readonly desired: DesiredHost;
  readonly host: HostView | undefined;
  /** As inspected, in its one spelling; null = not inspected. */
  readonly serial: string | null;
  /** Whether `host` was just read at the cluster itself. Only then does absence prove anything. */
  readonly fresh: boolean;
}

export const HOST_SITUATIONS = [
  'UNREAD',
  'UNREGISTERED',
  'LOST',
  'LEAVING',
  'OUT_OF_HAND',
  'ANOTHER_MACHINE',
  'REGISTERING',
  'REGISTRATION_FAILED',
  'REGISTRATION_AGAIN',
  'INSPECTING',
  'INSPECTION_FAILED',
  'PREPARING',
  'PREPARATION_FAILED',
  'UNKNOWN',
  'EXTERNAL',
  'IDLE',
  'IDLE_CLAIMED',
  'IDLE_BY_HAND',
  'TAKEN',
  'NOT_CLEAN',
  'UNCLAIMED',
  'CLAIM_LOST',
  'CLAIMED',
  'IMAGE_SENT',
  'QUEUED',
  'PROVISIONING',
  'RETRYING',
  'GAVE_UP',
  'REIMAGE_CLEAR',
  'REIMAGE_WAIT',
  'IMAGE_CHANGED',
  'REBOOT',
  'POWER',
  'POWER_FORBIDDEN',
  'POWER_FAILED',
  'POWERING',
  'RUNNING',
  'STOPPED',
  'RELEASE_CLEAR',
  'RELEASE_CLEANING',
  'RELEASE_FAILED',
  'RELEASE_NO_EVIDENCE',
  'RELEASE_EVIDENCE',
  'RELEASE_LET_GO',
  'RELEASE_TAKEN',
  'RELEASED',
] as const;
export type HostSituation = (typeof HOST_SITUATIONS)[number];

/** `--max-provisioning-retries` of the operator: after so many it waits for another image, or none. */
export const PROVISIONING_TRIES_MAX = 5;

export function hostSituationOf(facts: HostFacts): HostSituation {
  const { desired, fresh, host, serial } = facts;
  if (host === undefined) {
    if (!fresh) return 'UNREAD';
    return isToRegister(desired) && desired.intention !== 'ABSENT' ? 'UNREGISTERED' : 'LOST';
  }
  if (host.leaving || GONE_STATES.includes(host.state)) return 'LEAVING';
  if (host.paused || host.detached) return 'OUT_OF_HAND';
  if (serial !== null && serial !== desired.serial) return 'ANOTHER_MACHINE';
  const coming = onboarding(desired, host);
  if (coming !== undefined) return coming;
  switch (desired.intention) {
    case 'IDLE':
      return idle(desired, host);
    case 'PRESENT':
      return present(desired, host);
    case 'ABSENT':
      return absent(desired, host);
  }
}

const GONE_STATES = ['powering off before delete', 'deleting'];

/**
 * Registration inspects, and so reboots: only of what nobody works on. A cluster that was rebuilt, or restored from before
 * a host was in it, gives no right to that.
 */
function isToRegister({ claimedAt, intention, registered, usedByHand }: DesiredHost): boolean {
  return registered && (intention === 'IDLE' ? !usedByHand : claimedAt === null);
}

function onboarding(desired: DesiredHost, host: HostView): HostSituation | undefined {
  const failed = host.operationalStatus === 'error';
  switch (host.state) {
    case '':
    case 'unmanaged':
    case 'registering':
      if (!failed) return 'REGISTERING';
      // Whoever registered it corrects it: what is written down of its controller is written into the cluster again.
      return isToRegister(desired) && host.consumer === undefined ? 'REGISTRATION_AGAIN' : 'REGISTRATION_FAILED';
    case 'inspecting':
    case 'match profile':
      return failed ? 'INSPECTION_FAILED' : 'INSPECTING';
    case 'preparing':
      return failed ? 'PREPARATION_FAILED' : 'PREPARING';
    default:
      return undefined;
  }
}

function isFree(host: HostView): boolean {
  return host.state === 'available' || host.state === 'ready';
}

function idle(desired: DesiredHost, host: HostView): HostSituation {
  if (desired.usedByHand) return 'IDLE_BY_HAND';
  if (host.state === 'externally provisioned') return 'EXTERNAL';
  if (host.consumer !== undefined || host.wantedImage !== undefined) return 'IDLE_CLAIMED';
  return isFree(host) ? 'IDLE' : host.state === 'deprovisioning' ? 'PREPARING' : 'UNKNOWN';
}

function present(desired: DesiredHost, host: HostView): HostSituation {
  if (host.state === 'externally provisioned') return 'EXTERNAL';
  if (host.consumer !== desired.useId) return unclaimed(desired, host);
  const hasGivenUp = host.tries >= PROVISIONING_TRIES_MAX && host.wantedImage !== undefined;
  // Another installation is wanted than the one that it was given, whatever became of that one.
  const isBehind = host.wantedImage !== undefined && host.imageRound < desired.imageRound;
  switch (host.state) {
    case 'available':
    case 'ready':
      // The count of what failed goes with the image; until it has gone, another would be given up at once.
      if (host.wantedImage === undefined) return host.tries > 0 ? 'REIMAGE_WAIT' : 'CLAIMED';
      if (isBehind) return 'REIMAGE_CLEAR';
      if (host.operationalStatus === 'delayed') return 'QUEUED';
      if (hasGivenUp) return 'GAVE_UP';
      return host.tries > 0 ? 'RETRYING' : 'IMAGE_SENT';
    case 'provisioning':
      if (isBehind) return 'REIMAGE_CLEAR';
      if (host.wantedImage === undefined) return 'REIMAGE_WAIT';
      if (host.operationalStatus === 'delayed') return 'QUEUED';
      return host.tries > 0 ? 'RETRYING' : 'PROVISIONING';
    case 'deprovisioning':
      if (host.wantedImage === undefined) return 'REIMAGE_WAIT';
      if (isBehind) return 'REIMAGE_CLEAR';
      return hasGivenUp ? 'GAVE_UP' : 'RETRYING';
    case 'provisioned':
      if (host.wantedImage === undefined) return 'REIMAGE_WAIT';
      return isBehind ? 'REIMAGE_CLEAR' : provisioned(desired, host);
    default:
      return 'UNKNOWN';
  }
}

function unclaimed({ claimedAt }: DesiredHost, host: HostView): HostSituation {
  if (host.consumer !== undefined) return 'TAKEN';
  // As CAPM3 chooses: nobody's, free, whole, and nothing on it.
  const isWhole = isFree(host) && host.wantedImage === undefined && host.operationalStatus !== 'error';
  if (!isWhole) return 'NOT_CLEAN';
  // It was this use's already: its disks hold what its department wrote, however new the cluster's object of it is.
  return claimedAt === null ? 'UNCLAIMED' : 'CLAIM_LOST';
}

function provisioned(desired: DesiredHost, host: HostView): HostSituation {
  if (desired.image !== null && host.wantedImage !== desired.image.url) return 'IMAGE_CHANGED';
  if (!desired.online && host.powerOffForbidden) return 'POWER_FORBIDDEN';
  if (host.online !== desired.online) return 'POWER';
  if (desired.online && host.poweredOn && host.rebootRound < desired.rebootRound) return 'REBOOT';
  if (host.errorType === 'power management error') return 'POWER_FAILED';
  if (host.poweredOn !== desired.online) return 'POWERING';
  return desired.online ? 'RUNNING' : 'STOPPED';
}

/** Two phases: the image goes first, and who claims it only when it is proved that it is clean. */
function absent(desired: DesiredHost, host: HostView): HostSituation {
  if (host.consumer !== desired.useId) {
    if (desired.wipe !== null) return 'RELEASED';
    // It was never claimed, so nothing of this use ever was on it.
    const isUntouched = desired.claimedAt === null && host.consumer === undefined && host.wantedImage === undefined;
    return isUntouched && isFree(host) ? 'RELEASED' : 'RELEASE_TAKEN';
  }
  if (host.wantedImage !== undefined) return 'RELEASE_CLEAR';
  if (!isFree(host) || host.givenImage !== undefined)
    return host.operationalStatus === 'error' && host.errorType !== 'provisioning error'
      ? 'RELEASE_FAILED'
      : 'RELEASE_CLEANING';
  if (desired.wipe !== null) return 'RELEASE_LET_GO';
  return wipeEvidence(desired, host) === undefined ? 'RELEASE_NO_EVIDENCE' : 'RELEASE_EVIDENCE';
}
