/** Decides who may hand over whose work, and to whom. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';
import { covers, type Rights, scopeFor, type TenantScope } from '../../kernel/viewer.js';

/** As the column of a request's purpose: a reason, not a report. */
export const HAND_OVER_REASON_LENGTH_MAX = 200;

/** What kinds of work a hand-over moves. Each feature that keeps somebody's name beside its rows registers one. */
export interface KindOfWork {
  /** Stable, e.g. "requests". */
  readonly key: string;
  /** e.g. 草稿与退回的申请单 */
  readonly name: Bilingual;
}

/** Somebody whose rights are looked at. */
export interface Worker extends Rights {
  readonly userId: string;
  readonly name: string;
  readonly active: boolean;
}

type Hander = Rights & { readonly userId: string };

/** By what right the viewer hands this person's work over; undefined = by none, and he hears nothing of the person. */
export function rightTo(viewer: Hander, from: Worker): 'OWN' | 'HEAD' | 'ADMINISTRATOR' | undefined {
  if (from.departmentId === null) return undefined;
  if (covers(scopeFor(viewer, 'USER', 'EDIT'), from.departmentId)) return 'ADMINISTRATOR';
  if (covers(scopeFor(viewer, 'REQUEST', 'SIGN_OFF'), from.departmentId)) return 'HEAD';
  return viewer.userId === from.userId ? 'OWN' : undefined;
}

/** Departments in which the viewer may look for people whose work changes hands; undefined = only himself. */
export function departmentsToHandOver(viewer: Hander): TenantScope | undefined {
  return scopeFor(viewer, 'USER', 'EDIT') ?? scopeFor(viewer, 'REQUEST', 'SIGN_OFF');
}

/** Departments that a successor may come from: the same one, or elsewhere in its tree as far as the viewer sees. */
export function departmentsOfSuccessors(viewer: Hander, from: Worker, wholeTreeIds: readonly string[]): string[] {
  const seen = departmentsToHandOver(viewer);
  return wholeTreeIds.filter((id) => id === from.departmentId || covers(seen, id));
}

/** Why these two may not hand over; empty = they may. */
export function refusalsToHandOver(
  pair: { readonly from: Worker; readonly to: Worker | null },
  successorDepartments: readonly string[],
  reason: string,
): Refusal[] {
  const refusals: Refusal[] = [];
  const { from, to } = pair;
  if (!to?.active || to.departmentId === null || !successorDepartments.includes(to.departmentId))
    refusals.push({
      code: 'UNKNOWN_REFERENCE',
      path: ['toId'],
      message: say(
        '接替人须是同一单位（或同一设区市内）的在用账号',
        'The successor has an open account in the same department or city',
      ),
    });
  else if (to.userId === from.userId)
    refusals.push(invalid('toId', 'other', say('不能交接给本人', 'Nobody hands over to themselves')));
  if (reason.trim() === '' || reason.length > HAND_OVER_REASON_LENGTH_MAX)
    refusals.push(
      invalid(
        'reason',
        'required',
        say(
          `请填写交接原因，不超过 ${HAND_OVER_REASON_LENGTH_MAX} 字`,
          `Give a reason of at most ${HAND_OVER_REASON_LENGTH_MAX} characters`,
        ),
      ),
    );
  return refusals;
}

function invalid(field: string, rule: string, message: Bilingual): Refusal {
  return { code: 'INVALID_INPUT', path: [field], rule, message };
}
