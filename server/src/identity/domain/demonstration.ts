/** Decides nothing: what the sign-in page is told about a demonstration, by the root that made it. */
import type { Role } from '../../kernel/viewer.js';

export interface DemonstrationAccountFacts {
  readonly username: string;
  readonly password: string;
  readonly displayName: string;
  readonly role: Role;
  readonly departmentName: string | null;
}

export interface Demonstration {
  accounts(): Promise<readonly DemonstrationAccountFacts[]>;
}

/** Injection token of the port; unbound where there is no demonstration. */
export const DEMONSTRATION = Symbol('DEMONSTRATION');
