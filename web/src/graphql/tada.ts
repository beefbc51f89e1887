import { initGraphQLTada } from 'gql.tada';
import type { introspection } from './schema';

export type Scalars = {
  /** RFC 3339 with offset. */
  DateTime: string;
  /** yyyy-MM-dd. */
  Date: string;
  /** Whole fen as a decimal string: never a JavaScript number. */
  Fen: string;
};

/** The tag of every document. Masking stays on: a component sees only what its own fragment asks for. */
export const graphql = initGraphQLTada<{ introspection: introspection; scalars: Scalars }>();

export { type FragmentOf, type ResultOf, readFragment, type VariablesOf } from 'gql.tada';
