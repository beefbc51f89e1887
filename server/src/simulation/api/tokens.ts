/** Tokens of service accounts: signed with the cluster's own secret, good until their time and while their account is there. */
import { createHmac, timingSafeEqual } from 'node:crypto';

export interface Claims {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  /** Seconds since 1970. */
  readonly expires: number;
}

const header = encode({ alg: 'HS256', typ: 'JWT' });

export function signed({ expires, name, namespace, uid }: Claims, secret: string): string {
  const payload = encode({
    sub: `system:serviceaccount:${namespace}:${name}`,
    exp: expires,
    'kubernetes.io': { namespace, serviceaccount: { name, uid } },
  });
  return `${header}.${payload}.${signature(`${header}.${payload}`, secret)}`;
}

/** undefined: no token of this cluster. */
export function readToken(token: string, secret: string): Claims | undefined {
  const [head, payload, given] = token.split('.');
  if (head !== header || payload === undefined || given === undefined) return undefined;
  if (!same(given, signature(`${head}.${payload}`, secret))) return undefined;
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as {
    exp: number;
    'kubernetes.io': { namespace: string; serviceaccount: { name: string; uid: string } };
  };
  const { namespace, serviceaccount } = claims['kubernetes.io'];
  return { namespace, name: serviceaccount.name, uid: serviceaccount.uid, expires: claims.exp };
}

export function same(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

function signature(text: string, secret: string): string {
  return createHmac('sha256', secret).update(text).digest('base64url');
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
