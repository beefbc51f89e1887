import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

export interface SealingKey {
  readonly id: string;
  readonly cipherKey: Buffer;
  readonly macKey: Buffer;
}

const FORMAT = 1;
const IV_BYTES = 16;
const TAG_BYTES = 32;

/**
 * OpenSSL has no SM4-GCM, so: SM4-CBC, then HMAC-SM3 over everything that is needed to open it. The layout is
 * format (1) ‖ length of key id (1) ‖ key id ‖ iv (16) ‖ ciphertext ‖ tag (32).
 */
export function sealBox(
  key: SealingKey,
  plain: Uint8Array,
  context: string,
  iv: Buffer = randomBytes(IV_BYTES),
): Buffer {
  const head = Buffer.concat([Buffer.from([FORMAT, Buffer.byteLength(key.id)]), Buffer.from(key.id), iv]);
  const cipher = createCipheriv('sm4-cbc', key.cipherKey, iv);
  const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([head, ciphertext, tagOf(key, head, context, ciphertext)]);
}

export function sealedWith(box: Uint8Array): string | undefined {
  const bytes = Buffer.from(box);
  if (bytes[0] !== FORMAT || bytes.length < 2) return undefined;
  return bytes.subarray(2, 2 + (bytes[1] as number)).toString();
}

/** undefined = not as it was sealed. The tag is compared in constant time before anything is decrypted. */
export function openBox(key: SealingKey, box: Uint8Array, context: string): Buffer | undefined {
  const bytes = Buffer.from(box);
  const headLength = 2 + Buffer.byteLength(key.id) + IV_BYTES;
  if (bytes.length < headLength + TAG_BYTES || sealedWith(bytes) !== key.id) return undefined;
  const head = bytes.subarray(0, headLength);
  const ciphertext = bytes.subarray(headLength, -TAG_BYTES);
  if (!timingSafeEqual(bytes.subarray(-TAG_BYTES), tagOf(key, head, context, ciphertext))) return undefined;
  const decipher = createDecipheriv('sm4-cbc', key.cipherKey, head.subarray(-IV_BYTES));
  return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
}

/** The context's length stands before it: no ciphertext can pretend to be the end of a longer context. */
function tagOf(key: SealingKey, head: Buffer, context: string, ciphertext: Buffer): Buffer {
  const bound = Buffer.from(context);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bound.length);
  return createHmac('sm3', key.macKey).update(head).update(length).update(bound).update(ciphertext).digest();
}
