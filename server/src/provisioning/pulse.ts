import { pause } from '../platform/concurrency/pause.js';

/** Does the same thing again and again, each time after a jittered pause, until stopped; a failure is told and passes. */
export class Pulse {
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;

  constructor(
    private readonly beat: () => Promise<void>,
    private readonly everyMs: number,
    private readonly trouble: (error: unknown) => void,
    private readonly random: () => number = Math.random,
  ) {}

  start(): void {
    this.running ??= this.run();
  }

  /** Waits for the beat under way. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        await this.beat();
      } catch (error) {
        this.trouble(error);
      }
      await pause(this.everyMs * (0.8 + this.random() * 0.4), signal);
    }
  }
}
