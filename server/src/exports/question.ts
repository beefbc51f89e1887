import type { HttpException } from '@nestjs/common';
import type { Request } from 'express';
import type { StatementSide } from '../accounting/statements.service.js';
import { httpError } from '../identity/http-callers.service.js';
import { type Locale, say } from '../kernel/bilingual.js';
import { uuidOf } from '../kernel/node-id.js';
import type { Refusal } from '../kernel/refusal.js';
import { localeOf } from '../platform/http/caller.js';
import { badWord } from './export-refusals.js';

/** Finds nothing. */
export const NOBODY = '-';
const TEXT_LENGTH_MAX = 200;

/** null = it was not said. Said twice it is refused: which one is meant cannot be known. */
export function textIn(request: Request, name: string): string | null {
  const value = request.query[name];
  if (value === undefined || value === '') return null;
  return typeof value === 'string' && value.length <= TEXT_LENGTH_MAX ? value : NOBODY;
}

/** Of a node; an id that is none finds nothing. */
export function idIn(request: Request, name: string, type: string): string | null {
  const text = textIn(request, name);
  return text === null ? null : (uuidOf(type, text) ?? NOBODY);
}

/** `other` where it was not said. Throws 422 for a word that there is none of. */
export function oneOf<T extends string, O extends T | null>(
  request: Request,
  name: string,
  values: readonly T[],
  other: O,
): T | O {
  const text = textIn(request, name);
  if (text === null) return other;
  const said = values.find((value) => value === text);
  if (said === undefined)
    throw refusedDownload([badWord(name)], localeOf(request.headers['accept-language'], undefined));
  return said;
}

const SIDES: readonly StatementSide[] = ['PROVINCE', 'CITIES'];
export const sideIn = (request: Request): StatementSide => oneOf(request, 'side', SIDES, 'PROVINCE');

/** 404 for what is another's and for what there is not; 422 for what was asked wrongly. */
export function refusedDownload(refusals: readonly Refusal[], locale: Locale): HttpException {
  const [first] = refusals;
  const unknown = first?.code === 'UNKNOWN_REFERENCE';
  return httpError(
    unknown ? 404 : 422,
    unknown ? 'NOT_FOUND' : 'INVALID_INPUT',
    first?.message ?? say('不能导出', 'This cannot be exported'),
    locale,
  );
}
