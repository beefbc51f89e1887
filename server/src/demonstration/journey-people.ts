import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import type { TenantScope, Viewer } from '../kernel/viewer.js';

/** Those of the tour through whose hands a request goes. */
export interface People {
  readonly applicant: Viewer;
  readonly head: Viewer;
  readonly acceptance: Viewer;
  readonly reviewer: Viewer;
  readonly allocator: Viewer;
}

/** DRAFT: kept; SENT: to its own department's head; SUBMITTED: to the center, which holds; GRANTED: signed by all. */
export type Way = 'DRAFT' | 'SENT' | 'SUBMITTED' | 'GRANTED';

export type Answer = Promise<Result<{ id: string }, readonly Refusal[]>>;

export function own({ departmentId }: Viewer): TenantScope {
  return { kind: 'DEPARTMENTS', departmentIds: departmentId === null ? [] : [departmentId] };
}

export async function done(answer: Answer): Promise<string> {
  const result = await answer;
  if (!result.ok) throw new Error(result.error.map(({ message }) => message.en).join('; '));
  return result.value.id;
}
