/** Decides which months of which book are closed, and which open month takes what is known of a closed one too late. */
import { type Month, monthAfter } from './accounting-units.js';
import { type Book, type ClosingState, PROVINCE_BOOK } from './closing.js';

/** A close that is asked for, under way or done. */
export interface LiveClosing {
  readonly id: string;
  readonly book: Book;
  readonly ofMonth: Month;
  readonly state: ClosingState;
}

export class Periods {
  private readonly live: ReadonlyMap<string, LiveClosing>;

  /** @param cityOf the city of each department that is of one. */
  constructor(
    closings: readonly LiveClosing[],
    private readonly cityOf: ReadonlyMap<string, Book>,
  ) {
    this.live = new Map(closings.map((closing) => [keyOf(closing.book, closing.ofMonth), closing]));
  }

  bookOf(departmentId: string): Book {
    return this.cityOf.get(departmentId) ?? PROVINCE_BOOK;
  }

  closing(book: Book, month: Month): LiveClosing | null {
    return this.live.get(keyOf(book, month)) ?? null;
  }

  isClosed(book: Book, month: Month): boolean {
    return this.closing(book, month)?.state === 'CLOSED';
  }

  /** Asked for, under way or done: what it comes to is signed for, or about to be. */
  isLive(book: Book, month: Month): boolean {
    return this.live.has(keyOf(book, month));
  }

  isClosedAnywhere(month: Month): boolean {
    return [...this.live.values()].some(({ ofMonth, state }) => ofMonth === month && state === 'CLOSED');
  }

  /** Closed, or just being closed, by the province or by any city. */
  isFixedAnywhere(month: Month): boolean {
    return [...this.live.values()].some(({ ofMonth, state }) => ofMonth === month && state !== 'REQUESTED');
  }

  /** The first month after it that nobody has signed for. */
  openAfter(book: Book, month: Month): Month {
    let at = monthAfter(month);
    while (this.isLive(book, at)) at = monthAfter(at);
    return at;
  }

  closedOf(month: Month): LiveClosing[] {
    return [...this.live.values()].filter((closing) => closing.ofMonth === month && closing.state === 'CLOSED');
  }
}

function keyOf(book: Book, month: Month): string {
  return `${book} ${month}`;
}
