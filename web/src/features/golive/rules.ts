/** The rules that are a number of days, in the order of a case. */
export const DAY_RULES = [
  'trialDays',
  'beginBackDays',
  'beginAheadDays',
  'presentWorkingDays',
  'signWorkingDays',
  'retrialDays',
] as const;
export type DayRule = (typeof DAY_RULES)[number];

export function unitOf(name: DayRule): 'days' | 'workingDays' {
  return name === 'presentWorkingDays' || name === 'signWorkingDays' ? 'workingDays' : 'days';
}
