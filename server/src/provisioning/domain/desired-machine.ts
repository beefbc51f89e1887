/** Decides what must be known of a resource to say what a cluster shall hold for it. */
import type { ZoneNic } from '../../networks/domain/zone-nic.js';
import type { AttachedDisk } from '../../resources/domain/kept-disks.js';
import type { TakenOver } from '../../resources/domain/taken-over.js';
import type { OffReason } from '../../resources/domain/term.js';

export interface DesiredMachine {
  readonly resourceId: string;
  /** Human code, e.g. "VM-2026-000123". */
  readonly code: string;
  /** Grows with every change of what is desired. */
  readonly generation: number;
  /** Grows when the machine is placed anew; an older one never wins over a newer one. */
  readonly placementEpoch: number;
  readonly intention: 'PRESENT' | 'ABSENT';
  /** Why it is kept off; absent or null = it runs. */
  readonly off?: OffReason | null;
  /** Defined and halted until it is promoted. */
  readonly standby: boolean;
  readonly departmentCode: string;
  /** Name of the machine's objects; unique in the department's namespace. */
  readonly objectName: string;
  readonly architecture: 'AMD64' | 'ARM64';
  readonly zone: string;
  readonly vcpu: number;
  readonly memoryMib: number;
  readonly diskGib: number;
  /** Set while a resize is under way: what the cluster may still have. */
  readonly formerVcpu?: number | null;
  readonly formerMemoryMib?: number | null;
  /** Whether the resize under way may start it anew; absent = it may. */
  readonly restartAgreed?: boolean;
  /** The instance that shall end, so that another is started; absent or null = none. */
  readonly restartUid?: string | null;
  /** Its disks are being brought back to this snapshot; absent or null = they are its own. */
  readonly restoringSnapshotId?: string | null;
  /** It was taken over as it ran: only a part of its object is the console's, and its disks are not; absent or null = all of it. */
  readonly takenOver?: TakenOver | null;
  /** Its disk outlives it; absent or null = it goes with it. */
  readonly keepDiskDays?: number | null;
  /** Disks that were kept of other machines and are its own now. */
  readonly attachedDisks?: readonly AttachedDisk[] | null;
  /** A VolumeSnapshot of its namespace that its disk is made of; absent or null = its image. */
  readonly diskSnapshot?: string | null;
  /** The very disk that is torn and goes; absent or null = none. */
  readonly tornDiskUid?: string | null;
  readonly storageTier: 'SSD' | 'HDD';
  /** Pieces by class; the cluster's devices are named by the class. */
  readonly accelerators?: { readonly [name: string]: number } | null;
  /** `source` of a CDI DataVolume, as the catalog keeps it. */
  readonly imageSource: unknown;
  /** A VirtualMachineClusterPreference that says what devices its guest wants; absent or null = they are written out. */
  readonly devicePreference?: string | null;
  readonly firmwareUuid: string;
  readonly macAddress: string;
  /** Addresses that were claimed for it, IPv4 first; none where the cluster gives its own. */
  readonly claimedAddresses?: readonly string[];
  /** Cards on the networks of these addresses. */
  readonly zoneNics?: readonly ZoneNic[];
  readonly requestCode: string;
  readonly systemCode: string;
}

/** How one gets into a machine for the first time: its account, and the password as /etc/shadow has it. */
export interface FirstLogin {
  readonly username: string;
  readonly passwordHash: string;
  /** It was first started with the cards of its zone; absent or false = it was made before the console gave any. */
  readonly withCards?: boolean;
  /** A place where its guest agent finds another password; null or absent = it has none. `password` null = there is nothing in it. */
  readonly access?: { readonly password: string | null } | null;
}

/** What all machines of one department in one cluster have been promised. */
export interface DepartmentCommitment {
  readonly departmentCode: string;
  readonly machines: number;
  /** Disks without a machine of their own; absent = none. */
  readonly keptDisks?: number;
  readonly vcpu: number;
  readonly memoryMib: number;
  readonly storageGib: number;
  /** Of it, by the class of its disks. */
  readonly storageGibByClass: { readonly ssd: number; readonly hdd: number };
  readonly largestVcpu: number;
  readonly largestMemoryMib: number;
}
