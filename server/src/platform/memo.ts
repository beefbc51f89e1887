/**
 * Remembers the answer of one question for a short while, and asks once for all who want it at the same moment. For facts
 * that change a few times a year and are read by every submit; a failure is not remembered.
 */
export class Memo<T> {
  private answer: Promise<T> | undefined;
  private askedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly ask: () => Promise<T>,
    private readonly lifeMs: number,
    private readonly now: () => number,
  ) {}

  get(): Promise<T> {
    const now = this.now();
    if (this.answer === undefined || now - this.askedAt > this.lifeMs) {
      const asked = this.ask();
      this.answer = asked;
      this.askedAt = now;
      asked.catch(() => this.forget());
    }
    return this.answer;
  }

  forget(): void {
    this.answer = undefined;
  }
}
