import type { PastDebts } from '../../drdebts/past-debts.service.js';
import type { History } from './history.js';
import { makeUpHistory } from './make-up-history.js';
import { withDebts } from './past-debts.js';
import type { PastFacts, PastScale } from './past-facts.js';
import { withRecovery, withTwins } from './past-modes.js';

/** The past as it was granted: with its pairs, with what waits for the recovery center, and with what stands there by now. */
export function grantedPast(
  seed: number,
  facts: PastFacts,
  scale: PastScale,
  newId: (time: number) => string,
): { readonly history: History; readonly debts: Parameters<PastDebts['takeOver']>[1] } {
  // What is owed is of the oldest requests, which are all of the first piece.
  const { piece, past } = withDebts(withTwins(makeUpHistory(seed, facts, scale), facts), facts, newId);
  return { history: withRecovery(piece, facts, { seed, until: scale.until }), debts: past };
}
