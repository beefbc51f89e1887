/** Decides whether a password is strong enough, and says what is missing. */
import { type Bilingual, say } from '../../kernel/bilingual.js';

const LENGTH_MIN = 12;
/** PBKDF2 takes any length; a longer one is no password but a load. */
export const PASSWORD_LENGTH_MAX = 256;
const CLASSES_MIN = 3;
const CLASSES = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/];

/** null = strong enough. */
export function weaknessOf(password: string, username: string): Bilingual | null {
  const length = [...password].length;
  if (length < LENGTH_MIN || length > PASSWORD_LENGTH_MAX)
    return say(
      `口令长度须为 ${LENGTH_MIN} 至 ${PASSWORD_LENGTH_MAX} 个字符`,
      `A password has ${LENGTH_MIN} to ${PASSWORD_LENGTH_MAX} characters`,
    );
  if (CLASSES.filter((characters) => characters.test(password)).length < CLASSES_MIN)
    return say(
      '口令须包含大写字母、小写字母、数字、其他字符中的至少三类',
      'A password mixes three of: capitals, small letters, digits, others',
    );
  if (password.toLowerCase().includes(username.toLowerCase()))
    return say('口令不得包含用户名', 'A password does not contain the user name');
  return null;
}
