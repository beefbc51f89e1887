import type { CacheExchangeOpts } from '@urql/exchange-graphcache';

export const auditCache = {
  keys: { AuditEventConnection: () => null, AuditEventEdge: () => null },
} satisfies CacheExchangeOpts;
