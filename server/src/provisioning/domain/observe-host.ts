/** Decides what a BareMetalHost says of itself; what is unknown is unknown, never a mistake. */
import { normalSerial } from '../../servers/domain/match-serial.js';
import { at, type ClusterObject, numberAt, textAt } from './cluster-object.js';
import { CONSUMER, HOST_MARK } from './desired-host.js';
import { countOf } from './marks.js';

export interface Span {
  readonly start: string | undefined;
  readonly end: string | undefined;
}

export interface HostView {
  readonly uid: string;
  readonly resourceVersion: string;
  /** status.provisioning.state; '' = not looked at yet. */
  readonly state: string;
  readonly operationalStatus: string;
  readonly errorType: string | undefined;
  readonly errorMessage: string | undefined;
  /** Failed installations of the image that it has now. */
  readonly tries: number;
  readonly poweredOn: boolean;
  readonly online: boolean;
  readonly wantedImage: string | undefined;
  readonly givenImage: string | undefined;
  /** Name of the Secret that its next first boot reads. */
  readonly userData: string | undefined;
  /** The use that claims it, `FOREIGN` where it is claimed by something else; undefined = by nobody. */
  readonly consumer: string | undefined;
  readonly imageRound: number;
  readonly rebootRound: number;
  readonly paused: boolean;
  readonly detached: boolean;
  readonly leaving: boolean;
  /** Versions of the Secret that its controller took, and that was tried last; undefined = it does not say. */
  readonly goodCredential: string | undefined;
  readonly triedCredential: string | undefined;
  readonly powerOffForbidden: boolean;
  /** As inspected, in its one spelling; null = not inspected, or it identifies nothing. */
  readonly serial: string | null;
  readonly provision: Span;
  readonly deprovision: Span;
}

export const FOREIGN = 'FOREIGN';
const PAUSED = 'baremetalhost.metal3.io/paused';
const DETACHED = 'baremetalhost.metal3.io/detached';

export function hostView(object: ClusterObject): HostView {
  const { metadata, spec, status } = object;
  const span = (operation: string): Span => ({
    start: textAt(status, 'operationHistory', operation, 'start'),
    end: textAt(status, 'operationHistory', operation, 'end'),
  });
  return {
    uid: metadata.uid ?? '',
    resourceVersion: metadata.resourceVersion ?? '',
    state: textAt(status, 'provisioning', 'state') ?? '',
    operationalStatus: textAt(status, 'operationalStatus') ?? '',
    errorType: textAt(status, 'errorType'),
    errorMessage: textAt(status, 'errorMessage'),
    tries: numberAt(status, 'provisioningFailCount') ?? 0,
    poweredOn: at(status, 'poweredOn') === true,
    online: at(spec, 'online') === true,
    wantedImage: textAt(spec, 'image', 'url'),
    givenImage: textAt(status, 'provisioning', 'image', 'url'),
    userData: textAt(spec, 'userData', 'name'),
    consumer: consumerOf(spec),
    imageRound: countOf(object, HOST_MARK.imageRound),
    rebootRound: countOf(object, HOST_MARK.rebootRound),
    paused: metadata.annotations?.[PAUSED] !== undefined,
    detached: metadata.annotations?.[DETACHED] !== undefined || textAt(status, 'operationalStatus') === 'detached',
    leaving: metadata.deletionTimestamp !== undefined,
    goodCredential: textAt(status, 'goodCredentials', 'credentialsVersion'),
    triedCredential: textAt(status, 'triedCredentials', 'credentialsVersion'),
    powerOffForbidden: at(spec, 'disablePowerOff') === true,
    serial: normalSerial(textAt(status, 'hardware', 'systemVendor', 'serialNumber')),
    provision: span('provision'),
    deprovision: span('deprovision'),
  };
}

function consumerOf(spec: unknown): string | undefined {
  if (at(spec, 'consumerRef') === undefined || at(spec, 'consumerRef') === null) return undefined;
  const ours =
    textAt(spec, 'consumerRef', 'apiVersion') === CONSUMER.apiVersion &&
    textAt(spec, 'consumerRef', 'kind') === CONSUMER.kind;
  return (ours ? textAt(spec, 'consumerRef', 'name') : undefined) ?? FOREIGN;
}

/** What tells people which machine it is, where no asset does. */
export interface HostFacts {
  /** Maker and model, as inspected. */
  readonly hardware: string | null;
  readonly bmcAddress: string | null;
}

export function hostFacts({ spec, status }: Pick<ClusterObject, 'spec' | 'status'>): HostFacts {
  return { hardware: vendorOf(status), bmcAddress: textAt(spec, 'bmc', 'address') ?? null };
}

function vendorOf(told: unknown): string | null {
  const [maker, model] = ['manufacturer', 'productName'].map((key) => textAt(told, 'hardware', 'systemVendor', key));
  return [maker, model].filter((word) => word !== undefined && word !== '').join(' ') || null;
}

/** Of HardwareData, which newer operators keep apart from the host and under its name. */
export function inspected({ spec }: ClusterObject): {
  readonly serial: string | null;
  readonly hardware: string | null;
} {
  const serial = normalSerial(textAt(spec, 'hardware', 'systemVendor', 'serialNumber'));
  return { serial, hardware: vendorOf(spec) };
}
