/** A secret function's result, with the key that made it: keys rotate, old results stay verifiable. */
export interface KeyedMac {
  readonly keyId: string;
  /** Lower-case hexadecimal. */
  readonly mac: string;
}

export interface KeyedSignature {
  readonly keyId: string;
  /** DER, lower-case hexadecimal. */
  readonly signature: string;
}

export interface PasswordVerdict {
  readonly matches: boolean;
  /** The stored hash was made by an older rule; hash the password again while it is known. */
  readonly needsRehash: boolean;
}

/**
 * The commercial cryptography (商用密码) of the console behind one door, so that a certified module can replace software.
 * Whatever touches a key is asynchronous: a certified module sits behind a wire.
 */
export interface CryptoProvider {
  readonly name: string;
  /** Whether a certified module does the work. Software never claims compliance. */
  readonly certified: boolean;

  /** SM3 of the bytes. No key, so it may be computed anywhere. */
  sm3(data: string | Uint8Array): Buffer;

  /** HMAC-SM3 with the newest key; the key's id is under the MAC too. */
  mac(data: string | Uint8Array): Promise<KeyedMac>;
  /** In constant time. False also for a key that is not known. */
  verifyMac(data: string | Uint8Array, keyed: KeyedMac): Promise<boolean>;

  /** PBKDF2-SM3. Throws QueueFull. */
  hashPassword(password: string): Promise<string>;
  /**
   * PBKDF2-SM3 with few rounds, for a password that was drawn at random with more than 100 bits: no number of rounds
   * makes that harder to guess, and a thousand imported accounts do not take minutes. It is hashed anew at its first use.
   */
  hashMadePassword(password: string): Promise<string>;
  /** In constant time. A text that is no hash of ours matches nothing, after the same work. Throws QueueFull. */
  verifyPassword(password: string, stored: string): Promise<PasswordVerdict>;

  /** SM4-CBC then HMAC-SM3; `context` is bound but not stored, so that a sealed value cannot be moved to another place. */
  seal(plain: Uint8Array, context: string): Promise<Buffer>;
  /** undefined = changed, of another context, or sealed with a key that is not known. */
  open(sealed: Uint8Array, context: string): Promise<Buffer | undefined>;

  /** SM2 with SM3 and the newest key. */
  sign(data: string | Uint8Array): Promise<KeyedSignature>;
  /** False also for a key that is not known. */
  verifySignature(data: string | Uint8Array, signed: KeyedSignature): Promise<boolean>;
}

/** Injection token of the provider. */
export const CRYPTO = Symbol('CRYPTO');
