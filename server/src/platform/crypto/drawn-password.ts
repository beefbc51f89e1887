import { randomInt } from 'node:crypto';

/** Without letters that are taken for each other when they are copied by hand. */
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789';
/** log2(56) × 20 = 116 bits. */
const PASSWORD_LENGTH = 20;

export function drawnPassword(): string {
  return Array.from({ length: PASSWORD_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}
