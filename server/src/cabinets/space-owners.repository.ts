import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { type SqlRow, toCabinet, toHolder } from './cabinet-rows.js';
import type { Cabinet } from './domain/cabinet.js';
import { type Holder, type HolderKind, LIVE_STATES } from './domain/holder.js';
import { unitAt } from './domain/units.js';
import type { GivenPlace, Spot } from './space.types.js';

/** What may be given to a department as room for things of its own. */
const GIVEN_KINDS: readonly HolderKind[] = ['SPACE', 'REQUEST', 'INTAKE'];

/** Whose the places in cabinets are and what stands in them, and whose the cabinets: looked up beside the books. */
@Injectable()
export class SpaceOwnersRepository {
  constructor(private readonly db: DataSource) {}

  /** Live ones among these and in these cabinets, with whose they are. Outside any transaction. */
  async ownersOf(
    holderIds: readonly string[],
    cabinetIds: readonly string[],
  ): Promise<{ id: string; departmentId: string | null }[]> {
    return this.db.query(
      'select id, department_id as departmentId from cabinet_holder where (id in (?) or cabinet_id in (?)) and state in (?)',
      [inList(holderIds), inList(cabinetIds), LIVE_STATES],
    );
  }

  /** Live ones among these and in these cabinets, each beside the department whose its whole cabinet is. */
  async holdersWithOwners(
    tx: Tx,
    holderIds: readonly string[],
    cabinetIds: readonly string[],
  ): Promise<{ holder: Holder; cabinet: Pick<Cabinet, 'departmentId' | 'ownerHolderId'> }[]> {
    const rows: SqlRow[] = await tx.manager.query(
      `select h.*, c.department_id as cabinet_department_id, c.owner_holder_id as cabinet_owner_id from cabinet_holder h join cabinet c on c.id = h.cabinet_id
       where (h.id in (?) or h.cabinet_id in (?)) and h.state in (?)`,
      [inList(holderIds), inList(cabinetIds), LIVE_STATES],
    );
    return rows.map(({ cabinet_department_id: departmentId, cabinet_owner_id: ownerHolderId, ...row }) => ({
      holder: toHolder(row),
      cabinet: { departmentId: departmentId as string | null, ownerHolderId: ownerHolderId as string | null },
    }));
  }

  /** Space without a thing in it, and space that things of its department stand in. */
  async givenPlaces(
    where: { readonly holderIds: readonly string[] } | { readonly departmentId: string },
    limit: number,
    manager = this.db.manager,
  ): Promise<GivenPlace[]> {
    const [condition, value] =
      'departmentId' in where ? ['h.department_id = ?', where.departmentId] : ['h.id in (?)', inList(where.holderIds)];
    const rows: SqlRow[] = await manager.query(
      `select h.*, c.code as cabinet_code, c.center_id as cabinet_center_id, c.room_id as cabinet_room_id,
              c.height_units as cabinet_height_units, c.starting_unit as cabinet_starting_unit, c.numbering as cabinet_numbering,
              c.department_id as cabinet_department_id, c.owner_holder_id as cabinet_owner_id
       from cabinet_holder h join cabinet c on c.id = h.cabinet_id
       where ${condition} and h.kind in (?) and h.state in ('ALLOCATED', 'OCCUPIED') and h.department_id is not null
         and h.planned_for_id is null and h.grows_holder_id is null and h.height_half_units > 0
       order by c.code, h.start_half_unit desc, h.id limit ?`,
      [value, GIVEN_KINDS, limit],
    );
    return rows.map((row) => {
      const own = Object.fromEntries(
        Object.entries(row).filter(([column]) => !column.startsWith('cabinet_') || column === 'cabinet_id'),
      );
      return {
        holder: toHolder(own),
        cabinet: {
          id: row.cabinet_id as string,
          code: row.cabinet_code as string,
          centerId: row.cabinet_center_id as string,
          roomId: row.cabinet_room_id as string,
          heightUnits: row.cabinet_height_units as number,
          startingUnit: row.cabinet_starting_unit as number,
          numbering: row.cabinet_numbering as GivenPlace['cabinet']['numbering'],
          departmentId: row.cabinet_department_id as string | null,
          ownerHolderId: row.cabinet_owner_id as string | null,
        },
      };
    });
  }

  /** Whose each of these cabinets wholly is; null = nobody's. As that transaction sees it, when one is given. */
  async departmentsOf(cabinetIds: readonly string[], tx?: Tx): Promise<Map<string, string | null>> {
    const rows: { id: string; departmentId: string | null }[] = await (tx?.manager ?? this.db.manager).query(
      'select id, department_id as departmentId from cabinet where id in (?)',
      [inList(cabinetIds)],
    );
    return new Map(rows.map((row) => [row.id, row.departmentId]));
  }

  async cabinetsIn(tx: Tx, cabinetIds: readonly string[]): Promise<Cabinet[]> {
    const rows: SqlRow[] = await tx.manager.query('select * from cabinet where id in (?)', [inList(cabinetIds)]);
    return rows.map(toCabinet);
  }

  /** Cabinets that are wholly a department's, or in which something of a department stands; by their codes. */
  async cabinetsOfDepartments(): Promise<{ id: string; code: string; departmentId: string | null }[]> {
    return this.db.query(
      `select c.id, c.code, c.department_id as departmentId from cabinet c
       where c.department_id is not null or exists (select 1 from cabinet_holder h
         where h.cabinet_id = c.id and h.department_id is not null and h.state in (?))
       order by c.code, c.id`,
      [LIVE_STATES],
    );
  }

  /** The holder that a plan is for, as things stand; empty for an unknown one. Outside any transaction. */
  async thingOfPlan(planId: string): Promise<string[]> {
    const rows: { id: string | null }[] = await this.db.query(
      'select planned_for_id as id from cabinet_holder where id = ?',
      [planId],
    );
    return rows.flatMap(({ id }) => (id === null ? [] : [id]));
  }

  /** What has one place only, among these live holders. */
  async subjectsOf(tx: Tx, holderIds: readonly string[]): Promise<string[]> {
    const rows: { id: string }[] = await tx.manager.query(
      'select active_subject_id as id from cabinet_holder where id in (?) and active_subject_id is not null',
      [inList(holderIds)],
    );
    return rows.map((row) => row.id);
  }

  /** Where these stand, by today's numbers of their cabinets; what was released stands nowhere. */
  async spotsOf(holderIds: readonly string[], manager = this.db.manager): Promise<Map<string, Spot>> {
    const rows: SqlRow[] = await manager.query(
      `select h.id, h.cabinet_id, h.start_half_unit, h.height_half_units, h.face, c.numbering, c.starting_unit, c.height_units
       from cabinet_holder h join cabinet c on c.id = h.cabinet_id where h.id in (?) and h.state in (?)`,
      [inList(holderIds), LIVE_STATES],
    );
    return new Map(
      rows.map((row) => {
        const frame = {
          numbering: row.numbering as Cabinet['numbering'],
          startingUnit: Number(row.starting_unit),
          heightUnits: Number(row.height_units),
        };
        return [
          row.id as string,
          {
            cabinetId: row.cabinet_id as string,
            startUnit: unitAt(frame, Number(row.start_half_unit), Number(row.height_half_units)),
            face: row.face as Spot['face'],
          },
        ];
      }),
    );
  }
}
