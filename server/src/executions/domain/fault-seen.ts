/** Decides since when the fault that a failover answers has been seen: T0, which nobody types. */
import type { SignalName, SignalSubject } from '../../resilience/domain/dr-signal.js';

export interface SeenSignal {
  readonly subjectKind: SignalSubject;
  readonly subjectId: string;
  readonly name: SignalName;
  readonly level: string;
  readonly levelSince: Date;
}

/** What fell silent, or writes twice. A lag, a certificate or a lack of room that is weeks old broke nothing in this hour. */
const OF_FAULTS: readonly SignalName[] = ['CLUSTER_SILENCE', 'SERVICE_ANSWER', 'WRITER_COUNT'];

/** @param servingIds centers in which the group serves: what is silent elsewhere is another fault. null = nobody saw it. */
export function faultSince(signals: readonly SeenSignal[], servingIds: ReadonlySet<string>): Date | null {
  const times = signals
    .filter(({ level, name }) => level === 'CRITICAL' && OF_FAULTS.includes(name))
    .filter(({ subjectId, subjectKind }) => subjectKind !== 'CENTER' || servingIds.has(subjectId))
    .map(({ levelSince }) => levelSince.getTime());
  return times.length === 0 ? null : new Date(Math.min(...times));
}
