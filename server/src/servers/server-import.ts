import { Injectable, type OnModuleInit } from '@nestjs/common';
import { canonicalJson } from '../audit/domain/canonical-json.js';
import { CabinetsService } from '../cabinets/cabinets.service.js';
import type { HolderPlace } from '../cabinets/cabinets.types.js';
import { unitAt } from '../cabinets/domain/units.js';
import { SpaceService } from '../cabinets/space.service.js';
import type { PlaceWish } from '../cabinets/space.types.js';
import { CenterLives } from '../facilities/center-lives.service.js';
import { comingObjection } from '../facilities/domain/center-life.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import type { CellProblem, RowProblem, TableRow } from '../imports/domain/import-table.js';
import type { Addition, Applied, ImportContext, RowPlan, TableImport } from '../imports/import-kind.types.js';
import { ImportRegistry } from '../imports/import-registry.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { WHOLE_PROVINCE } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { type Tx, UnitOfWork } from '../platform/database/unit-of-work.js';
import { demandOf, type HardwareModel, type ServerFacts } from './domain/server.js';
import { columnOf, draftOf, SERVER_COLUMNS, type ServerDraft } from './domain/server-table.js';
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

  async plan(rows: readonly TableRow[]): Promise<RowPlan<ServerToAdd>[]> {
    const drafts = rows.map((row) => ({ row: row.number, ...draftOf(row) }));
    const named = await this.named(drafts.filter((each) => each.problems.length === 0).map((each) => each.draft));
    const seen = new Map<string, number>();
    const plans = drafts.map(({ row, draft, problems }): RowPlan<ServerToAdd> => {
      if (problems.length > 0) return { row, outcome: 'PROBLEM', problems };
      return planOf(row, draft, named, seen);
    });
    return this.withPlaces(plans);
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

  /** Whether all places can be taken together is asked of the cabinets themselves, so that a preview promises what applying does. */
  private async withPlaces(plans: readonly RowPlan<ServerToAdd>[]): Promise<RowPlan<ServerToAdd>[]> {
    const wishes = plans.flatMap((plan) =>
      plan.outcome === 'ADD' && plan.value.place ? [{ ...plan.value.place, path: [String(plan.row)] }] : [],
    );
    if (wishes.length === 0) return [...plans];
    const objections = await this.unitOfWork.run((tx) => this.space.objections(tx, wishes));
    const byRow = Map.groupBy(objections.map(rowProblemOf), (each) => each.row);
    return plans.map((plan) => {
      const problems = byRow.get(plan.row);
      return problems ? { row: plan.row, outcome: 'PROBLEM', problems } : plan;
    });
  }

  private async named(drafts: readonly ServerDraft[]): Promise<Named> {
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

function planOf(row: number, draft: ServerDraft, named: Named, seen: Map<string, number>): RowPlan<ServerToAdd> {
  const problems: CellProblem[] = [];
  const tell = (column: string, zh: string, en: string): void => {
    problems.push({ column, message: say(zh, en) });
  };
  for (const key of ['assetNumber', 'serial'] as const) {
    const mark = `${key} ${draft.facts[key]}`;
    const before = seen.get(mark);
    if (before === undefined) seen.set(mark, row);
    else tell(key, `与第 ${before} 行重复：${draft.facts[key]}`, `${draft.facts[key]} stands in row ${before} already`);
  }
  const model = named.models.get(draft.model);
  if (!model)
    tell(
      'model',
      `没有型号 ${draft.model}，请先导入设备型号`,
      `there is no model ${draft.model}; import its device type first`,
    );
  const centerId = named.centers.get(draft.center);
  if (centerId === undefined) tell('center', `没有数据中心 ${draft.center}`, `there is no center ${draft.center}`);
  const cabinetId =
    draft.cabinet === null ? null : named.cabinets.get(`${draft.center} ${draft.room} ${draft.cabinet}`);
  if (cabinetId === undefined && centerId !== undefined)
    tell(
      'cabinet',
      `机房 ${draft.room} 没有机柜 ${draft.cabinet}`,
      `there is no cabinet ${draft.cabinet} in room ${draft.room}`,
    );
  if (!model || centerId === undefined || cabinetId === undefined || problems.length > 0)
    return { row, outcome: 'PROBLEM', problems };
  const facts: ServerFacts = { ...draft.facts, modelId: model.id, centerId };
  const registered = known(row, draft, facts, cabinetId, named);
  if (registered) return registered;
  const closed = named.closed.get(draft.center);
  if (closed) return { row, outcome: 'PROBLEM', problems: [{ column: 'center', message: closed }] };
  const added = toAdd(draft, facts, model, cabinetId);
  return added.ok
    ? { row, outcome: 'ADD', value: added.value }
    : {
        row,
        outcome: 'PROBLEM',
        problems: added.error.map(({ path, message }) => ({ column: columnOf(path.at(-1) ?? ''), message })),
      };
}

/** undefined = it is new. Its state goes on by itself and is no difference; where it stands is one only if the file says it. */
function known(
  row: number,
  draft: ServerDraft,
  facts: ServerFacts,
  cabinetId: string | null,
  named: Named,
): RowPlan<ServerToAdd> | undefined {
  const there = named.byAssetNumber.get(facts.assetNumber) ?? named.bySerial.get(facts.serial);
  if (!there) return undefined;
  const recorded = { ...there, accelerators: named.accelerators.get(there.id) ?? [] };
  const different: string[] = (Object.keys(facts) as (keyof ServerFacts)[])
    .filter((key) => canonicalJson(sorted(recorded[key])) !== canonicalJson(sorted(facts[key])))
    .map(columnOf);
  const place = named.places.get(there.id);
  if (cabinetId !== null && place?.cabinet.id !== cabinetId) different.push('cabinet');
  else if (place && draft.unit !== null && unitOf(place) !== draft.unit) different.push('unit');
  if (different.length === 0) return { row, outcome: 'UNCHANGED' };
  const message = say(
    `服务器 ${there.assetNumber} 已登记，此项不一致`,
    `server ${there.assetNumber} is registered already, and differs here`,
  );
  return { row, outcome: 'PROBLEM', problems: different.map((column) => ({ column, message })) };
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
