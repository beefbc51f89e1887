import type { Viewer } from '../kernel/viewer.js';
import { actingRole } from './domain/request-state.js';
import type { NewRequestStep } from './requests.repository.js';
import type { RequestRow } from './requests.types.js';

function stepOf(viewer: Viewer, action: 'CREATE' | 'EDIT', from: RequestRow['state'] | null): NewRequestStep {
  return {
    ...{ actorId: viewer.userId, actorName: viewer.name, actorRole: actingRole(viewer.roles) },
    ...{ action, opinion: null, fromState: from, toState: from ?? 'DRAFT' },
  };
}

/** How a draft begins. */
export function madeStep(viewer: Viewer): NewRequestStep {
  return stepOf(viewer, 'CREATE', null);
}

/** The applicant's own saves are no news; another's hand is, and he signs nothing of it (submission.service.ts). */
export function editSteps(viewer: Viewer, request: Pick<RequestRow, 'applicantId' | 'state'>): NewRequestStep[] {
  return viewer.userId === request.applicantId ? [] : [stepOf(viewer, 'EDIT', request.state)];
}
