/** Decides which rated lines of a draft stay, go, and come when a month is rated again; asked again, nothing does. */
import type { MeteredKind, UseOwner } from '../../metering/domain/intervals.js';
import type { Month } from './accounting-units.js';
import type { RatedLine } from './rating.js';

/** A line of a statement, with whose it is. */
export interface StatementLine extends RatedLine, UseOwner {
  readonly month: Month;
  readonly resourceId: string;
  readonly subjectId: string;
  readonly kind: MeteredKind;
  readonly meter: string;
}

export interface LineChange {
  readonly gone: readonly StatementLine[];
  /** New, or saying otherwise than what stood under their key. */
  readonly put: readonly StatementLine[];
}

export function changeOfLines(standing: readonly StatementLine[], wanted: readonly StatementLine[]): LineChange {
  const has = new Map(standing.map((line) => [keyOf(line), line]));
  const wants = new Set(wanted.map(keyOf));
  return {
    gone: standing.filter((line) => !wants.has(keyOf(line))),
    put: wanted.filter((line) => {
      const before = has.get(keyOf(line));
      return before === undefined || textOf(before) !== textOf(line);
    }),
  };
}

function keyOf({ month, resourceId, meter, from, tier }: StatementLine): string {
  return `${month} ${resourceId} ${meter} ${from} ${tier}`;
}

function textOf(line: StatementLine): string {
  const { intervalFrom, to, quantity, period, portion, minimum, state, version, amount } = line;
  const { departmentId, systemId, projectId, centerId, architecture, share } = line;
  return [
    ...[intervalFrom, to, quantity, period, portion.numerator, portion.denominator, minimum, state, version?.id],
    ...[version?.price, amount, departmentId, systemId, projectId, centerId, architecture, share],
  ].join(' ');
}
