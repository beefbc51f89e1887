import type { ResultOf } from '../../graphql/tada';
import type { RequestParts } from './requests.gql';

/** Machines by center: where submit has placed them, else where the lines ask for them. */
export function plannedMachines({ lines }: Pick<ResultOf<typeof RequestParts>, 'lines'>): Map<string, number> {
  const planned = new Map<string, number>();
  const add = (centerId: string, machines: number) => planned.set(centerId, (planned.get(centerId) ?? 0) + machines);
  for (const line of lines) {
    if (line.kind !== 'VM') continue;
    if (line.placements.length === 0 && line.center) add(line.center.id, line.count);
    for (const placement of line.placements) {
      const centerId = placement.pool.center?.id ?? line.center?.id;
      if (centerId) add(centerId, placement.count);
    }
  }
  return planned;
}
