import { GraphQLError } from 'graphql';
import type { Locale } from '../../kernel/bilingual.js';
import type { PermissionAction, PermissionObject } from '../../kernel/viewer.js';

/** The only errors that are thrown to a caller; everything expected is a typed user error in the payload. */
export type ThrownCode = 'UNAUTHENTICATED' | 'FORBIDDEN' | 'NOT_FOUND' | 'BAD_INPUT' | 'READ_ONLY' | 'INTERNAL';

export function forbidden(locale: Locale, object: PermissionObject, action: PermissionAction): GraphQLError {
  const text = {
    zh: `您的角色没有此权限（${object}/${action}）。请联系本单位信息化负责人或安全管理员。`,
    en: `Your role may not do this (${object}/${action}). Ask your department's head of IT or the security administrator.`,
  };
  return new GraphQLError(text[locale], { extensions: { code: 'FORBIDDEN' satisfies ThrownCode } });
}

/** An account whose password somebody else made opens nothing but the change of it. */
export function passwordFirst(locale: Locale): GraphQLError {
  const text = { zh: '请先修改初始口令。', en: 'Change the initial password first.' };
  return new GraphQLError(text[locale], {
    extensions: { code: 'FORBIDDEN' satisfies ThrownCode, reason: 'PASSWORD_CHANGE_REQUIRED' },
  });
}

/** The same for what does not exist and for what is another department's: the answer must not tell them apart. */
export function notFound(locale: Locale): GraphQLError {
  const text = { zh: '找不到这个对象，或您无权查看。', en: 'There is no such thing, or you may not see it.' };
  return new GraphQLError(text[locale], { extensions: { code: 'NOT_FOUND' satisfies ThrownCode } });
}

export function badInput(text: string): GraphQLError {
  return new GraphQLError(text, { extensions: { code: 'BAD_INPUT' satisfies ThrownCode } });
}
