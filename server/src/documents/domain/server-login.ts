/** Decides who may take the first password of a server's installation, and when. */
import { say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';
import type { FirstLoginState } from './first-login.js';

const DAY_MS = 24 * 60 * 60_000;

interface Login {
  /** Who of the department had it installed anew; null = its request did. */
  readonly askedById: string | null;
  readonly readyAt: Date | null;
  readonly revealedAt: Date | null;
  readonly destroyedAt: Date | null;
}

/** Whoever asked for the installation gets in first: the applicant, or who had it installed anew. */
export function takerOfServerLogin(login: Pick<Login, 'askedById'>, applicantId: string): string {
  return login.askedById ?? applicantId;
}

/** Its days begin when it stands ready, before which nobody can fetch it. */
export function serverLoginUntil({ readyAt }: Pick<Login, 'readyAt'>, days: number, now: Date): Date {
  return new Date((readyAt ?? now).getTime() + days * DAY_MS);
}

export function stateOfServerLogin({ destroyedAt, revealedAt }: Login): FirstLoginState {
  if (revealedAt) return 'REVEALED';
  return destroyedAt ? 'DESTROYED' : 'READY';
}

/** null = this viewer may see it now. */
export function revealServerObstacle(
  login: Login | null,
  facts: { readonly applicantId: string; readonly viewerId: string; readonly days: number; readonly now: Date },
): Refusal | null {
  if (login === null)
    return illegal(
      'NONE',
      '这台服务器没有由集云设置的初始口令',
      'The console has set no first password of this server',
    );
  if (facts.viewerId !== takerOfServerLogin(login, facts.applicantId))
    return {
      code: 'NOT_PERMITTED',
      path: [],
      reason: 'APPLICANT_ONLY',
      message: say(
        '初始口令只向申请装机或重装的人交付',
        'The first password is handed to whoever asked for the installation alone',
      ),
    };
  if (login.revealedAt)
    return illegal(
      'REVEALED',
      '初始口令已交付过一次，不再显示；遗失时可重装系统，或在带外控制台重设',
      'The first password was shown once and is not shown again; if it is lost, reinstall, or set another at its console',
    );
  if (login.destroyedAt || (login.readyAt && serverLoginUntil(login, facts.days, facts.now) <= facts.now))
    return illegal(
      'DESTROYED',
      '初始口令逾期未领取，已销毁；可重装系统，或在带外控制台重设',
      'Nobody fetched the first password in time and it was destroyed; reinstall, or set another at its console',
    );
  if (login.readyAt === null)
    return illegal('READY', '装机尚未完成，完成后可领取', 'The installation is under way; then it can be fetched');
  return null;
}

function illegal(state: string, zh: string, en: string): Refusal {
  return { code: 'ILLEGAL_TRANSITION', path: [], state, action: 'REVEAL', message: say(zh, en) };
}
