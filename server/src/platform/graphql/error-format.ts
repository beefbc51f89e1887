import { unwrapResolverError } from '@apollo/server/errors';
import { Catch, HttpException } from '@nestjs/common';
import type { GqlExceptionFilter } from '@nestjs/graphql';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { newId } from '../database/ids.js';
import { DatabaseReadOnly } from '../database/quorum/database-quorum.js';
import type { Logger } from '../logging/logger.js';
import type { ThrownCode } from './errors.js';

/** What graphql and Apollo call the caller's own mistakes. */
const BAD_INPUT_CODES = new Set([
  'GRAPHQL_VALIDATION_FAILED',
  'GRAPHQL_PARSE_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'BAD_INPUT',
]);
const THROWN_CODES = new Set<string>([
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'BAD_INPUT',
  'INTERNAL',
] satisfies ThrownCode[]);

/** Nest logs an expected GraphQLError as ERROR with its stack; this hands it on quietly. */
@Catch(GraphQLError)
export class ExpectedErrors implements GqlExceptionFilter {
  catch(error: GraphQLError): GraphQLError {
    return error;
  }
}

/**
 * Every error that leaves has one of six codes and a trace id. What is not ours to tell (SQL text, stacks) stays in the
 * log under that id.
 */
export function formatError(logger: Logger) {
  return (formatted: GraphQLFormattedError, raw: unknown): GraphQLFormattedError => {
    const traceId = newId();
    const code = String(formatted.extensions?.code ?? '');
    const cause = unwrapResolverError(raw);
    if (BAD_INPUT_CODES.has(code) || (cause instanceof HttpException && cause.getStatus() < 500))
      return {
        message: formatted.message,
        path: formatted.path,
        locations: formatted.locations,
        extensions: { code: 'BAD_INPUT', traceId },
      };
    if (cause instanceof GraphQLError && THROWN_CODES.has(code) && code !== 'INTERNAL')
      return { message: formatted.message, path: formatted.path, extensions: { code, traceId } };
    if (cause instanceof DatabaseReadOnly)
      return {
        message: `数据库在此处只能查看，操作未完成。请从多数方所在中心的控制台操作，或等待恢复。 The database can only be read here; nothing was completed. Work from a center with the majority, or wait.`,
        path: formatted.path,
        extensions: { code: 'READ_ONLY' satisfies ThrownCode, traceId },
      };
    logger.error({ traceId, err: cause, path: formatted.path }, 'an operation failed');
    return {
      message: `内部错误，操作未完成。请把追踪号 ${traceId} 告诉管理员。 Internal error; nothing was completed. Tell the administrator the trace id.`,
      path: formatted.path,
      extensions: { code: 'INTERNAL' satisfies ThrownCode, traceId },
    };
  };
}
