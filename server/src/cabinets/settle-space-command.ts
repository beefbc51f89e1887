import type { Actor } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import type { SpaceSettlement } from './space-settlement.service.js';

/** Where one limit is too small, it is for many cabinets; the first ones say which. */
const REFUSED_SHOWN_MAX = 100;

/**
 * `jiyun quotas settle-space`: whole cabinets and devices of departments from before quotas counted them take their quotas.
 * Run again, it finds nothing to do.
 * @returns the process's exit code: 0 = all have taken what they ought to; 1 = a limit is too small for some.
 */
export async function settleSpaceCommand(settlement: SpaceSettlement, print: (line: string) => void): Promise<number> {
  const actor: Actor = { userId: null, name: '命令行', departmentId: null, address: null, traceId: newId() };
  const { cabinets, settled, refused } = await settlement.run(actor);
  for (const { code, refusals } of refused.slice(0, REFUSED_SHOWN_MAX))
    print(`${code}: ${refusals.map(({ message }) => message.en).join('; ')}`);
  if (refused.length > REFUSED_SHOWN_MAX) print(`… and ${refused.length - REFUSED_SHOWN_MAX} more`);
  print(
    `${cabinets} cabinets of departments, or with something of theirs; ${settled.length} settled, ${refused.length} refused.`,
  );
  if (refused.length > 0) print('Nothing of the refused ones was taken: raise those limits and run this again.');
  return refused.length === 0 ? 0 : 1;
}
