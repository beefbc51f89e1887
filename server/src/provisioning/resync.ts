import type { SeenMachine } from '../resources/resources.types.js';
import type { ClusterView } from './cluster-view.js';
import { keyText, type ObjectKey } from './domain/cluster-object.js';
import { isOfDrills } from './domain/drill-place.js';
import type { KeyQueue } from './key-queue.js';
import type { Records } from './provisioning.types.js';
import type { WholeLook } from './quarantine-keeper.js';

const PAGE_SIZE = 500;

/** An object in a cluster that names a resource which the database does not have there. */
export interface Orphan {
  readonly key: ObjectKey;
  readonly resourceId: string;
}

/**
 * Looks at everything once more, because every hint can be lost; and finds what runs in the cluster without a record.
 * Orphans are told of and left alone: after a restored backup they may be the only copy of someone's machine.
 */
export class Resync {
  private known = new Set<string>();
  /** Machines that were placed elsewhere, and of which the last look still showed something here. */
  private left: ReadonlySet<string> = new Set();
  private observed: ReadonlyMap<string, string> = new Map();
  private found: readonly Orphan[] = [];
  /** A complete look was had since the term began: the first mostly comes before the lists do. */
  private looked = false;
  /** Something changed in the cluster that is no resource's. */
  private besideChanged = false;

  constructor(
    private readonly center: { readonly id: string },
    private readonly view: ClusterView,
    private readonly queue: KeyQueue,
    private readonly records: Records,
    private readonly tell: (orphan: Orphan) => void,
    /** What becomes of the things without a record after each complete look. */
    private readonly after: (look: WholeLook) => Promise<void> = async () => {},
  ) {}

  /** As of the last complete look. */
  get orphans(): readonly Orphan[] {
    return this.found;
  }

  async run(): Promise<void> {
    const recorded = new Set<string>();
    for (let after: string | null = null; ; ) {
      const page: string[] = await this.records.resources.idsToReconcile(this.center.id, after, PAGE_SIZE);
      for (const id of page) {
        recorded.add(id);
        this.queue.add(id, 'LATER');
      }
      after = page.at(-1) ?? null;
      if (page.length < PAGE_SIZE) break;
    }
    // From half a list nothing is concluded.
    if (!this.view.complete) return;
    this.looked = true;
    await this.sweep(recorded);
    await this.writeBeside();
    await this.after({ orphans: this.found, observed: this.observed, records: recorded.size });
  }

  /** An object of nobody's changed: what it stands for here is looked at again. Gives the resource that only observes it. */
  noticeBeside(key: Pick<ObjectKey, 'namespace' | 'name'>): string | undefined {
    this.besideChanged = true;
    return this.observed.get(keyText(key));
  }

  /** Between two whole looks, where something beside the record changed; and the first whole one, once the lists are there. */
  async runBeside(): Promise<void> {
    if (!this.view.complete) return;
    if (!this.looked) await this.run();
    else if (this.besideChanged) await this.writeBeside();
  }

  private async writeBeside(): Promise<void> {
    this.besideChanged = false;
    const objects = await this.records.resources.observedObjects(this.center.id);
    this.observed = new Map(objects.map((object) => [keyText(object), object.resourceId]));
    await this.records.unrecorded.replace(this.center.id, this.withoutRecord());
  }

  private async sweep(recorded: ReadonlySet<string>): Promise<void> {
    const suspects = [...this.view.owned()].filter(({ resourceId }) => !recorded.has(resourceId));
    const made = await this.madeMeanwhile(suspects);
    const orphans = suspects.filter(
      ({ key, resourceId }) =>
        !made.own.has(resourceId) &&
        !(key.kind === 'DataVolume' && made.kept.has(resourceId)) &&
        // A watch tells a moment later what the record says already: nobody is alarmed by the first look.
        !(made.left.has(resourceId) && !this.left.has(resourceId)),
    );
    this.left = made.left;
    this.found = orphans;
    for (const orphan of orphans) if (!this.known.has(nameOf(orphan))) this.tell(orphan);
    this.known = new Set(orphans.map(nameOf));
  }

  /** What runs in the cluster and stands in no book: of nobody's, or of a resource that the database does not have. */
  private withoutRecord(): SeenMachine[] {
    const orphans = new Map(
      this.found.filter(({ key }) => key.kind === 'VirtualMachine').map((each) => [keyText(each.key), each.resourceId]),
    );
    return [...this.view.machinesSeen()]
      .filter(({ key, machine }) =>
        machine.owner === undefined
          ? !this.observed.has(keyText(key)) && !isOfDrills(key.namespace)
          : orphans.has(keyText(key)),
      )
      .map(({ key, machine, power }) => ({
        namespace: key.namespace ?? '',
        name: key.name,
        uid: machine.uid,
        vcpu: machine.vcpu,
        memoryMib: machine.memoryMib,
        power,
        claimedResourceId: machine.owner ?? null,
      }));
  }

  /** Resources that were not there yet when the list was read, and those whose disk outlives them. */
  private async madeMeanwhile(suspects: readonly Orphan[]) {
    const found = await this.records.resources.desiredOf([...new Set(suspects.map(({ resourceId }) => resourceId))]);
    const here = found.filter(({ centerId }) => centerId === this.center.id);
    // Whatever stands there of a released one: whether a late write made it is looked at once more.
    for (const { resourceId, state } of here) if (state === 'RELEASED') this.queue.add(resourceId, 'LATER');
    // The same of one that was placed elsewhere since.
    const elsewhere = found.filter(({ centerId, placementEpoch }) => centerId !== this.center.id && placementEpoch > 1);
    for (const { resourceId } of elsewhere) this.queue.add(resourceId, 'LATER');
    const own = here.filter(({ state }) => state !== 'RELEASED');
    const kept = here.filter(({ keepDiskDays }) => keepDiskDays !== null);
    const idsOf = (some: typeof here): ReadonlySet<string> => new Set(some.map(({ resourceId }) => resourceId));
    return { own: idsOf(own), kept: idsOf(kept), left: idsOf(elsewhere) };
  }
}

function nameOf({ key }: Orphan): string {
  return `${key.kind} ${keyText(key)}`;
}
