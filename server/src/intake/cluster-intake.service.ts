import { Inject, Injectable } from '@nestjs/common';
import type { StorageTier } from '../allocation/domain/capacity.js';
import { Acts } from '../audit/acts.service.js';
import { DISK_GIB_MAX } from '../catalog/domain/catalog.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import { calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { InputPath, Refusal } from '../kernel/refusal.js';
import { ok, refuse } from '../kernel/result.js';
import type { Viewer } from '../kernel/viewer.js';
import { ResourcesService } from '../resources/resources.service.js';
import { UnrecordedMachinesService } from '../resources/unrecorded-machines.service.js';
import { SystemsService } from '../systems/systems.service.js';
import {
  type IntakeItemDraft,
  ITEMS_MAX,
  itemKey,
  type MachineContent,
  NAME_LENGTH_MAX,
  objectKey,
  PLATFORM_LENGTH_MAX,
  STARTED_EARLIEST,
} from './domain/intake-item.js';
import { type Answer, IntakeService } from './intake.service.js';
import { objectsOf } from './machine-intake.service.js';

/** What a person says of a machine that a cluster shows; the rest is read off the machine. */
export interface ClusterMachineWish {
  readonly machineId: string | undefined;
  readonly systemId: string | undefined;
  readonly poolId: string | undefined;
  readonly diskGib: number;
  readonly storageTier: StorageTier;
  readonly startedOn: string;
  readonly sourcePlatform: string;
}

