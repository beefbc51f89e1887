import { SLOT_MS } from '../utilisation/domain/day-use.js';
import type { ClusterGateway } from './domain/ports.js';
import { expressionOf, type MeasuredMachine, pagesOf, readingsOf, SERIES_NAMES } from './domain/use-queries.js';
import { type LeaseGuard, LeaseLost } from './lease-guard.js';
import type { Records, UseRecords } from './provisioning.types.js';

/** What was missed while nobody read is read afterwards, as far back as one answer holds. */
const CATCH_UP_MS = 6 * 60 * 60_000;
/** The last readings may not have been complete: they are read again, and change nothing where they were. */
const AGAIN_MS = 2 * SLOT_MS;

/** Reads what one center's machines use, every few minutes, and records it under the center's lease. */
export class UseReader {
  private readUpTo: Date | undefined;

  constructor(
    private readonly center: { readonly id: string },
    private readonly gateway: Pick<ClusterGateway, 'metrics'>,
    private readonly guard: LeaseGuard,
    private readonly records: Pick<Records, 'unitOfWork' | 'leases' | 'clock'> & { readonly use: UseRecords },
  ) {}

  async run(): Promise<void> {
    const { metrics } = this.gateway;
    if (!metrics) return;
    const to = new Date(Math.floor(this.records.clock.now().getTime() / SLOT_MS) * SLOT_MS);
    const earliest = to.getTime() - CATCH_UP_MS;
    const from = new Date(Math.max(earliest, (this.readUpTo?.getTime() ?? earliest) - AGAIN_MS));
    for (const page of pagesOf(await this.records.use.machines(this.center.id))) await this.read(page, from, to);
    // Only when all of it was read: a page that failed is read again with the next.
    this.readUpTo = to;
  }

  private async read(machines: readonly MeasuredMachine[], from: Date, to: Date): Promise<void> {
    const namespaces = [...new Set(machines.map(({ namespace }) => namespace))];
    const answers: Record<string, unknown> = {};
    for (const series of SERIES_NAMES) {
      this.guard.assertHeld();
      answers[series] = await this.gateway.metrics?.range(expressionOf(series, namespaces), from, to, SLOT_MS / 1_000);
    }
    const readings = readingsOf(machines, answers as Parameters<typeof readingsOf>[1]);
    if (readings.length === 0) return;
    const { leases, unitOfWork, use } = this.records;
    // In a transaction that holds only while the lease is this term's: the epoch is the fence.
    await unitOfWork.run(async (tx) => {
      if (!(await leases.stillHeld(tx, this.guard.lease))) throw new LeaseLost(this.guard.lease);
      await use.record(tx, readings);
    });
  }
}
