/** Decides whether what an order says is complete enough to be kept, and to be sent to the center. */
import { say } from '../../kernel/bilingual.js';
import type { InputPath, InvalidInput } from '../../kernel/refusal.js';
import { checkEntrants, type Entrant } from './entrants.js';
import { checkEquipment, type EquipmentFacts } from './equipment.js';
import { checkAsks } from './ports.js';
import { checkWindow } from './window.js';
import type { WorkOrderKind } from './work-order.js';

export const TITLE_LENGTH_MAX = 120;
export const INSTRUCTIONS_LENGTH_MAX = 1_000;
/** A job is in one room, or along a way of a few. */
export const ROOMS_MAX = 10;

/** Kinds that are about things: without one there is nothing to do. */
export const KINDS_OF_THINGS: readonly WorkOrderKind[] = ['MOVE_IN', 'RACK', 'UNRACK', 'MOVE_OUT'];
/** Kinds that may name things the console does not know yet. */
export const KINDS_OF_NEW_THINGS: readonly WorkOrderKind[] = ['MOVE_IN', 'RACK'];
/** Kinds for which somebody comes into a room at a time. */
export const KINDS_IN_ROOMS: readonly WorkOrderKind[] = [
  'MOVE_IN',
  'RACK',
  'CABLE',
  'POWER_ON',
  'UNRACK',
  'MOVE_OUT',
  'ENTRY',
];

export interface ContentToCheck {
  readonly kind: WorkOrderKind;
  readonly title: string;
  readonly instructions: string;
  readonly roomIds: readonly string[];
  readonly windowFrom: Date | null;
  readonly windowTo: Date | null;
  readonly escort: string | null;
  readonly entrants: readonly Entrant[];
  readonly things: readonly { readonly equipmentId: string | null; readonly facts: EquipmentFacts | null }[];
  readonly ports: readonly { readonly portSetId: string; readonly count: number }[];
}

/** Everything that is wrong at once. A draft may still be without rooms, window and things; what is there must be right. */
export function checkContent(content: ContentToCheck, now: Date, complete: boolean): InvalidInput[] {
  const { kind, title, instructions, roomIds, windowFrom, windowTo, things, entrants } = content;
  const found: InvalidInput[] = [];
  const wrong = (path: InputPath, rule: string, zh: string, en: string) =>
    found.push({ code: 'INVALID_INPUT', path, rule, message: say(zh, en) });
  if (title.trim() === '' || title.length > TITLE_LENGTH_MAX)
    wrong(
      ['title'],
      'length',
      `标题须为 1 至 ${TITLE_LENGTH_MAX} 字`,
      `A title of 1 to ${TITLE_LENGTH_MAX} characters`,
    );
  if (instructions.length > INSTRUCTIONS_LENGTH_MAX)
    wrong(
      ['instructions'],
      'length',
      `说明最多 ${INSTRUCTIONS_LENGTH_MAX} 字`,
      `At most ${INSTRUCTIONS_LENGTH_MAX} characters`,
    );
  if (roomIds.length > ROOMS_MAX) wrong(['roomIds'], 'count', `最多 ${ROOMS_MAX} 个机房`, `At most ${ROOMS_MAX} rooms`);
  if ((windowFrom === null) !== (windowTo === null))
    wrong(['windowTo'], 'required', '请同时填写作业开始与结束时间', 'Give both ends of the window');
  if (windowFrom && windowTo) found.push(...checkWindow({ from: windowFrom, to: windowTo }, now));
  const known = things.flatMap((thing) => (thing.equipmentId === null ? [] : [thing.equipmentId]));
  if (new Set(known).size < known.length) wrong(['equipment'], 'unique', '同一设备列了两次', 'A thing stands twice');
  const rows = things.map((thing) => thing.facts);
  found.push(...checkEquipment(rows.filter((row) => row !== null)).map((each) => atRow(each, rows)));
  if (rows.some((row) => row !== null) && !KINDS_OF_NEW_THINGS.includes(kind))
    wrong(['equipment'], 'known', '请选择已登记的设备', 'Choose equipment that is registered already');
  found.push(...checkAsks(content.ports));
  found.push(...checkEntrants(entrants, content.escort, complete && kind === 'ENTRY'));
  if (!complete) return found;
  if (KINDS_IN_ROOMS.includes(kind)) {
    if (roomIds.length === 0) wrong(['roomIds'], 'required', '请选择机房', 'Choose a room');
    if (windowFrom === null) wrong(['windowFrom'], 'required', '请填写作业时间', 'Give the window of work');
  }
  if (KINDS_OF_THINGS.includes(kind) && things.length === 0)
    wrong(['equipment'], 'required', '请至少列一台设备', 'List one thing at least');
  return found;
}

/** A finding names the row among the new things; the form numbers all of them. */
function atRow(finding: InvalidInput, rows: readonly (EquipmentFacts | null)[]): InvalidInput {
  const [head, at, ...rest] = finding.path;
  if (at === undefined) return finding;
  const all = rows.flatMap((row, index) => (row === null ? [] : [index]));
  return { ...finding, path: [head as string, String(all[Number(at)] ?? at), ...rest] };
}
