import { Inject, Injectable } from '@nestjs/common';
import { PeopleToTell } from '../identity/people-to-tell.service.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { toNodeId } from '../kernel/node-id.js';
import { type Tx, UnitOfWork } from '../platform/database/unit-of-work.js';
import { DeliveriesRepository, type FullChannel, type NewDelivery } from './deliveries.repository.js';
import { hearersOf, NO_PREFERENCE, recipientOf } from './domain/audience.js';
import { NotificationsRepository, type UntoldNotice } from './notifications.repository.js';

/** Notices of one round; the next takes the rest. */
const NOTICES_PER_ROUND = 200;

type Hearer = Awaited<ReturnType<PeopleToTell['find']>>[number];

/** Turns what features said into people's inboxes and into deliveries through the channels beside the console. */
@Injectable()
export class Telling {
  constructor(
    private readonly repository: NotificationsRepository,
    private readonly deliveries: DeliveriesRepository,
    private readonly people: PeopleToTell,
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Each notice in a unit of work of its own, marked told in the same: two workers tell it once, and one that fails keeps
   * no other waiting for longer than this round. Returns how many were told.
   */
  async run(): Promise<number> {
    const untold = await this.repository.untold(NOTICES_PER_ROUND);
    if (untold.length === 0) return 0;
    const channels = (await this.deliveries.channels()).filter((channel) => channel.enabled);
    const failures: unknown[] = [];
    let told = 0;
    for (const notice of untold)
      try {
        if (await this.tell(notice, channels)) told += 1;
      } catch (error) {
        failures.push(error);
      }
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} notices were not told`);
    return told;
  }

  private async tell(notice: UntoldNotice, channels: readonly FullChannel[]): Promise<boolean> {
    const { audience } = notice;
    const people = await this.people.find(
      (audience.roles ?? []).map(({ role }) => role),
      audience.userIds ?? [],
      this.clock.now(),
    );
    const hearing = new Set(hearersOf(audience, people));
    const hearers = people.filter(({ userId }) => hearing.has(userId));
    const preferences = await this.repository.preferences([...hearing]);
    const deliveries = channels.flatMap((channel) =>
      channel.kind === 'WEBHOOK'
        ? [deliveryTo(notice, channel, null, channel.url)]
        : hearers.flatMap((hearer) => {
            const preference = preferences.get(hearer.userId) ?? NO_PREFERENCE;
            const recipient = recipientOf(channel.kind, notice.kind, { phone: hearer.phone, preference });
            return recipient === null ? [] : [deliveryTo(notice, channel, hearer, recipient)];
          }),
    );
    return this.unitOfWork.run(async (tx: Tx) => {
      if (!(await this.repository.markTold(tx, notice.id))) return false;
      await this.repository.insert(tx, notice, [...hearing]);
      await this.deliveries.insert(tx, deliveries);
      for (const userId of hearing) tx.changed('notification', userId);
      return true;
    });
  }
}

/** The message is written down as it is now: what is sent tomorrow says what was said today. */
function deliveryTo(notice: UntoldNotice, channel: FullChannel, hearer: Hearer | null, recipient: string): NewDelivery {
  const body = {
    kind: notice.kind,
    text: notice.text,
    subject: { type: notice.subject.type, id: toNodeId(notice.subject.type, notice.subject.id) },
    at: notice.createdAt.toISOString(),
    ...(hearer ? { to: { name: hearer.displayName, address: recipient } } : {}),
  };
  return {
    noticeId: notice.id,
    channelId: channel.id,
    userId: hearer?.userId ?? null,
    recipient,
    body: JSON.stringify(body),
  };
}
