import type { CalendarDate } from '../kernel/calendar.js';
import type { AttachedDisk } from './domain/kept-disks.js';
import type { LiveRoom } from './domain/live-resize.js';
import type { WishedPower } from './domain/power-actions.js';
import type { BinCause } from './domain/release.js';
import type { ReviewStage } from './domain/review.js';
import type { TakenOver } from './domain/taken-over.js';

/** What time and people have made of a resource since its delivery. */
export interface ResourceLifeFacts {
  readonly temporaryUntil: CalendarDate | null;
  readonly remindedDays: number | null;
  readonly termOverAt: Date | null;
  readonly extensionsUsed: number;
  readonly reviewFrom: Date | null;
  readonly reviewStage: ReviewStage;
  readonly binUntil: Date | null;
  readonly binCause: BinCause | null;
  readonly deletionProtected: boolean;
  /** 变更: the request that is under way for it, and what its cluster may still have until that is carried out. */
  readonly openChangeId: string | null;
  readonly openChangeCode: string | null;
  readonly formerVcpu: number | null;
  readonly formerMemoryMib: number | null;
  /** Whether that may start it anew. */
  readonly restartAgreed: boolean;
  /** What it may become while it runs, as it was seen last; null = any other size is a restart. */
  readonly liveRoom: LiveRoom | null;
  readonly wishedPower: WishedPower;
  readonly instanceUid: string | null;
  readonly restartUid: string | null;
  readonly restoringSnapshotId: string | null;
  /** It ran before the console, which drives a part of its object alone; null = all of it, or nothing. */
  readonly takenOver: TakenOver | null;
  /** Days that its disk shall outlive it, from the choice at its release to the disk's own end; null = it goes with it. */
  readonly keepDiskDays: number | null;
  /** Disks that were kept of other machines and are its own now. */
  readonly attachedDisks: readonly AttachedDisk[] | null;
  /** The VolumeSnapshot of its namespace that its disk is made of instead of its image; left out or null = its image. */
  readonly diskSnapshot?: string | null;
  /** The very disk that goes, so that another is made; left out or null = none. */
  readonly tornDiskUid?: string | null;
  /** The center that it has not left yet, since it was placed elsewhere; null = none. */
  readonly leavingCenterId?: string | null;
}
