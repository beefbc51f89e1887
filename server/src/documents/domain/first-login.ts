/** Decides what a machine's first login is: made with it, shown once to the applicant, gone after that or after a term. */
import { say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';

/** READY: to be fetched. REVEALED: it was shown. DESTROYED: nobody fetched it in time. RESETTING: another one is being set. */
export const FIRST_LOGIN_STATES = ['READY', 'REVEALED', 'DESTROYED', 'RESETTING'] as const;
export type FirstLoginState = (typeof FIRST_LOGIN_STATES)[number];

export interface FirstLogin {
  readonly resourceId: string;
  readonly username: string;
  readonly revealedAt: Date | null;
  readonly destroyedAt: Date | null;
  readonly expiresAt: Date;
}

export function stateOfLogin(login: Pick<FirstLogin, 'revealedAt' | 'destroyedAt'>): FirstLoginState {
  if (login.revealedAt) return 'REVEALED';
  return login.destroyedAt ? 'DESTROYED' : 'READY';
}

const DAY_MS = 24 * 60 * 60_000;

/**
 * Until when it may be fetched: so many days from its making, and as many from the delivery, before which nobody can. Of a
 * machine that is not delivered yet the days have not begun.
 */
export function fetchedUntil(
  login: Pick<FirstLogin, 'expiresAt'>,
  deliveredAt: Date | null,
  days: number,
  now: Date,
): Date {
  const from = deliveredAt ?? now;
  return new Date(Math.max(login.expiresAt.getTime(), from.getTime() + days * DAY_MS));
}

/** null = this viewer may see it now. Only the applicant: neither the head nor whoever runs the place. */
export function revealObstacle(
  login: FirstLogin | null,
  facts: { readonly applicantId: string; readonly viewerId: string; readonly delivered: boolean; readonly now: Date },
): Refusal | null {
  if (facts.viewerId !== facts.applicantId)
    return {
      code: 'NOT_PERMITTED',
      path: [],
      reason: 'APPLICANT_ONLY',
      message: say('初始口令只向本申请单的经办人交付', 'The first password is handed to the request’s applicant alone'),
    };
  if (!login)
    return illegal(
      'NONE',
      '这台资源没有由集云设置的初始口令',
      'The console has set no first password of this resource',
    );
  if (login.revealedAt)
    return illegal(
      'REVEALED',
      '初始口令已交付过一次，不再显示；遗失请申请重置',
      'The first password was shown once and is not shown again; if it is lost, have it reset',
    );
  if (login.destroyedAt || login.expiresAt <= facts.now)
    return illegal(
      'DESTROYED',
      '初始口令逾期未领取，已销毁；请申请重置',
      'Nobody fetched the first password in time and it was destroyed; have it reset',
    );
  if (!facts.delivered)
    return illegal('READY', '资源尚未开通，开通后可领取', 'The resource is not delivered yet; then it can be fetched');
  return null;
}

function illegal(state: string, zh: string, en: string): Refusal {
  return { code: 'ILLEGAL_TRANSITION', path: [], state, action: 'REVEAL', message: say(zh, en) };
}
