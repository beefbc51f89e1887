/** Decides who is shown figures of the province's capacity, and what the others are told instead. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { DepartmentLevel } from './department.js';

/** null = a department that is not there: then nothing is shown. */
export function showsFigures(level: DepartmentLevel | null): boolean {
  return level === 'PROVINCE';
}

export const CANNOT_BE_MET: Bilingual = say('不能满足', 'Cannot be met');
export const CAN_BE_MET: Bilingual = say('可以满足', 'Can be met');
