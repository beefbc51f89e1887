import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipPart {
  readonly name: string;
  readonly content: string | Buffer;
  /** Said in both headers instead of the real size, as somebody would who wants to be let in. */
  readonly declaredSize?: number;
  /** Deflated already, of this many bytes with this checksum: what nobody wants to hold unpacked. */
  readonly packed?: { readonly bytes: Buffer; readonly size: number; readonly crc: number };
}

/** A zip file of the parts, written by hand, so that it can be wrong in the ways that a library's cannot. */
export function zipOf(parts: readonly ZipPart[]): Buffer {
  const written: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, declaredSize, packed } of parts) {
    const plain = Buffer.from(content);
    const deflated = packed?.bytes ?? deflateRawSync(plain);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(0x0800, 2);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(packed?.crc ?? crc32(plain), 10);
    fields.writeUInt32LE(deflated.length, 14);
    fields.writeUInt32LE(declaredSize ?? packed?.size ?? plain.length, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), fields, Buffer.from(name), deflated]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(
      Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), fields, tail, Buffer.from(name)]),
    );
    written.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.length, 4);
  end.writeUInt16LE(parts.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...written, central, Buffer.from('PK\u0005\u0006'), end]);
}
