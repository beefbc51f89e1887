import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { FreezeGate } from '../freezes/freeze-gate.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { TenantScope, Viewer } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { PURPOSE_LENGTH_MAX } from '../requests/domain/content.js';
import { ShrinkDrafts } from '../requests/shrink-drafts.service.js';
import { BATCH_MAX, checkReason, decideRelease, illegal, ofVersion } from '../resources/domain/release.js';
import type { ReviewOutcome } from '../resources/domain/review.js';
import { LifePolicies } from '../resources/life-policies.service.js';
import { type Answer, badBatch, changeOf, done, unknownResource } from '../resources/resource-life.service.js';
import { ResourceMoves } from '../resources/resource-moves.service.js';
import { TermsRepository } from './terms.repository.js';

export interface ReviewWish {
  readonly items: readonly { readonly resourceId: string | undefined; readonly expectedVersion: number }[];
  readonly outcome: ReviewOutcome;
  readonly note: string;
  readonly idempotencyKey: string;
}

/** The yearly review: the owner says of each long-term resource whether it is still needed. */
@Injectable()
export class Reviews {
  constructor(
    private readonly repository: TermsRepository,
    private readonly moves: ResourceMoves,
    private readonly policies: LifePolicies,
    private readonly shrinks: ShrinkDrafts,
    private readonly acts: Acts,
    private readonly freezes: FreezeGate,
  ) {}

  /** Each stands alone: its own act, audit row and answer, in the order given. */
  async review(
    viewer: Viewer,
    scope: TenantScope,
    wish: ReviewWish,
  ): Promise<Result<Awaited<Answer>[], readonly Refusal[]>> {
    if (wish.items.length === 0 || wish.items.length > BATCH_MAX) return refuse([badBatch()]);
    // A word is needed where something is to follow; "in use" may speak for itself.
    const wrong = wish.outcome === 'IN_USE' && wish.note.trim() === '' ? [] : checkReason(wish.note, ['note']);
    if (wrong.length > 0) return refuse(wrong);
    const { BIN_DAYS } = await this.policies.policy();
    const answers: Awaited<Answer>[] = [];
    for (const [index, item] of wish.items.entries())
      answers.push(await this.one(viewer, scope, wish, item, `${wish.idempotencyKey}/${index}`, BIN_DAYS));
    return ok(answers);
  }

  private async one(
    viewer: Viewer,
    scope: TenantScope,
    { outcome, note }: ReviewWish,
    item: ReviewWish['items'][number],
    idempotencyKey: string,
    binDays: number,
  ): Answer {
    const word = note.trim();
    const purpose = `年度复核：可缩减规格。${word}`.slice(0, PURPOSE_LENGTH_MAX);
    const shrink = outcome === 'SHRINK' ? await this.shrinks.prepare(viewer, item.resourceId, purpose) : null;
    const input = { ...item, outcome, note: word };
    return this.acts.perform({ name: 'resource.review', actor: viewer, idempotencyKey, input }, async (tx) => {
      const row = await this.moves.locked(tx, scope, item.resourceId);
      if (!row) return refuse([unknownResource()]);
      if (row.state !== 'IN_USE' || row.temporaryUntil !== null || row.reviewFrom === null)
        return refuse([
          illegal(
            row.state,
            'REVIEW',
            say('只有使用中的长期资源需要复核', 'Only long-term resources in use are reviewed'),
          ),
        ]);
      const stale = ofVersion(row, item.expectedVersion);
      if (stale.length > 0) return refuse(stale);
      const said = { text: textOf(outcome, word), by: viewer.name };
      const review = { id: newId(tx.now.getTime()), resourceId: row.id, at: tx.now, byId: viewer.userId };
      if (outcome === 'GIVE_BACK') {
        // The bin switches a machine off, which a freeze forbids by whatever door it is put there.
        const frozen = await this.freezes.refused(tx, changeOf(row));
        if (frozen.length > 0) return refuse(frozen);
        const allowed = decideRelease(row, { expectedVersion: row.version, reason: word, confirmName: null });
        if (!allowed.ok) return allowed;
        await this.moves.intoBin(tx, row, 'RELEASE', said, binDays);
      } else await this.moves.reviewed(tx, row, said);
      const changeId = shrink ? await this.shrinks.draft(tx, viewer, shrink) : null;
      await this.repository.insertReview(tx, { ...review, byName: viewer.name, outcome, note: word, changeId });
      const summary = say(`年度复核 ${row.code} ${row.name}`, `Review ${row.code} ${row.name}`);
      const after = { outcome, note: word, change: shrink?.code ?? null };
      return ok(done(row, summary, { reviewFrom: row.reviewFrom.toISOString() }, after));
    });
  }
}

function textOf(outcome: ReviewOutcome, word: string): Bilingual {
  const [zh, en] = {
    IN_USE: ['年度复核：继续使用', 'Reviewed: still needed'],
    SHRINK: ['年度复核：可缩减规格', 'Reviewed: less would do'],
    GIVE_BACK: ['年度复核：不再使用，放入回收站', 'Reviewed: given back, into the bin'],
  }[outcome] as [string, string];
  return word === '' ? say(zh, en) : say(`${zh}（${word}）`, `${en} (${word})`);
}