type Read = { readonly draft: IntakeItemDraft } | { readonly refusals: Refusal[] };

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** From what a cluster has beside the record to a batch that waits for approval. */
@Injectable()
export class ClusterIntake {
  constructor(
    private readonly intake: IntakeService,
    private readonly unrecorded: UnrecordedMachinesService,
    private readonly resources: ResourcesService,
    private readonly systems: SystemsService,
    private readonly facilities: FacilitiesService,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async prepare(viewer: Viewer, wishes: readonly ClusterMachineWish[], idempotencyKey: string): Answer {
    const read = await this.read(wishes);
    return this.acts.perform({ name: 'intake.prepare', actor: viewer, idempotencyKey, input: wishes }, async (tx) => {
      if (wishes.length === 0 || wishes.length > ITEMS_MAX)
        return refuse([
          wrong(['items'], 'range', say(`须选择 1 至 ${ITEMS_MAX} 台`, `Choose 1 to ${ITEMS_MAX} machines`)),
        ]);
      const drafts = read.flatMap((one) => ('draft' in one ? [one.draft] : []));
      const refusals = read.flatMap((one) => ('refusals' in one ? one.refusals : []));
      if (refusals.length > 0) return refuse(refusals);
      const objects = await this.resources.objectsAmong(objectsOf(drafts.map(contentOf)), tx);
      const recorded = drafts.flatMap((draft, at) => {
        const code = objects.get(objectKey(contentOf(draft)) ?? '');
        return code === undefined ? [] : [recordedAt(at, draft, code)];
      });
      if (recorded.length > 0) return refuse(recorded);
      const submitted = await this.intake.submit(tx, viewer, 'CLUSTER', drafts);
      if (!submitted.ok) return refuse(submitted.error.map((at) => spokenOfAt(at, drafts[at] as IntakeItemDraft)));
      const batch = submitted.value;
      return ok({
        value: { id: batch.id },
        audit: {
          objectType: 'IntakeBatch',
          objectId: batch.id,
          departmentId: null,
          summary: say(
            `从集群选取 ${drafts.length} 台编制纳管批次 ${batch.code}`,
            `Prepared intake ${batch.code} of ${drafts.length} machines seen in clusters`,
          ),
          after: { items: drafts.map((draft) => itemKey(draft)) },
        },
      });
    });
  }

  private async read(wishes: readonly ClusterMachineWish[]): Promise<Read[]> {
    const ids = (key: 'machineId' | 'systemId' | 'poolId') => wishes.map((wish) => wish[key] ?? '');
    const [machines, systems, pools] = await Promise.all([
      this.unrecorded.machines(ids('machineId')),
      this.systems.systems(ids('systemId')),
      this.facilities.pools(ids('poolId')),
    ]);
    return wishes.map((wish, at): Read => {
      const path = (field: string): InputPath => ['items', String(at), field];
      const [machine, system, pool] = [machines[at], systems[at], pools[at]];
      const refusals: Refusal[] = [];
      if (!machine)
        refusals.push(
          unknownAt(path('machineId'), say('集群中已找不到这台虚拟机', 'The cluster has no such machine any more')),
        );
      if (!system) refusals.push(unknownAt(path('systemId'), say('找不到这个系统', 'There is no such system')));
      if (!pool || (machine && pool.centerId !== machine.centerId))
        refusals.push(
          unknownAt(path('poolId'), say('资源池须属于同一数据中心', 'The pool must be of the same center')),
        );
      const { vcpu = null, memoryMib = null } = machine ?? {};
      if (machine && (vcpu === null || memoryMib === null))
        refusals.push(
          wrong(
            path('machineId'),
            'size',
            say('集群未说明其规格，请用文件纳管', 'The cluster does not say its size; take it in by a file'),
          ),
        );
      if (!Number.isInteger(wish.diskGib) || wish.diskGib < 1 || wish.diskGib > DISK_GIB_MAX)
        refusals.push(
          wrong(
            path('diskGib'),
            'range',
            say(`磁盘为 1 至 ${DISK_GIB_MAX} GiB`, `The disk is 1 to ${DISK_GIB_MAX} GiB`),
          ),
        );
      if (
        !DAY.test(wish.startedOn) ||
        wish.startedOn > calendarDate(this.clock.now()) ||
        wish.startedOn < STARTED_EARLIEST
      )
        refusals.push(
          wrong(
            path('startedOn'),
            'date',
            say(`须在 ${STARTED_EARLIEST} 与今天之间`, `It lies between ${STARTED_EARLIEST} and today`),
          ),
        );
      const sourcePlatform = wish.sourcePlatform.trim();
      if (sourcePlatform === '' || sourcePlatform.length > PLATFORM_LENGTH_MAX)
        refusals.push(
          wrong(
            path('sourcePlatform'),
            'length',
            say(
              `请填写原平台，最多 ${PLATFORM_LENGTH_MAX} 字`,
              `Name the platform in at most ${PLATFORM_LENGTH_MAX} characters`,
            ),
          ),
        );
      if (refusals.length > 0 || !machine || !system || !pool?.centerId || vcpu === null || memoryMib === null)
        return { refusals };
      const { storageTier, diskGib, startedOn } = wish;
      const { namespace, name } = machine;
      const draft: IntakeItemDraft = {
        name: name.slice(0, NAME_LENGTH_MAX),
        systemId: system.id,
        departmentId: system.departmentId,
        sourcePlatform,
        startedOn,
        content: {
          kind: 'MACHINE',
          centerId: pool.centerId,
          poolId: pool.id,
          architecture: pool.architecture,
          zone: pool.zone,
          vcpu,
          memoryMib,
          diskGib,
          storageTier,
          object: { namespace, name },
          addresses: [],
        },
      };
      return { draft };
    });
  }
}

function contentOf(draft: IntakeItemDraft): MachineContent {
  return draft.content as MachineContent;
}

function spokenOfAt(at: number, { name }: IntakeItemDraft): Refusal {
  const message = say(`${name} 已在另一批纳管中`, `${name} is in another intake already`);
  return wrong(['items', String(at), 'machineId'], 'twice', message);
}

function recordedAt(at: number, { name }: IntakeItemDraft, code: string): Refusal {
  return wrong(
    ['items', String(at), 'machineId'],
    'taken',
    say(`${name} 已是资源 ${code}`, `${name} is resource ${code} already`),
  );
}

function wrong(path: InputPath, rule: string, message: Bilingual): Refusal {
  return { code: 'INVALID_INPUT', path, rule, message };
}

function unknownAt(path: InputPath, message: Bilingual): Refusal {
  return { code: 'UNKNOWN_REFERENCE', path, message };
}
