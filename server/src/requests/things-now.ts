import { modesOf } from '../allocation/domain/dr-change.js';
import { unitsOf } from '../cabinets/domain/units.js';
import { toNodeId } from '../kernel/node-id.js';
import { spotOf } from './changed-things-by-hand.js';
import type { ChangeableThingsNode } from './changes.graphql.js';
import { itemShares, sizeNow } from './quoted-things.js';
import { GRAMS_PER_KG } from './request-rows.js';
import type { ThingsOfLine } from './thing-quotations.service.js';

/** Servers or places of a line as the form of a change shows them. */
export function thingsNow(things: ThingsOfLine): Omit<ChangeableThingsNode, 'errors'> {
  const { line, items, owed } = things;
  const { heightHalfUnits, powerW, weightGrams } = sizeNow(items, line);
  const size = { heightUnits: unitsOf(heightHalfUnits), powerW, weightKg: weightGrams / GRAMS_PER_KG };
  const places = items.flatMap(({ place }) => place ?? []);
  return {
    things,
    id: toNodeId('RequestLine', line.id),
    count: items.length,
    size: line.kind === 'CABINET' ? size : null,
    whole: places.some(({ holder, cabinet }) => cabinet.ownerHolderId === holder.id),
    spots: items.flatMap((one) => spotOf(one) ?? []),
    centerIds: [...new Set(items.flatMap(({ item }) => (item.share === 'RECOVERY' ? [] : item.centerId)))].map((id) =>
      toNodeId('Center', id),
    ),
    ...modesOf([...itemShares(items), ...owed]),
    owesShare: owed.length > 0,
    monthlyCost: items.reduce((sum, { monthlyFen }) => sum + monthlyFen, 0n),
  };
}
