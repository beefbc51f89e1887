/** Decides who hears of a request on its way, and in which words. */
import { currentStep, type Round } from '../../approvals/domain/round.js';
import type { StepRole } from '../../approvals/domain/step-roles.js';
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { Audience, Notice, NoticeKind, RoleAudience } from '../../kernel/notice.js';

export interface RequestToTell {
  readonly id: string;
  readonly code: string;
  readonly departmentId: string;
  readonly applicantId: string;
}

/** Where holders of a role are told: the department's own head, its city's administrator, everybody of the province's roles. */
export function placeOf(role: StepRole, departmentId: string, cityId: string | null): RoleAudience {
  if (role === 'DEPARTMENT_HEAD') return { role, departmentId };
  return { role, departmentId: role === 'CITY_ADMINISTRATOR' ? cityId : null };
}

/** Whoever may still sign the current step: those whom it was handed to, else the holders of its roles; none who has had a part. */
export function stepAudience(round: Round, departmentId: string, cityId: string | null): Audience {
  const open = currentStep(round)?.seats.filter((seat) => seat.decision === null) ?? [];
  return {
    userIds: open.flatMap((seat) => seat.person?.id ?? []),
    roles: open
      .filter((seat) => seat.person === null)
      .flatMap((seat) => seat.roles.map((role) => placeOf(role, departmentId, cityId))),
    except: round.taken,
  };
}

/** The step has come to somebody, or is his by a hand-on or an addition. */
export function stepWaits(request: RequestToTell, round: Round, cityId: string | null): Notice {
  const title = currentStep(round)?.title ?? say('审批', 'approval');
  return notice(request, 'WORK_WAITING', stepAudience(round, request.departmentId, cityId), {
    zh: `申请单 ${request.code} 待您办理：${title.zh}`,
    en: `Request ${request.code} waits for you: ${title.en}`,
  });
}

export function reminded(request: RequestToTell, round: Round, cityId: string | null, by: string): Notice {
  const title = currentStep(round)?.title ?? say('审批', 'approval');
  return notice(request, 'DEADLINE', stepAudience(round, request.departmentId, cityId), {
    zh: `${by} 催办申请单 ${request.code}：${title.zh}`,
    en: `${by} reminds you of request ${request.code}: ${title.en}`,
  });
}

/** The role that a late step is escalated to; it may hand the step on. */
export function stepIsLate(request: RequestToTell, round: Round, cityId: string | null): Notice | null {
  const step = currentStep(round);
  if (!step) return null;
  const roles = [placeOf(step.escalatesTo, request.departmentId, cityId)];
  return notice(
    request,
    'DEADLINE',
    { roles },
    {
      zh: `申请单 ${request.code} 的“${step.title.zh}”已超时，请督办`,
      en: `Request ${request.code} is overdue in “${step.title.en}”; see that it is decided`,
    },
  );
}

const MOVED: { readonly [M in 'RETURN' | 'REJECT' | 'GRANT' | 'EXPIRE']: (code: string) => Bilingual } = {
  RETURN: (code) => say(`申请单 ${code} 被退回补正，请查看意见`, `Request ${code} was returned; see the opinion`),
  REJECT: (code) => say(`申请单 ${code} 未获批准，请查看意见`, `Request ${code} was rejected; see the opinion`),
  GRANT: (code) => say(`申请单 ${code} 已批准，正在开通`, `Request ${code} is approved and is being provisioned`),
  EXPIRE: (code) =>
    say(`申请单 ${code} 的预占已到期，申请单失效`, `The hold of request ${code} ran out; the request has expired`),
};

/** What became of it, to whom it belongs. */
export function requestMoved(request: RequestToTell, move: keyof typeof MOVED): Notice {
  return notice(request, 'WORK_MOVED', { userIds: [request.applicantId] }, MOVED[move](request.code));
}

function notice(request: RequestToTell, kind: NoticeKind, audience: Audience, text: Bilingual): Notice {
  return { kind, subject: { type: 'Request', id: request.id }, audience, text, onceKey: null };
}
