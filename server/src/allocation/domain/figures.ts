/** Decides who is shown figures of the province's capacity, and what the others are told instead. */
import type { DepartmentLevel } from '../../departments/domain/department.js';
import { type Bilingual, say } from '../../kernel/bilingual.js';

/** null = a department that is not there: then nothing is shown. */
export function showsFigures(level: DepartmentLevel | null): boolean {
  return level === 'PROVINCE';
}

/** Criteria of PLACEMENT.md whose figures are the request's own, not the place's. */
const OWN_FIGURES = new Set(['P1', 'P2', 'P3', 'P4']);

export function tellsOfThePlace(criterion: string): boolean {
  return !OWN_FIGURES.has(criterion);
}

export const CANNOT_BE_MET: Bilingual = say('不能满足', 'Cannot be met');
export const CAN_BE_MET: Bilingual = say('可以满足', 'Can be met');
