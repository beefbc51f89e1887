import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import type { CryptoProvider, KeyedMac, KeyedSignature, PasswordVerdict } from './crypto-provider.js';
import { type KeyRing, readOrMakeKeys } from './key-file.js';
import { type KeyDerivation, PasswordHash } from './password-hash.js';
import { openBox, type SealingKey, sealBox, sealedWith } from './sealed-box.js';
import { Sm2Thread } from './sm2-thread.js';

/** Against a tired eye only; the 118 bits of the password do the rest. */
const MADE_PASSWORD_ITERATIONS = 1_000;

/**
 * The algorithms in software: node:crypto (OpenSSL) for SM3 and SM4, sm-crypto for SM2, because Node's own ECDSA over
 * that curve is not SM2. Correct, but no certified module.
 */
export class SoftwareCrypto implements CryptoProvider {
  readonly name = 'software';
  readonly certified = false;

  private readonly macKeys: ReadonlyMap<string, Buffer>;
  private readonly sealingKeys: ReadonlyMap<string, SealingKey>;
  private readonly publicKeys: ReadonlyMap<string, string>;
  private readonly passwords: PasswordHash;
  private readonly madePasswords = new PasswordHash(MADE_PASSWORD_ITERATIONS);
  private readonly sm2 = new Sm2Thread();

  constructor(
    private readonly keys: KeyRing,
    passwordIterations: number,
    derivation?: KeyDerivation,
  ) {
    this.macKeys = new Map(keys.mac.map((k) => [k.id, Buffer.from(k.key, 'hex')]));
    this.sealingKeys = new Map(
      keys.seal.map((k) => [
        k.id,
        { id: k.id, cipherKey: Buffer.from(k.cipherKey, 'hex'), macKey: Buffer.from(k.macKey, 'hex') },
      ]),
    );
    this.publicKeys = new Map(keys.sign.map((k) => [k.id, k.publicKey]));
    this.passwords = new PasswordHash(passwordIterations, derivation);
  }

  sm3(data: string | Uint8Array): Buffer {
    return hash('sm3', data, 'buffer');
  }

  async mac(data: string | Uint8Array): Promise<KeyedMac> {
    const { id, key } = newest(this.keys.mac);
    return { keyId: id, mac: hmac(Buffer.from(key, 'hex'), id, data).toString('hex') };
  }

  async verifyMac(data: string | Uint8Array, { keyId, mac }: KeyedMac): Promise<boolean> {
    const key = this.macKeys.get(keyId);
    if (!key) return false;
    const expected = hmac(key, keyId, data);
    const given = Buffer.from(mac, 'hex');
    // Hexadecimal has two spellings; only the one that we write is ours.
    return given.length === expected.length && given.toString('hex') === mac && timingSafeEqual(given, expected);
  }

  hashPassword(password: string): Promise<string> {
    return this.passwords.hash(password);
  }

  hashMadePassword(password: string): Promise<string> {
    return this.madePasswords.hash(password);
  }

  verifyPassword(password: string, stored: string): Promise<PasswordVerdict> {
    return this.passwords.verify(password, stored);
  }

  async seal(plain: Uint8Array, context: string): Promise<Buffer> {
    return sealBox(this.sealingKeys.get(newest(this.keys.seal).id) as SealingKey, plain, context);
  }

  async open(sealed: Uint8Array, context: string): Promise<Buffer | undefined> {
    const key = this.sealingKeys.get(sealedWith(sealed) ?? '');
    return key && openBox(key, sealed, context);
  }

  async sign(data: string | Uint8Array): Promise<KeyedSignature> {
    const { id, privateKey } = newest(this.keys.sign);
    return { keyId: id, signature: await this.sm2.sign(Buffer.from(data), privateKey) };
  }

  async verifySignature(data: string | Uint8Array, { keyId, signature }: KeyedSignature): Promise<boolean> {
    const publicKey = this.publicKeys.get(keyId);
    return publicKey !== undefined && (await this.sm2.verify(Buffer.from(data), signature, publicKey));
  }

  /** Nest calls this when the process ends. */
  async onApplicationShutdown(): Promise<void> {
    await this.sm2.close();
  }
}

/** The id is under the MAC, so that a row cannot be said to be of another key. */
function hmac(key: Buffer, keyId: string, data: string | Uint8Array): Buffer {
  return createHmac('sm3', key).update(keyId).update('\0').update(data).digest();
}

function newest<T>(keys: readonly T[]): T {
  return keys[keys.length - 1] as T;
}

/** Throws KeyFileError. */
export async function openSoftwareCrypto(options: {
  readonly dataDirectory: string;
  readonly passwordIterations: number;
}): Promise<SoftwareCrypto> {
  return new SoftwareCrypto(await readOrMakeKeys(options.dataDirectory), options.passwordIterations);
}
