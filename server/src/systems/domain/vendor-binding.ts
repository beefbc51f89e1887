/** Decides until when a vendor's staff are bound to a system. What that opens to them is the scope of whoever they are (kernel/viewer.ts). */
import type { CalendarDate } from '../../kernel/calendar.js';

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

export function isBoundOn(binding: Pick<VendorBinding, 'until'>, day: CalendarDate): boolean {
  return day <= binding.until;
}
