import { HttpException, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { type Bilingual, type Locale, say } from '../kernel/bilingual.js';
import type { Viewer } from '../kernel/viewer.js';
import type { ThrownCode } from '../platform/graphql/errors.js';
import { anonymous, localeOf } from '../platform/http/caller.js';
import { IdentityService } from './identity.service.js';

export interface HttpCaller {
  readonly viewer: Viewer;
  readonly locale: Locale;
}

/** What a page of another origin cannot send without being asked first (a "simple" request has none of its own). */
const UPLOAD_TYPE = 'application/octet-stream';
const OWN_PAGES = new Set(['same-origin', 'none']);

/** Who calls one of the few addresses beside GraphQL (files, templates, exports), with the same session and answers. */
@Injectable()
export class HttpCallers {
  constructor(private readonly identity: IdentityService) {}

  /** Throws 401 UNAUTHENTICATED. */
  async callerOf(request: Request): Promise<HttpCaller> {
    const viewer = await this.identity.viewerOfCookie(
      request.headers.cookie,
      anonymous(request.socket.remoteAddress ?? null),
    );
    const locale = localeOf(request.headers['accept-language'], viewer);
    if (!viewer) throw httpError(401, 'UNAUTHENTICATED', say('请先登录', 'Please sign in'), locale);
    return { viewer, locale };
  }

  /** For what changes something: as GraphQL's own protection, nothing that a foreign page's form could send. */
  async sendingCallerOf(request: Request): Promise<HttpCaller> {
    const caller = await this.callerOf(request);
    const site = request.headers['sec-fetch-site'];
    if (request.headers['content-type'] !== UPLOAD_TYPE || (typeof site === 'string' && !OWN_PAGES.has(site)))
      throw httpError(400, 'BAD_INPUT', say(`请以 ${UPLOAD_TYPE} 发送`, `Send it as ${UPLOAD_TYPE}`), caller.locale);
    return caller;
  }
}

/** The answer of a REST address: the same codes as GraphQL's errors, with the status that belongs to them. */
export function httpError(
  status: number,
  code: ThrownCode | 'INVALID_INPUT',
  message: Bilingual,
  locale: Locale,
): HttpException {
  return new HttpException({ code, message: message[locale] }, status);
}
