import type { Bilingual } from './bilingual.js';
import type { Role } from './viewer.js';

/** What people are told of. A person may keep a kind out of the channels beside the console, but not out of the console. */
export const NOTICE_KINDS = [
  /** Something waits for this person's decision. */
  'WORK_WAITING',
  /** What this person began was decided, sent back, delivered or ran out. */
  'WORK_MOVED',
  /** A term comes near or has passed. */
  'DEADLINE',
  /** Whoever is on duty is called: goes to his telephone whatever he prefers, for standing on the roster is having agreed. */
  'CALL_OUT',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** Everyone who holds the role now; with a department only those who hold it there, by their own place or a membership. */
export interface RoleAudience {
  readonly role: Role;
  readonly departmentId: string | null;
}

/** Who is to hear of it: named people and holders of roles together, less those who did it themselves. */
export interface Audience {
  readonly userIds?: readonly string[];
  readonly roles?: readonly RoleAudience[];
  readonly except?: readonly string[];
}

export interface Notice {
  readonly kind: NoticeKind;
  /** What it is about: the name of its GraphQL type and its id. */
  readonly subject: { readonly type: string; readonly id: string };
  readonly audience: Audience;
  readonly text: Bilingual;
  /** Told once, however often it is said: e.g. a reminder of one day. null = each time is another. */
  readonly onceKey: string | null;
}
