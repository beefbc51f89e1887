import { randomInt } from 'node:crypto';
import { weaknessOf } from './domain/password-policy.js';

/** Without letters and digits that look alike on paper. */
const PASSWORD_CHARACTERS = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789#%+=@';
/** 20 of 61 characters: 118 bits. */
const PASSWORD_LENGTH = 20;

/** A password that nobody chose, strong enough by the policy. It is shown once and kept nowhere. */
export function madePassword(username = 'administrator'): string {
  for (;;) {
    const password = Array.from(
      { length: PASSWORD_LENGTH },
      () => PASSWORD_CHARACTERS[randomInt(PASSWORD_CHARACTERS.length)],
    ).join('');
    // A formula in the spreadsheet that it may be handed over in must not begin here.
    if (/^[A-Za-z]/.test(password) && weaknessOf(password, username) === null) return password;
  }
}
