import { pause } from './pause.js';

interface Waiting<Q, A> {
  readonly question: Q;
  readonly found: (answer: A) => void;
  readonly failed: (error: unknown) => void;
}

export interface Sharing {
  /** So many in one round. */
  readonly atOnceMax?: number;
  /** From the beginning of one round to that of the next, so that in a flood they are few and full. Who comes alone never waits. */
  readonly everyMs?: number;
}

/** One statement of this many keys is still a small one. */
const AT_ONCE_MAX = 100;

const NEVER = new AbortController().signal;

/** What many want one by one is done for all who wait together, while it is done for those who came before. */
export class SharedWork<Q, A> {
  private readonly waiting: Waiting<Q, A>[] = [];
  private readonly atOnceMax: number;
  private readonly everyMs: number;
  private isWorking = false;
  private notBefore = 0;

  constructor(
    /** Answers in the order of the questions. */
    private readonly doAll: (questions: readonly Q[]) => Promise<readonly A[]>,
    { atOnceMax = AT_ONCE_MAX, everyMs = 0 }: Sharing = {},
  ) {
    this.atOnceMax = atOnceMax;
    this.everyMs = everyMs;
  }

  async ask(question: Q): Promise<A> {
    return await new Promise((found, failed) => {
      this.waiting.push({ question, found, failed });
      if (!this.isWorking) void this.work();
    });
  }

  private async work(): Promise<void> {
    this.isWorking = true;
    // Whoever asks in the same breath is served by the first round already.
    await null;
    while (this.waiting.length > 0) {
      const wait = this.waiting.length < this.atOnceMax ? this.notBefore - performance.now() : 0;
      if (wait > 0) await pause(wait, NEVER);
      this.notBefore = performance.now() + this.everyMs;
      await this.answer(this.waiting.splice(0, this.atOnceMax));
    }
    this.isWorking = false;
  }

  private async answer(asked: readonly Waiting<Q, A>[]): Promise<void> {
    try {
      const answers = await this.doAll(asked.map(({ question }) => question));
      for (const [at, { found }] of asked.entries()) found(answers[at] as A);
    } catch (error) {
      for (const { failed } of asked) failed(error);
    }
  }
}
