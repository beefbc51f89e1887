import type { ApolloDriverConfig } from '@nestjs/apollo';
import type { DynamicModule } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import type { Request, Response } from 'express';
import { GraphQLError } from 'graphql';
import { IdentityModule } from './identity/identity.module.js';
import { IdentityService } from './identity/identity.service.js';
import { documentLimits, TOKENS_MAX } from './platform/graphql/document-limits.js';
import { formatError } from './platform/graphql/error-format.js';
import { RequestContext } from './platform/graphql/request-context.js';
import { FenScalar } from './platform/graphql/scalars.js';
import { SchemaDriver } from './platform/graphql/schema-driver.js';
import type { TrustedDocuments } from './platform/graphql/trusted-documents.js';
import { USER_ERROR_CLASSES } from './platform/graphql/user-error.js';
import { anonymous, localeOf } from './platform/http/caller.js';
import type { Logger } from './platform/logging/logger.js';

/** The GraphQL API over HTTP. Subscriptions have a server of their own (platform/graphql/subscription-server.ts). */
export function graphqlApi(options: { readonly documents: TrustedDocuments; readonly logger: Logger }): DynamicModule {
  return GraphQLModule.forRootAsync<ApolloDriverConfig>({
    driver: SchemaDriver,
    imports: [IdentityModule],
    inject: [IdentityService],
    useFactory: (identity: IdentityService): Omit<ApolloDriverConfig, 'driver'> => ({
      path: '/graphql',
      autoSchemaFile: true,
      sortSchema: true,
      graphiql: false,
      // GraphiQL loads itself from a public network that a government network does not have; the schema is a file.
      introspection: false,
      hideSchemaDetailsFromClientErrors: true,
      includeStacktraceInErrorResponses: false,
      csrfPrevention: true,
      allowBatchedHttpRequests: false,
      persistedQueries: false,
      buildSchemaOptions: {
        dateScalarMode: 'isoDate',
        numberScalarMode: 'float',
        orphanedTypes: [...USER_ERROR_CLASSES],
        scalarsMap: [{ type: BigInt as never, scalar: FenScalar }],
      },
      validationRules: documentLimits(),
      parseOptions: { maxTokens: TOKENS_MAX },
      formatError: formatError(options.logger),
      plugins: [trustedDocumentsPlugin(options.documents)],
      context: async ({ req, res }: { req: Request; res: Response }) => {
        const actor = anonymous(req.socket.remoteAddress ?? null);
        const viewer = await identity.viewerOfCookie(req.headers.cookie, actor, { evenBeforePasswordChange: true });
        return new RequestContext(
          viewer,
          localeOf(req.headers['accept-language'], viewer),
          viewer ?? actor,
          res,
          false,
        );
      },
    }),
  });
}

/** Throwing here is a 403; earlier in the request it would be a 500. */
function trustedDocumentsPlugin(documents: TrustedDocuments) {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ source }: { source?: string }): Promise<void> {
          if (!documents.allows(source))
            throw new GraphQLError('This document is not one of the console’s.', {
              extensions: { code: 'FORBIDDEN', http: { status: 403 } },
            });
        },
      };
    },
  };
}
