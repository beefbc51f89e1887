import { awaitsVoices } from '../approvals/domain/awaiting.js';
import type { Voice } from '../approvals/domain/standing.js';
import { scopeFor, type Viewer } from '../kernel/viewer.js';
import { PERMISSION_FOR } from './domain/request-state.js';
import type { Awaited } from './requests.repository.js';

/** Columns of the request that the chain's condition looks at. */
export const SUBJECT = { subjectId: 'r.id', departmentId: 'r.departmentId' };

/** What waits for this person: own drafts, and steps that he, or somebody in whose name he may speak, decides. */
export function awaitedBy(viewer: Viewer, voices: readonly Voice[]): Awaited {
  const scope = scopeFor(viewer, 'REQUEST', PERMISSION_FOR.EDIT);
  return {
    own: scope ? { states: ['DRAFT', 'RETURNED'], scope, applicantId: viewer.userId } : null,
    decided: awaitsVoices(voices, SUBJECT),
  };
}
