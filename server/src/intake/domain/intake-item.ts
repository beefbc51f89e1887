/** Decides what can be taken in, by what each thing is known, and when two entries speak of the same thing. */
import type { StorageTier } from '../../allocation/domain/capacity.js';
import type { Face } from '../../cabinets/domain/holder.js';
import { type CalendarDate, startOfDay } from '../../kernel/calendar.js';

export const INTAKE_KINDS = ['MACHINE', 'SERVER', 'SPACE', 'ADDRESS'] as const;
export type IntakeKind = (typeof INTAKE_KINDS)[number];

/** A virtual machine. Without an object it runs where no cluster tells of it, and is only written down. */
export interface MachineContent {
  readonly kind: 'MACHINE';
  /** null = it runs in a city's or department's own cloud, which stands in no center of ours. */
  readonly centerId: string | null;
  readonly poolId: string;
  readonly architecture: 'AMD64' | 'ARM64';
  readonly zone: string;
  readonly vcpu: number;
  readonly memoryMib: number;
  readonly diskGib: number;
  readonly storageTier: StorageTier;
  readonly object: { readonly namespace: string; readonly name: string } | null;
  readonly addresses: readonly string[];
}
/** A server that is registered and being onboarded. */
export interface ServerContent {
  readonly kind: 'SERVER';
  readonly serverId: string;
  readonly assetNumber: string;
}
/** What stands in a cabinet and is no server of the center's: a department's own device. */
export interface SpaceContent {
  readonly kind: 'SPACE';
  readonly cabinetId: string;
  readonly cabinetCode: string;
  readonly startUnit: number;
  readonly heightHalfUnits: number;
  readonly face: Face;
  readonly powerW: number;
  readonly weightGrams: number;
}
/** An address that something uses already. */
export interface AddressContent {
  readonly kind: 'ADDRESS';
  readonly networkId: string;
  readonly networkCode: string;
  /** In its one spelling. */
  readonly address: string;
}
export type IntakeContent = MachineContent | ServerContent | SpaceContent | AddressContent;

export interface IntakeItemDraft {
  readonly name: string;
  readonly systemId: string;
  readonly departmentId: string;
  /** Where it ran until now, in the words of the trade, e.g. "VMware vSphere 6.7". */
  readonly sourcePlatform: string;
  /** The first day of its use that is known: usage begins there (期初). */
  readonly startedOn: CalendarDate;
  readonly content: IntakeContent;
}

/** The longest that is still shown in one line of a list. */
export const NAME_LENGTH_MAX = 60;
export const PLATFORM_LENGTH_MAX = 60;
/** One file, one opinion, one transaction of under 5 s. */
export const ITEMS_MAX = 5_000;
/** Government systems older than that are run on paper. */
export const STARTED_EARLIEST: CalendarDate = '2000-01-01';

/** Two entries with the same key speak of the same thing, which is taken in once. */
export function itemKey({ name, systemId, sourcePlatform, content }: IntakeItemDraft): string {
  switch (content.kind) {
    case 'MACHINE':
      return content.object
        ? machineKey(content.centerId, content.object)
        : `MACHINE ${systemId} ${sourcePlatform} ${name}`;
    case 'SERVER':
      return `SERVER ${content.serverId}`;
    case 'SPACE':
      return `SPACE ${content.cabinetId} ${content.startUnit} ${content.face}`;
    case 'ADDRESS':
      return `ADDRESS ${content.networkId} ${content.address}`;
  }
}

/** Of a machine that a cluster shows, whoever has written it down. */
export function machineKey(
  centerId: string | null,
  { namespace, name }: { readonly namespace: string; readonly name: string },
): string {
  return `MACHINE ${centerId} ${namespace}/${name}`;
}

/** A machine's object as "center namespace/name"; null = it has none in a cluster of ours. */
export function objectKey({ centerId, object }: MachineContent): string | null {
  return centerId !== null && object ? `${centerId} ${object.namespace}/${object.name}` : null;
}

/** Usage begins with the first moment of that day. */
export function usageFrom(startedOn: CalendarDate): Date {
  return startOfDay(startedOn);
}
