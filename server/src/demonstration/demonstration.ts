import type { Demonstration } from '../identity/domain/demonstration.js';
import { shownAccounts } from './made-up-people.js';

/** The sign-in page's list, for the root to bind in DEMO mode. */
export const demonstration: Demonstration = { accounts: async () => shownAccounts };
