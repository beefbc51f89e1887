import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { CabinetsService } from '../cabinets/cabinets.service.js';
import type { HolderPlace } from '../cabinets/cabinets.types.js';
import { HolderDescriptions } from '../cabinets/holder-descriptions.service.js';
import { SpaceService } from '../cabinets/space.service.js';
import { say } from '../kernel/bilingual.js';
import type { InputPath, Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Actor, TenantScope } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { changedSince, invalid, unknown, unknownServer } from './domain/refused.js';
import { demandOf, type ServerFacts } from './domain/server.js';
import { HardwareModelsService } from './hardware-models.service.js';
import { ServersRepository } from './servers.repository.js';
import type { ServerRow } from './servers.types.js';

type Answer = Promise<Result<{ id: string }, readonly Refusal[]>>;

export interface PlaceAct {
  readonly id: string | undefined;
  readonly expectedVersion: number;
  readonly idempotencyKey: string;
}

/** Where servers stand: one place at a time, as high, heavy and hungry as the model says; cabinets check it. */
@Injectable()
export class ServerPlaceService {
  constructor(
    private readonly repository: ServersRepository,
    private readonly models: HardwareModelsService,
    private readonly cabinets: CabinetsService,
    private readonly space: SpaceService,
    private readonly descriptions: HolderDescriptions,
    private readonly acts: Acts,
  ) {}

  /** @param startUnit the lowest unit that it is to cover; null = wherever it fits. */
  async mount(
    actor: Actor,
    scope: TenantScope,
    wish: PlaceAct & { readonly cabinetId: string | undefined; readonly startUnit: number | null },
  ): Answer {
    return this.acts.perform(
      { name: 'server.mount', actor, idempotencyKey: wish.idempotencyKey, input: wish },
      async (tx) => {
        const row = wish.id === undefined ? null : await this.repository.locked(tx, scope, wish.id);
        if (!row) return refuse([unknownServer()]);
        if (row.version !== wish.expectedVersion) return refuse([changedSince(wish.expectedVersion, row.version)]);
        if (row.holderId !== null)
          return refuse([
            invalid(
              ['cabinetId'],
              'standing',
              '服务器已在架，请先下架',
              'It stands in a cabinet already; unmount it first',
            ),
          ]);
        if (row.state === 'RETIRED')
          return refuse([invalid(['cabinetId'], 'retired', '服务器已退役', 'The server is retired')]);
        const [model] = await this.models.modelsWithin(tx, [row.modelId]);
        if (!model || wish.cabinetId === undefined) return refuse([unknown(['cabinetId'], '机柜', 'cabinet')]);
        const demanded = demandOf(model, row);
        if (!demanded.ok) return demanded;
        const { fullDepth, ...demand } = demanded.value;
        const holderId = newId(tx.now.getTime());
        const placed = await this.space.place(tx, {
          ...demand,
          holderId,
          where: { cabinetId: wish.cabinetId, startUnit: wish.startUnit },
          face: fullDepth ? 'BOTH' : 'FRONT',
          label: row.assetNumber,
          kind: 'SERVER',
          state: 'OCCUPIED',
          departmentId: row.departmentId,
          subjectId: row.id,
          centerId: row.centerId,
          path: [],
        });
        if (!placed.ok) return placed;
        await this.repository.change(tx, row.id, { holderId });
        const { startUnit } = placed.value;
        await this.repository.appendEvents(tx, [
          {
            serverId: row.id,
            kind: 'MOUNT',
            state: row.state,
            text:
              startUnit === null
                ? say('上架，不占U位', 'Mounted beside the units')
                : say(`上架，起始 U${startUnit}`, `Mounted from U${startUnit}`),
            actorName: actor.name,
            departmentId: row.departmentId,
          },
        ]);
        return ok({
          value: { id: row.id },
          audit: {
            objectType: 'Server',
            objectId: row.id,
            departmentId: row.departmentId,
            summary: say(`服务器 ${row.assetNumber} 上架`, `Mounted server ${row.assetNumber}`),
            after: placed.value,
          },
        });
      },
    );
  }

  async unmount(actor: Actor, scope: TenantScope, wish: PlaceAct): Answer {
    return this.acts.perform(
      { name: 'server.unmount', actor, idempotencyKey: wish.idempotencyKey, input: wish },
      async (tx) => {
        const row = wish.id === undefined ? null : await this.repository.locked(tx, scope, wish.id);
        if (!row) return refuse([unknownServer()]);
        if (row.version !== wish.expectedVersion) return refuse([changedSince(wish.expectedVersion, row.version)]);
        if (row.holderId === null) return refuse([invalid([], 'standing', '服务器不在架', 'It stands in no cabinet')]);
        await this.space.release(tx, row.holderId);
        await this.repository.change(tx, row.id, { holderId: null });
        await this.repository.appendEvents(tx, [
          {
            serverId: row.id,
            kind: 'UNMOUNT',
            state: row.state,
            text: say('下架', 'Unmounted'),
            actorName: actor.name,
            departmentId: row.departmentId,
          },
        ]);
        return ok({
          value: { id: row.id },
          audit: {
            objectType: 'Server',
            objectId: row.id,
            departmentId: row.departmentId,
            summary: say(`服务器 ${row.assetNumber} 下架`, `Unmounted server ${row.assetNumber}`),
            before: { holderId: row.holderId },
          },
        });
      },
    );
  }

  /** What is said anew of a server that stands in a cabinet holds there too: its name, what it draws and what it weighs. */
  async follow(tx: Tx, row: ServerRow, facts: ServerFacts, path: InputPath): Promise<Result<void, readonly Refusal[]>> {
    if (row.holderId === null) return ok(undefined);
    const [before, after] = await this.models.modelsWithin(tx, [row.modelId, facts.modelId]);
    if (!before || !after) return refuse([unknown([...path, 'modelId'], '型号', 'model')]);
    if (before.heightHalfUnits !== after.heightHalfUnits || before.fullDepth !== after.fullDepth)
      return refuse([
        invalid(
          [...path, 'modelId'],
          'standing',
          '服务器在架，换成尺寸不同的型号前请先下架',
          'The server stands in a cabinet; unmount it before it becomes a model of another size',
        ),
      ]);
    const demand = demandOf(after, facts, path);
    // It has stood there since before its figures were asked for: its name is no reason to ask.
    if (!demand.ok && demandOf(before, row).ok) return demand;
    const load = demand.ok ? { powerW: demand.value.powerW, weightGrams: demand.value.weightGrams } : {};
    return this.descriptions.describe(tx, [{ holderId: row.holderId, label: facts.assetNumber, ...load, path }]);
  }

  /** Batch for loaders: where each server stands. */
  placesOf = async (serverIds: readonly string[]): Promise<(HolderPlace | null)[]> => {
    const places = new Map((await this.cabinets.placesOf(serverIds)).map((place) => [place.subjectId, place]));
    return serverIds.map((id) => places.get(id) ?? null);
  };
}
