/** `null` switches the bucket off: a benchmark measures the reconciler, not the politeness towards a server. */
export type CallRate = { readonly perSecond: number; readonly burst: number } | null;

/** So many calls at once, so many a second after that; callers are served in the order of coming. */
export class TokenBucket {
  private tokens: number;
  private filledAt: number;

  constructor(
    private readonly rate: CallRate,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.tokens = rate?.burst ?? 0;
    this.filledAt = now();
  }

  /** Resolves when the call may go out. Below zero the tokens are the line of those who wait. */
  async take(): Promise<void> {
    const wait = this.reserve();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
  }

  /** As many as may go out at once now; below 0 so many wait; null = no limit. */
  get left(): number | null {
    if (this.rate === null) return null;
    const { burst, perSecond } = this.rate;
    return Math.floor(Math.min(burst, this.tokens + ((this.now() - this.filledAt) / 1_000) * perSecond));
  }

  /** Takes a token, now or from the future; the answer is how long to wait for it, in milliseconds. */
  reserve(): number {
    if (this.rate === null) return 0;
    const now = this.now();
    const { perSecond, burst } = this.rate;
    this.tokens = Math.min(burst, this.tokens + ((now - this.filledAt) / 1_000) * perSecond) - 1;
    this.filledAt = now;
    return this.tokens >= 0 ? 0 : (-this.tokens / perSecond) * 1_000;
  }
}
