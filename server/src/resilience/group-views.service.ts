import { Inject, Injectable } from '@nestjs/common';
import { PoolMeters } from '../allocation/pool-meters.service.js';
import type { Center } from '../facilities/domain/facility.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { type GroupLoss, lossOf } from './domain/center-loss.js';
import { shownLevel } from './domain/dr-signal.js';
import type { GroupGrade } from './domain/dr-words.js';
import { type Judgement, judgeGroup } from './domain/judge-group.js';
import { GroupGrounds } from './group-grounds.service.js';
import { GroupsRepository } from './groups.repository.js';
import { signalsOf } from './known-signals.js';
import type { DataSet, GroupFilter, GroupRow, LinkRow, LoadedGroup, SignalRow } from './resilience.types.js';
import { SignalsRepository } from './signals.repository.js';

/** Rounds come every fifteen seconds; four of them left out, and a grade is what it was once. */
export const JUDGEMENT_LIFE_MS = 60_000;

export interface JudgedGroup extends LoadedGroup {
  readonly judgement: Judgement;
  readonly signals: readonly SignalRow[];
}

export interface GroupPicture extends JudgedGroup {
  readonly dataSets: readonly DataSet[];
}

export interface LinkState {
  readonly link: LinkRow;
  /** Of the tiers that go by it, the one that is furthest behind; null = nobody knows, or none goes by it. */
  readonly lagSeconds: number | null;
  readonly tiers: number;
  readonly late: number;
  readonly unknown: number;
}

export interface CenterLoss {
  readonly center: Center;
  readonly losses: readonly (GroupLoss & { readonly row: GroupRow })[];
  readonly needs: { readonly vcpu: number; readonly memoryMib: number };
  readonly free: { readonly vcpu: number; readonly memoryMib: number } | null;
}

