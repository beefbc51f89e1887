/** Decides what the session's cookie looks like and which token a request brings. */
export const SESSION_COOKIE = 'jiyun_session';
/** 256 bits, base64url. */
export const SESSION_TOKEN_BYTES = 32;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** undefined = none, or none of ours. Two cookies of that name are refused: which one is meant cannot be known. */
export function tokenOfCookies(header: string | undefined): string | undefined {
  const named = (header ?? '')
    .split(';')
    .map((cookie) => cookie.trim())
    .filter((cookie) => cookie.startsWith(`${SESSION_COOKIE}=`))
    .map((cookie) => cookie.slice(SESSION_COOKIE.length + 1));
  const [token, another] = named;
  return token !== undefined && another === undefined && TOKEN.test(token) ? token : undefined;
}
