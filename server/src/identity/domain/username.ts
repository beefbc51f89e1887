/** Decides which spelling of a user name is looked up. */
export const USERNAME_LENGTH_MAX = 60;

/** "Ｚhang.San " and "zhang.san" are one user. */
export function usernameOf(typed: string): string {
  return typed.normalize('NFKC').trim().toLowerCase();
}