/** Groups as pages show them: judged at the moment of asking, so that what nobody reads any more is never green. */
@Injectable()
export class GroupViews {
  constructor(
    private readonly repository: GroupsRepository,
    private readonly grounds: GroupGrounds,
    private readonly signals: SignalsRepository,
    private readonly facilities: FacilitiesService,
    private readonly meters: PoolMeters,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  page(scope: TenantScope, filter: GroupFilter, page: PageRequest): Promise<Page<GroupRow>> {
    return this.repository.page(scope, filter, page);
  }

  /** Each group of the filter with its grade. @param picture as whoever lists them has it: one read for both. */
  async graded(
    scope: TenantScope,
    filter: GroupFilter,
    picture: (id: string) => Promise<GroupPicture | null>,
  ): Promise<ReadonlyMap<string, GroupGrade>> {
    const pictures = await Promise.all((await this.repository.idsOf(scope, filter)).map(picture));
    // One that went between the two reads is neither counted nor listed.
    return new Map(pictures.flatMap((one) => (one ? [[one.row.id, one.judgement.grade] as const] : [])));
  }

  inScope(scope: TenantScope, id: string): Promise<GroupRow | null> {
    return this.repository.inScope(scope, id);
  }

  /** Every one of them: there is one a system. */
  async all(scope: TenantScope): Promise<GroupRow[]> {
    return this.repository.groups(scope.kind === 'PROVINCE' ? null : await this.repository.idsInScope(scope));
  }

  /** By number; a page's at once. */
  readonly editions = async (numbers: readonly number[]) => {
    const all = await this.repository.editions();
    return numbers.map((wanted) => all.find(({ number }) => number === wanted) ?? null);
  };

  /** A page's groups at once. */
  readonly pictures = async (ids: readonly string[]): Promise<(GroupPicture | null)[]> => {
    const byId = new Map((await this.picturesOf(ids)).map((one) => [one.row.id, one]));
    return ids.map((id) => byId.get(id) ?? null);
  };

  /** @param ids null = every one of the province. Callers have been let see them. */
  async picturesOf(ids: readonly string[] | null): Promise<GroupPicture[]> {
    const groups = await this.judged(ids);
    const dataSets = await this.repository.dataSets(groups.flatMap(({ tiers }) => tiers.map(({ id }) => id)));
    const setsOf = Map.groupBy(dataSets, ({ tierId }) => tierId);
    return groups.map((group) => ({ ...group, dataSets: group.tiers.flatMap(({ id }) => setsOf.get(id) ?? []) }));
  }

  /** Of these groups, or of all of the province: then without lists of what is asked for. */
  private async judged(ids: readonly string[] | null): Promise<JudgedGroup[]> {
    const { groups } = await this.grounds.load(ids);
    const [bySubject, centers] = await this.beside(ids === null ? null : groups);
    const now = this.clock.now();
    return groups.map((group) => {
      const known = signalsOf(group, centers, bySubject, now);
      const subjects = new Set(known.map(({ subjectId }) => subjectId));
      const said = new Set(known.map(keyOfSignal));
      return {
        ...group,
        judgement: judgeGroup(group.facts, known, now),
        signals: [...subjects]
          .flatMap((id) => bySubject.get(id) ?? [])
          .filter((row) => said.has(keyOfSignal({ ...row, towards: row.towards || null }))),
      };
    });
  }

  /** Every link with how far behind it is, of the groups that the viewer may see. */
  async links(scope: TenantScope, links: readonly LinkRow[]): Promise<{ states: LinkState[]; groups: JudgedGroup[] }> {
    const groups = await this.judged(scope.kind === 'PROVINCE' ? null : await this.repository.idsInScope(scope));
    const roleOf = new Map((await this.facilities.centers()).map(({ id, role }) => [id, role]));
    const now = this.clock.now();
    const states = links.map((link): LinkState => {
      const towards = roleOf.get(link.toCenterId) === 'RECOVERY' ? 'RECOVERY' : 'ACTIVE_B';
      const lags = groups.flatMap(({ facts, signals }) =>
        facts.tiers
          .filter(({ members }) => towards === 'ACTIVE_B' || members.some((one) => one.centerId === link.fromCenterId))
          .flatMap(({ id }) =>
            signals.filter((one) => one.subjectId === id && one.name === 'REPLICATION_LAG' && one.towards === towards),
          ),
      );
      const shown = lags.map((lag) => ({ lag, level: shownLevel(lag, now) }));
      const told = shown.filter(({ level }) => level !== 'UNKNOWN');
      return {
        link,
        lagSeconds: told.length === 0 ? null : Math.max(...told.map(({ lag }) => lag.value ?? 0)),
        tiers: lags.length,
        late: told.filter(({ level }) => level !== 'GOOD').length,
        unknown: shown.length - told.length,
      };
    });
    return { states, groups };
  }

  /** Read-only: what would come of a center's loss, by the same facts and functions as the grades. */
  async ifLost(scope: TenantScope, center: Center): Promise<CenterLoss> {
    const ids = await this.repository.idsInScope(scope);
    const { groups } = await this.grounds.load(ids);
    const [bySubject, centers] = await this.beside(groups);
    const now = this.clock.now();
    const losses = groups.map((group) => ({
      ...lossOf(group.facts, signalsOf(group, centers, bySubject, now), center, now),
      row: group.row,
    }));
    const recovery = centers.find(({ role }) => role === 'RECOVERY');
    const started = losses.filter(({ towards }) => towards === 'RECOVERY');
    return {
      center,
      losses,
      needs: {
        vcpu: started.reduce((sum, { needs }) => sum + needs.vcpu, 0),
        memoryMib: started.reduce((sum, { needs }) => sum + needs.memoryMib, 0),
      },
      free: recovery && recovery.id !== center.id ? await this.freeIn(recovery.id) : null,
    };
  }

  history(signalId: string, since: Date) {
    return Promise.all([this.signals.changes(signalId, 50), this.signals.rollups(signalId, since)]);
  }

  private async freeIn(centerId: string): Promise<{ vcpu: number; memoryMib: number }> {
    const pools = await this.facilities.poolsOfCenter(centerId);
    const rows = (await this.meters.metersOfPools(pools.map(({ id }) => id))).flat();
    const free = (meter: 'VCPU' | 'MEMORY_MIB') =>
      rows.filter((row) => row.meter === meter).reduce((sum, row) => sum + row.free, 0);
    return { vcpu: free('VCPU'), memoryMib: free('MEMORY_MIB') };
  }

  /** @param groups null = every signal there is. */
  private async beside(groups: readonly LoadedGroup[] | null) {
    const centers = await this.facilities.centers();
    const subjects = groups?.flatMap(({ facts, row, tiers }) => [
      ...[row.id, ...tiers.map(({ id }) => id)],
      ...(facts.probes ?? []).map(({ id }) => id),
    ]);
    const signals = await (subjects
      ? this.signals.of([...centers.map(({ id }) => id), ...subjects])
      : this.signals.all());
    return [Map.groupBy(signals, ({ subjectId }) => subjectId), centers] as const;
  }
}

const keyOfSignal = (of: { subjectId: string; name: string; towards: string | null }) =>
  `${of.subjectId}/${of.name}/${of.towards ?? ''}`;
