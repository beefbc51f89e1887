import { Injectable, type OnModuleInit } from '@nestjs/common';
import { canonicalJson } from '../audit/domain/canonical-json.js';
import { CabinetsService } from '../cabinets/cabinets.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { Cells } from '../imports/domain/cells.js';
import type { CellProblem, RowProblem, TableRow } from '../imports/domain/import-table.js';
import type { Addition, Applied, ImportContext, RowPlan, TableImport } from '../imports/import-kind.types.js';
import { ImportRegistry } from '../imports/import-registry.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import { calendarDate } from '../kernel/calendar.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { WHOLE_PROVINCE } from '../kernel/viewer.js';
import { AddressLookup, type FoundAddress } from '../networks/address-lookup.service.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { ResourcesService } from '../resources/resources.service.js';
import { ServerIntakeService } from '../servers/server-intake.service.js';
import { SystemsService } from '../systems/systems.service.js';
import { type IntakeItemDraft, itemKey, objectKey } from './domain/intake-item.js';
import { INTAKE_TABLES, type IntakeTable, type Looked, readIntakeRow } from './domain/intake-table.js';
import { IntakeService } from './intake.service.js';
import { MachineAddresses } from './machine-addresses.service.js';
import { objectsOf } from './machine-intake.service.js';

/** The tables of what already runs. Applying one writes a batch that waits for another person's approval. */
@Injectable()
export class IntakeImports implements OnModuleInit {
  constructor(
    private readonly registry: ImportRegistry,
    private readonly intake: IntakeService,
    private readonly systems: SystemsService,
    private readonly facilities: FacilitiesService,
    private readonly servers: ServerIntakeService,
    private readonly cabinets: CabinetsService,
    private readonly addresses: AddressLookup,
    private readonly machineAddresses: MachineAddresses,
    private readonly resources: ResourcesService,
  ) {}

  onModuleInit(): void {
    for (const table of INTAKE_TABLES) this.registry.register(this.kindOf(table));
  }

  private kindOf(table: IntakeTable): TableImport<IntakeItemDraft> {
    return {
      source: 'TABLE',
      name: table.name,
      title: table.title,
      columns: table.columns,
      permission: { object: 'INTAKE', action: 'IMPORT' },
      page: '/intake',
      plan: (rows, context) => this.plan(table, rows, context),
      apply: (tx, additions, context) => this.apply(tx, additions, context),
    };
  }

  private async plan(
    table: IntakeTable,
    rows: readonly TableRow[],
    context: ImportContext,
  ): Promise<readonly RowPlan<IntakeItemDraft>[]> {
    const { taken, ...looked } = await this.look(table, rows, context.now);
    const read = rows.map((row) => {
      const cells = new Cells(row);
      return { row: row.number, draft: readIntakeRow(table.kind, cells, looked, calendarDate(context.now)), cells };
    });
    const drafts = read.flatMap(({ draft }) => (draft ? [draft] : []));
    const known = await this.intake.liveByKeys(drafts);
    const objects = await this.resources.objectsAmong(
      objectsOf(drafts.flatMap(({ content }) => (content.kind === 'MACHINE' ? [content] : []))),
    );
    const addressesInUse = await this.machineAddresses.inUse(drafts);
    const seen = new Map<string, number>();
    return read.map(({ row, draft, cells }): RowPlan<IntakeItemDraft> => {
      const problems: CellProblem[] = [...cells.problems];
      if (!draft || problems.length > 0) return { row, outcome: 'PROBLEM', problems };
      const key = itemKey(draft);
      const twin = seen.get(key);
      seen.set(key, twin ?? row);
      const before = known.get(key);
      const object = draft.content.kind === 'MACHINE' ? objects.get(objectKey(draft.content) ?? '') : undefined;
      const inUse = addressesInUse.get(key) ?? [];
      if (twin !== undefined) {
        const message = say(`与第 ${twin} 行是同一对象`, `speaks of the same thing as row ${twin}`);
        return { row, outcome: 'PROBLEM', problems: [{ column: null, message }] };
      }
      if (
        !before &&
        draft.content.kind === 'ADDRESS' &&
        taken.has(`${draft.content.networkCode} ${draft.content.address}`)
      )
        return { row, outcome: 'PROBLEM', problems: [{ column: 'address', message: ALREADY_TAKEN }] };
      if (!before && object !== undefined)
        return { row, outcome: 'PROBLEM', problems: [{ column: 'objectName', message: alreadyResource(object) }] };
      if (!before && inUse.length > 0)
        return { row, outcome: 'PROBLEM', problems: [{ column: 'addresses', message: othersHave(inUse) }] };
      if (!before) return { row, outcome: 'ADD', value: draft };
      if (substanceOf(before) === substanceOf(draft)) return { row, outcome: 'UNCHANGED' };
      const message = say(
        '该对象已在另一批纳管中，且内容不同',
        'is in another intake already, which says something else of it',
      );
      return { row, outcome: 'PROBLEM', problems: [{ column: null, message }] };
    });
  }

