/** Decides what a token for exports looks like, how long it lives, and whether one that is shown opens what is asked. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';

/** Named one by one in a token: it opens those and nothing else of the console. */
export const EXPORT_NAMES = [
  'FOCUS',
  'STATEMENT',
  'COSTS',
  'BUDGETS',
  'RECONCILIATION',
  'CONTRACTS',
  'PAYMENTS',
] as const;
export type ExportName = (typeof EXPORT_NAMES)[number];

/** Of what was really paid, which is the province's and no department's part of it: a token narrowed to one opens none of these. */
export const PROVINCE_EXPORTS: readonly ExportName[] = ['RECONCILIATION', 'CONTRACTS', 'PAYMENTS'];

export function narrowedInVain(exports: readonly ExportName[], departmentId: string | null): Refusal[] {
  if (departmentId === null || !exports.some((name) => PROVINCE_EXPORTS.includes(name))) return [];
  return [
    {
      code: 'INVALID_INPUT',
      path: ['exports'],
      rule: 'provinceOnly',
      message: say(
        '对账、合同和付款属于全省，不能限定单位：请取消这些导出，或不限定单位',
        'The reconciliation, contracts and payments are the province’s: leave them out, or narrow the token to no department',
      ),
    },
  ];
}

/** PERSONAL: one's own, for a script. SERVICE: for another system, and in force only once the security administrator agreed. */
export const TOKEN_KINDS = ['PERSONAL', 'SERVICE'] as const;
export type TokenKind = (typeof TOKEN_KINDS)[number];
/** A quarter, and a budget year: longer is what nobody looks after any more. */
export const LIFE_DAYS_MAX: { readonly [K in TokenKind]: number } = { PERSONAL: 90, SERVICE: 366 };
export const TOKEN_STATES = ['WAITING', 'ACTIVE', 'REVOKED'] as const;
export type TokenState = (typeof TOKEN_STATES)[number];
/** Live ones of one person: more is a cupboard of keys. */
export const TOKENS_PER_PERSON_MAX = 10;
export const PURPOSE_LENGTH_MAX = 200;
/** A month of the province is some hundred megabytes; nobody needs more than one every two seconds. */
export const USES_PER_WINDOW_MAX = 30;
export const WINDOW_MS = 60_000;
const DAY_MS = 86_400_000;

/** "jyt" so that a scanner of repositories can be told what to look for; then who it is, then the secret of 256 bits. */
const TOKEN = /^jyt_([a-z0-9]{16})_([A-Za-z0-9_-]{43})$/;

export interface ShownToken {
  /** Not secret: by it the token is found, so that no secret is ever looked up by comparing texts in an index. */
  readonly publicId: string;
  readonly secret: string;
}

export function tokenText({ publicId, secret }: ShownToken): string {
  return `jyt_${publicId}_${secret}`;
}

/** Of an Authorization header. null = none of ours; undefined = there is no such header at all. */
export function shownToken(header: string | undefined): ShownToken | null | undefined {
  if (header === undefined) return undefined;
  const [, text] = /^Bearer ([\x21-\x7e]{1,200})$/i.exec(header) ?? [];
  const [, publicId, secret] = TOKEN.exec(text ?? '') ?? [];
  return publicId && secret ? { publicId, secret } : null;
}

export interface TokenWish {
  readonly kind: TokenKind;
  readonly purpose: string;
  readonly exports: readonly ExportName[];
  readonly days: number;
}

/** Everything that is wrong at once. */
export function checkToken({ days, exports, kind, purpose }: TokenWish): Refusal[] {
  const refusals: Refusal[] = [];
  const wrong = (path: string, rule: string, message: Bilingual) =>
    refusals.push({ code: 'INVALID_INPUT', path: [path], rule, message });
  if (purpose.trim() === '' || purpose.length > PURPOSE_LENGTH_MAX)
    wrong(
      'purpose',
      'length',
      say(`请写明用途，1 至 ${PURPOSE_LENGTH_MAX} 字`, `Say what it is for, in 1 to ${PURPOSE_LENGTH_MAX} characters`),
    );
  if (exports.length === 0 || new Set(exports).size !== exports.length)
    wrong('exports', 'required', say('请选择允许的导出', 'Choose what may be exported with it'));
  if (!Number.isInteger(days) || days < 1 || days > LIFE_DAYS_MAX[kind])
    wrong(
      'days',
      'range',
      say(`有效期为 1 至 ${LIFE_DAYS_MAX[kind]} 天`, `It may live 1 to ${LIFE_DAYS_MAX[kind]} days`),
    );
  return refusals;
}

export function expiryOf(now: Date, days: number): Date {
  return new Date(now.getTime() + days * DAY_MS);
}

/** Why a token whose secret is right opens nothing, or not this. */
export type TokenRefusal = 'EXPIRED' | 'REVOKED' | 'WAITING' | 'EXPORT' | 'PERSON' | 'RATE';

export interface LiveToken {
  readonly state: TokenState;
  readonly expiresAt: Date;
  readonly exports: readonly ExportName[];
}

/** null = it opens it. The end is not within its life. */
export function refusalOf({ expiresAt, exports, state }: LiveToken, name: ExportName, now: Date): TokenRefusal | null {
  if (state === 'REVOKED') return 'REVOKED';
  if (now >= expiresAt) return 'EXPIRED';
  if (state === 'WAITING') return 'WAITING';
  return exports.includes(name) ? null : 'EXPORT';
}

/** What the answer over HTTP is. Of a secret that is wrong nothing is told: it is as if there were no such token. */
export const TOKEN_ANSWERS: { readonly [R in TokenRefusal]: readonly [status: number, message: Bilingual] } = {
  EXPIRED: [401, say('令牌已过期，请重新申请', 'The token has expired; make another')],
  REVOKED: [401, say('令牌已撤销', 'The token was revoked')],
  WAITING: [401, say('令牌尚待安全管理员批准', 'The token waits for the security administrator')],
  PERSON: [
    401,
    say('令牌的创建人已停用或已无权查看费用', 'Who made the token may sign in no more, or no longer read costs'),
  ],
  EXPORT: [403, say('令牌不含这项导出', 'The token does not open this export')],
  RATE: [429, say('请求过于频繁，请一分钟后再试', 'Too many requests; try again in a minute')],
};
