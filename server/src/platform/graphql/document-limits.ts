import { costLimitRule } from '@escape.tech/graphql-armor-cost-limit';
import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import { maxDirectivesRule } from '@escape.tech/graphql-armor-max-directives';
import { type DocumentNode, type GraphQLError, parse, type ValidationContext, type ValidationRule } from 'graphql';

/** The deepest page of the console (a request with its lines' resources and their pools) is 7 deep. */
const DEPTH_MAX = 10;
/**
 * graphql-armor counts 2 for an object and 1 for a scalar, times 1.5 a level and times a literal `first`. A full page of
 * 100 requests with everything that a list shows is about 30,000.
 */
const COST_MAX = 50_000;
const ALIASES_MAX = 15;
const DIRECTIVES_MAX = 20;
/** Tokens of one document; the console's largest has about 600. */
export const TOKENS_MAX = 2_000;
/** Lines of a request are typed; large inputs come by upload. */
export const BODY_BYTES_MAX = 256 * 1024;

/** Rules for HTTP and WebSocket alike. Refusals name no limit: an attacker would aim just below it. */
export function documentLimits(): ValidationRule[] {
  const quiet = {
    exposeLimits: false,
    // As a validation error like any other: thrown out of a visitor it would count as our own failure.
    propagateOnRejection: false,
    onReject: [
      (context: ValidationContext | null, error: GraphQLError): void => {
        context?.reportError(error);
      },
    ],
  };
  return [
    // A masked fragment is no depth: it only says who reads what.
    maxDepthRule({ n: DEPTH_MAX, flattenFragments: true, ignoreIntrospection: false, ...quiet }),
    costLimitRule({ maxCost: COST_MAX, ignoreIntrospection: false, ...quiet }),
    maxAliasesRule({ n: ALIASES_MAX, ...quiet }),
    maxDirectivesRule({ n: DIRECTIVES_MAX, ...quiet }),
  ];
}

export function parseLimited(text: string): DocumentNode {
  return parse(text, { maxTokens: TOKENS_MAX });
}
