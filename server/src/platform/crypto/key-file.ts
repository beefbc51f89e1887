import { createECDH, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { link, mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** All bytes as hexadecimal. In each list the last key is the one in use; older ones only verify and open. */
export interface KeyRing {
  readonly version: 1;
  readonly mac: readonly { readonly id: string; readonly key: string }[];
  readonly seal: readonly { readonly id: string; readonly cipherKey: string; readonly macKey: string }[];
  readonly sign: readonly { readonly id: string; readonly privateKey: string; readonly publicKey: string }[];
}

export class KeyFileError extends Error {
  override name = 'KeyFileError';
}

export const KEY_FILE_NAME = 'keys.json';
/** HMAC-SM3 key: as long as the hash; SM4 keys have 128 bits. */
const MAC_KEY_BYTES = 32;
const SM4_KEY_BYTES = 16;
const SM2_PRIVATE_KEY_HEX_DIGITS = 64;
const OWNER_ONLY = 0o600;
/** Group may read (a mounted secret); nobody else may read, nobody but the owner may write. */
const FORBIDDEN_MODE_BITS = 0o027;

/**
 * Reads the keys, or makes them at the first start. They lie outside the database: who can write its rows cannot seal them.
 * @throws KeyFileError with one line that says what to do.
 */
export async function readOrMakeKeys(directory: string): Promise<KeyRing> {
  const path = join(directory, KEY_FILE_NAME);
  return (await readKeys(path)) ?? (await makeKeys(directory, path));
}

async function readKeys(path: string): Promise<KeyRing | undefined> {
  let text: string;
  try {
    if (((await stat(path)).mode & FORBIDDEN_MODE_BITS) !== 0)
      throw new KeyFileError(`The key file ${path} is open to other accounts. Run: chmod 600 ${path}`);
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error instanceof KeyFileError
      ? error
      : new KeyFileError(`The key file ${path} cannot be read: ${(error as Error).message}`);
  }
  let ring: unknown;
  try {
    ring = JSON.parse(text);
  } catch {
    ring = undefined;
  }
  if (!isKeyRing(ring))
    throw new KeyFileError(
      `The key file ${path} is damaged. Restore it from its backup: without it no audit row can be verified.`,
    );
  return ring;
}

/** Whole or not at all, and only once: of two processes starting together one makes the file and both read it. */
async function makeKeys(directory: string, path: string): Promise<KeyRing> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const half = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    const file = await open(half, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, OWNER_ONLY);
    try {
      await file.writeFile(`${JSON.stringify(newKeyRing(), null, 2)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await link(half, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } catch (error) {
    throw new KeyFileError(`The key file ${path} cannot be written: ${(error as Error).message}`);
  } finally {
    await rm(half, { force: true });
  }
  const made = await readKeys(path);
  if (!made) throw new KeyFileError(`The key file ${path} has vanished`);
  return made;
}

export function newKeyRing(): KeyRing {
  const pair = createECDH('SM2');
  const publicKey = pair.generateKeys('hex');
  return {
    version: 1,
    mac: [{ id: newKeyId('mac'), key: randomBytes(MAC_KEY_BYTES).toString('hex') }],
    seal: [
      {
        id: newKeyId('seal'),
        cipherKey: randomBytes(SM4_KEY_BYTES).toString('hex'),
        macKey: randomBytes(MAC_KEY_BYTES).toString('hex'),
      },
    ],
    sign: [
      {
        id: newKeyId('sign'),
        // Node drops leading zeros of the number.
        privateKey: pair.getPrivateKey('hex').padStart(SM2_PRIVATE_KEY_HEX_DIGITS, '0'),
        publicKey,
      },
    ],
  };
}

function newKeyId(kind: string): string {
  return `${kind}-${randomBytes(4).toString('hex')}`;
}

function isKeyRing(value: unknown): value is KeyRing {
  const ring = value as Partial<KeyRing> | null | undefined;
  return (
    ring?.version === 1 &&
    areKeys(ring.mac, { key: 2 * MAC_KEY_BYTES }) &&
    areKeys(ring.seal, { cipherKey: 2 * SM4_KEY_BYTES, macKey: 2 * MAC_KEY_BYTES }) &&
    areKeys(ring.sign, { privateKey: SM2_PRIVATE_KEY_HEX_DIGITS, publicKey: 2 + 2 * SM2_PRIVATE_KEY_HEX_DIGITS })
  );
}

/** A list with at least one key, each with an id of its own and fields of exactly so many hexadecimal digits. */
function areKeys(list: unknown, digits: Readonly<Record<string, number>>): boolean {
  if (!Array.isArray(list) || list.length === 0) return false;
  const ids = new Set(list.map((key) => key?.id));
  return (
    ids.size === list.length &&
    list.every(
      (key) =>
        typeof key?.id === 'string' &&
        /^[a-z0-9-]{1,40}$/.test(key.id) &&
        Object.entries(digits).every(([name, count]) => new RegExp(`^[0-9a-f]{${count}}$`).test(String(key[name]))),
    )
  );
}
