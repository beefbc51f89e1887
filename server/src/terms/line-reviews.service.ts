import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { TenantScope, Viewer } from '../kernel/viewer.js';
import { lineNamed, reclaimStands, unknownLine } from '../requests/domain/named-line.js';
import { LineTerms } from '../requests/line-terms.service.js';
import { checkRemark, illegal, ofVersion } from '../resources/domain/release.js';
import { lineDone } from './line-term-acts.js';

export interface ReviewLineWish {
  readonly lineId: string | undefined;
  readonly idempotencyKey: string;
  readonly expectedVersion: number;
  readonly note: string | null;
}

/**
 * 年度复核 of servers, places and services: their owner says that all of it is still needed. Less of it is a change, none of
 * it is given back: both are acts of their own.
 */
@Injectable()
export class LineReviews {
  constructor(
    private readonly terms: LineTerms,
    private readonly acts: Acts,
  ) {}

  review(
    viewer: Viewer,
    scope: TenantScope,
    wish: ReviewLineWish,
  ): Promise<Result<{ id: string }, readonly Refusal[]>> {
    const { idempotencyKey, ...input } = wish;
    return this.acts.perform({ name: 'lineReview.confirm', actor: viewer, idempotencyKey, input }, async (tx) => {
      const note = wish.note?.trim() || null;
      const wrong = checkRemark(note ?? '', ['note']);
      if (wrong.length > 0) return refuse(wrong);
      const row = await this.terms.locked(tx, scope, wish.lineId);
      if (!row) return refuse([unknownLine()]);
      const stopped = reclaimStands(row);
      if (stopped) return refuse([stopped]);
      if (row.reviewFrom === null)
        return refuse([
          illegal(
            'IN_USE',
            'REVIEW',
            say('临时使用的不需要复核，到期前请延期', 'What is temporary is extended, not reviewed'),
          ),
        ]);
      const stale = ofVersion(row, wish.expectedVersion);
      if (stale.length > 0) return refuse(stale);
      await this.terms.reviewed(tx, row, viewer.name, note);
      const name = lineNamed(row);
      const before = { reviewFrom: row.reviewFrom.toISOString(), stage: row.reviewStage };
      return ok(lineDone(row, say(`年度复核 ${name}`, `Review ${name}`), before, { note }));
    });
  }
}
