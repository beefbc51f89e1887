import { describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { ChangeFeed } from './change-feed.js';
import { changesOf } from './changes-of.js';

const SUBJECT = { topic: 'request', subjectId: 'r-1' } as const;
const HINT = { done: false, value: { subjectId: 'r-1' } };

/** Never started: what it hears is poked. */
function opened() {
  const feed = new ChangeFeed({} as DataSource);
  return { feed, changes: changesOf(feed, SUBJECT.topic, SUBJECT.subjectId) };
}

describe('changesOf', () => {
  it('tells once at once, so that nothing between the page and its subscription is lost', async () => {
    const { changes } = opened();
    expect(await changes.next()).toEqual(HINT);
  });

  it('then tells after each change of its subject, and of no other', async () => {
    const { feed, changes } = opened();
    await changes.next();
    const told: unknown[] = [];
    const next = changes.next().then((hint) => told.push(hint));
    feed.poke([
      { topic: 'request', subjectId: 'r-2' },
      { topic: 'resource', subjectId: 'r-1' },
    ]);
    await new Promise(setImmediate);
    expect(told).toEqual([]);
    feed.poke([SUBJECT]);
    await next;
    expect(told).toEqual([HINT]);
  });

  it('keeps one hint however many came, and stops listening at its end', async () => {
    const { feed, changes } = opened();
    feed.poke([SUBJECT, SUBJECT, SUBJECT]);
    expect(await changes.next()).toEqual(HINT);
    const next = changes.next();
    await changes.return?.();
    expect(await next).toEqual({ done: true, value: undefined });
    expect(feed.listenerCount).toBe(0);
  });

  it('hears several topics of its subject as one, and leaves them all', async () => {
    const feed = new ChangeFeed({} as DataSource);
    const changes = changesOf(feed, ['request', 'resourceTask'], SUBJECT.subjectId);
    await changes.next();
    const next = changes.next();
    feed.poke([{ topic: 'resourceTask', subjectId: SUBJECT.subjectId }]);
    expect(await next).toEqual(HINT);
    expect(feed.listenerCount).toBe(2);
    await changes.return?.();
    expect(feed.listenerCount).toBe(0);
  });
});
