import type { Locale } from '../../kernel/bilingual.js';
import type { Actor, Viewer } from '../../kernel/viewer.js';
import { newId } from '../database/ids.js';

/** A caller who has not signed in, named by where he calls from. */
export function anonymous(address: string | null): Actor {
  return { userId: null, name: 'anonymous', departmentId: null, address, traceId: newId() };
}

/** What the page asks for; a person's own choice where it asks for nothing; Chinese first. */
export function localeOf(acceptLanguage: string | undefined, viewer: Viewer | undefined): Locale {
  const asked = acceptLanguage?.trim().toLowerCase();
  if (asked?.startsWith('en')) return 'en';
  if (asked?.startsWith('zh')) return 'zh';
  return viewer?.locale ?? 'zh';
}
