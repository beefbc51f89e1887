/** Decides whether a person may do an act on a request now: legal in its state, permitted, by another person than before, on what they saw. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';
import { ok, type Result, refuse } from '../../kernel/result.js';
import { reaches, scopeFor, type Viewer } from '../../kernel/viewer.js';
import { OPINION_LENGTH_MAX } from './content.js';
import { after, permissionFor, REQUEST_ACTIONS, type RequestAction, type RequestState } from './request-state.js';

export interface RequestFacts {
  readonly state: RequestState;
  readonly version: number;
  readonly departmentId: string;
  readonly systemId: string;
  readonly applicantId: string;
  /** Who had it before it was handed over: what one drafted, one does not sign by giving it away. */
  readonly formerApplicantIds: readonly string[] | null;
  /** Who signed it off for the department. */
  readonly signerId: string | null;
}

/** A return or a rejection without a reason helps nobody. */
const OPINION_REQUIRED: ReadonlySet<RequestAction> = new Set(['RETURN', 'REJECT']);
/** Acts of a second pair of eyes: never by who drafted it, nor twice in one chain (design §1, issue W3 "Approval"). */
const SECOND_PERSON: ReadonlySet<RequestAction> = new Set(['SUBMIT', 'APPROVE']);

/** Why the act may not be done; null = it may. What the state forbids is not asked here. */
export function obstacle(viewer: Viewer, request: RequestFacts, action: RequestAction): Bilingual | null {
  const permission = permissionFor(action, request.state);
  if (!reaches(scopeFor(viewer, 'REQUEST', permission), request))
    return say('您的角色没有这一步的权限', 'Your role may not take this step');
  const had = [request.applicantId, ...(request.formerApplicantIds ?? [])];
  if (SECOND_PERSON.has(action) && had.includes(viewer.userId))
    return say('经办过的人不能审签或审批该申请', 'Nobody signs off or approves a request that was theirs');
  if (action === 'APPROVE' && viewer.userId === request.signerId)
    return say('同一人不能在一个流程里经手两步', 'Nobody takes two steps of one chain');
  return null;
}

/** Legal acts that are this viewer's kind of act, with the reason why not this time; other people's acts are no buttons of theirs. */
export function availableActions(
  viewer: Viewer,
  request: RequestFacts,
): { action: RequestAction; disabledReason: Bilingual | null }[] {
  return REQUEST_ACTIONS.filter(
    (action) =>
      after(request.state, action) !== undefined &&
      scopeFor(viewer, 'REQUEST', permissionFor(action, request.state)) !== undefined,
  ).map((action) => ({ action, disabledReason: obstacle(viewer, request, action) }));
}

/** The state that the act leads to, or every reason against it. */
export function decideAct(
  viewer: Viewer,
  request: RequestFacts,
  action: RequestAction,
  wish: { readonly expectedVersion: number; readonly opinion?: string | null },
): Result<RequestState, readonly Refusal[]> {
  const to = after(request.state, action);
  if (to === undefined)
    return refuse([
      {
        code: 'ILLEGAL_TRANSITION',
        path: [],
        state: request.state,
        action,
        message: say('申请单当前状态不能做这一步', 'The request’s state does not allow this step'),
      },
    ]);
  const reason = obstacle(viewer, request, action);
  if (reason) return refuse([{ code: 'NOT_PERMITTED', path: [], reason: 'role', message: reason }]);
  if (wish.expectedVersion !== request.version) return refuse([versionConflict(wish.expectedVersion, request.version)]);
  const opinion = wish.opinion?.trim() ?? '';
  if (opinion.length > OPINION_LENGTH_MAX || (opinion.length === 0 && OPINION_REQUIRED.has(action)))
    return refuse([
      {
        code: 'INVALID_INPUT',
        path: ['opinion'],
        rule: 'length',
        message: say(
          `请填写意见，最多 ${OPINION_LENGTH_MAX} 字`,
          `Give an opinion of at most ${OPINION_LENGTH_MAX} characters`,
        ),
      },
    ]);
  return ok(to);
}

export function versionConflict(expected: number, current: number): Refusal {
  return {
    code: 'VERSION_CONFLICT',
    path: ['expectedVersion'],
    expected,
    current,
    message: say(
      '申请单刚被他人更新，请刷新后再操作',
      'Somebody has just changed the request; look again before you act',
    ),
  };
}
