/** The few forms of DER that a certificate needs. */
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const OBJECT_IDENTIFIER = 0x06;
const UTF8_STRING = 0x0c;
const SEQUENCE = 0x30;
const SET = 0x31;
const GENERALIZED_TIME = 0x18;

export function tagged(tag: number, content: Buffer): Buffer {
  const length = content.length;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  const bytes = Buffer.from(length.toString(16).padStart(length > 0xff ? 4 : 2, '0'), 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | bytes.length]), bytes, content]);
}

export const sequence = (...parts: readonly Buffer[]) => tagged(SEQUENCE, Buffer.concat(parts));
export const set = (...parts: readonly Buffer[]) => tagged(SET, Buffer.concat(parts));
export const octets = (content: Buffer) => tagged(OCTET_STRING, content);
export const bits = (content: Buffer) => tagged(BIT_STRING, Buffer.concat([Buffer.from([0]), content]));
export const text = (value: string) => tagged(UTF8_STRING, Buffer.from(value, 'utf8'));
export const truth = Buffer.from([0x01, 0x01, 0xff]);

/** A positive number: a leading zero keeps the first bit from reading as a sign. */
export const integer = (bytes: Buffer) =>
  tagged(INTEGER, (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);

export const time = (moment: Date) =>
  tagged(GENERALIZED_TIME, Buffer.from(`${moment.toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`));

export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const number of rest) {
    const groups = [number & 0x7f];
    for (let left = number >> 7; left > 0; left >>= 7) groups.unshift((left & 0x7f) | 0x80);
    bytes.push(...groups);
  }
  return tagged(OBJECT_IDENTIFIER, Buffer.from(bytes));
}
