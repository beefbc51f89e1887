import type { MachineSize } from '../../allocation/domain/capacity.js';
import type { PastClaim } from '../../allocation/domain/claim.js';
import { namespaceOf } from '../../departments/domain/department.js';
import { type Bilingual, say } from '../../kernel/bilingual.js';
import { accountingYear } from '../../kernel/calendar.js';
import { memoryWords } from '../../kernel/quantity.js';
import { nextState } from '../../kernel/state-machine.js';
import { macAddressOf, objectNameOf } from '../../resources/domain/identity-of-machine.js';
import { type ResourceMove, type ResourceState, resourceTable } from '../../resources/domain/resource-state.js';
import type { PastResource, PastResourceEvent } from '../../resources/resources.types.js';
import type { Seeded } from '../seeded.js';
import { minutesLater } from './past-calendar.js';
import type { PastLine } from './past-lines.js';
import type { PastPools } from './past-pools.js';

type Writable<T> = { -readonly [K in keyof T]: T[K] };
export type LivingClaim = Writable<PastClaim>;
type LivingResource = Writable<PastResource>;

/** The request that a machine belongs to, as far as the machine carries it. */
export interface MachineOwner {
  readonly id: string;
  readonly code: string;
  readonly departmentId: string;
  readonly departmentCode: string;
  readonly systemId: string;
  readonly systemCode: string;
  readonly projectId: string;
}

/** Machines double by step, as offers do. */
const GROWTH_FACTOR = 2;
const CONSOLE_NAME = '集云';
const CLUSTER_NAME = 'Kubernetes';

/** Machines of the past and their lifecycle records. */
export class PastMachines {
  readonly resources: LivingResource[] = [];
  readonly events: PastResourceEvent[] = [];
  private readonly numbers = new Map<number, number>();
  private readonly macAddresses = new Set<string>();

  constructor(
    private readonly seeded: Seeded,
    private readonly pools: PastPools,
  ) {}

  get codes(): { prefix: string; year: number; count: number }[] {
    return [...this.numbers].map(([year, count]) => ({ prefix: 'VM', year, count }));
  }

  /** Approved: the record is made, and the cluster is driven toward it. */
  make(at: Date, owner: MachineOwner, line: PastLine, claim: LivingClaim, number: number, actorName: string) {
    const id = this.idWithFreshAddress(at);
    const code = this.nextCode(at);
    const resource: LivingResource = {
      id,
      code,
      kind: 'VM',
      name: `${line.row.name}-${number}`,
      sourcePlatform: null,
      objectNamespace: namespaceOf(owner.departmentCode),
      objectName: objectNameOf(line.row.name, number, code),
      management: 'DRIVEN',
      origin: 'REQUEST',
      presence: 'UNKNOWN',
      actualVcpu: null,
      actualMemoryMib: null,
      departmentId: owner.departmentId,
      departmentCode: owner.departmentCode,
      systemId: owner.systemId,
      systemCode: owner.systemCode,
      projectId: owner.projectId,
      requestId: owner.id,
      requestCode: owner.code,
      lineId: line.row.id,
      offerId: line.offer.id,
      imageId: line.image.id,
      centerId: line.row.centerId,
      poolId: claim.poolId,
      claimId: claim.claimId,
      architecture: line.offer.architecture,
      zone: line.demand.zone,
      accelerators: null,
      vcpu: claim.vcpu,
      memoryMib: claim.memoryMib,
      diskGib: claim.diskGib,
      storageTier: claim.storageTier,
      imageSource: line.image.source,
      standby: false,
      monthlyFen: (line.row.monthlyFen ?? 0n) / BigInt(line.row.itemCount),
      firmwareUuid: this.seeded.idAt(at.getTime()),
      macAddress: macAddressOf(id),
      state: 'PROVISIONING',
      power: 'UNKNOWN',
      generation: 1,
      observedGeneration: 1,
      placementEpoch: 1,
      version: 1,
      nodeName: null,
      addresses: [],
      conditions: [],
      statusText: say('已批准，等待开通', 'Approved, waiting to be provisioned'),
      progressPercent: 0,
      observedAt: null,
      createdAt: at,
      deliveredAt: null,
      releasedAt: null,
    };
    this.resources.push(resource);
    this.say(resource, at, 'ALLOCATED', sizeText('资源已分配', 'Allocated', claim), actorName, sizeOf(claim));
    return resource;
  }

