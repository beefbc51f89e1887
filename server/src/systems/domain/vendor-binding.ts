/** Decides which systems a vendor's staff reach: those that they are bound to, until the last day of the binding. */
import type { CalendarDate } from '../../kernel/calendar.js';
import type { Role, TenantScope } from '../../kernel/viewer.js';

/** One named person of a company, bound to a system until a day. */
export interface VendorBinding {
  readonly id: string;
  readonly systemId: string;
  /** null = a person without an account. */
  readonly userId: string | null;
  readonly name: string;
  readonly phone: string;
  readonly company: string;
  /** The last day; the day after, the system is out of reach. */
  readonly until: CalendarDate;
}

/** Whose systems may be read, and, for a vendor's staff, on whose bindings that rests. */
export interface SystemReach {
  readonly scope: TenantScope;
  /** null = the scope alone decides. */
  readonly boundUserId: string | null;
}

export function reachOf(
  viewer: { readonly userId: string; readonly roles: readonly Role[] },
  scope: TenantScope,
): SystemReach {
  const isVendorOnly = viewer.roles.length > 0 && viewer.roles.every((role) => role === 'VENDOR_STAFF');
  return { scope, boundUserId: isVendorOnly ? viewer.userId : null };
}

export function isBoundOn(binding: Pick<VendorBinding, 'until'>, day: CalendarDate): boolean {
  return day <= binding.until;
}
