/** Decides whether a cabinet may be described anew while things are in it: nothing may lose its place, its power or its floor. */
import type { InputPath, Refusal } from '../../kernel/refusal.js';
import { type Cabinet, type CabinetDescription, cabinetTable, powerLimitOf } from './cabinet.js';
import type { Holder } from './holder.js';
import { illegal, notPermitted, shortage } from './refusals.js';
import { halfUnitsIn, unitsOf } from './units.js';

/** What is on the cabinet now, and what the floor under its row would still carry. */
export interface Load {
  readonly powerW: number;
  readonly weightGrams: number;
  readonly floorLeftGrams: number;
}

export function objectionsTo(
  cabinet: Cabinet,
  next: CabinetDescription,
  inside: readonly Holder[],
  load: Load,
  path: InputPath,
): Refusal[] {
  const refusals: Refusal[] = [];
  if (next.status !== cabinet.status && !Object.values(cabinetTable.transitions[cabinet.status]).includes(next.status))
    refusals.push(
      illegal([...path, 'status'], cabinet.status, next.status, '机柜状态不能这样变更', 'A cabinet does not change so'),
    );
  if (next.status === 'RETIRED' && inside.length > 0)
    refusals.push(
      notPermitted([...path, 'status'], 'NOT_EMPTY', '机柜内仍有设备或占位', 'The cabinet still holds something'),
    );
  const topOf = (holder: Holder): number => holder.startHalfUnit + holder.heightHalfUnits;
  const orphan = inside.reduce<Holder | null>(
    (most, holder) => (topOf(holder) > halfUnitsIn(next) && (!most || topOf(holder) > topOf(most)) ? holder : most),
    null,
  );
  if (orphan) {
    const needed = Math.ceil(unitsOf(topOf(orphan)));
    refusals.push(
      notPermitted(
        [...path, 'heightUnits'],
        'WOULD_ORPHAN',
        `“${orphan.label}”会失去位置：至少需要 ${needed} U，不能缩为 ${next.heightUnits} U`,
        `"${orphan.label}" would lose its place: ${needed} U are needed at least, not ${next.heightUnits} U`,
      ),
    );
  }
  const watts = powerLimitOf(next);
  if (watts < load.powerW) refusals.push(shortage('POWER_W', load.powerW, watts, cabinet, path));
  if (next.weightLimitGrams < load.weightGrams)
    refusals.push(shortage('WEIGHT_GRAMS', load.weightGrams, next.weightLimitGrams, cabinet, path));
  const heavier = next.ownWeightGrams - cabinet.ownWeightGrams;
  if (heavier > load.floorLeftGrams)
    refusals.push(shortage('ROW_WEIGHT_GRAMS', heavier, load.floorLeftGrams, cabinet, path));
  if (
    inside.some(
      ({ departmentId }) => departmentId !== null && next.departmentId !== null && departmentId !== next.departmentId,
    )
  )
    refusals.push(
      notPermitted(
        [...path, 'departmentId'],
        'CABINET_OF_ANOTHER_DEPARTMENT',
        '机柜内有其他单位的设备或占位，不能整柜分配',
        'Something of another department stands in it',
      ),
    );
  return refusals;
}
