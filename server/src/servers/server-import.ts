import { Injectable, type OnModuleInit } from '@nestjs/common';
import { canonicalJson } from '../audit/domain/canonical-json.js';
import { CabinetsService } from '../cabinets/cabinets.service.js';
import type { HolderPlace } from '../cabinets/cabinets.types.js';
import { unitAt } from '../cabinets/domain/units.js';
import { SpaceService } from '../cabinets/space.service.js';
import type { PlaceWish, UnitsTaken } from '../cabinets/space.types.js';
import { CenterLives } from '../facilities/center-lives.service.js';
import { comingObjection } from '../facilities/domain/center-life.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import type { CellProblem, RowProblem, TableRow } from '../imports/domain/import-table.js';
import type { Addition, Applied, ImportContext, RowPlan, TableImport } from '../imports/import-kind.types.js';
import { ImportRegistry } from '../imports/import-registry.service.js';
import { type Bilingual, type Locale, say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { covers, type TenantScope, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { type Tx, UnitOfWork } from '../platform/database/unit-of-work.js';
import { demandOf, type HardwareModel, type ServerFacts } from './domain/server.js';
import { columnOf, draftOf, type ReadServer, SERVER_COLUMNS, type ServerDraft } from './domain/server-table.js';
import { HardwareModelsService } from './hardware-models.service.js';
import { ServerIntakeService } from './server-intake.service.js';
import { ServersService } from './servers.service.js';
import type { IncomingServer, ServerRow } from './servers.types.js';

/** A server to be added, and where it is to stand. */
export interface ServerToAdd {
  readonly server: Omit<IncomingServer, 'id'>;
  readonly place: Omit<PlaceWish, 'holderId' | 'subjectId' | 'path'> | null;
}

/** What the rows of a file name, found in few statements. */
interface Named {
  readonly models: ReadonlyMap<string, HardwareModel>;
  readonly centers: ReadonlyMap<string, string>;
  /** Why a center takes in no servers now, by its code. */
  readonly closed: ReadonlyMap<string, Bilingual>;
  /** By center, room and code. */
  readonly cabinets: ReadonlyMap<string, string>;
  readonly byAssetNumber: ReadonlyMap<string, ServerRow>;
  readonly bySerial: ReadonlyMap<string, ServerRow>;
  readonly accelerators: ReadonlyMap<string, ServerFacts['accelerators']>;
  /** Where registered servers stand, by their ids. */
  readonly places: ReadonlyMap<string, HolderPlace>;
}

/** Servers from a table, each with its place in a cabinet where the table names one. */
@Injectable()
export class ServerImport implements TableImport<ServerToAdd>, OnModuleInit {
  readonly source = 'TABLE';
  readonly name = 'servers';
  readonly title = say('服务器', 'Servers');
  readonly permission = { object: 'SERVER', action: 'IMPORT' } as const;
  readonly page = '/servers';
  readonly columns = SERVER_COLUMNS;

  constructor(
    private readonly servers: ServersService,
    private readonly intake: ServerIntakeService,
    private readonly models: HardwareModelsService,
    private readonly facilities: FacilitiesService,
    private readonly lives: CenterLives,
    private readonly cabinets: CabinetsService,
    private readonly space: SpaceService,
    private readonly unitOfWork: UnitOfWork,
    private readonly registry: ImportRegistry,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  async plan(rows: readonly TableRow[], { scope }: ImportContext): Promise<RowPlan<ServerToAdd>[]> {
    const read = rows.map((row) => ({ row: row.number, ...draftOf(row) }));
    const named = await this.named(read);
    const seen = new Map<string, number>();
    const found = read.map((each) => foundOf(each, named, seen));
    const inTheWay = await this.placeProblems(found, scope);
    return found.map(({ row, problems, becomes }): RowPlan<ServerToAdd> => {
      const all = [...problems, ...(inTheWay.get(row) ?? [])];
      if (all.length > 0 || becomes === null) return { row, outcome: 'PROBLEM', problems: all };
      return becomes === 'UNCHANGED' ? { row, outcome: becomes } : { row, outcome: 'ADD', value: becomes };
    });
  }

  async apply(
    tx: Tx,
    additions: readonly Addition<ServerToAdd>[],
    { actor }: ImportContext,
  ): Promise<Result<Applied, readonly RowProblem[]>> {
    const incoming = additions.map(({ row, value: { server, place } }) => {
      const id = newId(tx.now.getTime());
      const holderId = place ? newId(tx.now.getTime()) : null;
      return { row, place, server: { ...server, id, holderId } };
    });
    const closed = await this.lives.refusals(
      tx,
      incoming.map(({ row, server: { centerId } }) => ({ centerId, what: 'EQUIPMENT', path: [String(row)] })),
    );
    if (closed.length > 0)
      return refuse(closed.map(({ path, message }) => ({ row: Number(path[0]), column: 'center', message })));
    await this.intake.addAll(
      tx,
      incoming.map(({ server }) => server),
      actor.name,
    );
    const wishes = incoming.flatMap(({ row, place, server }) =>
      place && server.holderId
        ? [{ ...place, holderId: server.holderId, subjectId: server.id, path: [String(row)] }]
        : [],
    );
    const placed = wishes.length === 0 ? ok([]) : await this.space.placeAll(tx, wishes);
    return placed.ok ? ok({}) : refuse(placed.error.map(rowProblemOf));
  }

  /**
   * Whether all places can be taken together is asked of the cabinets themselves, so that a preview promises what applying
   * does. Rows with another problem ask as well: they will want the same place when they are mended.
   */
  private async placeProblems(
    found: readonly FoundServer[],
    scope: TenantScope,
  ): Promise<ReadonlyMap<number, readonly RowProblem[]>> {
    const asking = found.flatMap(({ row, becomes }) =>
      becomes !== null && becomes !== 'UNCHANGED' && becomes.place
        ? [{ ...becomes.place, holderId: newId(), path: [String(row)] }]
        : [],
    );
    if (asking.length === 0) return new Map();
    const rowOf = new Map(asking.map(({ holderId, path: [row = ''] }) => [holderId, row]));
    const objections = await this.unitOfWork.run((tx) => this.space.objectionsWithHolders(tx, asking));
    const problems = objections.map(({ refusal, taken }) => {
      const problem = rowProblemOf(refusal);
      return taken ? { ...problem, message: takenBy(taken, rowOf, scope) } : problem;
    });
    return Map.groupBy(problems, (each) => each.row);
  }

  private async named(read: readonly ReadServer[]): Promise<Named> {
    const drafts = read.map(({ draft }) => draft);
    const known = await this.intake.existingByKeys(drafts.map(({ facts }) => facts));
    const ids = [...new Set([...known.byAssetNumber.values(), ...known.bySerial.values()])];
    const rows = (await this.servers.servers(ids)).filter((row) => row !== null);
    const accelerators = await this.servers.acceleratorsOf(ids);
    const all = await this.facilities.centers();
    const centers = new Map(all.map((center) => [center.code, center.id]));
    const closed = all.flatMap((center) => {
      const objection = comingObjection(center, 'EQUIPMENT', []);
      return objection ? [[center.code, objection.message] as const] : [];
    });
    return {
      models: await this.models.modelsBySlug([...new Set(drafts.map((draft) => draft.model))]),
      centers,
      closed: new Map(closed),
      cabinets: await this.cabinetsNamed(drafts, centers),
      byAssetNumber: new Map(rows.map((row) => [row.assetNumber, row])),
      bySerial: new Map(rows.map((row) => [row.serial, row])),
      accelerators: new Map(ids.map((id, index) => [id, accelerators[index] ?? []])),
      places: new Map((await this.cabinets.placesOf(ids)).map((place) => [place.subjectId ?? '', place])),
    };
  }

  private async cabinetsNamed(
    drafts: readonly ServerDraft[],
    centers: ReadonlyMap<string, string>,
  ): Promise<ReadonlyMap<string, string>> {
    const wanted = new Set(drafts.flatMap(({ center, room }) => (room === null ? [] : [`${center} ${room}`])));
    const rooms = new Map<string, string>();
    for (const [code, centerId] of centers)
      for (const room of await this.cabinets.rooms(WHOLE_PROVINCE, centerId))
        if (wanted.has(`${code} ${room.code}`)) rooms.set(room.id, `${code} ${room.code}`);
    const cabinets = await this.cabinets.cabinetsOfRooms(WHOLE_PROVINCE, [...rooms.keys()]);
    return new Map(cabinets.map((cabinet) => [`${rooms.get(cabinet.roomId)} ${cabinet.code}`, cabinet.id]));
  }
}

interface FoundServer {
  readonly row: number;
  readonly problems: readonly CellProblem[];
  /** null = it cannot be said, because of the problems. A row with problems may know what it wants all the same. */
  readonly becomes: ServerToAdd | 'UNCHANGED' | null;
}

/** Every problem that the row has, as far as its readable cells say. */
function foundOf(
  { row, draft, problems: read, unsure }: ReadServer & { readonly row: number },
  named: Named,
  seen: Map<string, number>,
): FoundServer {
  const problems: CellProblem[] = [...read];
  const tell = (column: string, zh: string, en: string): void => {
    problems.push({ column, message: say(zh, en) });
  };
  const sure = (...columns: readonly string[]): boolean => columns.every((column) => !unsure.has(column));
  for (const key of ['assetNumber', 'serial'] as const) {
    if (!sure(key)) continue;
    const mark = `${key} ${draft.facts[key]}`;
    const before = seen.get(mark);
    if (before === undefined) seen.set(mark, row);
    else tell(key, `与第 ${before} 行重复：${draft.facts[key]}`, `${draft.facts[key]} stands in row ${before} already`);
  }
  const model = named.models.get(draft.model);
  if (!model && sure('model'))
    tell(
      'model',
      `没有型号 ${draft.model}，请先导入设备型号`,
      `there is no model ${draft.model}; import its device type first`,
    );
  const centerId = named.centers.get(draft.center);
  if (centerId === undefined && sure('center'))
    tell('center', `没有数据中心 ${draft.center}`, `there is no center ${draft.center}`);
  const cabinetId =
    draft.cabinet === null ? null : named.cabinets.get(`${draft.center} ${draft.room} ${draft.cabinet}`);
  if (cabinetId === undefined && centerId !== undefined && sure('room', 'cabinet'))
    tell(
      'cabinet',
      `机房 ${draft.room} 没有机柜 ${draft.cabinet}`,
      `there is no cabinet ${draft.cabinet} in room ${draft.room}`,
    );
  if (!model || centerId === undefined || cabinetId === undefined) return { row, problems, becomes: null };
  const facts: ServerFacts = { ...draft.facts, modelId: model.id, centerId };
  const different = differences(draft, facts, cabinetId, named)?.filter(
    ({ column }) => column === null || sure(column),
  );
  if (different) return { row, problems: [...problems, ...different], becomes: 'UNCHANGED' };
  const closed = named.closed.get(draft.center);
  if (closed) return { row, problems: [...problems, { column: 'center', message: closed }], becomes: null };
  // Where it would stand can be asked only of a row that says what it takes.
  if (!sure('powerW', 'weightKg', 'room', 'cabinet', 'unit')) return { row, problems, becomes: null };
  const added = toAdd(draft, facts, model, cabinetId);
  if (added.ok) return { row, problems, becomes: added.value };
  const unplaced = added.error.map(({ path, message }) => ({ column: columnOf(path.at(-1) ?? ''), message }));
  return { row, problems: [...problems, ...unplaced], becomes: null };
}

/**
 * What the file says otherwise of a registered server; undefined = it is new. Its state goes on by itself and is no
 * difference; where it stands is one only if the file says it.
 */
function differences(
  draft: ServerDraft,
  facts: ServerFacts,
  cabinetId: string | null,
  named: Named,
): CellProblem[] | undefined {
  const there = named.byAssetNumber.get(facts.assetNumber) ?? named.bySerial.get(facts.serial);
  if (!there) return undefined;
  const recorded = { ...there, accelerators: named.accelerators.get(there.id) ?? [] };
  const different: string[] = (Object.keys(facts) as (keyof ServerFacts)[])
    .filter((key) => canonicalJson(sorted(recorded[key])) !== canonicalJson(sorted(facts[key])))
    .map(columnOf);
  const place = named.places.get(there.id);
  if (cabinetId !== null && place?.cabinet.id !== cabinetId) different.push('cabinet');
  else if (place && draft.unit !== null && unitOf(place) !== draft.unit) different.push('unit');
  const message = say(
    `服务器 ${there.assetNumber} 已登记，此项不一致`,
    `server ${there.assetNumber} is registered already, and differs here`,
  );
  return different.map((column) => ({ column, message }));
}

function unitOf({ cabinet, startHalfUnit, heightHalfUnits }: HolderPlace): number {
  return unitAt(cabinet, startHalfUnit, heightHalfUnits);
}

/** Lists are kept in no order of their own. */
function sorted(value: unknown): unknown {
  return Array.isArray(value) ? value.map((each) => canonicalJson(each)).toSorted() : value;
}

/** Refused where it is to stand in a cabinet and nobody says what it draws or weighs. */
function toAdd(
  draft: ServerDraft,
  facts: ServerFacts,
  model: HardwareModel,
  cabinetId: string | null,
): Result<ServerToAdd, readonly Refusal[]> {
  const server = { ...facts, state: draft.state };
  if (cabinetId === null) return ok({ server, place: null });
  const demanded = demandOf(model, facts);
  if (!demanded.ok) return demanded;
  const { fullDepth, ...demand } = demanded.value;
  return ok({
    server,
    place: {
      ...demand,
      face: fullDepth ? 'BOTH' : 'FRONT',
      where: { cabinetId, startUnit: draft.unit },
      label: facts.assetNumber,
      kind: 'SERVER',
      state: 'OCCUPIED',
      centerId: facts.centerId,
    },
  });
}

/** Which units are taken, and by whom: another row of the file, or what stands there, where the viewer is shown it. */
function takenBy(
  { cabinetCode, units, holders }: UnitsTaken,
  rowOf: ReadonlyMap<string, string>,
  scope: TenantScope,
): Bilingual {
  const said = holders.map((holder): Bilingual => {
    const row = rowOf.get(holder.holderId);
    if (row !== undefined)
      return say(
        `${holder.units} 已被第 ${row} 行 ${holder.label} 占用`,
        `${holder.units} is taken by row ${row}, ${holder.label}`,
      );
    const shown = scope.kind === 'PROVINCE' || (holder.departmentId !== null && covers(scope, holder.departmentId));
    return shown
      ? say(`${holder.units} 已被 ${holder.label} 占用`, `${holder.units} is taken by ${holder.label}`)
      : say(`${holder.units} 已被占用`, `${holder.units} is taken`);
  });
  const list = (language: Locale): string => said.map((each) => each[language]).join(language === 'zh' ? '，' : ', ');
  return say(
    `机柜 ${cabinetCode} 的 ${units} 放不下：${list('zh')}`,
    `${units} of cabinet ${cabinetCode} is not free: ${list('en')}`,
  );
}

/** The cabinet's own sentence, at the column that would have to change. */
function rowProblemOf({ path, message, code }: Refusal): RowProblem {
  const field = path[1];
  const column =
    field === 'powerW'
      ? 'powerW'
      : field === 'heightUnits'
        ? 'model'
        : field === 'weightGrams'
          ? 'weightKg'
          : field === 'startUnit' || code === 'NOT_PERMITTED'
            ? 'unit'
            : 'cabinet';
  return { row: Number(path[0]), column, message };
}
