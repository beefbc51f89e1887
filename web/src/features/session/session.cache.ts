import type { CacheExchangeOpts } from '@urql/exchange-graphcache';

export const sessionCache = {
  keys: {
    ConsoleInfo: () => null,
    DemonstrationAccount: () => null,
    Permission: () => null,
    SignInPayload: () => null,
    SignOutPayload: () => null,
  },
} satisfies CacheExchangeOpts;
