import { ClusterFailure } from '../provisioning/domain/cluster-failure.js';

/** The whole answer, or none: one that is longer than it can be is not read to its end. */
export async function boundedText(body: AsyncIterable<Buffer>, bytesMax: number, what: string): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > bytesMax)
      throw new ClusterFailure('PERMANENT', `${what}: the answer is longer than ${bytesMax} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
