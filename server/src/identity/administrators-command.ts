import { type Locale, say } from '../kernel/bilingual.js';
import type { Actor } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import type { Accounts } from './accounts.service.js';
import { ADMINISTRATOR_ROLES, type AdministratorRole } from './domain/administrators.js';
import { usernameOf } from './domain/username.js';
import type { Passwords } from './passwords.service.js';

export interface AdministratorsOptions {
  /** Text with one password a line: system, security, audit administrator. null = passwords are made and printed once. */
  readonly passwords: string | null;
  readonly locale?: Locale;
}

const TITLES = {
  SYSTEM_ADMINISTRATOR: say('系统管理员', 'system administrator'),
  SECURITY_ADMINISTRATOR: say('安全管理员', 'security administrator'),
  AUDIT_ADMINISTRATOR: say('审计管理员', 'audit administrator'),
} as const;

/**
 * `jiyun administrators create`: the three administrators of a new installation.
 * @returns the process's exit code: 0 = created; 1 = refused, nobody was created; 2 = not three passwords.
 */
export async function administratorsCreateCommand(
  accounts: Pick<Accounts, 'createFirstAdministrators'>,
  print: (line: string) => void,
  { passwords, locale = 'en' }: AdministratorsOptions,
): Promise<number> {
  const given = passwords === null ? {} : passwordsOf(passwords);
  if (given === undefined) {
    print('Three lines are needed: the passwords of the system, the security and the audit administrator.');
    return 2;
  }
  const actor: Actor = { userId: null, name: '命令行', departmentId: null, address: null, traceId: newId() };
  const outcome = await accounts.createFirstAdministrators(given, actor);
  if (!outcome.ok) {
    for (const { path, message } of outcome.error) {
      const title = TITLES[path[0] as AdministratorRole]?.[locale];
      print(`${title === undefined ? '' : `${title}: `}${message[locale]}`);
    }
    print('Nobody was created.');
    return 1;
  }
  for (const { role, username, madePassword } of outcome.value)
    print(`${TITLES[role][locale]}: ${username}${madePassword === null ? '' : `  ${madePassword}`}`);
  if (passwords === null) print('The passwords are shown this once. Hand each to its person alone.');
  return 0;
}

/**
 * `jiyun administrators reset-password <username>`: nobody else may set an administrator's password, so whoever runs the
 * server does. @returns the process's exit code: 0 = done; 1 = there is no such administrator.
 */
export async function administratorsResetCommand(
  passwords: Pick<Passwords, 'resetAdministrator'>,
  print: (line: string) => void,
  username: string,
): Promise<number> {
  const actor: Actor = { userId: null, name: '命令行', departmentId: null, address: null, traceId: newId() };
  const made = await passwords.resetAdministrator(usernameOf(username), actor);
  if (made === undefined) {
    print('None of the three administrators is called that.');
    return 1;
  }
  print(`${usernameOf(username)}  ${made}`);
  print('It is shown this once and must be changed at the next sign-in. Sessions of the account have ended.');
  return 0;
}

function passwordsOf(text: string): { readonly [R in AdministratorRole]?: string } | undefined {
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/);
  if (lines.length !== ADMINISTRATOR_ROLES.length) return undefined;
  return Object.fromEntries(ADMINISTRATOR_ROLES.map((role, n) => [role, lines[n] as string]));
}
