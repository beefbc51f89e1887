/** Who rates, and who freezes what was rated, are never two at once. */
export const ACCOUNTING_LEASE = 'accounting';
/** Longer than one page or one department ever takes; whoever takes it over begins with what was not finished. */
export const ACCOUNTING_LEASE_MS = 60_000;
