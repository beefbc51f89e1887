import { Inject, Injectable } from '@nestjs/common';
import { DrillViews } from '../drills/drill-views.service.js';
import type { DrillRow } from '../drills/drills.types.js';
import { FrozenDrills } from '../drills/frozen-drills.service.js';
import { ExecutionViews, SWITCH_HOURS } from '../executions/execution-views.service.js';
import type { ExecutionRow } from '../executions/executions.types.js';
import { changeOfExecution } from '../executions/frozen-executions.service.js';
import { type Change, RELEASE_HOURS_MAX } from '../freezes/domain/freeze.js';
import { FreezeGate } from '../freezes/freeze-gate.service.js';
import { Freezes } from '../freezes/freezes.service.js';
import type { FreezeRow } from '../freezes/freezes.types.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { toNodeId } from '../kernel/node-id.js';
import { ResourcesService } from '../resources/resources.service.js';
import { ServersService } from '../servers/servers.service.js';
import { type Conflict, conflictsOf, type Planned } from './domain/change-calendar.js';
import { isOver } from './domain/ticket-state.js';
import { titleOf } from './domain/ticket-words.js';
import { subjectsOfChange } from './ticket-moves.service.js';
import { TicketsRepository } from './tickets.repository.js';
import type { LinkRow, TicketRow } from './tickets.types.js';

/** Of each kind; more in one look is no calendar that anybody reads. */
const PLANNED_MAX = 500;
const HOUR_MS = 3_600_000;

/** What is planned, as people know it. */
export interface PlannedItem extends Planned {
  readonly nodeId: string;
  readonly code: string;
  readonly title: Bilingual;
  readonly state: string | null;
}

export interface PlannedWith extends PlannedItem {
  readonly conflicts: readonly Conflict<PlannedItem>[];
}

