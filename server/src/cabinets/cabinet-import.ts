import { Injectable, type OnModuleInit } from '@nestjs/common';
import { FacilitiesService } from '../facilities/facilities.service.js';
import type { CellProblem, RowProblem, TableRow } from '../imports/domain/import-table.js';
import type { Addition, Applied, RowPlan, TableImport } from '../imports/import-kind.types.js';
import { ImportRegistry } from '../imports/import-registry.service.js';
import { say } from '../kernel/bilingual.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { WHOLE_PROVINCE } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { CabinetActs } from './cabinet-acts.service.js';
import { CabinetsService } from './cabinets.service.js';
import type { Cabinet, CabinetDescription, CabinetRow, Room } from './domain/cabinet.js';
import { CABINET_COLUMNS, type CabinetDraft, columnOf, draftOf } from './domain/cabinet-table.js';
import { RackTypesService } from './rack-types.service.js';

interface CabinetToAdd {
  readonly roomId: string;
  /** null = a row of that code is made with its first cabinet. */
  readonly rowId: string | null;
  readonly rowCode: string;
  readonly description: CabinetDescription;
}

interface Named {
  /** By center and code. */
  readonly rooms: ReadonlyMap<string, Room>;
  /** By room and code. */
  readonly rows: ReadonlyMap<string, CabinetRow>;
  readonly cabinets: ReadonlyMap<string, Cabinet>;
}

/** Cabinets from a table, into rooms that are there. */
@Injectable()
export class CabinetImport implements TableImport<CabinetToAdd>, OnModuleInit {
  readonly source = 'TABLE';
  readonly name = 'cabinets';
  readonly title = say('机柜', 'Cabinets');
  readonly permission = { object: 'CABINET', action: 'IMPORT' } as const;
  readonly page = '/cabinets';
  readonly columns = CABINET_COLUMNS;

