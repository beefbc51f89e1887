/** Decides what is kept of a server's BareMetalHost: what it shall be, where it stood last, and what proves that it is clean. */
import type { Bilingual } from '../../kernel/bilingual.js';
import type { HostIntention, HostManagement, HostPhase } from './host.js';
import type { HostName } from './match-serial.js';

/** What is put on a server's disk, as Metal3 fetches and checks it. */
export interface HostImage {
  readonly name: string;
  readonly url: string;
  /** "sha256:<hex>". */
  readonly checksum: string;
  readonly format: 'qcow2' | 'raw';
}

/**
 * What proves that nothing of a use is left on its server.
 * METADATA: partition tables and signatures of file systems were destroyed; the disks were not overwritten.
 */
export interface WipeEvidence {
  readonly method: 'METADATA' | 'NEVER_INSTALLED';
  /** By the cluster's clock. */
  readonly startedAt: string | null;
  readonly endedAt: string | null;
}

/** Where a host stands, as it was recorded last. */
export interface HostStanding {
  readonly phase: HostPhase;
  readonly statusText: Bilingual;
  readonly progressPercent: number | null;
  /** null = unknown. */
  readonly poweredOn: boolean | null;
  /** Failed installations of the present image. */
  readonly tries: number;
  readonly hostState: string;
}

/** Of one server with a BareMetalHost: what it shall be, and where it stood last. */
export interface ServerHostRow extends HostStanding {
  readonly serverId: string;
  readonly centerId: string;
  readonly management: HostManagement;
  readonly registered: boolean;
  readonly useId: string | null;
  readonly lineId: string | null;
  readonly requestCode: string | null;
  readonly image: HostImage | null;
  readonly imageRound: number;
  /** Who of its department asked for this installation; null = its request did. */
  readonly imageAskedById: string | null;
  readonly online: boolean;
  readonly rebootRound: number;
  readonly claimedAt: Date | null;
  readonly deliveredAt: Date | null;
  readonly wipe: WipeEvidence | null;
  readonly wipedAt: Date | null;
  readonly observedAt: Date | null;
  /** Credentials that replaced others since the registration, and of them those that the cluster's Secret has. */
  readonly credentialRound: number;
  readonly credentialSent: number;
  /** The Secret's version, until the operator has said what came of it; null = nothing is waited for. */
  readonly credentialVersion: string | null;
}

/** What a server's first boot is told: how one gets in, and at which addresses it answers by which of its cards. */
export interface FirstBootOfServer {
  readonly username: string;
  readonly passwordHash: string;
  /** MAC addresses of its cards, in the order of the record. */
  readonly macs: readonly string[];
  readonly networks: readonly ServerNetwork[];
}

/** One network of a server's, with its addresses there. */
export interface ServerNetwork {
  readonly network: string;
  /** null = the record does not know it. */
  readonly vlanId: number | null;
  /** IPv4 first. */
  readonly addresses: readonly ServerAddress[];
}

export interface ServerAddress {
  readonly address: string;
  readonly prefixLength: number;
  readonly gateway: string | null;
}

/** What drives a host: its record beside what its server is now. */
export interface DesiredHost extends ServerHostRow {
  readonly assetNumber: string;
  /** In its one spelling. */
  readonly serial: string;
  readonly host: HostName;
  readonly bmcAddress: string | null;
  readonly bootMac: string | null;
  readonly intention: HostIntention;
  /** Somebody uses the server who was given it by hand: it is only looked at. */
  readonly usedByHand: boolean;
}

/** What one look adds to the record. */
export interface HostReading extends HostStanding {
  readonly claimed: boolean;
  readonly wipe: WipeEvidence | null;
  readonly delivered: boolean;
  readonly released: boolean;
}
