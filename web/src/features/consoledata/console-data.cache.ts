import type { CacheExchangeOpts } from '@urql/exchange-graphcache';

const embedded = () => null;

export const consoleDataCache = {
  keys: {
    ConsoleBackup: embedded,
    ConsoleBackupStanding: embedded,
    ConsoleData: embedded,
    ConsoleDatabase: embedded,
    DatabaseNode: embedded,
  },
} satisfies CacheExchangeOpts;
