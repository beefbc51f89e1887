/** Decides whether a person may do an act on a request now: legal in its state, permitted, by another person than before, on what they saw. */
import { isHolding, type Round } from '../../approvals/domain/round.js';
import { type Standing, standingOf, type Voice, whyNotText } from '../../approvals/domain/standing.js';
import { mayDecideAs } from '../../approvals/domain/step-roles.js';
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';
import { ok, type Result, refuse } from '../../kernel/result.js';
import { reaches, scopeFor, type TenantScope, type Viewer } from '../../kernel/viewer.js';
import { OPINION_LENGTH_MAX } from './content.js';
import {
  after,
  isSigning,
  isStepAction,
  PERMISSION_FOR,
  REQUEST_ACTIONS,
  type RequestAction,
  type RequestState,
  SIGNING_ACTIONS,
  type StepAction,
} from './request-state.js';

export interface RequestFacts {
  readonly state: RequestState;
  readonly version: number;
  readonly departmentId: string;
  readonly systemId: string;
  readonly applicantId: string;
}

/** Where its approval stands, and in whose names the viewer may speak. */
export interface ApprovalFacts {
  readonly round: Round | null;
  readonly voices: readonly Voice[];
  /** The current step was reminded of for this working day. */
  readonly remindedToday: boolean;
}

/** Of a request that is in nobody's chain: what its own department does with it. */
export const NO_APPROVAL: ApprovalFacts = { round: null, voices: [], remindedToday: false };

export interface ActWishFacts {
  readonly expectedVersion: number;
  readonly opinion?: string | null;
  readonly fileId?: string | null;
  /** Which of several seats of the step is signed; null = the first that fits. */
  readonly seatId?: string | null;
}

export interface Allowed {
  /** The state that the act leads to, where it is the last of its kind that was waited for. */
  readonly to: RequestState;
  /** For acts on the current step: by which seat, in whose name. */
  readonly standing: Standing | null;
}

/** Whoever signs says why: the chain on the request and its paper shows it. So does whoever chooses another place. */
const OPINION_REQUIRED: ReadonlySet<RequestAction> = new Set([...SIGNING_ACTIONS, 'CHOOSE_PLACES']);
/** A sign that is seen: what is blank or invisible says nothing. */
const SAID = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** Whose drafts a person sees: of those he could write in. Whoever decides sees what was sent to him. */
export function draftsOf(viewer: Viewer): TenantScope | undefined {
  return scopeFor(viewer, 'REQUEST', PERMISSION_FOR.EDIT);
}

/** Of a request in the viewer's scope: a draft is its department's own until it is sent. */
export function maySee(viewer: Viewer, request: Pick<RequestFacts, 'state' | 'departmentId' | 'systemId'>): boolean {
  return request.state !== 'DRAFT' || reaches(draftsOf(viewer), request);
}

/** Whether this is a draft that the viewer may write and only others may send. */
export function draftsOnly(viewer: Viewer, request: RequestFacts): boolean {
  return (
    after(request.state, 'SEND_FOR_SIGN_OFF') !== undefined &&
    reaches(draftsOf(viewer), request) &&
    !reaches(scopeFor(viewer, 'REQUEST', PERMISSION_FOR.SEND_FOR_SIGN_OFF), request)
  );
}

export function unknownRequest(): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: ['id'],
    message: say('找不到这张申请单，或不属于您的单位', 'There is no such request, or it is not your department’s'),
  };
}

type Obstacle = Result<Standing | null, Bilingual>;
const WRONG_SEAT = whyNotText('SEAT');

/** What stands in the way; else the standing that the act goes by. What the state forbids is not asked here. */
export function obstacle(
  viewer: Viewer,
  request: RequestFacts,
  action: RequestAction,
  approval: ApprovalFacts,
  seatId: string | null = null,
): Obstacle {
  if (isStepAction(action)) return stepObstacle(request, action, approval, isSigning(action) ? seatId : null);
  if (!reaches(scopeFor(viewer, 'REQUEST', PERMISSION_FOR[action]), request))
    return refuse(
      action === 'SEND_FOR_SIGN_OFF' && reaches(draftsOf(viewer), request)
        ? DRAFTS_ONLY
        : say('您的角色没有这一步的权限', 'Your role may not take this step'),
    );
  if (action === 'REMIND' && approval.remindedToday)
    return refuse(
      say('本工作日已催办过，每个环节每个工作日催办一次', 'Reminded already: once a working day for each step'),
    );
  return ok(null);
}

/** A vendor's staff: what binds the department is done by the department (ADR 33). */
const DRAFTS_ONLY = say(
  '厂商人员可以起草，不能送审：请本单位经办人或信息化负责人核对后送审，草稿已保留',
  'A vendor’s staff drafts and does not send: ask the department’s applicant or head to check it and send it; the draft is kept',
);

