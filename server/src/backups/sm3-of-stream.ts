import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';

/** Of a file that does not fit into memory. A hash without a key may be computed anywhere. */
export async function sm3OfStream(bytes: Readable): Promise<string> {
  const hash = createHash('sm3');
  for await (const chunk of bytes) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
