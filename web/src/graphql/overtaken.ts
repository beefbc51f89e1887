import type { Exchange, Operation } from '@urql/core';
import { filter, pipe, tap } from 'wonka';

/**
 * A page that asks anew while an answer is under way (a mutation went by, or a live hint) has two on the line, and the line
 * keeps no order: an older answer that arrives after a newer one is dropped, else the page would show what was, and nobody
 * would ask again. One that is merely late is shown, so that whoever asks more often than is answered still sees something.
 */
export const dropOvertaken: Exchange = ({ forward }) => {
  const askedAs = new WeakMap<Operation, number>();
  /** By the query's key: the newest asking whose answer has been shown, for as long as somebody looks. */
  const shown = new Map<number, number>();
  let asked = 0;
  return (operations) =>
    pipe(
      operations,
      tap((operation) => {
        if (operation.kind === 'query') askedAs.set(operation, ++asked);
        else if (operation.kind === 'teardown') shown.delete(operation.key);
      }),
      forward,
      filter(({ operation }) => {
        const at = askedAs.get(operation);
        if (at === undefined) return true;
        if (at < (shown.get(operation.key) ?? 0)) return false;
        shown.set(operation.key, at);
        return true;
      }),
    );
};
