/** Who asks, as whom, and whether they may. */
import type { SimulationClock } from '../clock.js';
import { serviceAccount } from '../kinds/rights.js';
import type { Store } from '../store/store.js';
import type { ApiRequest, ResourcePath, Verb } from './request.js';
import { type Asked, MASTERS, type ResourceAsked, Rights, type User } from './rights.js';
import { ApiError, badRequest, qualified, unauthorized } from './status.js';
import { readToken, same, signed } from './tokens.js';

const AUTHENTICATED = 'system:authenticated';
const nobody: User = { name: 'system:anonymous', groups: ['system:unauthenticated'] };
const ACCOUNT = /^system:serviceaccount:([^:]+):([^:]+)$/;

export class Access {
  readonly rights: Rights;

  constructor(
    private readonly store: Store,
    private readonly clock: SimulationClock,
    /** The administrator's token, and what the accounts' tokens are signed with. */
    private readonly token: string,
    private readonly witness: (user: User, asked: Asked) => void = () => undefined,
  ) {
    this.rights = new Rights(store);
  }

  /** Whoever asks, if they may. */
  admit(request: ApiRequest, path: ResourcePath | undefined, verb: Verb): User {
    const user = this.#impersonated(this.#authenticated(request), request);
    if (path === undefined) this.require(user, { verb: request.method.toLowerCase(), path: request.path });
    else this.require(user, askedBy(path, verb));
    return user;
  }

  /** Whoever asks for something that is no object, e.g. what a service behind the server answers. */
  admitTo(request: ApiRequest, asked: ResourceAsked): void {
    this.require(this.#impersonated(this.#authenticated(request), request), asked);
  }

  require(user: User, asked: Asked): void {
    this.witness(user, asked);
    const { allowed, reason } = this.rights.decide(user, asked);
    if (!allowed) throw forbiddenTo(user, asked, reason);
  }

  /** As a webhook asks it by a review. */
  allows(user: User, asked: Asked): boolean {
    this.witness(user, asked);
    return this.rights.decide(user, asked).allowed;
  }

  /** A token for an account that is there. */
  tokenFor(
    account: { namespace: string; name: string; uid: string },
    seconds: number,
  ): { token: string; until: number } {
    const until = Math.floor(this.clock.now() / 1000) + seconds;
    return { token: signed({ ...account, expires: until }, this.token), until };
  }

  #authenticated({ authorization }: ApiRequest): User {
    if (authorization === undefined) return nobody;
    const [, given] = /^Bearer (.+)$/i.exec(authorization) ?? [];
    if (given === undefined) throw unauthorized();
    if (same(given, this.token)) return { name: 'kubernetes-admin', groups: [MASTERS, AUTHENTICATED] };
    const claims = readToken(given, this.token);
    if (claims === undefined || claims.expires * 1000 <= this.clock.now()) throw unauthorized();
    const live = this.store.get(serviceAccount, claims.namespace, claims.name);
    if (live?.metadata.uid !== claims.uid) throw unauthorized();
    return { ...accountUser(claims.namespace, claims.name), uid: claims.uid };
  }

  /** Impersonate-User and Impersonate-Group, for who may. */
  #impersonated(user: User, { asGroups, asUser }: ApiRequest): User {
    if (asUser === undefined) {
      if (asGroups.length > 0) throw badRequest('requested [] without impersonating a user');
      return user;
    }
    const [, namespace, name] = ACCOUNT.exec(asUser) ?? [];
    const impersonating = { verb: 'impersonate', group: '', subresource: '' };
    if (namespace !== undefined && name !== undefined) {
      this.require(user, { ...impersonating, resource: 'serviceaccounts', namespace, name });
    } else this.require(user, { ...impersonating, resource: 'users', namespace: '', name: asUser });
    for (const group of asGroups)
      this.require(user, { ...impersonating, resource: 'groups', namespace: '', name: group });
    const own = namespace === undefined || name === undefined ? [] : accountUser(namespace, name).groups;
    const groups = asGroups.length > 0 ? asGroups : own;
    return { name: asUser, groups: groups.includes(AUTHENTICATED) ? groups : [...groups, AUTHENTICATED] };
  }
}

export function accountUser(namespace: string, name: string): User {
  return {
    name: `system:serviceaccount:${namespace}:${name}`,
    groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, AUTHENTICATED],
  };
}

export function askedBy(path: ResourcePath, verb: string): ResourceAsked {
  return {
    verb,
    group: path.group,
    resource: path.plural,
    subresource: path.subresource ?? '',
    namespace: path.namespace,
    name: path.name ?? '',
  };
}

function forbiddenTo(user: User, asked: Asked, reason: string): ApiError {
  const because = reason === '' ? '' : `: ${reason}`;
  if ('path' in asked) {
    const text = `forbidden: User "${user.name}" cannot ${asked.verb} path "${asked.path}"${because}`;
    return new ApiError(403, 'Forbidden', text, {});
  }
  const { group, name, namespace, resource, subresource, verb } = asked;
  const what = subresource === '' ? resource : `${resource}/${subresource}`;
  const where = namespace === '' ? 'at the cluster scope' : `in the namespace "${namespace}"`;
  const which = name === '' ? '' : ` "${name}"`;
  return new ApiError(
    403,
    'Forbidden',
    `${qualified({ group, plural: resource })}${which} is forbidden: User "${user.name}" cannot ${verb} resource "${what}" in API group "${group}" ${where}${because}`,
    { ...(name === '' ? {} : { name }), ...(group === '' ? {} : { group }), kind: resource },
  );
}
