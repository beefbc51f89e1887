import type { CacheExchangeOpts, UpdateResolver } from '@urql/exchange-graphcache';
import { invalidateQueries } from '../../graphql/invalidate';

const embedded = () => null;
const lists: UpdateResolver = (_result, _args, cache) => invalidateQueries(cache, ['departments']);

export const departmentsCache = {
  keys: { DepartmentConnection: embedded, DepartmentEdge: embedded, DepartmentPayload: embedded },
  updates: { Mutation: { createDepartment: lists, editDepartment: lists, closeDepartment: lists } },
} satisfies CacheExchangeOpts;
