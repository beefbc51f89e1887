/** metal3.io/v1alpha1 BareMetalHost and HardwareData, written from the CRDs of the Bare Metal Operator 0.13. */
import {
  atomicObject,
  boolean,
  conditionsByType,
  dateTime,
  eitherOr,
  integer,
  limited,
  list,
  nullableTime,
  number,
  object,
  oneOf,
  secretReference,
  string,
} from './schema.js';

const mac = limited(string, { pattern: '[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}' });
const image = object({
  checksum: string,
  checksumType: oneOf('md5', 'sha256', 'sha512', 'auto'),
  format: oneOf('raw', 'qcow2', 'vdi', 'vmdk', 'live-iso'),
  ociAuthSecretName: string,
  'url!': string,
});
const rootDeviceHints = object({
  deviceName: string,
  hctl: string,
  minSizeGigabytes: limited(integer, { minimum: 0 }),
  model: string,
  rotational: boolean,
  serialNumber: string,
  vendor: string,
  wwn: string,
  wwnVendorExtension: string,
  wwnWithExtension: string,
});
const firmware = object({
  simultaneousMultithreadingEnabled: eitherOr,
  sriovEnabled: eitherOr,
  virtualizationEnabled: eitherOr,
});
const span = object({ end: nullableTime, start: nullableTime });
const raid = object({
  hardwareRAIDVolumes: limited(
    list(
      object({
        controller: string,
        'level!': oneOf('0', '1', '2', '5', '6', '1+0', '5+0', '6+0'),
        name: limited(string, { maxLength: 64 }),
        numberOfPhysicalDisks: limited(integer, { minimum: 1 }),
        physicalDisks: list(string),
        rotational: boolean,
        sizeGibibytes: limited(integer, { minimum: 0 }),
      }),
    ),
    { nullable: true },
  ),
  softwareRAIDVolumes: limited(
    list(
      object({
        'level!': oneOf('0', '1', '1+0'),
        physicalDisks: limited(list(rootDeviceHints), { minItems: 2 }),
        rootVolume: limited(boolean, { default: false }),
        sizeGibibytes: limited(integer, { minimum: 0 }),
      }),
    ),
    { maxItems: 2, nullable: true },
  ),
});
const hardware = object({
  cpu: object({ arch: string, clockMegahertz: number, count: integer, flags: list(string), model: string }),
  firmware: object({ bios: object({ date: string, vendor: string, version: string }) }),
  hostname: string,
  nics: list(
    object({
      ip: string,
      lldp: object({ portID: string, switchID: string, switchSystemName: string }),
      mac: mac,
      model: string,
      name: string,
      pciAddress: string,
      pxe: boolean,
      speedGbps: integer,
      vlanId: limited(integer, { minimum: 0, maximum: 4094 }),
      vlans: list(object({ id: limited(integer, { minimum: 0, maximum: 4094 }), name: string })),
    }),
  ),
  ramMebibytes: integer,
  storage: list(
    object({
      alternateNames: list(string),
      hctl: string,
      model: string,
      name: string,
      rotational: boolean,
      serialNumber: string,
      sizeBytes: integer,
      type: oneOf('HDD', 'SSD', 'NVME'),
      vendor: string,
      wwn: string,
      wwnVendorExtension: string,
      wwnWithExtension: string,
    }),
  ),
  systemVendor: object({ manufacturer: string, productName: string, serialNumber: string }),
});

export const hardwareDataSpec = object({ hardware });

export const bareMetalHostSpec = object({
  architecture: string,
  automatedCleaningMode: limited(oneOf('metadata', 'disabled'), { default: 'metadata' }),
  bmc: object({ 'address!': string, 'credentialsName!': string, disableCertificateVerification: boolean }),
  bootMACAddress: mac,
  bootMode: oneOf('UEFI', 'UEFISecureBoot', 'legacy'),
  consumerRef: atomicObject({
    apiVersion: string,
    fieldPath: string,
    kind: string,
    name: string,
    namespace: string,
    resourceVersion: string,
    uid: string,
  }),
  customDeploy: object({ 'method!': string }),
  description: string,
  disablePowerOff: boolean,
  externallyProvisioned: boolean,
  firmware,
  hardwareProfile: string,
  image,
  inspectionMode: oneOf('disabled', 'agent', 'fast'),
  metaData: secretReference,
  networkData: secretReference,
  networkInterfaces: list(
    object({
      hostNetworkAttachment: object({
        name: limited(string, { maxLength: 253 }),
        namespace: limited(string, { maxLength: 63 }),
      }),
      macAddress: limited(string, { pattern: '^[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}$' }),
      name: limited(string, { pattern: '^[a-zA-Z0-9._-]+$' }),
      switchPort: object({
        'portID!': string,
        'switchID!': limited(string, { pattern: '^[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}$' }),
      }),
    }),
  ),
  'online!': boolean,
  preprovisioningNetworkDataName: string,
  raid,
  rootDeviceHints,
  taints: list(object({ 'effect!': string, 'key!': string, timeAdded: dateTime, value: string })),
  userData: secretReference,
});

export const bareMetalHostStatus = object({
  conditions: limited(conditionsByType, { maxItems: 32 }),
  'errorCount!': limited(integer, { default: 0 }),
  'errorMessage!': string,
  errorType: oneOf(
    'provisioned registration error',
    'registration error',
    'inspection error',
    'preparation error',
    'provisioning error',
    'power management error',
    'servicing error',
  ),
  goodCredentials: object({ credentials: secretReference, credentialsVersion: string }),
  hardware,
  hardwareProfile: string,
  lastAttemptedImage: image,
  lastUpdated: dateTime,
  operationHistory: object({ deprovision: span, inspect: span, provision: span, register: span }),
  'operationalStatus!': oneOf('', 'OK', 'discovered', 'error', 'delayed', 'detached', 'servicing'),
  'poweredOn!': boolean,
  'provisioning!': object({
    'ID!': string,
    bootMode: oneOf('UEFI', 'UEFISecureBoot', 'legacy'),
    customDeploy: object({ 'method!': string }),
    firmware,
    image,
    raid,
    rootDeviceHints,
    'state!': string,
  }),
  'provisioningFailCount!': limited(integer, { default: 0 }),
  triedCredentials: object({ credentials: secretReference, credentialsVersion: string }),
});