function stepObstacle(
  request: RequestFacts,
  action: StepAction,
  approval: ApprovalFacts,
  seatId: string | null,
): Obstacle {
  const stand = standingOf(approval.round, request, approval.voices, seatId);
  if (stand.ok && action === 'CHOOSE_PLACES')
    return allocates(stand.value, approval.round) ? stand : refuse(NOT_ALLOCATING);
  if (stand.ok) return stand;
  const watched = action === 'TRANSFER' ? watching(request, approval) : undefined;
  if (watched) return ok(watched);
  return refuse(stand.error === 'SEAT' ? WRONG_SEAT : whyNotText(stand.error));
}

const NOT_ALLOCATING = say('容量分配环节才能改放', 'Places are chosen at the step of capacity allocation');

/** Whoever signs as the allocator, while there is something held. */
function allocates({ role }: Standing, round: Round | null): boolean {
  return role === 'CAPACITY_ALLOCATOR' && round !== null && isHolding(round);
}

/** Whom an overdue step was escalated to decides nothing of it, but may hand it to somebody who can; never of his own request. */
function watching(request: RequestFacts, { round, voices }: ApprovalFacts): Standing | undefined {
  const [voice] = voices;
  const step = round?.steps.find((one) => one.state === 'CURRENT' && one.escalatedAt !== null);
  const seat = step?.seats.find((one) => one.decision === null);
  if (!voice || voice.userId === request.applicantId) return undefined;
  if (!step || !seat || !mayDecideAs(voice, step.escalatesTo, request.departmentId)) return undefined;
  return { step, seat, voice, role: step.escalatesTo };
}

/** Legal acts that are this viewer's kind of act, with the reason why not this time; other people's acts are no buttons of theirs. */
export function availableActions(
  viewer: Viewer,
  request: RequestFacts,
  approval: ApprovalFacts,
): { action: RequestAction; disabledReason: Bilingual | null }[] {
  return REQUEST_ACTIONS.filter(
    (action) => after(request.state, action) !== undefined && isTheirKind(viewer, request, action, approval),
  ).map((action) => {
    const found = obstacle(viewer, request, action, approval);
    return { action, disabledReason: found.ok ? null : found.error };
  });
}

function isTheirKind(viewer: Viewer, request: RequestFacts, action: RequestAction, approval: ApprovalFacts): boolean {
  // Whoever drafts and does not send is told who does.
  if (action === 'SEND_FOR_SIGN_OFF') return draftsOf(viewer) !== undefined;
  if (!isStepAction(action)) return scopeFor(viewer, 'REQUEST', PERMISSION_FOR[action]) !== undefined;
  if (obstacle(viewer, request, action, approval).ok) return true;
  // Whoever may not sign this step is told so once, by its signatures.
  if (action === 'CHOOSE_PLACES') return false;
  const stand = standingOf(approval.round, request, approval.voices);
  // To whoever may never decide this step, it is no button; to whoever may not this time, the reason is told.
  return !stand.ok && stand.error !== 'ROLE' && stand.error !== 'NO_STEP';
}

/** What the act leads to and goes by, or every reason against it. */
export function decideAct(
  viewer: Viewer,
  request: RequestFacts,
  action: RequestAction,
  wish: ActWishFacts,
  approval: ApprovalFacts,
): Result<Allowed, readonly Refusal[]> {
  if (!maySee(viewer, request)) return refuse([unknownRequest()]);
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
  const found = obstacle(viewer, request, action, approval, wish.seatId ?? null);
  if (!found.ok) {
    const wrongSeat = found.error === WRONG_SEAT;
    const [path, reason] = wrongSeat ? [['seatId'], 'seat'] : [[], 'role'];
    return refuse([{ code: 'NOT_PERMITTED', path, reason, message: found.error }]);
  }
  if (wish.expectedVersion !== request.version) return refuse([versionConflict(wish.expectedVersion, request.version)]);
  const unsaid = checkOpinion(wish.opinion, OPINION_REQUIRED.has(action));
  if (unsaid) return refuse([unsaid]);
  if (action === 'APPROVE' && found.value?.step.needsFile && !wish.fileId)
    return refuse([
      {
        code: 'INVALID_INPUT',
        path: ['fileId'],
        rule: 'required',
        message: say('本环节须上传评审意见文件', 'This step needs the opinion as a file'),
      },
    ]);
  return ok({ to, standing: found.value });
}

/** @param required of whoever signs. null = it will do. */
export function checkOpinion(opinion: string | null | undefined, required: boolean): Refusal | null {
  const said = opinion?.trim() ?? '';
  if (said.length <= OPINION_LENGTH_MAX && (!required || SAID.test(said))) return null;
  return {
    code: 'INVALID_INPUT',
    path: ['opinion'],
    rule: 'length',
    message: required
      ? say(
          `请填写意见，1 至 ${OPINION_LENGTH_MAX} 字；申请单未作处理`,
          `Give an opinion of 1 to ${OPINION_LENGTH_MAX} characters; nothing was done yet`,
        )
      : say(`意见最多 ${OPINION_LENGTH_MAX} 字`, `An opinion has at most ${OPINION_LENGTH_MAX} characters`),
  };
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
