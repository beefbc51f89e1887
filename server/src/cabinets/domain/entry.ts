/** Decides whether something of this department and center may come into a cabinet at all, whatever is free in it. */
import type { Refusal } from '../../kernel/refusal.js';
import type { Cabinet } from './cabinet.js';
import { illegal, notPermitted } from './refusals.js';
import type { Wish } from './wish.js';

/** `from` is where a moved thing was: it may stay in a cabinet that takes nothing new. null = it may. */
export function objectionToEntry(
  cabinet: Cabinet,
  { path, state, departmentId, centerId }: Pick<Wish, 'departmentId' | 'centerId' | 'state' | 'path'>,
  from: string | undefined,
): Refusal | null {
  if (cabinet.status !== 'IN_SERVICE' && state !== 'BLOCKED' && from !== cabinet.id)
    return illegal(
      path,
      cabinet.status,
      'PLACE',
      `机柜 ${cabinet.code} 未启用`,
      `Cabinet ${cabinet.code} is not in service`,
    );
  if (cabinet.departmentId !== null && departmentId !== null && cabinet.departmentId !== departmentId)
    return notPermitted(
      path,
      'CABINET_OF_ANOTHER_DEPARTMENT',
      `机柜 ${cabinet.code} 已整柜分配给其他单位`,
      `Cabinet ${cabinet.code} is wholly another department's`,
    );
  if (centerId !== null && cabinet.centerId !== centerId)
    return notPermitted(
      path,
      'CABINET_OF_ANOTHER_CENTER',
      `机柜 ${cabinet.code} 不在它所属的数据中心`,
      `Cabinet ${cabinet.code} is in another data center than the thing itself`,
    );
  return null;
}
