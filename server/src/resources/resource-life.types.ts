import type { CalendarDate } from '../kernel/calendar.js';
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
  readonly wishedPower: WishedPower;
  readonly instanceUid: string | null;
  readonly restartUid: string | null;
  readonly restoringSnapshotId: string | null;
  /** It ran before the console, which drives a part of its object alone; null = all of it, or nothing. */
  readonly takenOver: TakenOver | null;
}
