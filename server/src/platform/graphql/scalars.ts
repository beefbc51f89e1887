import { CustomScalar, Scalar } from '@nestjs/graphql';
import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { isCalendarDate } from '../../kernel/calendar.js';

/** Longest amount we read: 10^15 fen is ten trillion yuan. */
const FEN_TEXT = /^-?\d{1,15}$/;

/** Whole fen as a decimal string: JSON numbers lose exactness above 2^53 and invite floats. */
export const FenScalar = new GraphQLScalarType<bigint, string>({
  name: 'Fen',
  description: 'Whole fen (1/100 yuan) as a decimal string, e.g. "123456".',
  serialize: (value) => (value as bigint).toString(),
  parseValue: (value) => parseFen(value),
  parseLiteral: (node) => parseFen(node.kind === Kind.STRING || node.kind === Kind.INT ? node.value : undefined),
});

function parseFen(value: unknown): bigint {
  if (typeof value !== 'string' || !FEN_TEXT.test(value))
    throw new GraphQLError('Fen is a whole number of fen in a string', { extensions: { code: 'BAD_INPUT' } });
  return BigInt(value);
}

const TIME_TEXT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** `Date` reads far more: "1" is a month, without an offset it is the server's own zone, and years of six digits break a DATETIME. */
function isTime(text: string): boolean {
  return TIME_TEXT.test(text) && isCalendarDate(text.slice(0, 10));
}

@Scalar('DateTime', () => Date)
export class DateTimeScalar implements CustomScalar<string, Date> {
  description = 'RFC 3339 time with offset, e.g. "2026-03-01T08:30:00.000Z".';
  parseValue(value: unknown): Date {
    const time = typeof value === 'string' && isTime(value) ? new Date(value) : undefined;
    if (!time || Number.isNaN(time.getTime()))
      throw new GraphQLError('DateTime is an RFC 3339 time', { extensions: { code: 'BAD_INPUT' } });
    return time;
  }
  serialize(value: unknown): string {
    return (value as Date).toISOString();
  }
  parseLiteral(node: ValueNode): Date {
    return this.parseValue(node.kind === Kind.STRING ? node.value : undefined);
  }
}
