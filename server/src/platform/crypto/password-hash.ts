import { pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { Gate } from '../concurrency/gate.js';
import type { PasswordVerdict } from './crypto-provider.js';

/** PBKDF2 over HMAC-SM3; given to the hash, so that what a sign-in costs can be counted in rounds. */
export type KeyDerivation = (password: string, salt: Buffer, iterations: number) => Promise<Buffer>;

const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** $pbkdf2-sm3$i=270000$<salt>$<hash>, both base64url. */
const STORED = /^\$pbkdf2-sm3\$i=([1-9]\d{2,7})\$([A-Za-z0-9_-]{22})\$([A-Za-z0-9_-]{43})$/;
/** Node's thread pool has four threads; more at once would only wait in there, before file work and DNS. */
const HASHING_MAX = 4;
/** At a tenth of a second each, four at a time, the last one waits three seconds; beyond that the caller is told to come again. */
const WAITING_MAX = 128;

const pbkdf2Async = promisify(pbkdf2);
const pbkdf2OverSm3: KeyDerivation = (password, salt, iterations) =>
  pbkdf2Async(password, salt, iterations, HASH_BYTES, 'sm3');

/** Passwords as PBKDF2 over HMAC-SM3. Each hash says its own iteration count, so the count may grow. */
export class PasswordHash {
  private readonly gate = new Gate(HASHING_MAX, WAITING_MAX);

  constructor(
    private readonly iterations: number,
    private readonly deriveKey: KeyDerivation = pbkdf2OverSm3,
  ) {}

  /** Throws QueueFull. */
  async hash(password: string): Promise<string> {
    const salt = randomBytes(SALT_BYTES);
    const hash = await this.derive(password, salt, this.iterations);
    return `$pbkdf2-sm3$i=${this.iterations}$${salt.toString('base64url')}$${hash.toString('base64url')}`;
  }

  /** Throws QueueFull. A text that is no hash of ours costs the same work and matches nothing. */
  async verify(password: string, stored: string): Promise<PasswordVerdict> {
    const match = STORED.exec(stored);
    const iterations = match ? Number(match[1]) : this.iterations;
    const salt = match ? Buffer.from(match[2] as string, 'base64url') : Buffer.alloc(SALT_BYTES);
    const expected = match ? Buffer.from(match[3] as string, 'base64url') : Buffer.alloc(HASH_BYTES);
    const equal = timingSafeEqual(await this.derive(password, salt, iterations), expected);
    // A hash of fewer rounds answers no sooner: who waits for an answer does not learn what kind of account it is.
    if (iterations < this.iterations) await this.derive(password, salt, this.iterations - iterations);
    return { matches: match !== null && equal, needsRehash: iterations !== this.iterations };
  }

  /** One spelling of each character: a password typed with another keyboard's composition stays the same password. */
  private derive(password: string, salt: Buffer, iterations: number): Promise<Buffer> {
    return this.gate.pass(() => this.deriveKey(password.normalize('NFKC'), salt, iterations));
  }
}