  private async apply(
    tx: Tx,
    additions: readonly Addition<IntakeItemDraft>[],
    context: ImportContext,
  ): Promise<Result<Applied, readonly RowProblem[]>> {
    // All of it was handed in between the preview and now: a batch of nothing would ask a reviewer to decide nothing.
    if (additions.length === 0) return ok({});
    const submitted = await this.intake.submit(
      tx,
      context.actor,
      'FILE',
      additions.map((addition) => addition.value),
    );
    if (submitted.ok) return ok({});
    return refuse(
      submitted.error.map((at) => ({ row: additions[at]?.row ?? 0, column: null, message: SPOKEN_OF_MEANWHILE })),
    );
  }

  /** Everything that the rows name, by few statements. */
  private async look(
    table: IntakeTable,
    rows: readonly TableRow[],
    now: Date,
  ): Promise<Looked & { readonly taken: ReadonlySet<string> }> {
    const named = (key: string) => [...new Set(rows.map((row) => row.cells[key] ?? '').filter((text) => text !== ''))];
    const written =
      table.kind === 'ADDRESS'
        ? rows.map(({ cells }) => ({
            network: (cells.networkCode ?? '').trim(),
            address: (cells.address ?? '').trim(),
          }))
        : [];
    const [systems, pools, servers, cabinets, addresses] = await Promise.all([
      this.systems.systemsByCodes(named('systemCode')),
      table.kind === 'MACHINE' ? this.facilities.allPools() : [],
      table.kind === 'SERVER'
        ? this.servers.existingByKeys(named('assetNumber').map((assetNumber) => ({ assetNumber, serial: '' })))
        : null,
      table.kind === 'SPACE' ? this.cabinetsByName() : new Map<string, { id: string; code: string }>(),
      this.addresses.find(written, now),
    ]);
    return {
      systems: new Map(systems.map((system) => [system.code, system])),
      pools: new Map(pools.map((pool) => [pool.code, pool])),
      servers: servers?.byAssetNumber ?? new Map(),
      cabinets,
      addresses: new Map(written.map((each, at) => [`${each.network} ${each.address}`, addresses[at] as FoundAddress])),
      taken: new Set(addresses.flatMap((each) => (each.taken ? [`${each.network?.code} ${each.address}`] : []))),
    };
  }

  /** By "center/room/cabinet", as the three columns name them. */
  private async cabinetsByName(): Promise<Map<string, { id: string; code: string }>> {
    const found = new Map<string, { id: string; code: string }>();
    for (const center of await this.facilities.centers()) {
      const rooms = await this.cabinets.rooms(WHOLE_PROVINCE, center.id);
      const codes = new Map(rooms.map((room) => [room.id, room.code]));
      for (const cabinet of await this.cabinets.cabinetsOfRooms(WHOLE_PROVINCE, [...codes.keys()]))
        found.set(`${center.code}/${codes.get(cabinet.roomId)}/${cabinet.code}`, {
          id: cabinet.id,
          code: cabinet.code,
        });
    }
    return found;
  }
}

const SPOKEN_OF_MEANWHILE = say(
  '刚刚被另一批纳管提交，请重新预览',
  'has just been handed in by another intake; look again',
);
const ALREADY_TAKEN = say('该地址已被占用或在隔离期', 'is taken, or rests after its last use');

function alreadyResource(code: string): Bilingual {
  return say(`该集群对象已是资源 ${code}`, `is the object of resource ${code} already`);
}

function othersHave(addresses: readonly string[]): Bilingual {
  const list = addresses.join('、');
  return say(
    `${list} 已被占用、在隔离期或不可用`,
    `${addresses.join(', ')}: taken, resting, or of no use to a machine`,
  );
}

function substanceOf({ name, systemId, sourcePlatform, startedOn, content }: IntakeItemDraft): string {
  return canonicalJson({ name, systemId, sourcePlatform, startedOn, content });
}