  deliver(at: Date, resource: LivingResource): void {
    const text = say('运行中', 'Running');
    this.move(resource, 'RUNNING_OBSERVED');
    Object.assign(resource, {
      deliveredAt: at,
      observedAt: at,
      power: 'RUNNING',
      progressPercent: null,
      statusText: text,
    });
    this.say(resource, at, 'IN_USE', text, CLUSTER_NAME);
  }

  /** Whether it runs, and its pool has the room for twice of it. */
  mayGrow(resource: LivingResource, claim: LivingClaim): boolean {
    return resource.state === 'IN_USE' && this.pools.mayGrow(claim.poolId, claim, grownOf(claim));
  }

  /** Doubled where it stands. The price agreed at submit stays the price of what was asked then. */
  grow(at: Date, resource: LivingResource, claim: LivingClaim): void {
    const to = grownOf(claim);
    this.pools.giveBack(claim.poolId, claim);
    this.pools.take(claim.poolId, to);
    Object.assign(claim, to);
    Object.assign(resource, to, {
      generation: resource.generation + 1,
      observedGeneration: resource.generation + 1,
      version: resource.version + 1,
      monthlyFen: resource.monthlyFen * BigInt(GROWTH_FACTOR),
    });
    this.say(resource, at, 'RESIZED', sizeText('规格已调整', 'Resized', to), CONSOLE_NAME, to);
  }

  release(at: Date, resource: LivingResource, claim: LivingClaim, reason: string, actorName: string): boolean {
    if (resource.state !== 'IN_USE') return false;
    // Out of the bin at once: what people gave back years ago nobody asked for again.
    this.move(resource, 'BIN');
    this.move(resource, 'RELEASE');
    resource.generation += 1;
    this.say(resource, at, 'RELEASE', say(`申请释放：${reason}`, `Release asked: ${reason}`), actorName);
    const gone = minutesLater(at, 2 + this.seeded.below(5));
    const text = say('已释放', 'Released');
    this.move(resource, 'GONE_OBSERVED');
    Object.assign(resource, {
      releasedAt: gone,
      observedAt: gone,
      observedGeneration: resource.generation,
      power: 'UNKNOWN',
      statusText: text,
    });
    this.say(resource, gone, 'RELEASED', text, CLUSTER_NAME);
    this.pools.giveBack(claim.poolId, claim);
    Object.assign(claim, { state: 'RELEASED', releasedAt: gone });
    return true;
  }

  private move(resource: LivingResource, move: ResourceMove): void {
    const to: ResourceState | undefined = nextState(resourceTable, resource.state, move);
    if (to === undefined) throw new Error(`the past moves ${resource.code} from ${resource.state} by ${move}`);
    resource.state = to;
    resource.version += 1;
  }

  private say(
    resource: LivingResource,
    at: Date,
    kind: string,
    text: Bilingual,
    actorName: string,
    size: MachineSize | null = null,
  ): void {
    this.events.push({ id: this.seeded.idAt(at.getTime()), resourceId: resource.id, at, kind, text, actorName, size });
  }

  private nextCode(at: Date): string {
    const year = accountingYear(at);
    const number = (this.numbers.get(year) ?? 0) + 1;
    this.numbers.set(year, number);
    return codeOf('VM', year, number);
  }

  /** Addresses come out of ids, and the database takes none twice. */
  private idWithFreshAddress(at: Date): string {
    for (;;) {
      const id = this.seeded.idAt(at.getTime());
      const address = macAddressOf(id);
      if (this.macAddresses.has(address)) continue;
      this.macAddresses.add(address);
      return id;
    }
  }
}

function grownOf(claim: LivingClaim): MachineSize {
  const { memoryMib, vcpu } = claim;
  return { ...sizeOf(claim), vcpu: vcpu * GROWTH_FACTOR, memoryMib: memoryMib * GROWTH_FACTOR };
}

function sizeOf({ vcpu, memoryMib, diskGib, storageTier }: MachineSize): MachineSize {
  return { vcpu, memoryMib, diskGib, storageTier };
}

function sizeText(zh: string, en: string, size: MachineSize): Bilingual {
  const { vcpu, memoryMib, diskGib } = size;
  return say(
    `${zh}：${vcpu} 核 ${memoryWords(memoryMib)}，磁盘 ${diskGib} GiB`,
    `${en}: ${vcpu} vCPU ${memoryWords(memoryMib)}, disk ${diskGib} GiB`,
  );
}

const CODE_DIGITS = 6;

export function codeOf(prefix: string, year: number, number: number): string {
  return `${prefix}-${year}-${String(number).padStart(CODE_DIGITS, '0')}`;
}
