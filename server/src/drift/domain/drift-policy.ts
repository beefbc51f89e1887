/** Decides what becomes of a field that somebody else changed: put back, told of and left, or passed over. */
import { FIELD_CLASSES, type FieldClass } from './field-class.js';

/**
 * HEAL    it is recorded, then put back at once.
 * REPORT  it is recorded and left as it is until a person decides.
 * IGNORE  it is not recorded; it goes when the object is applied the next time for another reason.
 */
export const HANDLINGS = ['HEAL', 'REPORT', 'IGNORE'] as const;
export type Handling = (typeof HANDLINGS)[number];

export type HandlingRules = { readonly [C in FieldClass]: Handling };

/** A field that was put back so often within the hour is fought over: a person must see to the other side. */
export const PUT_BACK_MAX = 3;
export const FIGHT_WINDOW_MS = 60 * 60_000;

/**
 * @param putBackLately how often this field of this object was put back within the window.
 * @param opens a boundary stands open by it: whoever opens it a fourth time is not let have it.
 */
export function handlingOf(
  rules: HandlingRules,
  fieldClass: FieldClass,
  putBackLately: number,
  opens = false,
): Handling {
  const handling = rules[fieldClass];
  return handling === 'HEAL' && !opens && putBackLately >= PUT_BACK_MAX ? 'REPORT' : handling;
}

/** Whose machine it is, and where its traffic may go, is never passed over. */
const NEVER_IGNORED: readonly FieldClass[] = ['IDENTITY', 'BOUNDARY'];

/** The classes for which the rules say nothing that may be said. */
export function wrongClasses(rules: { readonly [C in FieldClass]?: Handling }): FieldClass[] {
  return FIELD_CLASSES.filter(
    (each) => rules[each] === undefined || (rules[each] === 'IGNORE' && NEVER_IGNORED.includes(each)),
  );
}
