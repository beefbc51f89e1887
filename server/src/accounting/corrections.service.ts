import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import { BooksService } from './books.service.js';
import { CorrectionsRepository, type PlacedCorrection } from './corrections.repository.js';
import type { Month } from './domain/accounting-units.js';
import { correctionsOf, correctionText } from './domain/corrections.js';
import type { Periods } from './domain/periods.js';

export interface UseOfMonth {
  readonly month: Month;
  readonly resourceId: string;
}

/**
 * 更正: a closed month never changes; what is known of it too late stands in an open one. The lines are made anew from
 * what is rated now and what was ever charged, so that the same question asked again writes nothing.
 */
@Injectable()
export class CorrectionsService {
  constructor(
    private readonly repository: CorrectionsRepository,
    private readonly books: BooksService,
  ) {}

  /** Brings the corrections of these uses in these months to what is rated now; months that are open owe nothing. */
  async bring(tx: Tx, uses: readonly UseOfMonth[], known?: Periods): Promise<void> {
    if (uses.length === 0) return;
    const periods = known ?? (await this.books.periods(tx));
    const wantedKeys = new Set(uses.map(keyOf));
    const months = [...new Set(uses.map(({ month }) => month))];
    const ids = [...new Set(uses.map(({ resourceId }) => resourceId))];
    const asked = <T extends { readonly ofMonth: Month; readonly resourceId: string }>(rows: readonly T[]): T[] =>
      rows.filter(({ ofMonth, resourceId }) => wantedKeys.has(keyOf({ month: ofMonth, resourceId })));
    const closings = months.flatMap((month) => periods.closedOf(month));
    const standing = asked(await this.repository.standing(tx, months, ids));
    if (closings.length === 0 && standing.length === 0) return;
    const now = asked(await this.repository.ratedNow(tx, months, ids));
    const charged = asked(await this.repository.charged(tx, months, ids, new Set(closings.map(({ id }) => id))));
    const owed = correctionsOf(now, charged).flatMap((correction): PlacedCorrection[] => {
      const book = periods.bookOf(correction.departmentId);
      if (!periods.isClosed(book, correction.ofMonth)) return [];
      return [{ ...correction, book, month: this.monthOf(standing, correction, book, periods) }];
    });
    const has = new Set(standing.map(correctionText));
    const wants = new Set(owed.map(correctionText));
    await this.repository.replace(
      tx,
      standing.filter((line) => !wants.has(correctionText(line))),
      owed.filter((line) => !has.has(correctionText(line))),
    );
  }

  /** A correction that stands where nobody has signed yet stays there, although an earlier month was opened again since. */
  private monthOf(
    standing: readonly PlacedCorrection[],
    { meter, ofMonth, resourceId }: { readonly meter: string; readonly ofMonth: Month; readonly resourceId: string },
    book: string,
    periods: Periods,
  ): Month {
    const before = standing.find(
      (line) =>
        line.ofMonth === ofMonth && line.resourceId === resourceId && line.meter === meter && line.book === book,
    );
    return before && !periods.isLive(book, before.month) ? before.month : periods.openAfter(book, ofMonth);
  }
}

function keyOf({ month, resourceId }: UseOfMonth): string {
  return `${month} ${resourceId}`;
}
