/** Decides whose item pays for what finance pays (财政统付): the province's own, or one city's, and never one for the other. */
import type { Project } from '../../systems/domain/system.js';
import type { Budget } from './budget.js';

/** The key of the province among those who pay centrally; a city's is its department's id. */
export const PROVINCE_PAYS = '';

/**
 * Whose: that of the tree which the project's department is in, as far as the project's level is one that it pays for.
 * A city's bureau is never paid by the province's item, whatever level somebody has written to its project: its use is in the city's
 * book. null = nobody pays centrally for it.
 */
export function centralHolder({ budgetLevel }: Pick<Project, 'budgetLevel'>, cityId: string | null): string | null {
  if (cityId === null) return budgetLevel === 'PROVINCE' ? PROVINCE_PAYS : null;
  return budgetLevel === 'PROVINCE' ? null : cityId;
}

/** Whether it may be named to pay centrally, for whoever's tree it stands in. */
export function mayPayCentrally({ grain, budgetLevel }: Pick<Budget, 'grain' | 'budgetLevel'>, cityId: string | null) {
  return grain === 'ITEM' && centralHolder({ budgetLevel }, cityId) !== null;
}
