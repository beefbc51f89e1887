/** Who asks, and whether they may: one token may do everything, without one next to nothing. */
import { timingSafeEqual } from 'node:crypto';
import type { ApiRequest, ResourcePath, Verb } from './request.js';
import { ApiError, qualified, unauthorized } from './status.js';

/** What RBAC's system:public-info-viewer opens to anybody. */
const publicPaths = ['/version', '/healthz', '/livez', '/readyz'];

export function authorize(request: ApiRequest, token: string, path: ResourcePath | undefined, verb: Verb): void {
  const [, given] = /^Bearer (.+)$/i.exec(request.authorization ?? '') ?? [];
  if (given !== undefined) {
    if (!same(given, token)) throw unauthorized();
    return;
  }
  if (request.authorization !== undefined) throw unauthorized();
  if (path === undefined) {
    if (publicPaths.includes(request.path)) return;
    throw new ApiError(
      403,
      'Forbidden',
      `forbidden: User "system:anonymous" cannot ${request.method.toLowerCase()} path "${request.path}"`,
      {},
    );
  }
  throw anonymous(path, verb);
}

function anonymous(path: ResourcePath, verb: Verb): ApiError {
  const what = path.subresource === undefined ? path.plural : `${path.plural}/${path.subresource}`;
  const where = path.namespace === '' ? 'at the cluster scope' : `in the namespace "${path.namespace}"`;
  const name = path.name === undefined ? '' : ` "${path.name}"`;
  return new ApiError(
    403,
    'Forbidden',
    `${qualified(path)}${name} is forbidden: User "system:anonymous" cannot ${verb} resource "${what}" in API group "${path.group}" ${where}`,
    {
      ...(path.name === undefined ? {} : { name: path.name }),
      ...(path.group === '' ? {} : { group: path.group }),
      kind: path.plural,
    },
  );
}

function same(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
