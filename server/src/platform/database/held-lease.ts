import type { Lease, Leases } from './lease.js';

/** One name's lease as one process has it: taken again with every round, and given back at its end, so that the next need not wait until it runs out. */
export class HeldLease {
  private held: Lease | undefined;

  constructor(
    private readonly leases: Leases,
    private readonly name: string,
    private readonly holder: string,
    private readonly lifeMs: number,
  ) {}

  /** As it was last taken; undefined = another has it. */
  get current(): Lease | undefined {
    return this.held;
  }

  async take(): Promise<Lease | undefined> {
    this.held = await this.leases.take(this.name, this.holder, this.lifeMs);
    return this.held;
  }

  /** Where it cannot be given back it runs out by itself. */
  async release(): Promise<void> {
    const { held } = this;
    this.held = undefined;
    if (held) await this.leases.release(held).catch(() => undefined);
  }
}
