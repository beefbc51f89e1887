import type { Response } from 'express';
import { say } from '../../kernel/bilingual.js';
import type { PushFault } from '../../kernel/push-fault.js';
import type { Result } from '../../kernel/result.js';

export type PushAnswer<T> =
  | T
  | { readonly errors: readonly { index: number | null; field: string; message: string; messageEn: string }[] };

const BEARER = /^Bearer ([A-Za-z0-9_-]{20,100})$/;

export const tokenOf = (authorization: string | undefined): string | undefined => BEARER.exec(authorization ?? '')?.[1];

/** For those who push with a token of their own, without person or session. `taken` null = nobody has that token. */
export function answerPush<T>(response: Response, taken: Result<T, readonly PushFault[]> | null): PushAnswer<T> {
  if (taken === null) {
    response.status(401);
    return { errors: [told({ index: null, field: 'authorization', message: say('令牌无效', 'No such token') })] };
  }
  if (taken.ok) return taken.value;
  response.status(400);
  return { errors: taken.error.map(told) };
}

function told({ index, field, message }: PushFault) {
  return { index, field, message: message.zh, messageEn: message.en };
}
