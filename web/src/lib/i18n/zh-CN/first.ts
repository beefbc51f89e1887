import { frame } from './frame.ts';
import { menu } from './menu.ts';
import { quotas } from './quotas.ts';
import { words } from './words.ts';
import { work } from './work.ts';

/** What signing in, the shell and home say. All other words come with the first page that is opened. */
export const firstWords = { ...frame, ...menu, ...words, ...quotas, ...work };
