/** Decides which departments are frozen together: as many as one unit of work bears. */

/** Lines that are copied, read back and hashed in one unit of work: well within the 5 s of design §5. */
const LINES_PER_UNIT = 20_000;

/** Many small ones together, in their order; a big one alone. */
export function groupsOf(parts: readonly { readonly departmentId: string; readonly lines: number }[]): string[][] {
  const groups: string[][] = [];
  let lines = Number.POSITIVE_INFINITY;
  for (const part of parts) {
    if (lines + part.lines > LINES_PER_UNIT) {
      groups.push([]);
      lines = 0;
    }
    groups.at(-1)?.push(part.departmentId);
    lines += part.lines;
  }
  return groups;
}
