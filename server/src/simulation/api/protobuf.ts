/**
 * What kubectl writes in protobuf when it knows the type (`create namespace`, `auth can-i`): read into the JSON that
 * the same object is written as. Field numbers are those of k8s.io/api's generated.proto.
 */
import type { Json, JsonObject } from '../json.js';

/** A field: its name, and how what stands there is read. */
type Field = readonly [name: string, read: Reader];
type Message = Readonly<Record<number, Field>>;
type Reader =
  | { readonly as: 'text' | 'number' | 'boolean' | 'base64' | 'quantity' | 'time' }
  | { readonly as: 'message'; readonly of: Message }
  | { readonly as: 'list'; readonly of: Reader }
  | { readonly as: 'map'; readonly of: Reader };

const text: Reader = { as: 'text' };
const number: Reader = { as: 'number' };
const boolean: Reader = { as: 'boolean' };
const time: Reader = { as: 'time' };
const list = (of: Reader): Reader => ({ as: 'list', of });
const map = (of: Reader): Reader => ({ as: 'map', of });
const message = (of: Message): Reader => ({ as: 'message', of });

const ownerReference = message({
  5: ['apiVersion', text],
  1: ['kind', text],
  3: ['name', text],
  4: ['uid', text],
  6: ['controller', boolean],
  7: ['blockOwnerDeletion', boolean],
});
const metadata: Field = [
  'metadata',
  message({
    1: ['name', text],
    2: ['generateName', text],
    3: ['namespace', text],
    5: ['uid', text],
    6: ['resourceVersion', text],
    7: ['generation', number],
    8: ['creationTimestamp', time],
    11: ['labels', map(text)],
    12: ['annotations', map(text)],
    13: ['ownerReferences', list(ownerReference)],
    14: ['finalizers', list(text)],
  }),
];
const rules: Field = [
  'rules',
  list(
    message({
      1: ['verbs', list(text)],
      2: ['apiGroups', list(text)],
      3: ['resources', list(text)],
      4: ['resourceNames', list(text)],
      5: ['nonResourceURLs', list(text)],
    }),
  ),
];
const binding: Message = {
  1: metadata,
  2: [
    'subjects',
    list(message({ 1: ['kind', text], 2: ['apiGroup', text], 3: ['name', text], 4: ['namespace', text] })),
  ],
  3: ['roleRef', message({ 1: ['apiGroup', text], 2: ['kind', text], 3: ['name', text] })],
};
const attributes: Message = {
  1: [
    'resourceAttributes',
    message({
      1: ['namespace', text],
      2: ['verb', text],
      3: ['group', text],
      4: ['version', text],
      5: ['resource', text],
      6: ['subresource', text],
      7: ['name', text],
    }),
  ],
  2: ['nonResourceAttributes', message({ 1: ['path', text], 2: ['verb', text] })],
};
const subject: Message = { ...attributes, 3: ['user', text], 4: ['groups', list(text)] };
const withSpec = (spec: Message): Message => ({ 1: metadata, 2: ['spec', message(spec)] });

const messages: Readonly<Record<string, Message>> = {
  'v1 Namespace': withSpec({ 1: ['finalizers', list(text)] }),
  'v1 ServiceAccount': { 1: metadata, 4: ['automountServiceAccountToken', boolean] },
  'v1 Secret': {
    1: metadata,
    2: ['data', map({ as: 'base64' })],
    3: ['type', text],
    4: ['stringData', map(text)],
    5: ['immutable', boolean],
  },
  'v1 ResourceQuota': withSpec({ 1: ['hard', map({ as: 'quantity' })], 2: ['scopes', list(text)] }),
  'rbac.authorization.k8s.io/v1 Role': { 1: metadata, 2: rules },
  'rbac.authorization.k8s.io/v1 ClusterRole': { 1: metadata, 2: rules },
  'rbac.authorization.k8s.io/v1 RoleBinding': binding,
  'rbac.authorization.k8s.io/v1 ClusterRoleBinding': binding,
  'authorization.k8s.io/v1 SelfSubjectAccessReview': withSpec(attributes),
  'authorization.k8s.io/v1 SubjectAccessReview': withSpec(subject),
  'authorization.k8s.io/v1 LocalSubjectAccessReview': withSpec(subject),
  'authorization.k8s.io/v1 SelfSubjectRulesReview': withSpec({ 1: ['namespace', text] }),
  'authentication.k8s.io/v1 SelfSubjectReview': { 1: metadata },
  'authentication.k8s.io/v1 TokenRequest': withSpec({ 1: ['audiences', list(text)], 4: ['expirationSeconds', number] }),
};

