import { Agent, request } from 'undici';
import type { ProbeSettings } from '../domain/probes/probe.js';
import { type ProbeAnswer, restReplicationOf } from '../domain/probes/probe-reading.js';
import type { ProbeAdapter } from './adapters.js';
import type { Dialling } from './dialling.js';

/** What an array says of one pair fits into that many times over; what is longer is no such answer. */
const ANSWER_BYTES_MAX = 256 * 1024;

/**
 * Asks a storage array, or what manages it, how one pair replicates: one GET by a reading account, no redirect, and of the answer
 * only the two places that were set. Arrays come with certificates of their own: whoever sets the probe names the host, and the
 * connection goes to the address that was checked.
 * @param plain the demonstration answers its own probes without TLS; else no password goes out in the clear.
 */
export class RestReplicationProbe implements ProbeAdapter {
  constructor(
    private readonly dialling: Dialling,
    private readonly plain: boolean,
  ) {}

  async ask(probe: ProbeSettings, secret: string | null): Promise<ProbeAnswer> {
    const { account, family, target, timeoutMs } = probe;
    if (!this.plain && new URL(target).protocol !== 'https:') return { kind: 'NONE', detail: 'https:// only' };
    const { lookup } = await this.dialling.resolve(new URL(target).hostname, family);
    const agent = new Agent({ connect: { lookup, timeout: timeoutMs, rejectUnauthorized: false }, pipelining: 0 });
    try {
      const answer = await request(target, {
        method: 'GET',
        dispatcher: agent,
        headersTimeout: timeoutMs,
        bodyTimeout: timeoutMs,
        signal: AbortSignal.timeout(timeoutMs),
        headers: {
          accept: 'application/json',
          authorization: `Basic ${Buffer.from(`${account ?? ''}:${secret ?? ''}`).toString('base64')}`,
          'user-agent': 'jiyun-probe',
        },
      });
      if (answer.statusCode !== 200) {
        await answer.body.dump({ limit: ANSWER_BYTES_MAX }).catch(() => undefined);
        return { kind: 'NONE', detail: `HTTP ${answer.statusCode}` };
      }
      const chunks: Buffer[] = [];
      let bytes = 0;
      for await (const chunk of answer.body) {
        bytes += (chunk as Buffer).length;
        if (bytes > ANSWER_BYTES_MAX) return { kind: 'NONE', detail: `longer than ${ANSWER_BYTES_MAX} bytes` };
        chunks.push(chunk as Buffer);
      }
      return restReplicationOf(probe, JSON.parse(Buffer.concat(chunks).toString()), new Date());
    } finally {
      await agent.destroy();
    }
  }
}
