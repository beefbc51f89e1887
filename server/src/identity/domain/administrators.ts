/** Decides who of the three administrators (三员) a user is, and that such a user is nothing else. */
import type { Role } from '../../kernel/viewer.js';

export const ADMINISTRATOR_ROLES = [
  'SYSTEM_ADMINISTRATOR',
  'SECURITY_ADMINISTRATOR',
  'AUDIT_ADMINISTRATOR',
] as const satisfies readonly Role[];
export type AdministratorRole = (typeof ADMINISTRATOR_ROLES)[number];

/** ORDINARY users hold any other roles; an administrator's kind is his one role. The database holds the same by CHECK. */
export const USER_KINDS = ['ORDINARY', ...ADMINISTRATOR_ROLES] as const;
export type UserKind = (typeof USER_KINDS)[number];

/** undefined = no user may hold these roles together, or there are none. */
export function kindFor(roles: readonly Role[]): UserKind | undefined {
  const administrator = ADMINISTRATOR_ROLES.find((role) => roles.includes(role));
  if (!administrator) return roles.length > 0 ? 'ORDINARY' : undefined;
  return roles.every((role) => role === administrator) ? administrator : undefined;
}
