import { existsSync } from 'node:fs';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { ApplicationModule } from './application.module.js';
import { graphqlApi } from './graphql-api.js';
import type { Demonstration } from './identity/domain/demonstration.js';
import { IdentityService } from './identity/identity.service.js';
import type { Configuration } from './platform/config/configuration.js';
import { ChangeFeed } from './platform/feed/change-feed.js';
import { BODY_BYTES_MAX } from './platform/graphql/document-limits.js';
import { RequestContext } from './platform/graphql/request-context.js';
import { type SubscriptionSession, serveSubscriptions } from './platform/graphql/subscription-server.js';
import { TrustedDocuments } from './platform/graphql/trusted-documents.js';
import { anonymous, localeOf } from './platform/http/caller.js';
import { consoleFiles } from './platform/http/console-files.js';
import { type Logger, nestLogger } from './platform/logging/logger.js';
import type { Ground } from './platform/platform.module.js';

export interface RunningServer {
  readonly application: NestExpressApplication;
  readonly url: string;
  close(): Promise<void>;
}

export class PortError extends Error {
  override name = 'PortError';
}

export interface ServerOptions {
  readonly ground: Ground;
  readonly logger: Logger;
  readonly demonstration: Demonstration | null;
  /** The built console (dist-web). */
  readonly consoleDirectory: string;
  /** The worker's module, where this process works too. */
  readonly parts: readonly DynamicModule[];
  /** Runs when all features stand and before the port opens. */
  readonly ready?: (application: NestExpressApplication) => Promise<void>;
}

/** API, subscriptions and console on one port. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { configuration } = options.ground;
  const documents = await trustedDocuments(configuration, options.consoleDirectory);
  const application = await NestFactory.create<NestExpressApplication>(
    ApplicationModule.of({ ...options, parts: [graphqlApi({ documents, logger: options.logger }), ...options.parts] }),
    { logger: nestLogger(options.logger), abortOnError: false, bodyParser: false },
  );
  application.useBodyParser('json', { limit: BODY_BYTES_MAX });
  application.disable('x-powered-by');
  if (existsSync(join(options.consoleDirectory, 'index.html')))
    for (const handler of consoleFiles(options.consoleDirectory)) application.use(handler);
  await application.init();
  await options.ready?.(application);
  const feed = application.get(ChangeFeed);
  await feed.start();
  const http = application.getHttpServer() as Server;
  const stopSubscriptions = serveSubscriptions(http, {
    schema: application.get(GraphQLSchemaHost).schema,
    documents,
    sessionOf: (request, language) => sessionOf(request, language, application.get(IdentityService), feed),
  });
  const port = await listen(http, configuration);
  return {
    application,
    url: `http://${configuration.host.includes(':') ? 'localhost' : configuration.host}:${port}`,
    close: async () => {
      await stopSubscriptions();
      http.closeIdleConnections();
      await application.close();
    },
  };
}

/** Free texts only where nobody else's data is, or where it was asked for. */
async function trustedDocuments(configuration: Configuration, consoleDirectory: string): Promise<TrustedDocuments> {
  if (configuration.freeDocuments) return TrustedDocuments.any;
  return TrustedDocuments.from(join(consoleDirectory, 'documents.json'));
}

async function sessionOf(
  request: IncomingMessage,
  acceptLanguage: string | undefined,
  identity: IdentityService,
  feed: ChangeFeed,
): Promise<SubscriptionSession | undefined> {
  const actor = anonymous(request.socket.remoteAddress ?? null);
  const viewer = await identity.viewerOfCookie(request.headers.cookie, actor, { evenBeforePasswordChange: true });
  if (!viewer) return undefined;
  return {
    context: new RequestContext(viewer, localeOf(acceptLanguage, viewer), viewer, undefined, true),
    onEnd: (ended) => feed.listen('session', viewer.sessionId, ended),
    alive: () => identity.isSignedIn(viewer.sessionId),
  };
}

async function listen(http: Server, { port, host }: Configuration): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new PortError(`Port ${port} is taken. Stop what uses it, or choose another with PORT=8081.`)
          : error.code === 'EACCES'
            ? new PortError(`Port ${port} may not be opened by this account. Choose one above 1023 with PORT=8081.`)
            : error,
      );
    });
    http.listen(port, host, resolve);
  });
  return (http.address() as AddressInfo).port;
}
