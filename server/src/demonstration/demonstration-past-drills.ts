import { Inject, Injectable } from '@nestjs/common';
import { DepartmentsService } from '../departments/departments.service.js';
import { DrillGrounds } from '../drills/drill-grounds.service.js';
import { PastDrills } from '../drills/past-drills.service.js';
import { UserNames } from '../identity/user-names.service.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { type Viewer, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { type GroupPicture, GroupViews } from '../resilience/group-views.service.js';
import { loaderActor } from './demonstration-loader.js';
import { made } from './journey-people.js';
import { type DrilledGroup, type MadeUpDrill, madeUpDrills } from './made-up-drills.js';

const DAY_MS = 86_400_000;
/** Nine in the morning in Shanghai. */
const BEGINS_HOUR_UTC = 1;

interface Named {
  readonly userId: string;
  readonly name: string;
}

/** 以往的演练: what the province has rehearsed before the console was there, judged and reported as it would be today. */
@Injectable()
export class DemonstrationPastDrills {
  constructor(
    private readonly past: PastDrills,
    private readonly grounds: DrillGrounds,
    private readonly groups: GroupViews,
    private readonly departments: DepartmentsService,
    private readonly users: UserNames,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(people: { readonly authority: Viewer; readonly duty: Viewer; readonly recovery: Viewer }): Promise<void> {
    const rows = await this.groups.all(WHOLE_PROVINCE);
    const pictures = (await this.groups.pictures(rows.map(({ id }) => id))).flatMap((group) => group ?? []);
    const inOrder = pictures.toSorted((a, b) => (a.row.name < b.row.name ? -1 : 1));
    const groups: DrilledGroup[] = [];
    for (const group of inOrder) groups.push(await this.drilled(group));
    const departmentOf = new Map(rows.map(({ departmentId, id }) => [id, departmentId]));
    for (const drill of madeUpDrills(groups)) {
      const head = await this.headOf(departmentOf.get(drill.groupId) ?? '');
      await made(this.past.takeOver(loaderActor(), this.asTold(drill, { ...people, head: head ?? people.authority })));
    }
  }

  private async drilled(group: GroupPicture): Promise<DrilledGroup> {
    // Where its machines stand, as far as they are made: the center that it would be brought back in, if there is one.
    const there = [...new Set(group.facts.tiers.flatMap(({ members }) => members.map(({ centerId }) => centerId)))];
    const counted = await Promise.all(
      there.map(async (id) => ({ id, machines: (await this.grounds.machinesIn(group, id)).length })),
    );
    const place = counted.filter(({ machines }) => machines > 0).toSorted((a, b) => a.machines - b.machines)[0];
    return {
      ...{ id: group.row.id, isDual: group.row.localMode === 'DUAL_ACTIVE', centerId: place?.id ?? null },
      hasData: group.facts.tiers.some(({ dataKind }) => dataKind !== 'STATELESS'),
    };
  }

  private asTold(
    drill: MadeUpDrill,
    of: { readonly authority: Named; readonly duty: Named; readonly recovery: Named; readonly head: Named },
  ): Parameters<PastDrills['takeOver']>[1] {
    const { daysAgo, took, rectified, ...told } = drill;
    const begunAt = new Date(this.clock.now().getTime() - daysAgo * DAY_MS);
    begunAt.setUTCHours(BEGINS_HOUR_UTC, (daysAgo * 7) % 50, 0, 0);
    const by = drill.kind === 'TABLETOP' ? talkedBy(of) : triedBy(of);
    return {
      ...{ ...told, begunAt, plannedBy: of.recovery, approvedBy: of.authority },
      entries: took.map((seconds, at) => ({ seconds, by: by[at] ?? null })),
      rectified: rectified && { ...rectified, by: of.recovery.name },
    };
  }

  private async headOf(departmentId: string): Promise<Named | null> {
    const [department] = await this.departments.departments([departmentId]);
    const head = department ? await this.users.activeByName(`head.${department.code}`) : null;
    return head && { userId: head.id, name: head.displayName };
  }
}

type Takers = { readonly authority: Named; readonly duty: Named; readonly recovery: Named; readonly head: Named };

/** Acknowledged, declared, decided; then read at the cluster; checked and verified by whose it is. */
const triedBy = ({ authority, duty, head, recovery }: Takers) => [
  ...[duty, recovery, authority, null, null, null, null, null],
  ...[recovery, head],
];
const talkedBy = ({ authority, duty, head, recovery }: Takers) => [duty, recovery, authority, head];
