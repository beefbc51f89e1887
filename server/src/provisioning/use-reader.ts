import { SLOT_MS } from '../utilisation/domain/day-use.js';
import type { ClusterGateway } from './domain/ports.js';
import { type MeasuredMachine, pagesOf, type UsePage } from './domain/use-queries.js';
import { fencedLast } from './fenced-last.js';
import { type LeaseGuard, LeaseLost } from './lease-guard.js';
import type { Records, UseRecords } from './provisioning.types.js';

/** What was missed while nobody read is read afterwards, as far back as one answer holds. */
const CATCH_UP_MS = 6 * 60 * 60_000;
/** The last readings may not have been complete: they are read again, and change nothing where they were. */
const AGAIN_MS = 2 * SLOT_MS;

type Page = UsePage<MeasuredMachine>;

/**
 * Reads what one center's machines use, every few minutes, and records it under the center's lease. Each page stands for
 * itself: one that cannot be read keeps no other out, and goes on from where it stood with the next.
 */
export class UseReader {
  /** Of each namespace how far all of its machines have been read. */
  private readUpTo: ReadonlyMap<string, Date> = new Map();

  constructor(
    private readonly center: { readonly id: string },
    private readonly gateway: Pick<ClusterGateway, 'metrics'>,
    private readonly guard: LeaseGuard,
    private readonly records: Pick<Records, 'unitOfWork' | 'leases' | 'clock'> & { readonly use: UseRecords },
  ) {}

  async run(): Promise<void> {
    if (!this.gateway.metrics) return;
    const to = new Date(Math.floor(this.records.clock.now().getTime() / SLOT_MS) * SLOT_MS);
    const pages = pagesOf(await this.records.use.machines(this.center.id));
    const failures: unknown[] = [];
    const missed = new Set<string>();
    for (const page of pages)
      try {
        await this.read(page, this.from(page, to), to);
      } catch (error) {
        if (error instanceof LeaseLost) throw error;
        failures.push(error);
        for (const namespace of page.namespaces) missed.add(namespace);
      }
    const read = new Set(pages.flatMap(({ namespaces }) => namespaces));
    const stands = [...this.readUpTo].filter(([namespace]) => missed.has(namespace));
    this.readUpTo = new Map([
      ...stands,
      ...[...read].filter((one) => !missed.has(one)).map((one) => [one, to] as const),
    ]);
    if (failures.length > 1) throw new AggregateError(failures, `${failures.length} pages of use: ${failures[0]}`);
    if (failures.length > 0) throw failures[0];
  }

  /** From where the farthest behind of its namespaces stands. */
  private from({ namespaces }: Page, to: Date): Date {
    const earliest = to.getTime() - CATCH_UP_MS;
    const stands = namespaces.map((namespace) => this.readUpTo.get(namespace)?.getTime() ?? earliest);
    return new Date(Math.max(earliest, Math.min(...stands) - AGAIN_MS));
  }

  private async read(page: Page, from: Date, to: Date): Promise<void> {
    const stillMay = () => this.guard.assertHeld();
    const question = { page, from, to, stepSeconds: SLOT_MS / 1_000, stillMay };
    const readings = (await this.gateway.metrics?.readings(question)) ?? [];
    if (readings.length === 0) return;
    await fencedLast(this.records, this.guard, (tx) => this.records.use.record(tx, readings));
  }
}
