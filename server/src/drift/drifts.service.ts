import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { FreezeGate } from '../freezes/freeze-gate.service.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import { boundaryOpened, driftWaits } from './domain/drift-notices.js';
import { FIGHT_WINDOW_MS, type HandlingRules, handlingOf, PUT_BACK_MAX } from './domain/drift-policy.js';
import { endedAs, isAccepted } from './domain/drift-state.js';
import { classOf } from './domain/field-class.js';
import { opensBoundary } from './domain/opened-boundary.js';
import { DriftRepository } from './drift.repository.js';
import type { DriftFilter, DriftObject, DriftRow, SeenDrift } from './drift.types.js';
import { changeOfDrift } from './drift-acts.service.js';

/** What is longer says no more to a person; the object itself is beside it. */
const PATH_LENGTH_MAX = 300;
const MANAGER_LENGTH_MAX = 128;
/** What a person has closed, or let be until now, is closed by the console within some beats of its worker. */
const CLOSING_MS = 2 * 60_000;

/** 配置漂移: what somebody else wrote into the console's fields, from when it is first seen until it is gone. */
@Injectable()
export class Drifts {
  constructor(
    private readonly repository: DriftRepository,
    private readonly notices: Notices,
    private readonly freezes: FreezeGate,
  ) {}

  /**
   * Makes the rows of one object say what a look at it has found. Nothing is written twice for the same finding; what is
   * not found any more has ended. Gives those that stand.
   */
  async see(
    tx: Tx,
    object: DriftObject,
    seen: readonly SeenDrift[],
    { rules }: { readonly rules: HandlingRules },
  ): Promise<DriftRow[]> {
    const known = await this.repository.standingOf(object, tx);
    const left = new Map(known.map((row) => [row.path, row]));
    const standing: DriftRow[] = [];
    for (const each of seen) {
      // A field deeper than any of ours is no field of ours.
      if (each.path.length > PATH_LENGTH_MAX) continue;
      const row = left.get(each.path);
      left.delete(each.path);
      const now = row ? await this.again(tx, row, each, rules) : await this.first(tx, object, each, rules);
      if (now) standing.push(now);
    }
    for (const row of left.values()) await this.end(tx, row);
    // Whoever looks at the resource sees it at once.
    const written = left.size > 0 || standing.some((row) => !known.includes(row));
    if (object.resourceId !== null && written) tx.changed('resource', object.resourceId);
    return standing;
  }

  /** Those that stand, of resources. */
  standingOfResources(resourceIds: readonly string[]): Promise<DriftRow[]> {
    return this.repository.standingOfResources(resourceIds);
  }

  /** Those that stand, of objects of one kind in one center: such as belong to no resource. */
  standingOfKind(centerId: string, objectKind: string): Promise<DriftRow[]> {
    return this.repository.standingOfKind(centerId, objectKind);
  }

  page(scope: TenantScope, filter: DriftFilter, page: PageRequest): Promise<Page<DriftRow>> {
    return this.repository.page(scope, filter, page);
  }

  inScope(scope: TenantScope, id: string): Promise<DriftRow | null> {
    return this.repository.inScope(scope, id);
  }

  /** Boundaries that stand open, or stood so for a time before now, by center: what is called for. */
  openings(now: Date, toldMs: number): Promise<ReadonlyMap<string, number>> {
    const before = (ms: number) => new Date(now.getTime() - ms);
    return this.repository.openings(before(toldMs), before(CLOSING_MS));
  }

  /** The one that waits for a person, as it is called by people; null = there is none, or more than one. */
  waiting(subjectCode: string, id: string | undefined): Promise<DriftRow | null> {
    return this.repository.waiting(subjectCode, id);
  }

  openByCenter(): Promise<ReadonlyMap<string, number>> {
    return this.repository.openByCenter();
  }

