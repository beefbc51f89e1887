import { Client, fetchExchange, mapExchange, subscriptionExchange } from '@urql/core';
import { type CacheExchangeOpts, cacheExchange } from '@urql/exchange-graphcache';
import { createClient as createSocket } from 'graphql-ws';
import { failureOf } from './failure';
import { type LiveLink, SESSION_ENDED, watchLink } from './live-link';
import { dropOvertaken } from './overtaken';

export type ConsoleClient = { client: Client; link: LiveLink; dispose: () => void };

type Options = {
  language: string;
  cache: CacheExchangeOpts;
  /** The server says the session is over; the caller goes to sign-in and keeps the path. */
  onSessionEnded: () => void;
};

const socketUrl = (): string => `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`;

/** One client a session and language: nothing one user saw is left in the cache for the next. */
export function createConsoleClient({ language, cache, onSessionEnded }: Options): ConsoleClient {
  const socket = createSocket({
    url: socketUrl,
    lazy: true,
    keepAlive: 15_000,
    connectionParams: { acceptLanguage: language },
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: (event) => !(event instanceof CloseEvent && event.code === SESSION_ENDED),
    on: {
      closed: (event) => {
        if (event instanceof CloseEvent && event.code === SESSION_ENDED) onSessionEnded();
      },
    },
  });
  const client = new Client({
    url: '/graphql',
    // The server refuses GET: a query in an address ends in access logs, and cross-site requests can make one.
    preferGetMethod: false,
    fetchOptions: () => ({ credentials: 'same-origin', headers: { 'accept-language': language } }),
    exchanges: [
      mapExchange({
        onError: (error) => {
          if (failureOf(error).kind === 'signed-out') onSessionEnded();
        },
      }),
      cacheExchange(cache),
      dropOvertaken,
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: (request) => ({
          subscribe: (sink) => ({
            unsubscribe: socket.subscribe({ query: request.query ?? '', variables: request.variables }, sink),
          }),
        }),
      }),
    ],
  });
  return { client, link: watchLink(socket), dispose: () => void socket.dispose() };
}
