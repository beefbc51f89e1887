import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { GraphQLError, type GraphQLSchema, specifiedRules, validate } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { documentLimits, parseLimited } from './document-limits.js';
import type { RequestContext } from './request-context.js';
import type { TrustedDocuments } from './trusted-documents.js';

/** A subscription document with its variables; nothing large is ever sent up. */
const MESSAGE_BYTES_MAX = 64 * 1024;
const ACKNOWLEDGE_WITHIN_MS = 5_000;
/** A closed laptop is noticed within two of these. */
const KEEP_ALIVE_MS = 12_000;
/** Open operations of one browser; the console's busiest page has two. */
const OPERATIONS_PER_SOCKET_MAX = 20;
/** Tells the console to go to the sign-in page and not to try again. */
const SESSION_ENDED = 4403;
const PATH = '/graphql';

export interface SubscriptionSession {
  readonly context: RequestContext;
  /** Calls back once when the session ends (sign-out, demotion, expiry); returns the way to stop listening. */
  onEnd(ended: () => void): () => void;
  /** Asked at each new operation: an idle or absolute limit may have passed on an open socket. */
  alive(): Promise<boolean>;
}

interface Extra extends Record<PropertyKey, unknown> {
  readonly socket: WebSocket;
  readonly request: IncomingMessage;
  session?: SubscriptionSession;
  stop?: () => void;
}

export interface SubscriptionServerOptions {
  readonly schema: GraphQLSchema;
  readonly documents: TrustedDocuments;
  /** The session of a cookie; undefined refuses the socket. */
  sessionOf(request: IncomingMessage, acceptLanguage: string | undefined): Promise<SubscriptionSession | undefined>;
}

/**
 * graphql-ws on our own server: Nest's ignores payload, depth and trusted-document limits, and leaves upgrades to other
 * paths hanging. Returns the way to stop.
 */
export function serveSubscriptions(http: Server, options: SubscriptionServerOptions): () => Promise<void> {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MESSAGE_BYTES_MAX });
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    // Node takes its own listener off before it hands the socket over: a reset without one would end the process.
    socket.on('error', () => socket.destroy());
    if (request.url?.split('?')[0] !== PATH) {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (ws) => sockets.emit('connection', ws, request));
  };
  http.on('upgrade', upgrade);
  const open = new WeakMap<WebSocket, number>();
  const disposable = useServer<Record<string, unknown>, Extra>(
    {
      schema: options.schema,
      connectionInitWaitTimeout: ACKNOWLEDGE_WITHIN_MS,
      onConnect: async ({ extra, connectionParams }) => {
        if (!sameOrigin(extra.request)) return false;
        const session = await options.sessionOf(
          extra.request,
          languageOf(connectionParams) ?? extra.request.headers['accept-language'],
        );
        if (!session) return false;
        extra.session = session;
        extra.stop = session.onEnd(() => extra.socket.close(SESSION_ENDED, 'session ended'));
        return true;
      },
      onSubscribe: async ({ extra }, _id, payload) => {
        const running = open.get(extra.socket) ?? 0;
        if (running >= OPERATIONS_PER_SOCKET_MAX) return [refusal('too many subscriptions on this connection')];
        if (!(await extra.session?.alive())) {
          extra.socket.close(SESSION_ENDED, 'session ended');
          return [refusal('session ended')];
        }
        if (!options.documents.allows(payload.query)) return [refusal('this document is not one of the console’s')];
        open.set(extra.socket, running + 1);
        try {
          const document = parseLimited(payload.query);
          const errors = validate(options.schema, document, [...specifiedRules, ...documentLimits()]);
          if (errors.length > 0) return errors;
          return {
            schema: options.schema,
            document,
            operationName: payload.operationName,
            variableValues: payload.variables,
          };
        } catch (error) {
          return [error instanceof GraphQLError ? error : refusal('the document cannot be read')];
        }
      },
      onComplete: ({ extra }) => {
        open.set(extra.socket, Math.max(0, (open.get(extra.socket) ?? 1) - 1));
      },
      onClose: ({ extra }) => extra.stop?.(),
      context: ({ extra }) => extra.session?.context as unknown as Record<string, unknown>,
    },
    sockets,
    KEEP_ALIVE_MS,
  );
  return async () => {
    http.off('upgrade', upgrade);
    await disposable.dispose();
  };
}

/** Browsers send no preflight for WebSockets, so the origin is compared here. Other clients send none. */
function sameOrigin(request: IncomingMessage): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}

/** A browser sets no header on a WebSocket: the page says its language in the first message. */
function languageOf(parameters: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const language = parameters?.acceptLanguage;
  return typeof language === 'string' ? language : undefined;
}

function refusal(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'FORBIDDEN' } });
}
