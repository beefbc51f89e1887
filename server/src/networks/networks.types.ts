import type { NetworkZone } from '../facilities/domain/facility.js';
import type { Origin } from '../kernel/origin.js';
import type { InputPath } from '../kernel/refusal.js';
import type { AddressUse } from './domain/address-map.js';
import type { IpFamily } from './domain/address-plan.js';
import type { AddressState } from './domain/address-state.js';
import type { NetworkStack } from './domain/network.js';

/** A network as people write it. */
export interface NetworkWords {
  readonly code: string;
  readonly name: string;
  readonly centerId: string;
  readonly zone: NetworkZone;
  readonly vlanId: number | null;
  readonly ipv4Prefix: string | null;
  readonly ipv6Prefix: string | null;
  readonly ipv4Gateway: string | null;
  readonly ipv6Gateway: string | null;
  readonly reserved: readonly { readonly first: string; readonly last: string; readonly note: string }[];
  readonly singleStackReason: string | null;
}

export interface NetworkRow extends NetworkWords {
  readonly id: string;
  readonly version: number;
  readonly createdAt: Date;
}

export interface AddressClaimRow {
  readonly id: string;
  readonly networkId: string;
  readonly family: IpFamily;
  readonly address: string;
  readonly addressKey: string;
  readonly state: AddressState;
  readonly version: number;
  readonly subjectType: string;
  readonly subjectId: string | null;
  readonly departmentId: string | null;
  readonly purpose: string;
  readonly actorName: string;
  readonly claimedAt: Date;
  readonly allocatedAt: Date | null;
  readonly releasedAt: Date | null;
  readonly quarantineUntil: Date | null;
  readonly origin: Origin;
  /** Since when it has been used, where that was before the console knew of it; null = since it was claimed. */
  readonly usedSince: Date | null;
  readonly sourcePlatform: string | null;
}

/** A claim that is not free, as short as can be: there may be many. */
export interface LiveClaim {
  readonly id: string;
  readonly networkId: string;
  readonly key: string;
  readonly address: string;
  readonly state: 'HELD' | 'ALLOCATED' | 'QUARANTINE';
  readonly departmentId: string | null;
}

/** An address that a thing has. */
export interface HeldAddress {
  readonly subjectId: string;
  readonly address: string;
  readonly family: IpFamily;
  readonly state: 'HELD' | 'ALLOCATED';
  /** Code of its network. */
  readonly network: string;
  readonly zone: NetworkZone;
  /** null = the record does not know it. */
  readonly vlanId: number | null;
  /** Prefix and gateway of its network in its own family. */
  readonly prefix: string;
  readonly gateway: string | null;
}

/** For whom an address is claimed. */
export interface AddressSubject {
  /** Kind of thing, e.g. "Server", "Resource", "Manual". */
  readonly type: string;
  readonly id: string | null;
  readonly departmentId: string | null;
  readonly purpose: string;
  readonly actorName: string;
  /** Of what was in use before the console; left out = it is asked for now. */
  readonly taken?: { readonly usedSince: Date; readonly sourcePlatform: string };
}

/** One address by name. */
export interface SpecificWish {
  readonly text: string;
  readonly subject: AddressSubject;
  /** Where in the caller's input it stands. */
  readonly path: InputPath;
  /** An address that this one has already is left to it: a machine uses its system's. */
  readonly mayBeOf?: { readonly type: string; readonly id: string };
}

export interface FamilyFigures {
  readonly family: IpFamily;
  readonly usable: bigint;
  readonly held: number;
  readonly allocated: number;
  readonly quarantine: number;
  readonly free: bigint;
}

export interface NetworkFilter {
  readonly centerId?: string | null;
  readonly zone?: NetworkZone | null;
  readonly stack?: NetworkStack | null;
  readonly search?: string | null;
}
export interface AddressFilter {
  readonly states?: readonly AddressState[] | null;
  readonly family?: IpFamily | null;
  /** INTAKE = in use since before the console (期初). */
  readonly origin?: Origin | null;
  readonly search?: string | null;
}

/** One block of an IPv4 network, address by address. */
export interface AddressMap {
  readonly block: number;
  readonly blocks: number;
  readonly first: string;
  readonly uses: readonly AddressUse[];
}
