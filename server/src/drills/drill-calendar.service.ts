import { Inject, Injectable } from '@nestjs/common';
import { calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { type TenantScope, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import { GroupViews } from '../resilience/group-views.service.js';
import { DUE_STATES, dueOf } from './domain/drill-calendar.js';
import { isOverdue } from './domain/drill-notices.js';
import { DRILL_KINDS } from './domain/drill-state.js';
import { DrillRules } from './drill-rules.service.js';
import { DrillsRepository } from './drills.repository.js';
import type { Calendar, CalendarEntry } from './drills.types.js';

/** 演练日历: which group is to be drilled next, and how, by the rule in force; what is past is said. */
@Injectable()
export class DrillCalendar {
  private toldOn = '';

  constructor(
    private readonly repository: DrillsRepository,
    private readonly rules: DrillRules,
    private readonly groups: GroupViews,
    private readonly notices: Notices,
    private readonly work: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The first due first. */
  async of(scope: TenantScope): Promise<Calendar> {
    const now = this.clock.now();
    const [rule, groups] = await Promise.all([this.rules.now(), this.groups.all(scope)]);
    const ids = groups.map(({ id }) => id);
    const [passed, planned] = await Promise.all([this.repository.passed(ids), this.repository.planned(ids)]);
    const entries = groups.flatMap((group) =>
      dueOf(group, passed.get(group.id) ?? [], rule, now).map((due): CalendarEntry => {
        const asHard = (kind: (typeof DRILL_KINDS)[number]) =>
          DRILL_KINDS.indexOf(kind) >= DRILL_KINDS.indexOf(due.kind);
        const next = planned.get(group.id)?.find(({ kind }) => asHard(kind)) ?? null;
        return { ...due, groupName: group.name, planned: next };
      }),
    );
    const counts = Object.fromEntries(
      DUE_STATES.map((state) => [state, entries.filter((entry) => entry.state === state).length]),
    ) as Calendar['counts'];
    return { rule, counts, entries: entries.toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime()) };
  }

  /** Once a day each process; each due day of each group is told once in all. */
  async tell(): Promise<void> {
    const today = calendarDate(this.clock.now());
    if (this.toldOn === today) return;
    const [{ entries }, groups] = await Promise.all([this.of(WHOLE_PROVINCE), this.groups.all(WHOLE_PROVINCE)]);
    const groupOf = new Map(groups.map((group) => [group.id, group]));
    const late = entries.filter(({ planned, state }) => state === 'OVERDUE' && planned === null);
    await this.work.run((tx) =>
      this.notices.tell(
        tx,
        ...late.flatMap(({ dueAt, groupId, kind }) => {
          const group = groupOf.get(groupId);
          return group ? isOverdue(group, kind, calendarDate(dueAt)) : [];
        }),
      ),
    );
    this.toldOn = today;
  }
}
