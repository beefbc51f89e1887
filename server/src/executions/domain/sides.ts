/** Decides from where to where a group moves: by its writers as they are recorded, never by what somebody types. */
import { say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';
import { ok, type Result, refuse } from '../../kernel/result.js';
import type { DataPlace } from '../../resilience/domain/dr-words.js';

export interface MovedGroup {
  /** Of every data set. */
  readonly places: readonly (readonly DataPlace[])[];
  /** Centers in which machines of it stand. */
  readonly machinesIn: ReadonlySet<string>;
  /** Its newest placement; null = it was never moved. */
  readonly servingCenterId: string | null;
}

export interface Sides {
  readonly fromCenterId: string;
  readonly toCenterId: string;
}

/** @param toCenterId as it was asked. */
export function sidesOf(group: MovedGroup, toCenterId: string): Result<Sides, Refusal> {
  const writers = new Set(
    group.places.flatMap((places) => places.filter(({ role }) => role === 'WRITER').map(({ centerId }) => centerId)),
  );
  if (writers.size > 1)
    return wrong(
      'WRITERS_DIFFER',
      '各数据集的写入方不在同一中心，请先按层分别处置',
      'Its data sets are written in different centers; bring those together first',
    );
  const [writer] = writers;
  const fromCenterId = writer ?? group.servingCenterId ?? [...group.machinesIn].find((id) => id !== toCenterId);
  if (fromCenterId === undefined)
    return wrong('NOWHERE', '该容灾组没有在任何中心承载业务', 'The group serves in no center');
  if (fromCenterId === toCenterId)
    return wrong('ALREADY_THERE', '已在目标中心承载业务', 'It serves in that center already');
  if (!group.machinesIn.has(toCenterId))
    return wrong('NO_MACHINES', '目标中心没有该组的虚拟机', 'No machine of the group stands in that center');
  // A data set without a copy there would be promoted out of nothing.
  const without = group.places.some(
    (places) =>
      places.some(({ role }) => role === 'WRITER') &&
      !places.some(({ centerId, role }) => centerId === toCenterId && role === 'COPY'),
  );
  if (without)
    return wrong('NO_COPY', '目标中心没有该组全部数据的副本', 'Not all of its data has a copy in that center');
  return ok({ fromCenterId, toCenterId });
}

function wrong(reason: string, zh: string, en: string): { readonly ok: false; readonly error: Refusal } {
  return refuse({ code: 'NOT_PERMITTED', path: ['toCenterId'], reason, message: say(zh, en) });
}
