/** Answers to what is asked of the server itself: reviews of rights, and tokens. */
import { timestamp } from '../clock.js';
import { type JsonObject, type KubeObject, listAt, numberAt, objectAt, textAt } from '../json.js';
import type { Kind } from '../kinds/kind.js';
import {
  localSubjectAccessReview,
  selfSubjectAccessReview,
  selfSubjectReview,
  selfSubjectRulesReview,
  subjectAccessReview,
} from '../kinds/reviews.js';
import type { Access } from './access.js';
import type { Objects } from './objects.js';
import type { Asked, User } from './rights.js';
import { invalid } from './status.js';

/** What a real server gives when no time is asked for. */
const TOKEN_SECONDS = 3_607;
const AUDIENCE = 'https://kubernetes.default.svc';

type Review = (body: KubeObject, user: User, access: Access) => JsonObject;

const reviews: ReadonlyMap<Kind, Review> = new Map<Kind, Review>([
  [selfSubjectAccessReview, (body, user, access) => decision(access, user, askedIn(selfSubjectAccessReview, body))],
  [subjectAccessReview, (body, _, access) => decision(access, subjectOf(body), askedIn(subjectAccessReview, body))],
  [
    localSubjectAccessReview,
    (body, _, access) => decision(access, subjectOf(body), askedIn(localSubjectAccessReview, body)),
  ],
  [selfSubjectRulesReview, (body, user, access) => rules(access, user, textAt(body, 'spec', 'namespace') ?? '')],
  [
    selfSubjectReview,
    (_, user) => ({ userInfo: { username: user.name, ...(user.uid && { uid: user.uid }), groups: [...user.groups] } }),
  ],
]);

export function isReview(kind: Kind): boolean {
  return reviews.has(kind);
}

export function review(kind: Kind, body: KubeObject, user: User, access: Access, now: string): JsonObject {
  const status = reviews.get(kind)?.(body, user, access) ?? {};
  const { metadata, ...asked } = body;
  if (kind === selfSubjectReview) return { ...asked, metadata: { creationTimestamp: now }, status };
  if (kind === selfSubjectRulesReview) return { ...asked, metadata: {}, spec: {}, status };
  if (kind === localSubjectAccessReview)
    return { ...asked, metadata: { namespace: String(metadata.namespace) }, status };
  return { ...asked, metadata: {}, status };
}

function decision(access: Access, user: User, asked: Asked): JsonObject {
  const { allowed, reason } = access.rights.decide(user, asked);
  return { allowed, ...(reason === '' ? {} : { reason }) };
}

function subjectOf(body: KubeObject): User {
  const groups = listAt(body, 'spec', 'groups').map(String);
  return { name: textAt(body, 'spec', 'user') ?? '', groups };
}

function askedIn(kind: Kind, body: KubeObject): Asked {
  const resource = objectAt(body, 'spec', 'resourceAttributes');
  const path = objectAt(body, 'spec', 'nonResourceAttributes');
  if ((resource === undefined) === (path === undefined)) {
    const message = 'Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified';
    throw invalid(kind.group, '', '', [{ reason: 'FieldValueInvalid', field: 'spec.resourceAttributes', message }]);
  }
  const text = (from: JsonObject | undefined, key: string) => textAt(from, key) ?? '';
  if (path !== undefined) return { verb: text(path, 'verb'), path: text(path, 'path') };
  const keys = ['verb', 'group', 'resource', 'subresource', 'namespace', 'name'] as const;
  return Object.fromEntries(keys.map((key) => [key, text(resource, key)])) as unknown as Asked;
}

function rules(access: Access, user: User, namespace: string): JsonObject {
  const all = access.rights.rulesOf(user, namespace);
  const resourceRules = all.filter((rule) => listAt(rule, 'resources').length > 0);
  const nonResourceRules = all.filter((rule) => listAt(rule, 'nonResourceURLs').length > 0);
  return {
    resourceRules: resourceRules.map((rule) => pick(rule, ['verbs', 'apiGroups', 'resources', 'resourceNames'])),
    nonResourceRules: nonResourceRules.map((rule) => pick(rule, ['verbs', 'nonResourceURLs'])),
    incomplete: false,
  };
}

function pick(object: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(keys.flatMap((key) => (object[key] === undefined ? [] : [[key, object[key]]])));
}

/** POST …/serviceaccounts/NAME/token. */
export function tokenAnswer(objects: Objects, access: Access, account: KubeObject, body: JsonObject): JsonObject {
  const { name, namespace, uid } = account.metadata;
  const seconds = numberAt(body, 'spec', 'expirationSeconds') ?? TOKEN_SECONDS;
  const asked = listAt(body, 'spec', 'audiences');
  const { token, until } = access.tokenFor({ name, namespace: String(namespace), uid: String(uid) }, seconds);
  return {
    kind: 'TokenRequest',
    apiVersion: 'authentication.k8s.io/v1',
    metadata: { name, namespace: String(namespace), creationTimestamp: timestamp(objects.clock) },
    spec: {
      audiences: asked.length === 0 ? [AUDIENCE] : asked,
      expirationSeconds: seconds,
      boundObjectRef: null,
    },
    status: { token, expirationTimestamp: `${new Date(until * 1000).toISOString().slice(0, 19)}Z` },
  };
}
