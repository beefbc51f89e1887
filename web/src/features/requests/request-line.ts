import type { ResultOf } from '../../graphql/tada';
import type { RequestLines } from './request-lines.gql';

export type Line = ResultOf<typeof RequestLines>['linePage']['nodes'][number];

/** Where a question (without a value) and one of its choices are kept. */
export const wordKey = (definitionId: string, field: string, value: string): string =>
  `${definitionId} ${field} ${value}`;
