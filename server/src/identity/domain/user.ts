/** Decides what an account may be called, how its owner is reached, and how much of that others see. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { InvalidInput } from '../../kernel/refusal.js';
import { USERNAME_LENGTH_MAX } from './username.js';

export const USER_STATES = ['ACTIVE', 'DISABLED'] as const;
export type UserState = (typeof USER_STATES)[number];

/** As the column is. */
export const DISPLAY_NAME_LENGTH_MAX = 80;
const USERNAME_LENGTH_MIN = 3;
const USERNAME = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/;
/** National and international numbers as they are written, at most the column's 20 characters. */
const PHONE = /^\+?\d(?:[ -]?\d){4,15}$/;
const PHONE_LENGTH_MAX = 20;
/** Digits of a phone number that stay readable at either end. */
const MASK_KEEPS_FIRST = 3;
const MASK_KEEPS_LAST = 2;

export interface UserFacts {
  /** As it is looked up (`usernameOf`). */
  readonly username: string;
  readonly displayName: string;
  readonly phone: string | null;
}

/** Every rule that the facts break; empty = good. */
export function wrongFacts(facts: Partial<UserFacts>): InvalidInput[] {
  const wrong: InvalidInput[] = [];
  const add = (field: keyof UserFacts, rule: string, message: Bilingual): void => {
    wrong.push({ code: 'INVALID_INPUT', path: [field], rule, message });
  };
  const { username, displayName, phone } = facts;
  if (username !== undefined && !isUsername(username))
    add(
      'username',
      'username',
      say(
        `用户名须为 ${USERNAME_LENGTH_MIN} 至 ${USERNAME_LENGTH_MAX} 个小写字母、数字、点、下划线或连字符，首尾为字母或数字`,
        `A user name is ${USERNAME_LENGTH_MIN} to ${USERNAME_LENGTH_MAX} small letters, digits, dots, underscores or hyphens, a letter or digit at both ends`,
      ),
    );
  if (displayName !== undefined && !isDisplayName(displayName))
    add(
      'displayName',
      'displayName',
      say(`姓名须为 1 至 ${DISPLAY_NAME_LENGTH_MAX} 个字符`, `A name is 1 to ${DISPLAY_NAME_LENGTH_MAX} characters`),
    );
  if (phone !== undefined && phone !== null && !(phone.length <= PHONE_LENGTH_MAX && PHONE.test(phone)))
    add(
      'phone',
      'phone',
      say(
        '电话须为 5 至 16 位数字，可带国家代码、空格和连字符',
        'A phone number is 5 to 16 digits, with country code, spaces and hyphens if you like',
      ),
    );
  return wrong;
}

function isUsername(text: string): boolean {
  return text.length >= USERNAME_LENGTH_MIN && text.length <= USERNAME_LENGTH_MAX && USERNAME.test(text);
}

function isDisplayName(text: string): boolean {
  return text.trim() === text && text.length > 0 && text.length <= DISPLAY_NAME_LENGTH_MAX && !/\p{Cc}/u.test(text);
}

/** "13812345678" → "138******78": enough to see that one is there, not enough to call. */
export function maskedPhone(phone: string): string {
  const kept = MASK_KEEPS_FIRST + MASK_KEEPS_LAST;
  if (phone.length <= kept) return '*'.repeat(phone.length);
  return `${phone.slice(0, MASK_KEEPS_FIRST)}${'*'.repeat(phone.length - kept)}${phone.slice(-MASK_KEEPS_LAST)}`;
}

/**
 * Whoever administers only part of the province names accounts after the department: "zhang.san.nanjing-gaj". So a
 * name that is taken is taken in that department, and the answer tells nothing of others.
 */
export function isNamedAfter(username: string, departmentCode: string): boolean {
  return username.endsWith(`.${departmentCode}`) && username.length > departmentCode.length + 1;
}
