import { createHmac } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { KEY_FILE_NAME, KeyFileError, newKeyRing, readOrMakeKeys } from './key-file.js';
import { openBox, sealBox } from './sealed-box.js';
import { openSoftwareCrypto, SoftwareCrypto } from './software-crypto.js';

const FEW_ITERATIONS = 1_000;

let directory: string;
let crypto: SoftwareCrypto;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'jiyun-crypto-'));
  crypto = await openSoftwareCrypto({ dataDirectory: directory, passwordIterations: FEW_ITERATIONS });
});

afterAll(async () => {
  await crypto.onApplicationShutdown();
  await rm(directory, { recursive: true });
});

it('never claims compliance', () => {
  expect(crypto.certified).toBe(false);
});

describe('SM3', () => {
  it('gives the values of GB/T 32905 appendix A', () => {
    expect(crypto.sm3('abc').toString('hex')).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0');
    expect(crypto.sm3('abcd'.repeat(16)).toString('hex')).toBe(
      'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732',
    );
  });
});

describe('HMAC-SM3', () => {
  it('is HMAC (RFC 2104) over SM3, with the key id before the data', async () => {
    const ring = newKeyRing();
    const provider = new SoftwareCrypto(ring, FEW_ITERATIONS);
    const { id, key } = ring.mac[0] as (typeof ring.mac)[number];
    const block = Buffer.concat([Buffer.from(key, 'hex'), Buffer.alloc(32)]);
    const inner = provider.sm3(Buffer.concat([block.map((b) => b ^ 0x36), Buffer.from(`${id}\0data`)]));
    const outer = provider.sm3(Buffer.concat([block.map((b) => b ^ 0x5c), inner]));
    expect(await provider.mac('data')).toEqual({ keyId: id, mac: outer.toString('hex') });
  });

  it('refuses other data, another key id, another spelling and a cut MAC', async () => {
    const made = await crypto.mac('row');
    expect(await crypto.verifyMac('row', made)).toBe(true);
    expect(await crypto.verifyMac('Row', made)).toBe(false);
    expect(await crypto.verifyMac('row', { ...made, keyId: 'mac-other' })).toBe(false);
    expect(await crypto.verifyMac('row', { ...made, mac: made.mac.toUpperCase() })).toBe(false);
    expect(await crypto.verifyMac('row', { ...made, mac: made.mac.slice(2) })).toBe(false);
  });

  it('verifies with an old key after a new one has been added', async () => {
    const old = newKeyRing();
    const made = await new SoftwareCrypto(old, FEW_ITERATIONS).mac('row');
    const rotated = new SoftwareCrypto({ ...old, mac: [...old.mac, ...newKeyRing().mac] }, FEW_ITERATIONS);
    expect(await rotated.verifyMac('row', made)).toBe(true);
    expect((await rotated.mac('row')).keyId).not.toBe(made.keyId);
  });
});

describe('PBKDF2-SM3', () => {
  it('gives the first block by its definition (RFC 8018)', async () => {
    const stored = await crypto.hashPassword('Sunny-Day-2026');
    const [, , iterations, salt, hash] = stored.split('$');
    expect(iterations).toBe(`i=${FEW_ITERATIONS}`);
    const prf = (data: Buffer): Buffer => createHmac('sm3', 'Sunny-Day-2026').update(data).digest();
    let u = prf(Buffer.concat([Buffer.from(salt as string, 'base64url'), Buffer.from([0, 0, 0, 1])]));
    const sum = Buffer.from(u);
    for (let n = 1; n < FEW_ITERATIONS; n += 1) {
      u = prf(u);
      for (let i = 0; i < sum.length; i += 1) sum[i] = (sum[i] as number) ^ (u[i] as number);
    }
    expect(hash).toBe(sum.toString('base64url'));
  });

  it('matches only the same password and never twice the same text', async () => {
    const stored = await crypto.hashPassword('correct horse');
    expect(await crypto.verifyPassword('correct horse', stored)).toEqual({ matches: true, needsRehash: false });
    expect(await crypto.verifyPassword('correct hors', stored)).toEqual({ matches: false, needsRehash: false });
    expect(await crypto.hashPassword('correct horse')).not.toBe(stored);
  });

  it('asks for a new hash when the iteration count has changed', async () => {
    const stored = await crypto.hashPassword('correct horse');
    const stronger = new SoftwareCrypto(newKeyRing(), 2 * FEW_ITERATIONS);
    expect(await stronger.verifyPassword('correct horse', stored)).toEqual({ matches: true, needsRehash: true });
  });

  it.each(['', 'x', '$pbkdf2-sm3$i=0$aaaaaaaaaaaaaaaaaaaaaa$a', '$pbkdf2-sha256$i=1000$a$b'])(
    'matches nothing when the stored text is %j',
    async (stored) => {
      expect((await crypto.verifyPassword('', stored)).matches).toBe(false);
    },
  );

  it('refuses to queue without bound and recovers', async () => {
    const provider = new SoftwareCrypto(newKeyRing(), FEW_ITERATIONS);
    const answers = await Promise.allSettled(Array.from({ length: 200 }, () => provider.hashPassword('x')));
    const refused = answers.filter((a) => a.status === 'rejected');
    expect(refused).toHaveLength(200 - 4 - 128);
    await expect(provider.hashPassword('x')).resolves.toContain('$pbkdf2-sm3$');
  });
});

