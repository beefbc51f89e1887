import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { CRYPTO, type CryptoProvider } from '../platform/crypto/crypto-provider.js';
import { DeliveriesRepository, type FullChannel } from './deliveries.repository.js';
import { type Attempt, afterAttempt } from './domain/delivery-state.js';
import type { Gateway } from './domain/ports.js';
import { HttpGateway } from './http-gateway.js';
import { MailGateway } from './mail-gateway.js';
import type { DeliveryRow } from './notifications.types.js';

const DELIVERIES_PER_ROUND = 50;
/** Longer than a round of time-outs one after the other of one channel's share; then another worker may take them. */
const LEASE_MS = 10 * 60_000;
/** At the same time, so that one dead gateway does not hold up another's messages. */
const PARALLEL = 8;

/** What a channel's secret is sealed for. */
export function secretContext(channelId: string): string {
  return `notification.channel\0${channelId}`;
}

/** Sends what is due: at least once, with the delivery's id by which the other side knows a repetition. */
@Injectable()
export class Sending implements OnApplicationShutdown {
  constructor(
    private readonly repository: DeliveriesRepository,
    private readonly http: HttpGateway,
    private readonly mail: MailGateway,
    @Inject(CRYPTO) private readonly crypto: CryptoProvider,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** One round. Returns how many attempts were made. */
  async run(): Promise<number> {
    const now = this.clock.now();
    const due = await this.repository.lease(now, new Date(now.getTime() + LEASE_MS), DELIVERIES_PER_ROUND);
    if (due.length === 0) return 0;
    const channels = new Map((await this.repository.channels()).map((channel) => [channel.id, channel]));
    const pending = [...due];
    const one = async (): Promise<void> => {
      for (let row = pending.shift(); row; row = pending.shift()) await this.attempt(row, channels.get(row.channelId));
    };
    await Promise.all(Array.from({ length: PARALLEL }, one));
    return due.length;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.http.close();
  }

  private async attempt(row: DeliveryRow, channel: FullChannel | undefined): Promise<void> {
    const attempt = await this.send(row, channel);
    const after = afterAttempt(attempt, row.attempts + 1, this.clock.now(), Math.random());
    await this.repository.recordAttempt(row, after, attempt.ok ? null : attempt.error, this.clock.now());
  }

  private async send(row: DeliveryRow, channel: FullChannel | undefined): Promise<Attempt> {
    // Switched off since: it waits for nothing, and a person may send it again when the channel is back.
    if (!channel?.enabled) return { ok: false, permanent: true, error: 'the channel is switched off' };
    const secret = await this.crypto.open(Buffer.from(channel.sealedSecret, 'base64'), secretContext(channel.id));
    if (!secret) return { ok: false, permanent: true, error: 'the secret of the channel cannot be opened' };
    const gateway: Gateway = channel.kind === 'MAIL' ? this.mail : this.http;
    const message = { deliveryId: row.id, recipient: row.recipient, body: row.body };
    return gateway.send(message, { url: channel.url, sender: channel.sender, secret: secret.toString() });
  }
}
