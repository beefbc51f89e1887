import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import { accountingYear } from '../kernel/calendar.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Actor, Viewer } from '../kernel/viewer.js';
import { CodeSequence } from '../platform/database/code-sequence.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { inOrderOf } from '../platform/graphql/request-context.js';
import { Notices } from '../platform/notices/notices.js';
import { type IntakeItemDraft, itemKey } from './domain/intake-item.js';
import { waitsForReview, wasDecided } from './domain/intake-notice.js';
import { decideIntake, type IntakeAction, type IntakeState, intakeTable } from './domain/intake-state.js';
import { IntakeRepository } from './intake.repository.js';
import type { IntakeBatchRow, IntakeItemRow } from './intake.types.js';
import { IntakeKeys } from './intake-keys.service.js';

export interface IntakeActWish {
  readonly id: string | undefined;
  readonly expectedVersion: number;
  readonly opinion?: string | null;
  readonly idempotencyKey: string;
}

export type Answer = Promise<Result<{ id: string }, readonly Refusal[]>>;

/** Batches of what already ran: how they come to be, who gives them up, and where one looks them up. */
@Injectable()
export class IntakeService {
  constructor(
    private readonly repository: IntakeRepository,
    private readonly acts: Acts,
    private readonly codes: CodeSequence,
    private readonly notices: Notices,
    private readonly keys: IntakeKeys,
  ) {}

  /**
   * Writes a batch that waits for approval, in the caller's act. Refused where another has spoken of a thing meanwhile, by
   * the places in `drafts`; what has left the books again since it was taken in may be spoken of anew.
   */
  async submit(
    tx: Tx,
    actor: Pick<Actor, 'userId' | 'name'>,
    source: IntakeBatchRow['source'],
    drafts: readonly IntakeItemDraft[],
  ): Promise<Result<IntakeBatchRow, readonly number[]>> {
    const { live, ended } = await this.keys.of(drafts, tx);
    const again = drafts.flatMap((draft, at) => (live.has(itemKey(draft)) ? [at] : []));
    if (again.length > 0) return refuse(again);
    await this.repository.freeKeys(tx, ended);
    const batch: IntakeBatchRow = {
      id: newId(tx.now.getTime()),
      code: await this.codes.nextWithin(tx.manager, 'NG', accountingYear(tx.now)),
      state: intakeTable.initial,
      version: 1,
      source,
      itemCount: drafts.length,
      preparedById: actor.userId,
      preparedByName: actor.name,
      formerPreparerIds: null,
      preparedAt: tx.now,
      decidedById: null,
      decidedByName: null,
      decidedAt: null,
      opinion: null,
    };
    const items = drafts.map(
      (draft, position): IntakeItemRow => ({
        ...draft,
        id: newId(tx.now.getTime()),
        batchId: batch.id,
        position,
        kind: draft.content.kind,
        liveKey: itemKey(draft),
        becameId: null,
      }),
    );
    await this.repository.insert(tx, batch, items);
    await this.notices.tell(tx, waitsForReview(batch));
    return ok(batch);
  }

  /** RETURN by a reviewer, WITHDRAW by those who prepare: nothing of it was in the books, and its things are free again. */
  async giveUp(viewer: Viewer, action: Exclude<IntakeAction, 'APPROVE'>, wish: IntakeActWish): Answer {
    return this.acts.perform(
      { name: `intake.${action.toLowerCase()}`, actor: viewer, idempotencyKey: wish.idempotencyKey, input: wish },
      async (tx) => {
        const batch = wish.id === undefined ? null : await this.repository.locked(tx, wish.id);
        if (!batch) return refuse([unknownIntake()]);
        const to = decideIntake(viewer.userId, batch, action, wish);
        if (!to.ok) return to;
        await this.repository.giveUpKeys(tx, batch.id);
        await this.repository.update(tx, batch.id, {
          state: to.value,
          version: batch.version + 1,
          decidedById: action === 'RETURN' ? viewer.userId : null,
          decidedByName: viewer.name,
          decidedAt: tx.now,
          opinion: wish.opinion?.trim() || null,
        });
        if (action === 'RETURN') await this.notices.tell(tx, wasDecided(batch, 'RETURN'));
        return ok({
          value: { id: batch.id },
          audit: {
            objectType: 'IntakeBatch',
            objectId: batch.id,
            departmentId: null,
            summary:
              action === 'RETURN'
                ? say(`退回纳管批次 ${batch.code}`, `Returned intake ${batch.code}`)
                : say(`撤回纳管批次 ${batch.code}`, `Withdrew intake ${batch.code}`),
            before: { state: batch.state },
            after: { state: to.value, opinion: wish.opinion ?? null },
          },
        });
      },
    );
  }

  page(states: readonly IntakeState[] | null, page: PageRequest): Promise<Page<IntakeBatchRow>> {
    return this.repository.page(states, page);
  }

  batch(id: string): Promise<IntakeBatchRow | null> {
    return this.repository.batch(id);
  }

  items(batchId: string, page: PageRequest): Promise<Page<IntakeItemRow>> {
    return this.repository.itemsPage(batchId, page);
  }

  /** Batch for loaders. */
  batches = async (ids: readonly string[]): Promise<(IntakeBatchRow | null)[]> =>
    inOrderOf(ids, await this.repository.batches(ids), (batch) => batch.id);

  /** Batch for loaders, by what entries speak of; null = none waits with it. */
  waitingByKeys = async (keys: readonly string[]): Promise<(IntakeBatchRow | null)[]> => {
    const waiting = await this.repository.waitingByKeys(keys);
    return keys.map((key) => waiting.get(key) ?? null);
  };

  /** Entries that wait, or were approved and are in the books still, by what they speak of. */
  async liveByKeys(drafts: readonly IntakeItemDraft[], tx?: Tx): Promise<ReadonlyMap<string, IntakeItemRow>> {
    return (await this.keys.of(drafts, tx)).live;
  }
}

export function unknownIntake(): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: ['id'],
    message: say('找不到这批纳管', 'There is no such intake'),
  };
}