  private async first(
    tx: Tx,
    object: DriftObject,
    seen: SeenDrift,
    rules: HandlingRules,
  ): Promise<DriftRow | undefined> {
    const { found, manager, path, wanted } = seen;
    const fieldClass = classOf(object.objectKind, path);
    const opens = opensBoundary(object.objectKind, seen);
    const since = new Date(tx.now.getTime() - FIGHT_WINDOW_MS);
    const lately = await this.repository.putBackSince(tx, object, path, since, opens);
    const byRule = handlingOf(rules, fieldClass, lately, opens);
    if (byRule === 'IGNORE') return undefined;
    // During a freeze nothing is changed by itself either: it waits for a person, who can ask a leader. But for what stands open.
    const heals = byRule === 'HEAL' && (opens || (await this.freezes.refused(tx, changeOfDrift(object))).length === 0);
    const handling = heals ? 'HEAL' : 'REPORT';
    // An opening that is fought over is closed each time, but is no other line, and no other telephone, every few seconds.
    const fought = opens && lately >= PUT_BACK_MAX;
    const fight = fought && heals ? await this.repository.lastOpening(tx, object, path, since) : null;
    if (fight) return this.fought(tx, fight, seen);
    const row: DriftRow = {
      ...object,
      ...{ path, wanted, found, fieldClass, handling, opens },
      id: newId(tx.now.getTime()),
      manager: manager?.slice(0, MANAGER_LENGTH_MAX) ?? null,
      firstSeenAt: tx.now,
      lastSeenAt: tx.now,
      state: 'OPEN',
      acceptedUntil: null,
      decidedBy: null,
      decidedAt: null,
      reason: null,
      endedAt: null,
      version: 1,
      live: 1,
    };
    await this.repository.insert(tx, [row]);
    if (handling === 'REPORT') await this.notices.tell(tx, driftWaits(row));
    if (opens && !fought) await this.notices.tell(tx, boundaryOpened(row));
    return row;
  }

  /** The same fight goes on: its line stands again, and the alert of the center with it. */
  private async fought(tx: Tx, row: DriftRow, { found, manager, wanted }: SeenDrift): Promise<DriftRow> {
    const values = {
      ...({ state: 'OPEN', handling: 'HEAL', opens: true, live: 1, endedAt: null } as const),
      lastSeenAt: tx.now,
      manager: manager?.slice(0, MANAGER_LENGTH_MAX) ?? row.manager,
    };
    await this.repository.update(tx, row, values);
    await this.repository.foundNow(tx, row, { found, wanted });
    return { ...row, ...values, found, wanted, version: row.version + 1 };
  }

  private async again(tx: Tx, row: DriftRow, seen: SeenDrift, rules: HandlingRules): Promise<DriftRow> {
    const another = !isDeepStrictEqual([row.wanted, row.found], [seen.wanted, seen.found]);
    const over = row.state === 'ACCEPTED' && !isAccepted(row, tx.now);
    // What a person lets be is let be, as long as it is that.
    if (row.state === 'ACCEPTED' && !another && !over) return row;
    const opens = opensBoundary(row.objectKind, seen);
    // What was held, and is opened now or was before this was told apart: a way that stands open waits for nobody.
    const heals = opens && row.handling === 'REPORT' && handlingOf(rules, row.fieldClass, 0, true) === 'HEAL';
    // What was to be put back before a freeze began and was not yet, is held within it: whoever wants it now asks a leader.
    const held = !opens && row.handling === 'HEAL' && (await this.freezes.refused(tx, changeOfDrift(row))).length > 0;
    const same = !another && !over && opens === row.opens;
    if (same && !held && !heals) return row;
    // What was accepted is this value and no other.
    const reopened =
      row.state === 'ACCEPTED' ? ({ state: 'OPEN', acceptedUntil: null, handling: 'REPORT' } as const) : {};
    const values = {
      ...reopened,
      ...(held ? ({ handling: 'REPORT' } as const) : {}),
      ...(heals ? ({ handling: 'HEAL' } as const) : {}),
      // What somebody decided, he decided of another value.
      ...(opens && another ? { decidedBy: null, decidedAt: null, reason: null } : {}),
      opens,
      lastSeenAt: tx.now,
      manager: seen.manager?.slice(0, MANAGER_LENGTH_MAX) ?? row.manager,
    };
    await this.repository.update(tx, row, values);
    await this.repository.foundNow(tx, row, seen);
    const now = { ...row, ...values, wanted: seen.wanted, found: seen.found, version: row.version + 1 };
    const wasAccepted = row.state === 'ACCEPTED' && another;
    if (opens && (!row.opens || wasAccepted)) {
      const notice = boundaryOpened(now);
      // Whatever opens and closes it all day long is told of once an hour; the alert of the center stands meanwhile.
      const once = wasAccepted ? now.version : `hour-${Math.floor(tx.now.getTime() / FIGHT_WINDOW_MS)}`;
      await this.notices.tell(tx, { ...notice, onceKey: `${notice.onceKey}/${once}` });
    } else if (row.state === 'ACCEPTED' || held) {
      const notice = driftWaits(now);
      await this.notices.tell(tx, { ...notice, onceKey: `${notice.onceKey}/${now.version}` });
    }
    return now;
  }

  private async end(tx: Tx, row: DriftRow): Promise<void> {
    const values = { state: endedAs(row), live: null, endedAt: tx.now, lastSeenAt: tx.now };
    await this.repository.update(tx, row, values);
  }
}
