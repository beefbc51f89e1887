const DAY_MS = 86_400_000;

/** A month's days as the server asks for them: the first, and the one after the last; of the running month up to today. */
export function daysOfMonth(month: string, today: string): { from: string; until: string } {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const until = Math.min(Date.UTC(year, number, 1), Date.parse(`${today}T00:00:00Z`) + DAY_MS);
  return { from: `${month}-01`, until: new Date(until).toISOString().slice(0, 10) };
}
