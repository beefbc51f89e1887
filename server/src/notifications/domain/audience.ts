/** Decides who hears a notice, and through which channels beside the console. */
import type { Audience, NoticeKind } from '../../kernel/notice.js';
import type { Role } from '../../kernel/viewer.js';
import type { ChannelKind } from './channel.js';

/** An open account with the roles that it holds now, each with the department where it holds it; null = the province's. */
export interface Person {
  readonly userId: string;
  readonly roles: readonly { readonly role: Role; readonly departmentId: string | null }[];
}

/** Each person once, in the order of the people. */
export function hearersOf(audience: Audience, people: readonly Person[]): string[] {
  const named = new Set(audience.userIds ?? []);
  const except = new Set(audience.except ?? []);
  return people
    .filter(({ userId }) => !except.has(userId))
    .filter(
      ({ userId, roles }) =>
        named.has(userId) ||
        (audience.roles ?? []).some((wanted) =>
          roles.some(
            (held) =>
              held.role === wanted.role && (wanted.departmentId === null || wanted.departmentId === held.departmentId),
          ),
        ),
    )
    .map(({ userId }) => userId);
}

export interface Preference {
  readonly sms: boolean;
  readonly im: boolean;
  readonly mail: boolean;
  readonly mailAddress: string | null;
  /** Kinds that stay in the console. */
  readonly quietKinds: readonly NoticeKind[];
}

/** Nobody is sent anything that he did not ask for: a telephone number was given for other things. */
export const NO_PREFERENCE: Preference = { sms: false, im: false, mail: false, mailAddress: null, quietKinds: [] };

/** Where one person is reached by a channel; null = not by this one, or not of this kind. */
export function recipientOf(
  channel: ChannelKind,
  kind: NoticeKind,
  person: { readonly phone: string | null; readonly preference: Preference },
): string | null {
  const { preference, phone } = person;
  if (kind === 'CALL_OUT' && (channel === 'SMS' || channel === 'IM')) return phone || null;
  if (channel === 'WEBHOOK' || preference.quietKinds.includes(kind)) return null;
  if (channel === 'MAIL') return preference.mail ? preference.mailAddress : null;
  return (channel === 'SMS' ? preference.sms : preference.im) ? phone || null : null;
}
