/** Decides the words of a DR group: its tiers, whose affair they are, what data they hold, and the grades it can have. */
import type { CenterRole } from '../../facilities/domain/facility.js';
import type { LocalMode, RemoteMode } from '../../systems/domain/system.js';

/** 容灾层次: by which layer the tier's copies are kept: 应用级, 数据库级, 存储级, 备份级. */
export const TIER_LAYERS = ['APPLICATION', 'DATABASE', 'STORAGE', 'BACKUP'] as const;
export type TierLayer = (typeof TIER_LAYERS)[number];

/** Who answers for it: the center, the department, or a vendor of either. */
export const TIER_PARTIES = ['CENTER', 'DEPARTMENT', 'VENDOR'] as const;
export type TierParty = (typeof TIER_PARTIES)[number];

/** STATELESS may serve in A and B at once; of the others one center writes, or a majority of them. */
export const DATA_KINDS = ['STATELESS', 'SINGLE_WRITER', 'QUORUM'] as const;
export type DataKind = (typeof DATA_KINDS)[number];

/** CLUSTER: VolSync and csi-addons as the clusters tell of them. PROBE: what a database says of itself, or a heartbeat. NONE: nothing that the console can read says how its data goes. */
export const TIER_SOURCES = ['CLUSTER', 'PROBE', 'NONE'] as const;
export type TierSource = (typeof TIER_SOURCES)[number];

/** FORMED of a line of a request; COMPOSED by hand of what no request made, or made as something else. */
export const TIER_ORIGINS = ['FORMED', 'COMPOSED'] as const;
export type TierOrigin = (typeof TIER_ORIGINS)[number];

export const DATA_ROLES = ['WRITER', 'COPY', 'MEMBER'] as const;
export type DataRole = (typeof DATA_ROLES)[number];

/** From best to worst. UNKNOWN stands behind AT_RISK: what nobody can see may be worse than what is seen to be strained. */
export const GROUP_GRADES = ['KEPT', 'AT_RISK', 'UNKNOWN', 'BROKEN'] as const;
export type GroupGrade = (typeof GROUP_GRADES)[number];

export function worstGrade(grades: readonly GroupGrade[]): GroupGrade {
  return grades.reduce<GroupGrade>(
    (worst, grade) => (GROUP_GRADES.indexOf(grade) > GROUP_GRADES.indexOf(worst) ? grade : worst),
    'KEPT',
  );
}

/** How many have which, the best first; none left out. */
export function gradeCounts(grades: readonly GroupGrade[]): { grade: GroupGrade; groups: number }[] {
  return GROUP_GRADES.map((grade) => ({ grade, groups: grades.filter((one) => one === grade).length }));
}

/** A machine of a tier, where it stands. */
export interface Member {
  readonly resourceId: string;
  readonly centerId: string;
  readonly role: CenterRole;
  /** Defined and halted until it is promoted. */
  readonly standby: boolean;
  /** Delivered; what is still being made protects nothing. */
  readonly there: boolean;
  readonly vcpu: number;
  readonly memoryMib: number;
  /** What it is made from: image and disk. Left out = not known. */
  readonly madeFrom?: string;
}

export interface DataPlace {
  readonly centerId: string;
  readonly role: DataRole;
}

/** What a tier is and where it stands, as the record has it. */
export interface TierFacts {
  readonly id: string;
  readonly name: string;
  readonly dataKind: DataKind;
  readonly source: TierSource;
  readonly localMode: LocalMode;
  readonly remoteMode: RemoteMode;
  readonly members: readonly Member[];
  /** Disks whose data was granted a place in the recovery center, without a machine there. */
  readonly dataShares: number;
  /** 容灾欠账: roles of centers that it still waits for. */
  readonly owed: readonly CenterRole[];
}

/** A probe from outside or of data, as reasons name it. */
export interface ProbeName {
  readonly id: string;
  readonly tierId: string;
  readonly name: string;
  /** Where the copy goes whose data it measures; null = it asks from outside. */
  readonly towards: CenterRole | null;
}

export interface KeptBackups {
  /** The first that is due; null = none ever is. */
  readonly restoreTestOn: string | null;
  /** The first copy that was due and never came; null = none is missing. */
  readonly missedSince: Date | null;
}

export interface GroupFacts {
  readonly id: string;
  /** As the system's own record promises it. */
  readonly localMode: LocalMode;
  readonly remoteMode: RemoteMode;
  readonly rpoSeconds: number | null;
  readonly tiers: readonly TierFacts[];
  /** Left out = none. */
  readonly probes?: readonly ProbeName[];
  /** When a drill of it passed the last time; null = never. */
  readonly drilledAt?: Date | null;
  /** Of the backups of its system that run; null = there are none. */
  readonly kept?: KeptBackups | null;
  /** A drill of it was not cleaned up: nothing else is executed on it. */
  readonly isBlocked?: boolean;
  /** Two people have signed that the link between the two of its city goes asynchronously, though it was built for more. */
  readonly pairIsAsync?: boolean;
}

const LOCAL_ORDER: readonly LocalMode[] = ['SINGLE', 'DUAL_ACTIVE'];
const REMOTE_ORDER: readonly RemoteMode[] = ['NONE', 'DATA', 'APPLICATION'];

export function strongestModes(modes: readonly { readonly localMode: LocalMode; readonly remoteMode: RemoteMode }[]): {
  readonly localMode: LocalMode;
  readonly remoteMode: RemoteMode;
} {
  const localMode = modes.some((one) => one.localMode === 'DUAL_ACTIVE') ? LOCAL_ORDER[1] : LOCAL_ORDER[0];
  const remote = Math.max(0, ...modes.map((one) => REMOTE_ORDER.indexOf(one.remoteMode)));
  return { localMode: localMode as LocalMode, remoteMode: REMOTE_ORDER[remote] as RemoteMode };
}

/** A remote mode that gives at least as much as another. */
export function covers(has: RemoteMode, wanted: RemoteMode): boolean {
  return REMOTE_ORDER.indexOf(has) >= REMOTE_ORDER.indexOf(wanted);
}
