import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Agent, request } from 'undici';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Attempt } from './domain/delivery-state.js';
import type { Endpoint, Gateway, Message } from './domain/ports.js';

/** A gateway that has not answered by then may have taken it: the delivery's id lets it tell the repetition. */
const TIME_LIMIT_MS = 8_000;
/** Some gateways answer with a page; more of it than that is not waited for. */
const ANSWER_BYTES_MAX = 64 * 1024;
const ERROR_LENGTH_MAX = 200;
/** Overloaded, or asked to slow down: what a later try may not meet. Everything else of 400 to 499 is the message's fault. */
const PASSING_STATUS = new Set([408, 425, 429]);

/**
 * Posts the message as JSON. `x-jiyun-signature: t=<seconds>,sm3=<hex>` is HMAC-SM3 with the channel's secret over
 * `<seconds>.<body>`: the receiver knows who wrote it and that it is not an old one. Redirects are not followed, because
 * the address was approved and the next one was not; of the answer only the status is read.
 */
@Injectable()
export class HttpGateway implements Gateway {
  private readonly agent = new Agent({ connectTimeout: TIME_LIMIT_MS, pipelining: 0, keepAliveTimeout: 1_000 });

  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  async send({ deliveryId, body }: Message, { url, secret }: Endpoint): Promise<Attempt> {
    const seconds = Math.floor(this.clock.now().getTime() / 1000);
    const mac = createHmac('sm3', secret).update(`${seconds}.${body}`).digest('hex');
    try {
      const answer = await request(url, {
        method: 'POST',
        dispatcher: this.agent,
        headersTimeout: TIME_LIMIT_MS,
        bodyTimeout: TIME_LIMIT_MS,
        signal: AbortSignal.timeout(TIME_LIMIT_MS),
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'x-jiyun-delivery': deliveryId,
          'x-jiyun-signature': `t=${seconds},sm3=${mac}`,
        },
        body,
      });
      // Its status is the answer; what follows is let go, and how that ends changes nothing.
      await answer.body.dump({ limit: ANSWER_BYTES_MAX }).catch(() => undefined);
      if (answer.statusCode >= 200 && answer.statusCode < 300) return { ok: true };
      const passing = answer.statusCode >= 500 || PASSING_STATUS.has(answer.statusCode);
      return { ok: false, permanent: !passing, error: `HTTP ${answer.statusCode}` };
    } catch (error) {
      return { ok: false, permanent: false, error: reasonOf(error) };
    }
  }

  close(): Promise<void> {
    return this.agent.close();
  }
}

export function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  return `${code ? `${code}: ` : ''}${message ?? String(error)}`.slice(0, ERROR_LENGTH_MAX);
}