  constructor(
    private readonly cabinets: CabinetsService,
    private readonly acts: CabinetActs,
    private readonly types: RackTypesService,
    private readonly facilities: FacilitiesService,
    private readonly registry: ImportRegistry,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  async plan(rows: readonly TableRow[]): Promise<RowPlan<CabinetToAdd>[]> {
    const types = await this.types.bySlugs([...new Set(rows.map((row) => row.cells.rackType ?? ''))]);
    const named = await this.named();
    const seen = new Map<string, number>();
    return rows.map((row): RowPlan<CabinetToAdd> => {
      const { draft, problems } = draftOf(row, types);
      if (problems.length > 0) return { row: row.number, outcome: 'PROBLEM', problems };
      // Of a room nothing is known while its center is not.
      if (row.misread.has('center')) return { row: row.number, outcome: 'PROBLEM', problems };
      return planOf(row.number, draft, named, seen);
    });
  }

  async apply(tx: Tx, additions: readonly Addition<CabinetToAdd>[]): Promise<Result<Applied, readonly RowProblem[]>> {
    const problems: RowProblem[] = [];
    // In the order of the rows' ids, so that two imports never wait for one another in a circle.
    const byRow = [...Map.groupBy(additions, ({ value }) => `${value.rowId ?? '~'} ${value.roomId} ${value.rowCode}`)];
    for (const [, group] of byRow.toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      const [first] = group;
      if (!first) continue;
      const rowId =
        first.value.rowId ??
        (await this.newRow(
          tx,
          group.map(({ value }) => value),
        ));
      const made = await this.acts.addTo(
        tx,
        rowId,
        group.map(({ value }) => value.description),
      );
      if (made.ok) continue;
      for (const { path, message } of made.error)
        problems.push({ row: group[Number(path[1] ?? 0)]?.row ?? first.row, column: columnOf(path[2]), message });
    }
    return problems.length > 0 ? refuse(problems) : ok({});
  }

  /** It begins where its first cabinet stands and goes the way in which the others follow. */
  private async newRow(tx: Tx, cabinets: readonly CabinetToAdd[]): Promise<string> {
    const inOrder = cabinets.map(({ description }) => description).toSorted((a, b) => a.position - b.position);
    const [first, second] = inOrder as [CabinetDescription, CabinetDescription | undefined];
    const id = newId(tx.now.getTime());
    const { roomId, rowCode } = cabinets[0] as CabinetToAdd;
    await this.cabinets.addRow(tx, {
      id,
      roomId,
      code: rowCode,
      planX: first.planX,
      planY: first.planY,
      orientation: second && second.planY !== first.planY ? 'DOWN' : 'ACROSS',
      floorLimitGrams: null,
    });
    return id;
  }

  private async named(): Promise<Named> {
    const rooms = new Map<string, Room>();
    for (const center of await this.facilities.centers())
      for (const room of await this.cabinets.rooms(WHOLE_PROVINCE, center.id))
        rooms.set(`${center.code} ${room.code}`, room);
    const ids = [...rooms.values()].map((room) => room.id);
    const rows = await this.cabinets.rowsOfRooms(WHOLE_PROVINCE, ids);
    const cabinets = await this.cabinets.cabinetsOfRooms(WHOLE_PROVINCE, ids);
    return {
      rooms,
      rows: new Map(rows.map((row) => [`${row.roomId} ${row.code}`, row])),
      cabinets: new Map(cabinets.map((cabinet) => [`${cabinet.roomId} ${cabinet.code}`, cabinet])),
    };
  }
}

function planOf(row: number, draft: CabinetDraft, named: Named, seen: Map<string, number>): RowPlan<CabinetToAdd> {
  const problem = (column: string, zh: string, en: string): RowPlan<CabinetToAdd> => ({
    row,
    outcome: 'PROBLEM',
    problems: [{ column, message: say(zh, en) }],
  });
  const { description } = draft;
  const room = named.rooms.get(`${draft.center} ${draft.room}`);
  if (!room)
    return problem(
      'room',
      `数据中心 ${draft.center} 没有机房 ${draft.room}，请先新建机房`,
      `center ${draft.center} has no room ${draft.room}; make the room first`,
    );
  const mark = `${room.id} ${description.code}`;
  const before = seen.get(mark);
  if (before !== undefined) return problem('code', `与第 ${before} 行重复`, `stands in row ${before} already`);
  seen.set(mark, row);
  const cabinetRow = named.rows.get(`${room.id} ${draft.row}`);
  const there = named.cabinets.get(mark);
  if (there) return compared(row, description, there, cabinetRow);
  if (description.planX >= room.widthTiles)
    return problem('planX', `机房平面宽 ${room.widthTiles} 格`, `the room is ${room.widthTiles} tiles wide`);
  if (description.planY >= room.depthTiles)
    return problem('planY', `机房平面深 ${room.depthTiles} 格`, `the room is ${room.depthTiles} tiles deep`);
  return {
    row,
    outcome: 'ADD',
    value: { roomId: room.id, rowId: cabinetRow?.id ?? null, rowCode: draft.row, description },
  };
}

/** What people do with a cabinet afterwards (its department, its status) is no difference. */
function compared(
  row: number,
  description: CabinetDescription,
  there: Cabinet,
  cabinetRow: CabinetRow | undefined,
): RowPlan<CabinetToAdd> {
  const { departmentId: _department, status: _status, ...facts } = description;
  const different: string[] = (Object.keys(facts) as (keyof typeof facts)[]).filter((key) => there[key] !== facts[key]);
  if (there.rowId !== cabinetRow?.id) different.push('row');
  if (different.length === 0) return { row, outcome: 'UNCHANGED' };
  const problems: CellProblem[] = different.map((key) => ({
    column: columnOf(key),
    message: say(`机柜 ${there.code} 已存在，此项不一致`, `cabinet ${there.code} is there already, and differs here`),
  }));
  return { row, outcome: 'PROBLEM', problems };
}
