/** Decides the moments of a move of the time before, from how long each of its steps took, and what each had found. */
import type { Viewer } from '../../kernel/viewer.js';
import { type ExecutionKind, type ExecutionMoment, momentOf } from './execution-words.js';
import type { PlannedStep } from './runbook.js';

type Person = Pick<Viewer, 'userId' | 'name' | 'departmentId'>;

/** A planned move alone: it loses nothing, so that nobody had to accept anything. */
export interface PastMove {
  readonly groupId: string;
  readonly kind: Exclude<ExecutionKind, 'FAILOVER'>;
  readonly fromCenterId: string;
  readonly toCenterId: string;
  readonly reason: string;
  readonly begunAt: Date;
  readonly requestedBy: Person;
  readonly approvals: readonly { readonly at: Date; readonly by: Person }[];
  readonly steps: readonly PlannedStep[];
  readonly took: readonly { readonly seconds: number; readonly by: Person | null; readonly said: string }[];
}

export interface PastStep extends PlannedStep {
  readonly startedAt: Date;
  readonly finishedAt: Date;
  /** null = the console of that time. */
  readonly by: Person | null;
  readonly found: { readonly text: string };
}

interface PastPlay {
  readonly steps: readonly PastStep[];
  readonly moments: readonly { readonly moment: ExecutionMoment; readonly at: Date }[];
  readonly endsAt: Date;
}

/** It begins when the last of its two has approved. */
export function pastSteps({ approvals, begunAt, steps, took }: PastMove): PastPlay {
  if (took.length !== steps.length || took.some(({ seconds }) => !(seconds > 0)))
    throw new RangeError(`${steps.length} steps, each of which took some time; given ${took.length}`);
  const approvedAt = new Date(Math.max(begunAt.getTime(), ...approvals.map(({ at }) => at.getTime())));
  let at = approvedAt;
  const played = steps.map((step, index): PastStep => {
    const { by, said, seconds } = took[index] as (typeof took)[number];
    const startedAt = at;
    at = new Date(at.getTime() + seconds * 1_000);
    return { ...step, by, startedAt, finishedAt: at, found: { text: said } };
  });
  const reached = played.flatMap(({ action, finishedAt, stage }) => {
    const moment = momentOf(action, stage);
    return moment === undefined ? [] : [{ moment, at: finishedAt }];
  });
  const declared = [
    { moment: 'DECLARED' as const, at: begunAt },
    { moment: 'APPROVED' as const, at: approvedAt },
  ];
  return { steps: played, moments: [...declared, ...reached], endsAt: at };
}
