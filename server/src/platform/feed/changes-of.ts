import type { ChangeFeed, ChangeTopic } from './change-feed.js';

/**
 * Hints about one subject as an async iterator, for a subscription. The first comes at once: a page asks for the node and
 * opens its subscription side by side, and what changed in between would be told to nobody. Only the newest unread hint
 * is kept: the node is read again anyway, so a slow browser never grows a queue. `return()` stops listening.
 */
export function changesOf(
  feed: ChangeFeed,
  topics: ChangeTopic | readonly ChangeTopic[],
  subjectId: string,
): AsyncIterableIterator<{ subjectId: string }> {
  let unread = true;
  let ended = false;
  let wake: (() => void) | undefined;
  const stops = [topics].flat().map((topic) =>
    feed.listen(topic, subjectId, () => {
      unread = true;
      wake?.();
    }),
  );
  const end = async (): Promise<IteratorReturnResult<undefined>> => {
    ended = true;
    for (const stop of stops) stop();
    wake?.();
    return { done: true, value: undefined };
  };
  return {
    async next() {
      while (!unread && !ended)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      unread = false;
      return ended ? { done: true, value: undefined } : { done: false, value: { subjectId } };
    },
    return: end,
    throw: end,
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
