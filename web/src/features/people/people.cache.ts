import type { CacheExchangeOpts, UpdateResolver } from '@urql/exchange-graphcache';
import { invalidateQueries } from '../../graphql/invalidate';

const embedded = () => null;

const lists: UpdateResolver = (_result, _args, cache) =>
  invalidateQueries(cache, ['users', 'handOverPeople', 'handOverPreview', 'departments']);
/** A hand-over changes whose nearly everything is. */
const everything: UpdateResolver = (_result, _args, cache) =>
  invalidateQueries(cache, [
    'users',
    'user',
    'handOverPeople',
    'handOverPreview',
    'departments',
    'requests',
    'systems',
    'home',
  ]);

export const peopleCache = {
  keys: {
    UserConnection: embedded,
    UserEdge: embedded,
    RoleGrant: embedded,
    Membership: embedded,
    RolePermissions: embedded,
    HandOverPreview: embedded,
    HandOverPayload: embedded,
    WorkCount: embedded,
    UserPayload: embedded,
    UserPasswordPayload: embedded,
    InitialPassword: embedded,
    InitialPasswordsPayload: embedded,
    ChangePasswordPayload: embedded,
  },
  updates: {
    Mutation: {
      createUser: lists,
      editUser: lists,
      disableUser: lists,
      enableUser: lists,
      setUserRoles: lists,
      issueInitialPasswords: lists,
      handOverWork: everything,
      addMembership: lists,
      endMembership: lists,
      unlockUser: lists,
      resetUserPassword: lists,
      changePassword: () => {
        // Nothing that is shown depends on it; the session's next look tells that it need not be changed again.
      },
    },
  },
} satisfies CacheExchangeOpts;
