import type { Cache } from '@urql/exchange-graphcache';

/** Forgets whole fields of Query, with every argument they were asked with; pages that show them ask again. */
export function invalidateQueries(cache: Cache, fieldNames: readonly string[]): void {
  for (const { fieldName, arguments: args } of cache.inspectFields('Query')) {
    if (fieldNames.includes(fieldName)) cache.invalidate('Query', fieldName, args ?? undefined);
  }
}