describe('SM4-CBC with HMAC-SM3', () => {
  const key = {
    id: 'seal-test',
    cipherKey: Buffer.from('0123456789abcdeffedcba9876543210', 'hex'),
    macKey: Buffer.alloc(32, 7),
  };

  it('encrypts the block of GB/T 32907 appendix A', () => {
    const box = sealBox(key, Buffer.from('0123456789abcdeffedcba9876543210', 'hex'), '', Buffer.alloc(16));
    const head = 2 + key.id.length + 16;
    expect(box.subarray(head, head + 16).toString('hex')).toBe('681edf34d206965e86b3e94f536e4246');
  });

  it('opens what it sealed, in the same context only', async () => {
    const sealed = await crypto.seal(Buffer.from('身份证号 320102…'), 'app_user/7/phone');
    expect((await crypto.open(sealed, 'app_user/7/phone'))?.toString()).toBe('身份证号 320102…');
    expect(await crypto.open(sealed, 'app_user/8/phone')).toBeUndefined();
  });

  it('refuses every box with one changed bit and every shorter box', () => {
    const box = sealBox(key, Buffer.from('sixteen bytes ok'), 'c');
    for (let bit = 0; bit < box.length * 8; bit += 1) {
      const changed = Buffer.from(box);
      changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7));
      expect(openBox(key, changed, 'c')).toBeUndefined();
    }
    for (let length = 0; length < box.length; length += 1)
      expect(openBox(key, box.subarray(0, length), 'c')).toBeUndefined();
  });

  it('does not let a context grow into the ciphertext', () => {
    const box = sealBox(key, Buffer.from('plain'), 'ab');
    expect(openBox(key, box, 'a')).toBeUndefined();
    expect(openBox(key, box, 'abc')).toBeUndefined();
  });
});

describe('SM2', () => {
  it('verifies the signature of GB/T 32918.5 appendix A', async () => {
    const r = 'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3';
    const s = 'b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa';
    const standard = new SoftwareCrypto(
      {
        ...newKeyRing(),
        sign: [
          {
            id: 'standard',
            privateKey: '3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8',
            publicKey:
              '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
          },
        ],
      },
      FEW_ITERATIONS,
    );
    const signature = `3046022100${r}022100${s}`;
    expect(await standard.verifySignature('message digest', { keyId: 'standard', signature })).toBe(true);
    expect(await standard.verifySignature('message digesT', { keyId: 'standard', signature })).toBe(false);
    expect(await standard.verifySignature('m', await standard.sign('m'))).toBe(true);
    await standard.onApplicationShutdown();
  });

  it('verifies its own signature and refuses changed data, keys and garbage', async () => {
    const signed = await crypto.sign('checkpoint');
    expect(await crypto.verifySignature('checkpoint', signed)).toBe(true);
    expect(await crypto.verifySignature('Checkpoint', signed)).toBe(false);
    expect(await crypto.verifySignature('checkpoint', { ...signed, keyId: 'sign-other' })).toBe(false);
    expect(await crypto.verifySignature('checkpoint', { ...signed, signature: 'zz' })).toBe(false);
    expect(await crypto.verifySignature('checkpoint', { ...signed, signature: '' })).toBe(false);
    const other = new SoftwareCrypto(newKeyRing(), FEW_ITERATIONS);
    expect(await crypto.verifySignature('checkpoint', await other.sign('checkpoint'))).toBe(false);
    await other.onApplicationShutdown();
  });

  it('works on in a new thread after its thread has ended', async () => {
    const provider = new SoftwareCrypto(newKeyRing(), FEW_ITERATIONS);
    await provider.sign('a');
    await provider.onApplicationShutdown();
    expect(await provider.verifySignature('b', await provider.sign('b'))).toBe(true);
    await provider.onApplicationShutdown();
  });

  it('leaves the main thread free', async () => {
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 1);
    await Promise.all(Array.from({ length: 30 }, () => crypto.sign('x')));
    clearInterval(timer);
    // Some 200 ms of work: done on the main thread it would let no timer run.
    expect(turns).toBeGreaterThan(10);
  });
});

describe(readOrMakeKeys, () => {
  it('makes one file for its owner only and reads it again', async () => {
    const path = join(directory, KEY_FILE_NAME);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(await readOrMakeKeys(directory));
  });

  it('gives every one of many processes starting together the same keys', async () => {
    const fresh = await mkdtemp(join(tmpdir(), 'jiyun-keys-'));
    const rings = await Promise.all(Array.from({ length: 8 }, () => readOrMakeKeys(join(fresh, 'data'))));
    for (const ring of rings) expect(ring).toEqual(rings[0]);
    await rm(fresh, { recursive: true });
  });

  it.each([
    ['half a file', '{"version": 1, "mac": ['],
    ['no key', JSON.stringify({ ...newKeyRing(), mac: [] })],
    ['a short key', JSON.stringify({ ...newKeyRing(), mac: [{ id: 'mac-1', key: 'ab' }] })],
    [
      'one id twice',
      JSON.stringify({
        ...newKeyRing(),
        mac: [...newKeyRing().mac, ...newKeyRing().mac].map((k) => ({ ...k, id: 'same' })),
      }),
    ],
    ['a later version', JSON.stringify({ ...newKeyRing(), version: 2 })],
  ])('refuses %s instead of making new keys', async (_name, text) => {
    const broken = await mkdtemp(join(tmpdir(), 'jiyun-keys-'));
    await writeFile(join(broken, KEY_FILE_NAME), text, { mode: 0o600 });
    await expect(readOrMakeKeys(broken)).rejects.toThrow(KeyFileError);
    expect(await readFile(join(broken, KEY_FILE_NAME), 'utf8')).toBe(text);
    await rm(broken, { recursive: true });
  });

  it('refuses a file that others may read', async () => {
    const open = await mkdtemp(join(tmpdir(), 'jiyun-keys-'));
    await readOrMakeKeys(open);
    await chmod(join(open, KEY_FILE_NAME), 0o644);
    await expect(readOrMakeKeys(open)).rejects.toThrow(/chmod 600/);
    await rm(open, { recursive: true });
  });
});
