import { hash, randomBytes } from 'node:crypto';

/**
 * The least that crypt(3) allows: for a password that was drawn at random with more than 100 bits, no number of rounds
 * makes it harder to guess.
 */
export const UNIX_ROUNDS = 1_000;
const SALT_BYTES = 12;
const ITOA64 = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SIX_BITS = 6;
const LAST_SIX = 0x3f;
const HASH_BYTES = 64;
/** In which order the bytes of the result are written, three to four characters. */
const ORDER = [
  [0, 21, 42],
  [22, 43, 1],
  [44, 2, 23],
  [3, 24, 45],
  [25, 46, 4],
  [47, 5, 26],
  [6, 27, 48],
  [28, 49, 7],
  [50, 8, 29],
  [9, 30, 51],
  [31, 52, 10],
  [53, 11, 32],
  [12, 33, 54],
  [34, 55, 13],
  [56, 14, 35],
  [15, 36, 57],
  [37, 58, 16],
  [59, 17, 38],
  [18, 39, 60],
  [40, 61, 19],
  [62, 20, 41],
] as const;

const sha512 = (...parts: readonly Uint8Array[]): Buffer => hash('sha512', Buffer.concat(parts), 'buffer');

/** So many bytes of the block, repeated. */
function stretched(block: Buffer, length: number): Buffer {
  return Buffer.concat(Array.from({ length: Math.ceil(length / block.length) }, () => block)).subarray(0, length);
}

/**
 * "$6$…", as /etc/shadow of every Linux takes it (Drepper's SHA-crypt). The guest checks it with its own crypt(3), which
 * knows no SM3; nothing of the console is guarded by it.
 */
export function unixPasswordHash(
  password: string,
  salt = randomBytes(SALT_BYTES).toString('base64url'),
  rounds = UNIX_ROUNDS,
): string {
  const key = Buffer.from(password);
  const saltBytes = Buffer.from(salt);
  const alternate = sha512(key, saltBytes, key);
  const parts: Uint8Array[] = [key, saltBytes, stretched(alternate, key.length)];
  for (let bits = key.length; bits > 0; bits >>= 1) parts.push((bits & 1) === 1 ? alternate : key);
  const first = sha512(...parts);
  const p = stretched(sha512(...Array.from({ length: key.length }, () => key)), key.length);
  const times = 16 + (first[0] as number);
  const s = stretched(sha512(...Array.from({ length: times }, () => saltBytes)), saltBytes.length);
  const digest = turned(first, p, s, rounds);
  return `$6$rounds=${rounds}$${salt}$${encoded(digest)}`;
}

/**
 * The rounds are all of its time, so they write into one piece of memory, and hand the digest on as a text of one byte a
 * character: Node makes that in half the time of a Buffer.
 */
function turned(first: Buffer, p: Buffer, s: Buffer, rounds: number): Buffer {
  const memory = Buffer.alloc(HASH_BYTES + s.length + 2 * p.length);
  // A view of it for each length that a round can have.
  const views = new Map<number, Buffer>();
  let digest = first.toString('latin1');
  for (let round = 0; round < rounds; round += 1) {
    const odd = (round & 1) === 1;
    let length = 0;
    const take = (bytes: Buffer): void => {
      memory.set(bytes, length);
      length += bytes.length;
    };
    const takeDigest = (): void => {
      length += memory.write(digest, length, 'latin1');
    };
    if (odd) take(p);
    else takeDigest();
    if (round % 3 !== 0) take(s);
    if (round % 7 !== 0) take(p);
    if (odd) takeDigest();
    else take(p);
    let message = views.get(length);
    if (message === undefined) {
      message = memory.subarray(0, length);
      views.set(length, message);
    }
    digest = hash('sha512', message, 'binary');
  }
  return Buffer.from(digest, 'latin1');
}

function encoded(digest: Buffer): string {
  const byte = (index: number): number => digest[index] as number;
  const text = (value: number, characters: number): string => {
    let left = value;
    let written = '';
    for (let n = 0; n < characters; n += 1) {
      written += ITOA64[left & LAST_SIX];
      left >>= SIX_BITS;
    }
    return written;
  };
  return (
    ORDER.map(([a, b, c]) => text((byte(a) << 16) | (byte(b) << 8) | byte(c), 4)).join('') +
    text(byte(HASH_BYTES - 1), 2)
  );
}
