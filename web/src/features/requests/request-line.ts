import type { TFunction } from 'i18next';
import type { ResultOf } from '../../graphql/tada';
import type { RequestLines } from './request-lines.gql';

export type Line = ResultOf<typeof RequestLines>['linePage']['nodes'][number];

/** Where a question (without a value) and one of its choices are kept. */
export const wordKey = (definitionId: string, field: string, value: string): string =>
  `${definitionId} ${field} ${value}`;

type Relation = Pick<Line['relations'][number], 'kind' | 'scope'> & { name: string };

/** How a line stands to others, in the words that the form offers. */
export const relationWords = (relations: readonly Relation[], t: TFunction): string =>
  relations.map(({ kind, scope, name }) => t(`requestForm.relation.${kind}_${scope}`, { name })).join(' · ');
