/** Decides what adapters of signals read from: facts that were loaded once for all of them, and what each gives back. */
import type { ClusterVitals } from '../../../clusterhealth/domain/cluster-vitals.js';
import type { CenterRole, Cluster } from '../../../facilities/domain/facility.js';
import type { ReplicationObject } from '../../../replication/domain/replication-object.js';
import type { Reading } from '../dr-signal.js';
import type { GroupFacts } from '../dr-words.js';
import type { OwnBackup } from './console-backup-signals.js';

export interface CenterGround {
  readonly id: string;
  readonly code: string;
  readonly role: CenterRole;
  readonly cluster: Cluster | null;
  readonly vitals: { readonly reportedAt: Date; readonly said: ClusterVitals } | null;
  /** When its replication objects were last read whole; null = never, or its cluster knows none of the kinds. */
  readonly replicationReadAt: Date | null;
  /** Free for promises, over all its pools; null = not known. */
  readonly free: { readonly vcpu: number; readonly memoryMib: number } | null;
}

export interface SignalGround {
  readonly now: Date;
  readonly centers: readonly CenterGround[];
  readonly groups: readonly GroupFacts[];
  /** The console's own, by kind; [] = nobody was told to make any. */
  readonly ownBackups: readonly OwnBackup[];
  /** By the machine whose disk it is. */
  readonly objectsOf: ReadonlyMap<string, readonly ReplicationObject[]>;
}

/** One source of signals: one class, one method. What it cannot say it leaves out, and what was said before grows old. */
export interface SignalSource {
  read(ground: SignalGround): readonly Reading[];
}

const SECOND_MS = 1_000;

export function secondsBetween(earlier: Date, later: Date): number {
  return Math.max(0, (later.getTime() - earlier.getTime()) / SECOND_MS);
}
