import { Injectable } from '@nestjs/common';
import type { CabinetChoice } from '../cabinets/domain/wish.js';
import { HolderZones } from '../cabinets/holder-zones.service.js';
import { SpaceGrowth } from '../cabinets/space-growth.service.js';
import { SpaceSights } from '../cabinets/space-sights.service.js';
import { MachineAddresses } from '../networks/machine-addresses.service.js';
import { type Tx, UnitOfWork } from '../platform/database/unit-of-work.js';
import { type FreeServerRow, FreeServers } from '../servers/free-servers.service.js';
import { growWishOf, isGrowing, judgeSpace, type ResizedPlace, wishElsewhere } from './domain/grown-space.js';
import { judgeGrowth, type ResizedClaim, withGrowth } from './domain/growth-plan.js';
import type { PlacementFacts } from './domain/placement-facts.js';
import { choicesOf, type PlanGround, planLines } from './domain/plan-lines.js';
import type { LineWish, RequestPlan } from './domain/request-plan.js';
import { zoneOf } from './domain/scores.js';
import type { FreeServer } from './domain/server-placement.js';
import { PlacingService, type StandingFacts } from './placing.service.js';
import type { PlanFor } from './planning.types.js';

/** What is looked at beside the pools, which always are. */
export interface LookedAt {
  readonly servers: boolean;
  /** Cabinets like these. */
  readonly space: readonly CabinetChoice[];
}

/** Where every share of every line would go now: preview, submit and the simulator ask here, and nothing is taken. */
@Injectable()
export class PlanningService {
  constructor(
    private readonly placing: PlacingService,
    private readonly freeServers: FreeServers,
    private readonly sights: SpaceSights,
    private readonly unitOfWork: UnitOfWork,
    private readonly zones: HolderZones,
    private readonly addresses: MachineAddresses,
    private readonly growth: SpaceGrowth,
  ) {}

  async plan(wishes: readonly LineWish[], standing: StandingFacts, asker: PlanFor): Promise<RequestPlan> {
    const looked = { servers: wishes.some(({ thing }) => thing.kind === 'SERVER'), space: choicesOf(wishes) };
    return planLines(wishes, await this.ground(looked, standing, asker));
  }

  /** One look at all that may be taken, for whoever plans more than once on it. */
  async ground(
    looked: LookedAt,
    standing: StandingFacts,
    asker: Omit<PlanFor, 'departmentId'> & { readonly departmentId: string | null },
  ): Promise<PlanGround> {
    const { tx, requestId, departmentId } = asker;
    // Cabinets are looked at as they are at one moment, which needs a transaction; it writes nothing.
    if (tx === undefined && (looked.servers || looked.space.length > 0))
      return this.unitOfWork.run((reading) => this.ground(looked, standing, { ...asker, tx: reading }));
    const facts = await this.placing.facts(new Set([null]), standing, asker);
    const centerIds = standing.centers.map((center) => center.centerId);
    const servers =
      tx && looked.servers
        ? await this.withPlaces(tx, centerIds, await this.freeServers.in(centerIds, requestId, tx), facts)
        : [];
    const space = tx && looked.space.length > 0 ? await this.sights.of(tx, looked.space, asker.heldPlaces) : null;
    const { near } = standing;
    return { facts, servers, space, asker: { requestId, departmentId, ...(near ? { near } : {}) } };
  }

  /** What stays grows where it is; what is missing of its shares is placed beside that. */
  async planChange(
    wishes: readonly LineWish[],
    { claims: resized, places }: { readonly claims: readonly ResizedClaim[]; readonly places: readonly ResizedPlace[] },
    standing: StandingFacts,
    asker: PlanFor,
  ): Promise<RequestPlan> {
    const facts = await this.placing.facts(new Set([null]), standing, asker);
    const alsoTaken = resized.map(({ poolId, grows, size: { storageTier } }) => ({ ...grows, storageTier, poolId }));
    const plan = await this.plan(wishes, standing, { ...asker, alsoTaken });
    const space = places.length > 0 ? await this.judgedSpace(places, standing, asker) : new Map();
    return withGrowth(plan, new Map([...judgeGrowth(resized, facts), ...space]));
  }

  /** Places that grow where they are; of those that cannot, whether all of it would find room in another cabinet. */
  private async judgedSpace(
    places: readonly ResizedPlace[],
    standing: StandingFacts,
    asker: PlanFor,
  ): Promise<ReturnType<typeof judgeSpace>> {
    const { tx, heldPlaces = [] } = asker;
    if (tx === undefined)
      return this.unitOfWork.run((reading) => this.judgedSpace(places, standing, { ...asker, tx: reading }));
    const objections = await this.growth.objections(tx, places.filter(isGrowing).map(growWishOf), heldPlaces);
    const refused = places.filter(({ holderId }) => objections.has(holderId));
    const wishes = refused.map((place) => wishElsewhere(place, asker));
    const choices = wishes.flatMap(({ where }) => ('among' in where ? [where.among] : []));
    const trial = choices.length > 0 ? (await this.sights.of(tx, choices, heldPlaces)).trial() : null;
    const elsewhere = new Set(
      refused.flatMap(({ holderId }, at) => (trial?.place(wishes[at] as (typeof wishes)[number]).ok ? holderId : [])),
    );
    return judgeSpace(places, objections, elsewhere, standing.centers);
  }

  /**
   * Where each stands, as far as it matters: what maintenance takes away is not to be had; servers answer in the zone of
   * their cabinet, and who has an address keeps it, which is asked only where networks are kept.
   */
  private async withPlaces(
    tx: Tx,
    centerIds: readonly string[],
    servers: readonly FreeServerRow[],
    { addressRooms = [] }: PlacementFacts,
  ): Promise<FreeServer[]> {
    if (servers.length === 0) return [];
    const shut = await this.sights.standingInShut(tx, centerIds);
    const holders = servers.flatMap(({ holderId }) => holderId ?? []);
    const zones = await this.zones.of(holders, tx);
    const placed = servers.map((server): FreeServer => {
      const at = zones.get(server.holderId ?? '');
      return { ...server, inMaintenance: shut.has(server.holderId ?? ''), ...(at ? { at } : {}) };
    });
    if (addressRooms.length === 0) return placed;
    const having = await this.addresses.having(
      servers.map(({ id }) => id),
      tx,
    );
    return placed.map((server, at) => {
      const zone = zones.get(servers[at]?.holderId ?? '');
      return { ...server, addressZone: zone && !having.has(server.id) ? zoneOf(zone) : null };
    });
  }
}
