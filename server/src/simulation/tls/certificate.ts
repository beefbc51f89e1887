/** A self-signed certificate for this machine, which clients trust as its own authority. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { bits, integer, objectIdentifier, octets, sequence, set, tagged, text, time, truth } from './der.js';

export interface Identity {
  readonly keyPem: string;
  readonly certificatePem: string;
}

const DAY_MS = 86_400_000;
const VALID_DAYS = 3_650;
const SERIAL_BYTES = 15;
const ecdsaWithSha256 = sequence(objectIdentifier('1.2.840.10045.4.3.2'));
const hosts = {
  names: ['localhost'],
  addresses: [Buffer.from([127, 0, 0, 1]), Buffer.concat([Buffer.alloc(15), Buffer.from([1])])],
};

export function newIdentity(commonName: string, now: Date): Identity {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const keyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { keyPem, certificatePem: certify(keyPem, commonName, now) };
}

function certify(keyPem: string, commonName: string, now: Date): string {
  const key = createPrivateKey(keyPem);
  const name = sequence(set(sequence(objectIdentifier('2.5.4.3'), text(commonName))));
  const validity = sequence(
    time(new Date(now.getTime() - DAY_MS)),
    time(new Date(now.getTime() + VALID_DAYS * DAY_MS)),
  );
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const body = sequence(
    tagged(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(SERIAL_BYTES)])),
    ecdsaWithSha256,
    name,
    validity,
    name,
    publicKey,
    tagged(0xa3, extensions()),
  );
  const signature = sign('sha256', body, key);
  const lines =
    sequence(body, ecdsaWithSha256, bits(signature))
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

function extensions(): Buffer {
  const names = [
    ...hosts.names.map((name) => tagged(0x82, Buffer.from(name))),
    ...hosts.addresses.map((address) => tagged(0x87, address)),
  ];
  return sequence(
    // basicConstraints CA, keyUsage digitalSignature + keyCertSign, extKeyUsage serverAuth, subjectAltName.
    sequence(objectIdentifier('2.5.29.19'), truth, octets(sequence(truth))),
    sequence(objectIdentifier('2.5.29.15'), truth, octets(tagged(0x03, Buffer.from([0x02, 0x84])))),
    sequence(objectIdentifier('2.5.29.37'), octets(sequence(objectIdentifier('1.3.6.1.5.5.7.3.1')))),
    sequence(objectIdentifier('2.5.29.17'), octets(sequence(...names))),
  );
}
