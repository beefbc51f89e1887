import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '../kernel/page.js';
import { covers, scopeFor, type TenantScope, type Viewer } from '../kernel/viewer.js';
import { type PressRefusal, refusedPress } from './domain/drill-items.js';
import { actionsOfPeople, type DrillAction } from './domain/drill-state.js';
import { DrillsRepository } from './drills.repository.js';
import type { DrillFilter, DrillRow, ItemRow } from './drills.types.js';

/** Drills as pages show them, with what the viewer may do now. */
@Injectable()
export class DrillViews {
  constructor(private readonly repository: DrillsRepository) {}

  page(scope: TenantScope, filter: DrillFilter, page: PageRequest): Promise<Page<DrillRow>> {
    return this.repository.page(scope, filter, page);
  }

  byId(scope: TenantScope, id: string): Promise<DrillRow | null> {
    return this.repository.byId(scope, id);
  }

  /** Of the whole province, for the calendar of the duty desk: those that touch the time. */
  between(fromAt: Date, toAt: Date, limit: number): Promise<DrillRow[]> {
    return this.repository.between(fromAt, toAt, limit);
  }

  /** As people call it; a freeze's release names it so. */
  ofCode(code: string): Promise<DrillRow | null> {
    return this.repository.byCode(code);
  }

  readonly itemsOf = (ids: readonly string[]) => this.repository.itemsOf(ids);
  readonly marksOf = (ids: readonly string[]) => this.repository.marksOf(ids);
  readonly copiesOf = (ids: readonly string[]) => this.repository.copiesOf(ids);

  /** By the table, less what is another's to press. */
  actions(viewer: Viewer, row: DrillRow): DrillAction[] {
    const edits = covers(scopeFor(viewer, 'DR_GROUP', 'EDIT'), row.departmentId);
    const signs = approves(viewer, row);
    return actionsOfPeople(row.state).filter((action) =>
      action === 'APPROVE' ? signs && row.plannedById !== viewer.userId : edits,
    );
  }

  /** null = the viewer may tick it. */
  refusedPress(viewer: Viewer, row: DrillRow, items: readonly ItemRow[], number: number): PressRefusal | null {
    if (row.state !== 'RUNNING' && row.state !== 'VALIDATING') return 'NOT_AT_HAND';
    const refused = refusedPress(items, number, { userId: viewer.userId, owns: owns(viewer, row) });
    return refused ?? (takesPart(viewer, row) ? null : 'NOT_OWNER');
  }
}

/**
 * Whose system it is. Operators and leaders, too, sign for what moves production, and do so for the whole province: that
 * makes them nobody's owner, and their word none of the business that was to be served.
 */
export function owns(viewer: Viewer, { departmentId }: Pick<DrillRow, 'departmentId'>): boolean {
  const scope = scopeFor(viewer, 'DR_GROUP', 'SIGN_OFF');
  return scope?.kind === 'DEPARTMENTS' && covers(scope, departmentId);
}

/** Of the authority, or whose system it is. */
export function approves(viewer: Viewer, row: Pick<DrillRow, 'departmentId'>): boolean {
  return covers(scopeFor(viewer, 'DR_GROUP', 'REVIEW'), row.departmentId) || owns(viewer, row);
}

/** Whoever plans, decides, owns or is called may tick what is at hand. */
export function takesPart(viewer: Viewer, { departmentId }: Pick<DrillRow, 'departmentId'>): boolean {
  return (['EDIT', 'OPERATE', 'REVIEW', 'SIGN_OFF'] as const).some((action) =>
    covers(scopeFor(viewer, 'DR_GROUP', action), departmentId),
  );
}
