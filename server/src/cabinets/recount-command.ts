import type { RecountService } from './recount.service.js';

/** A broken counter is often broken everywhere; the first ones say where it begins. */
const DISCREPANCIES_SHOWN_MAX = 100;

/**
 * `jiyun cabinets recount`: reads everything, changes nothing.
 * @returns the process's exit code: 0 = every counter is what its slots add up to; 1 = discrepancies.
 */
export async function recountCommand(recount: RecountService, print: (line: string) => void): Promise<number> {
  const { cabinets, rows, discrepancies } = await recount.run();
  for (const { subjectId, what, kept, counted } of discrepancies.slice(0, DISCREPANCIES_SHOWN_MAX))
    print(`${subjectId} ${what}: kept ${kept}, counted ${counted}`);
  if (discrepancies.length > DISCREPANCIES_SHOWN_MAX)
    print(`… and ${discrepancies.length - DISCREPANCIES_SHOWN_MAX} more`);
  print(`${cabinets} cabinets and ${rows} rows counted again; ${discrepancies.length} discrepancies.`);
  return discrepancies.length === 0 ? 0 : 1;
}