const MAGIC = Buffer.from('k8s\0');
const envelope: Message = {
  1: ['type', message({ 1: ['apiVersion', text], 2: ['kind', text] })],
  2: ['raw', { as: 'base64' }],
};

/** undefined: no such envelope, or a kind that is not read here. */
export function fromProtobuf(body: Buffer): JsonObject | undefined {
  if (!body.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
  const { raw, type } = read(body.subarray(MAGIC.length), envelope) as { raw?: string; type?: JsonObject };
  const { apiVersion = '', kind = '' } = type ?? {};
  const known = messages[`${String(apiVersion)} ${String(kind)}`];
  return known === undefined ? undefined : { apiVersion, kind, ...read(Buffer.from(raw ?? '', 'base64'), known) };
}

function read(bytes: Buffer, of: Message): JsonObject {
  const out: JsonObject = {};
  for (const [number, value] of fieldsOf(bytes)) {
    const field = of[number];
    if (field === undefined) continue;
    const [name, how] = field;
    if (how.as === 'list') out[name] = [...((out[name] as Json[] | undefined) ?? []), jsonOf(value, how.of)];
    else if (how.as === 'map') out[name] = { ...(out[name] as JsonObject | undefined), ...entryOf(value, how.of) };
    else {
      const got = jsonOf(value, how);
      // Go writes every text and every message: what is empty was not said.
      const isEmpty =
        got === '' ||
        got === null ||
        (how.as === 'message' && Object.keys(got as JsonObject).length === 0 && name !== 'spec');
      if (!isEmpty) out[name] = got;
    }
  }
  return out;
}

function entryOf(value: Buffer | number, of: Reader): JsonObject {
  const entry = new Map(fieldsOf(value as Buffer));
  return { [String(entry.get(1) ?? '')]: jsonOf(entry.get(2) ?? Buffer.alloc(0), of) };
}

function jsonOf(value: Buffer | number, how: Reader): Json {
  if (typeof value === 'number') return how.as === 'boolean' ? value !== 0 : value;
  switch (how.as) {
    case 'message':
      return read(value, how.of);
    case 'base64':
      return value.toString('base64');
    case 'quantity':
      return String(new Map(fieldsOf(value)).get(1) ?? '0');
    case 'time': {
      const seconds = new Map(fieldsOf(value)).get(1);
      return typeof seconds === 'number' ? `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z` : null;
    }
    default:
      return value.toString('utf8');
  }
}

/** Field numbers with their bytes or their number, in the order written. */
function* fieldsOf(bytes: Buffer): IterableIterator<[number, Buffer | number]> {
  let at = 0;
  const varint = (): number => {
    let result = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at];
      if (byte === undefined) throw new RangeError('the message ends within a number');
      at += 1;
      result |= BigInt(byte & 0x7f) << shift;
      if ((byte & 0x80) === 0) return Number(BigInt.asIntN(64, result));
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    const wire = tag & 7;
    if (wire === 0) yield [tag >> 3, varint()];
    else if (wire === 2) {
      const length = varint();
      yield [tag >> 3, bytes.subarray(at, at + length)];
      at += length;
    } else throw new RangeError(`wire type ${wire} is not of these messages`);
  }
}
