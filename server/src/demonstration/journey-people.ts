import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import type { TenantScope, Viewer } from '../kernel/viewer.js';

/** Who works on a platform that no cluster drives: the center's engineer orders and confirms, the provider's person does it. */
export interface Workers {
  readonly facility: Viewer;
  readonly recovery: Viewer;
  readonly operator: Viewer;
}

/** Those of the tour through whose hands a request goes. */
export interface People {
  readonly applicant: Viewer;
  readonly head: Viewer;
  readonly acceptance: Viewer;
  readonly reviewer: Viewer;
  readonly allocator: Viewer;
  readonly duty: Viewer;
  readonly finance: Viewer;
  /** Confirms what finance enters. */
  readonly payments: Viewer;
  readonly workers: Workers;
  /** Who drafts the approval chains, and who puts them in force. */
  readonly authority: Viewer;
  /** Answers what departments do not accept. */
  readonly leader: Viewer;
  readonly security: Viewer;
}

/** DRAFT: kept; SENT: to its own department's head; SUBMITTED: to the center, which holds; GRANTED: signed by all. */
export type Way = 'DRAFT' | 'SENT' | 'SUBMITTED' | 'GRANTED';

export type Answer = Promise<Result<{ id: string }, readonly Refusal[]>>;

export function own({ departmentId }: Viewer): TenantScope {
  return { kind: 'DEPARTMENTS', departmentIds: departmentId === null ? [] : [departmentId] };
}

/** What a person would be told stops the journey. */
export async function made<Made>(answer: Promise<Result<Made, readonly Refusal[]>>): Promise<Made> {
  const result = await answer;
  if (!result.ok) throw new Error(result.error.map(({ message }) => message.en).join('; '));
  return result.value;
}

export async function done(answer: Answer): Promise<string> {
  return (await made(answer)).id;
}