/** 变更日历: what is to be changed, drilled or frozen when, and which of it stands in another's way. */
@Injectable()
export class ChangeCalendar {
  constructor(
    private readonly tickets: TicketsRepository,
    private readonly freezes: Freezes,
    private readonly gate: FreezeGate,
    private readonly drills: DrillViews,
    private readonly frozenDrills: FrozenDrills,
    private readonly switches: ExecutionViews,
    private readonly resources: ResourcesService,
    private readonly servers: ServersService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Whatever overlaps the time; in the order in which it begins. */
  async between(
    fromAt: Date,
    toAt: Date,
  ): Promise<{ readonly planned: readonly PlannedWith[]; readonly isCut: boolean }> {
    const [changes, freezes, drills, switches] = await Promise.all([
      this.tickets.changesBetween(fromAt, toAt, this.clock.now(), PLANNED_MAX + 1),
      this.freezes.between(fromAt, toAt, PLANNED_MAX + 1),
      this.drills.between(fromAt, toAt, PLANNED_MAX + 1),
      this.switches.between(fromAt, toAt, PLANNED_MAX + 1),
    ]);
    const named = [
      ...freezes.slice(0, PLANNED_MAX).map(namedFreeze),
      ...(await this.namedChanges(changes.slice(0, PLANNED_MAX))),
      ...(await this.namedDrills(drills.slice(0, PLANNED_MAX))),
      ...(await this.namedSwitches(switches.slice(0, PLANNED_MAX))),
    ].toSorted((a, b) => a.fromAt.getTime() - b.fromAt.getTime() || a.code.localeCompare(b.code));
    const conflicts = conflictsOf(named);
    return {
      planned: named.map((one) => ({ ...one, conflicts: conflicts.get(one.id) ?? [] })),
      isCut: [changes, freezes, drills, switches].some(({ length }) => length > PLANNED_MAX),
    };
  }

  /** What stands in the way of each change of a list; batch for loaders. Neighbours in time are looked at together. */
  readonly conflictsOf = async (rows: readonly TicketRow[]): Promise<(readonly Conflict<PlannedItem>[])[]> => {
    const found = new Map<string, readonly Conflict<PlannedItem>[]>();
    for (const look of looksAt(rows)) {
      const { isCut, planned } = await this.between(look.fromAt, look.toAt);
      // Of a look that did not see everything nobody may conclude that nothing stands in the way.
      const own = isCut && look.ids.size > 1 ? rows.filter(({ id }) => look.ids.has(id)) : [];
      for (const { conflicts, id } of planned) if (look.ids.has(id)) found.set(id, conflicts);
      for (const { fromAt, ids, toAt } of own.flatMap((row) => looksAt([row])))
        for (const { conflicts, id } of (await this.between(fromAt, toAt)).planned)
          if (ids.has(id)) found.set(id, conflicts);
    }
    return rows.map(({ id }) => found.get(id) ?? []);
  };

  private async namedChanges(rows: readonly TicketRow[]): Promise<PlannedItem[]> {
    const links = Map.groupBy(await this.tickets.links(rows.map(({ id }) => id)), ({ ticketId }) => ticketId);
    const idsOf = (type: LinkRow['subjectType']) =>
      [...links.values()].flat().flatMap((link) => (link.subjectType === type ? link.subjectId : []));
    const [machines, servers] = await Promise.all([
      this.resources.rows(idsOf('Resource')),
      this.servers.servers(idsOf('Server')),
    ]);
    const things = new Map([...machines, ...servers].flatMap((one) => (one ? [[one.id, one] as const] : [])));
    const now = this.clock.now();
    const found = rows.map((row) => {
      const own = links.get(row.id) ?? [];
      const stands = own.flatMap(({ subjectId }) => things.get(subjectId) ?? []);
      const systems = own.flatMap((link) => (link.subjectType === 'System' ? link.subjectId : []));
      const change: Change = {
        centerIds: row.centerId === null ? null : idsIn([row.centerId, ...stands.map(({ centerId }) => centerId)]),
        subjects: subjectsOfChange(row, own),
      };
      return { row, change, things: stands.map(({ id }) => id), systems: idsIn([...systems, ...stands.map(systemOf)]) };
    });
    const through = await this.letThrough(found.map(({ change, row }) => ({ change, fromAt: row.plannedFrom ?? now })));
    return found.map(({ change, row, systems, things: own }, at) => ({
      ...{ kind: 'CHANGE' as const, id: row.id, nodeId: toNodeId('DutyTicket', row.id), code: row.code },
      ...{ title: titleOf(row), state: row.state, centerIds: change.centerIds, systemIds: systems, thingIds: own },
      // An emergency has no window but the time that it takes.
      fromAt: row.plannedFrom ?? row.implementedAt ?? row.openedAt,
      toAt: row.plannedTo ?? row.closedAt ?? now,
      isQuiet: isOver(row.state),
      passesFreezes: row.changeKind === 'EMERGENCY' || through[at] === true,
    }));
  }

  private async namedDrills(rows: readonly DrillRow[]): Promise<PlannedItem[]> {
    const changes = await this.frozenDrills.changesOf(rows);
    const through = await this.letThrough(
      rows.map(({ plannedAt }, at) => ({ change: changes[at] ?? { centerIds: [], subjects: [] }, fromAt: plannedAt })),
    );
    return rows.map((row, at) => {
      const change = changes[at] ?? null;
      return {
        ...{ kind: 'DRILL' as const, id: row.id, nodeId: toNodeId('DrDrill', row.id), code: row.code },
        ...{ title: say(row.groupName, row.groupName), state: row.state, thingIds: [] },
        ...{ centerIds: change?.centerIds ?? [], systemIds: change === null ? [] : [row.systemId] },
        ...{
          fromAt: row.plannedAt,
          toAt: row.closedAt ?? new Date(row.plannedAt.getTime() + row.cleanupHours * HOUR_MS),
        },
        isQuiet: change === null || row.state === 'CLOSED',
        passesFreezes: through[at] === true,
      };
    });
  }

  private async namedSwitches(rows: readonly ExecutionRow[]): Promise<PlannedItem[]> {
    const now = this.clock.now();
    const changes = rows.map(changeOfExecution);
    const fromOf = ({ createdAt, plannedAt }: ExecutionRow) => plannedAt ?? createdAt;
    const through = await this.letThrough(
      rows.map((row, at) => ({ change: changes[at] as Change, fromAt: fromOf(row) })),
    );
    return rows.map((row, at) => {
      const fromAt = fromOf(row);
      const reckoned = fromAt.getTime() + SWITCH_HOURS * HOUR_MS;
      // What has begun is brought to its end, whatever freeze comes: it stands in others' way as long as it runs.
      const begun = row.state !== 'APPROVED';
      return {
        ...{ kind: 'SWITCH' as const, id: row.id, nodeId: toNodeId('DrExecution', row.id), code: row.code },
        ...{ title: say(row.groupName, row.groupName), state: row.state, thingIds: [], systemIds: [row.systemId] },
        ...{ centerIds: changes[at]?.centerIds ?? null, fromAt },
        toAt: row.closedAt ?? new Date(begun ? Math.max(reckoned, now.getTime()) : reckoned),
        isQuiet: row.closedAt !== null,
        passesFreezes: begun || through[at] === true,
      };
    });
  }

  /** By a leader, now. No release lasts longer than a night: what begins after that nobody has let through, whatever freeze it meets. */
  private async letThrough(wishes: readonly { readonly change: Change; readonly fromAt: Date }[]): Promise<boolean[]> {
    const now = this.clock.now();
    const changes = wishes.map(({ change }) => change);
    const bare = changes.map((change) => ({ ...change, subjects: [] }));
    const [held, anyway] = await Promise.all([this.gate.foreseen(changes, now), this.gate.foreseen(bare, now)]);
    const until = now.getTime() + RELEASE_HOURS_MAX * HOUR_MS;
    return wishes.map(({ fromAt }, at) => held[at] === null && anyway[at] !== null && fromAt.getTime() <= until);
  }
}

interface Look {
  readonly fromAt: Date;
  readonly toAt: Date;
  readonly ids: ReadonlySet<string>;
}

/** A list of a page is of some weeks; what lies far apart is looked at apart, so that no look meets the bound of what one shows. */
const LOOK_MS_MAX = 31 * 86_400_000;

/** Of changes that are not over and have their window. */
function looksAt(rows: readonly TicketRow[]): Look[] {
  const windows = rows.flatMap(({ id, kind, plannedFrom, plannedTo, state }) =>
    kind !== 'CHANGE' || isOver(state) || plannedFrom === null || plannedTo === null
      ? []
      : { id, plannedFrom, plannedTo },
  );
  const looks: { fromAt: Date; toAt: Date; ids: Set<string> }[] = [];
  for (const { id, plannedFrom, plannedTo } of windows.toSorted(
    (a, b) => a.plannedFrom.getTime() - b.plannedFrom.getTime(),
  )) {
    const last = looks.at(-1);
    if (last && Math.max(last.toAt.getTime(), plannedTo.getTime()) - last.fromAt.getTime() <= LOOK_MS_MAX) {
      last.ids.add(id);
      if (plannedTo > last.toAt) last.toAt = plannedTo;
    } else looks.push({ fromAt: plannedFrom, toAt: plannedTo, ids: new Set([id]) });
  }
  return looks;
}

const idsIn = (ids: readonly (string | null)[]): string[] => [...new Set(ids)].flatMap((id) => id ?? []);
const systemOf = ({ systemId }: { readonly systemId: string | null }): string | null => systemId;

function namedFreeze({ centerIds, code, endedAt, fromAt, id, title, toAt }: FreezeRow): PlannedItem {
  return {
    ...{ kind: 'FREEZE', id, nodeId: toNodeId('ChangeFreeze', id), code, title: say(title, title), state: null },
    ...{ fromAt, toAt: endedAt ?? toAt, centerIds: centerIds.length === 0 ? null : centerIds, systemIds: [] },
    ...{ thingIds: [], isQuiet: false, passesFreezes: true },
  };
}
