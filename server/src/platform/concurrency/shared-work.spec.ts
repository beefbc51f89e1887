import { describe, expect, it } from '@jest/globals';
import { SharedWork } from './shared-work.js';

const NEVER_MS = 600_000;

function bench(sharing: { atOnceMax?: number; everyMs?: number }, fails: (n: number) => boolean = () => false) {
  const rounds: number[][] = [];
  const work = new SharedWork<number, string>(async (questions) => {
    rounds.push([...questions]);
    if (questions.some(fails)) throw new Error('refused');
    return questions.map((question) => `${question}!`);
  }, sharing);
  return { rounds, work };
}

/** Whatever is due by then is done; no timer fires meanwhile. */
async function someBreaths(): Promise<void> {
  for (let breath = 0; breath < 20; breath += 1) await null;
}

describe('shared work', () => {
  it('answers each with his own answer', async () => {
    const { rounds, work } = bench({ atOnceMax: 2 });
    expect(await Promise.all([3, 1, 2].map((question) => work.ask(question)))).toEqual(['3!', '1!', '2!']);
    expect(rounds).toEqual([[3, 1], [2]]);
  });

  it('begins the next round at once, or, where rounds keep apart, for all who come meanwhile', async () => {
    for (const [everyMs, after] of [
      [0, [[2], [3]]],
      [50, [[2, 3]]],
    ] as const) {
      const { rounds, work } = bench({ everyMs });
      await work.ask(1);
      const second = work.ask(2);
      await someBreaths();
      await Promise.all([second, work.ask(3)]);
      expect(rounds).toEqual([[1], ...after]);
    }
  });

  it('keeps nobody waiting who comes alone, and no round that is full', async () => {
    const { rounds, work } = bench({ atOnceMax: 2, everyMs: NEVER_MS });
    expect(await work.ask(1)).toBe('1!');
    expect(await Promise.all([work.ask(2), work.ask(3)])).toEqual(['2!', '3!']);
    expect(rounds).toEqual([[1], [2, 3]]);
  });

  it('tells all of a round of its failure, and goes on', async () => {
    const { work } = bench({}, (question) => question === 13);
    const together = await Promise.allSettled([work.ask(13), work.ask(1)]);
    expect(together.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await work.ask(1)).toBe('1!');
  });
});
