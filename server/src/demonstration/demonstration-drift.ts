import { Injectable } from '@nestjs/common';
import type { DriftRow } from '../drift/drift.types.js';
import { DriftActs } from '../drift/drift-acts.service.js';
import { Drifts } from '../drift/drifts.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { WHOLE_PROVINCE } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { at } from '../provisioning/domain/cluster-object.js';
import { ResourcesService } from '../resources/resources.service.js';
import type { ResourceRow } from '../resources/resources.types.js';
import { done, type People } from './journey-people.js';
import { TOUR_DEPARTMENT } from './made-up-people.js';
import type { Strangers } from './strangers.js';

/** Enough to find machines of several departments, and one of the tour's, that nothing else was done to this morning. */
const LOOKED_AT = 100;
const ACCEPTED_DAYS = 14;

interface Edit {
  /** As clusters name who wrote a field. */
  readonly manager: string;
  readonly part: (machine: ResourceRow) => object;
  readonly ofTour?: true;
  /** What the engineer decides of it; left out = the rules put it back, or it waits. */
  readonly decided?: { readonly act: 'ACCEPT' | 'PUT_BACK'; readonly reason: string };
}

const template = (spec: object) => ({ spec: { template: { spec } } });

const EDITS: readonly Edit[] = [
  {
    manager: 'kubectl-edit',
    ofTour: true,
    part: ({ memoryMib }) => template({ domain: { memory: { guest: `${memoryMib * 2}Mi` } } }),
  },
  {
    manager: 'virtctl',
    part: () => ({ spec: { runStrategy: 'Halted' } }),
    decided: { act: 'PUT_BACK', reason: '巡检时误停，业务单位要求恢复运行' },
  },
  {
    manager: 'kubectl-patch',
    part: () => template({ evictionStrategy: 'None' }),
    decided: { act: 'ACCEPT', reason: '存储割接期间暂不迁移，割接后恢复' },
  },
  // Its mark: put back at once, by rule.
  { manager: 'helm', part: () => ({ metadata: { annotations: { 'jiyun.internal/system': 'unknown' } } }) },
  { manager: 'kubectl-edit', part: () => template({ terminationGracePeriodSeconds: 600 }) },
];

/** What somebody with kubectl changed of machines this morning, and what the center's engineer has decided of it. */
@Injectable()
export class DemonstrationDrift {
  constructor(
    private readonly facilities: FacilitiesService,
    private readonly resources: ResourcesService,
    private readonly drifts: Drifts,
    private readonly acts: DriftActs,
  ) {}

  /** Where there is no past there is nothing to change. */
  async run(people: People, strangers: Strangers): Promise<void> {
    const centers = new Map((await this.facilities.centers()).map(({ id, code }) => [id, code]));
    const machines = await this.untouched();
    for (const edit of EDITS) {
      const index = machines.findIndex(
        ({ departmentCode }) => (departmentCode === TOUR_DEPARTMENT) === (edit.ofTour === true),
      );
      const [machine] = index < 0 ? [] : machines.splice(index, 1);
      if (machine) await this.one(people, strangers, centers.get(machine.centerId ?? '') ?? '', machine, edit);
    }
  }

  private async one(
    { workers: { facility } }: People,
    strangers: Strangers,
    centerCode: string,
    machine: ResourceRow,
    { decided, manager, part }: Edit,
  ): Promise<void> {
    const key = { kind: 'VirtualMachine', namespace: machine.objectNamespace, name: machine.objectName } as const;
    // Drift is looked for once a machine has come to rest.
    await strangers.awaited(`${machine.code} runs`, async () => {
      const object = await strangers.get(centerCode, key);
      return at(object, 'status', 'printableStatus') === 'Running' ? object : undefined;
    });
    await strangers.edit(centerCode, manager, key, part(machine));
    const drift = await strangers.awaited(`drift of ${machine.code}`, () => this.driftOf(machine.id));
    if (!decided) return;
    const { act, reason } = decided;
    const wish = { driftId: drift.id, expectedVersion: drift.version, reason, idempotencyKey: newId() };
    await done(
      act === 'ACCEPT'
        ? this.acts.accept(facility, WHOLE_PROVINCE, { ...wish, days: ACCEPTED_DAYS })
        : this.acts.putBack(facility, WHOLE_PROVINCE, wish),
    );
  }

  private async driftOf(resourceId: string): Promise<DriftRow | undefined> {
    const filter = { states: [], classes: [], centerId: null, resourceId, search: null };
    return (await this.drifts.page(WHOLE_PROVINCE, filter, { first: 1, after: null })).rows[0];
  }

  /** The oldest first: the newest are changed, operated and reclaimed by the other journeys of the morning. */
  private async untouched(): Promise<ResourceRow[]> {
    const page = { first: LOOKED_AT, after: null };
    const { rows } = await this.resources.page(WHOLE_PROVINCE, { states: ['IN_USE'] }, 'NAME', page);
    const ofDepartments = new Map(rows.map((row) => [row.departmentCode, 0]));
    return rows.filter(({ departmentCode, management, openChangeCode, standby }) => {
      if (management !== 'DRIVEN' || standby || openChangeCode !== null) return false;
      const before = ofDepartments.get(departmentCode) ?? 0;
      ofDepartments.set(departmentCode, before + 1);
      // One a department, so that a list shows whose they are.
      return before === 0;
    });
  }
}
