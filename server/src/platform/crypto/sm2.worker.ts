// SM2 in a thread of its own: a signature takes some 7 ms and a verification 12 ms of pure JavaScript.
// Node runs this file as it stands under Jest, so it holds erasable TypeScript only and imports no file of ours.
import { parentPort } from 'node:worker_threads';
import smCrypto from 'sm-crypto';

/** The standard's default identity of the signer (GM/T 0009). */
const OPTIONS = { hash: true, der: true, userId: '1234567812345678' } as const;

type Job =
  | { readonly id: number; readonly kind: 'sign'; readonly data: Uint8Array; readonly privateKey: string }
  | {
      readonly id: number;
      readonly kind: 'verify';
      readonly data: Uint8Array;
      readonly signature: string;
      readonly publicKey: string;
    };

function perform(job: Job): string | boolean {
  const message = Array.from(job.data);
  if (job.kind === 'sign') return smCrypto.sm2.doSignature(message, job.privateKey, OPTIONS);
  return smCrypto.sm2.doVerifySignature(message, job.signature, job.publicKey, OPTIONS);
}

parentPort?.on('message', (job: Job) => {
  try {
    parentPort?.postMessage({ id: job.id, value: perform(job) });
  } catch (error) {
    parentPort?.postMessage({ id: job.id, error: String(error) });
  }
});
