import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Viewer } from '../kernel/viewer.js';
import { CRYPTO, type CryptoProvider } from '../platform/crypto/crypto-provider.js';
import { newId } from '../platform/database/ids.js';
import { DUPLICATE_KEY_ERRNO, errnoOf } from '../platform/database/unit-of-work.js';
import { inOrderOf } from '../platform/graphql/request-context.js';
import { DeliveriesRepository, type FullChannel } from './deliveries.repository.js';
import { type ChannelSettings, checkChannel } from './domain/channel.js';
import type { DeliveryState } from './domain/delivery-state.js';
import type { ChannelRow, DeliveryRow } from './notifications.types.js';
import { secretContext } from './sending.service.js';

export interface SaveChannelWish extends ChannelSettings {
  readonly idempotencyKey: string;
  /** undefined = a new one; null = the text was no id of a channel. */
  readonly id: string | null | undefined;
  readonly expectedVersion: number;
}

type Answer = Promise<Result<{ id: string }, readonly Refusal[]>>;

/** More gateways than that is a mistake: each notice becomes a message in every one of them. */
const CHANNELS_MAX = 20;

/** The ways out of the console and what goes through them; the system administrator looks after both. */
@Injectable()
export class Channels {
  constructor(
    private readonly repository: DeliveriesRepository,
    private readonly acts: Acts,
    @Inject(CRYPTO) private readonly crypto: CryptoProvider,
  ) {}

  list(): Promise<ChannelRow[]> {
    return this.repository.channels();
  }

  channel(id: string): Promise<ChannelRow | null> {
    return this.repository.channel(id);
  }

  /** Batch for loaders. */
  channels = async (ids: readonly string[]): Promise<(ChannelRow | null)[]> =>
    inOrderOf(ids, await this.repository.channels(), (channel) => channel.id);

  /** Batch for loaders. */
  deliveries = async (ids: readonly string[]): Promise<(DeliveryRow | null)[]> =>
    inOrderOf(ids, await this.repository.byIds(ids), (delivery) => delivery.id);

  page(states: readonly DeliveryState[] | null, page: PageRequest): Promise<Page<DeliveryRow>> {
    return this.repository.page(states, page);
  }

  /** The secret is sealed before the transaction, and neither the audit nor the key's row says it. */
  async save(viewer: Viewer, wish: SaveChannelWish): Answer {
    const { idempotencyKey, secret, id: asked, expectedVersion, ...settings } = wish;
    const { mac } = await this.crypto.mac(`notification.channel\0${secret ?? ''}`);
    const id = asked === undefined ? newId() : asked;
    const sealed =
      id === null || (secret === null && asked !== undefined)
        ? null
        : (await this.crypto.seal(Buffer.from(secret ?? ''), secretContext(id))).toString('base64');
    const input = { ...settings, id: asked ?? null, expectedVersion, secret: secret === null ? null : mac };
    return this.acts.perform({ name: 'notification.saveChannel', actor: viewer, idempotencyKey, input }, async (tx) => {
      const known = asked === undefined ? null : id === null ? undefined : await this.repository.lockedChannel(tx, id);
      if (asked !== undefined && !known) return refuse([unknownChannel()]);
      if (known && known.version !== expectedVersion) return refuse([changedMeanwhile(expectedVersion, known.version)]);
      if (known && known.kind !== settings.kind)
        return refuse([invalid('kind', 'fixed', say('渠道类型不能更改', 'The kind of a channel stays as it is'))]);
      const wrong = checkChannel({ ...settings, secret }, known !== null);
      if (wrong.length > 0) return refuse(wrong);
      if (!known && (await this.repository.channels(tx.manager)).length >= CHANNELS_MAX)
        return refuse([
          invalid('name', 'count', say(`最多 ${CHANNELS_MAX} 个渠道`, `There are at most ${CHANNELS_MAX} channels`)),
        ]);
      const channel = {
        ...settings,
        id: id as string,
        name: settings.name.trim(),
        sealedSecret: sealed ?? (known as FullChannel).sealedSecret,
        version: (known?.version ?? 0) + 1,
        changedAt: tx.now,
      };
      try {
        await this.repository.saveChannel(tx, channel);
      } catch (error) {
        if (errnoOf(error) !== DUPLICATE_KEY_ERRNO) throw error;
        return refuse([invalid('name', 'taken', say('名称已被使用', 'The name is taken'))]);
      }
      return ok({
        value: { id: channel.id },
        audit: {
          objectType: 'NotificationChannel',
          objectId: channel.id,
          departmentId: null,
          summary: say(`保存通知渠道 ${channel.name}`, `Saved the channel ${channel.name}`),
          before: known ? { url: known.url, sender: known.sender, enabled: known.enabled } : null,
          after: { ...settings, secretChanged: secret !== null },
        },
      });
    });
  }

  /** What was given up is tried anew, from its first attempt. */
  retry(
    viewer: Viewer,
    wish: { readonly id: string | undefined; readonly expectedVersion: number; readonly idempotencyKey: string },
  ): Answer {
    return this.acts.perform(
      { name: 'notification.retryDelivery', actor: viewer, idempotencyKey: wish.idempotencyKey, input: wish },
      async (tx) => {
        if (!(await this.repository.retry(tx, wish.id ?? '', wish.expectedVersion))) return refuse([notFailed()]);
        return ok({
          value: { id: wish.id as string },
          audit: {
            objectType: 'Delivery',
            objectId: wish.id as string,
            departmentId: null,
            summary: say('重新发送一条通知', 'Sent a message again'),
          },
        });
      },
    );
  }
}

function invalid(field: string, rule: string, message: Bilingual): Refusal {
  return { code: 'INVALID_INPUT', path: [field], rule, message };
}

function unknownChannel(): Refusal {
  return { code: 'UNKNOWN_REFERENCE', path: ['id'], message: say('没有这个渠道', 'There is no such channel') };
}

function changedMeanwhile(expected: number, current: number): Refusal {
  return {
    code: 'VERSION_CONFLICT',
    path: ['expectedVersion'],
    expected,
    current,
    message: say('渠道刚刚被修改，请核对后再保存', 'The channel has just been changed; look again first'),
  };
}

function notFailed(): Refusal {
  return {
    code: 'ILLEGAL_TRANSITION',
    path: ['id'],
    state: 'UNKNOWN',
    action: 'RETRY',
    message: say('这条消息没有失败，或刚刚变化', 'This message has not failed, or has just changed'),
  };
}
