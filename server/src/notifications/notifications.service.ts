import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { InvalidInput, Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Viewer } from '../kernel/viewer.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { DeliveriesRepository } from './deliveries.repository.js';
import { NO_PREFERENCE, type Preference } from './domain/audience.js';
import { isMailAddress } from './domain/channel.js';
import { NotificationsRepository } from './notifications.repository.js';
import type { DeliveryOfNotice, NotificationFilter, NotificationRow } from './notifications.types.js';

const DAY_MS = 24 * 60 * 60_000;
/** What was read helps as a memory for a while; what nobody read in half a year nobody will. */
const READ_LIFE_MS = 60 * DAY_MS;
const LIFE_MS = 180 * DAY_MS;
const PRUNED_PER_ROUND = 5_000;

export interface PreferenceWish extends Preference {
  readonly idempotencyKey: string;
  readonly expectedVersion: number;
}

/** Each person's own inbox, and how they want to be told beside it. */
@Injectable()
export class NotificationsService {
  constructor(
    private readonly repository: NotificationsRepository,
    private readonly deliveries: DeliveriesRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  page(viewer: Viewer, filter: NotificationFilter, page: PageRequest): Promise<Page<NotificationRow>> {
    return this.repository.page(viewer.userId, filter, page);
  }

  own(viewer: Viewer, id: string): Promise<NotificationRow | null> {
    return this.repository.own(viewer.userId, id);
  }

  /** How messages of these notices went, by the notice's own key; for whoever said them. */
  deliveriesOf(onceKeys: readonly string[]): Promise<DeliveryOfNotice[]> {
    return this.deliveries.ofNotices(onceKeys);
  }

  countUnread(viewer: Viewer): Promise<number> {
    return this.repository.countUnread(viewer.userId);
  }

  /** Read stays read; no audit row, because nothing of the province changes. `ids` null = everything until `until`. */
  markRead(viewer: Viewer, ids: readonly string[] | null, until: Date): Promise<number> {
    return this.unitOfWork.run(async (tx) => {
      const read = await this.repository.markRead(tx, viewer.userId, ids, until);
      if (read > 0) tx.changed('notification', viewer.userId);
      return read;
    });
  }

  /** version 0 = the person never said anything. */
  async preference(viewer: Viewer): Promise<Preference & { readonly version: number }> {
    return (await this.repository.preferences([viewer.userId])).get(viewer.userId) ?? { ...NO_PREFERENCE, version: 0 };
  }

  savePreference(viewer: Viewer, wish: PreferenceWish): Promise<Result<{ id: string }, readonly Refusal[]>> {
    const { idempotencyKey, expectedVersion, ...asked } = wish;
    const preference = { ...asked, mailAddress: asked.mailAddress?.trim() || null };
    return this.acts.perform(
      { name: 'notification.savePreference', actor: viewer, idempotencyKey, input: { expectedVersion, ...preference } },
      async (tx) => {
        const refusals = checkPreference(preference);
        if (refusals.length > 0) return refuse(refusals);
        if (!(await this.repository.savePreference(tx, viewer.userId, expectedVersion, preference)))
          return refuse([changedMeanwhile(expectedVersion)]);
        return ok({
          value: { id: viewer.userId },
          audit: {
            objectType: 'NotificationPreference',
            objectId: viewer.userId,
            departmentId: viewer.departmentId,
            summary: say('修改通知方式', 'Changed how to be told'),
            after: preference,
          },
        });
      },
    );
  }

  /** What is over goes; a part of it each minute. */
  async prune(): Promise<void> {
    const now = this.clock.now().getTime();
    await this.repository.prune(new Date(now - READ_LIFE_MS), new Date(now - LIFE_MS), PRUNED_PER_ROUND);
    await this.deliveries.prune(new Date(now - LIFE_MS), PRUNED_PER_ROUND);
  }
}

function checkPreference({ mail, mailAddress }: Preference): InvalidInput[] {
  const right = mailAddress === null ? !mail : isMailAddress(mailAddress);
  const message = say('请填写有效的邮箱地址，或不选邮件', 'Give a mail address that exists, or leave mail out');
  return right ? [] : [{ code: 'INVALID_INPUT', path: ['mailAddress'], rule: 'mailAddress', message }];
}

function changedMeanwhile(expected: number): Refusal {
  return {
    code: 'VERSION_CONFLICT',
    path: ['expectedVersion'],
    expected,
    current: expected + 1,
    message: say('已在另一个窗口修改，请刷新后再改', 'It was changed in another window; load it again first'),
  };
}
