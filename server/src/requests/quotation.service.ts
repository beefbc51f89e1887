import { Inject, Injectable } from '@nestjs/common';
import type { ShareWish } from '../allocation/domain/dr-shares.js';
import type { HeldAmounts } from '../allocation/domain/held-cap.js';
import type { Check } from '../allocation/domain/placement-facts.js';
import type { RequestPlan } from '../allocation/domain/request-plan.js';
import { HeldCaps } from '../allocation/held-caps.service.js';
import type { StandingFacts } from '../allocation/placing.service.js';
import { PlanningService } from '../allocation/planning.service.js';
import type { PlanFor } from '../allocation/planning.types.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import { calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { InputPath, PriceMissing, Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { TenantScope } from '../kernel/viewer.js';
import type { UnitPrice } from '../pricing/domain/quote.js';
import { checkTemporaryUntil } from '../resources/domain/term.js';
import { LifePolicies } from '../resources/life-policies.service.js';
import type { PlacementGround } from '../resources/placement-ground.service.js';
import type { GovernmentSystem, LocalMode, Project, RemoteMode } from '../systems/domain/system.js';
import { SystemsService } from '../systems/systems.service.js';
import { checkContent, LINES_MAX, type LineContent, type RequestContent } from './domain/content.js';
import type { PricedPart, QuotedThing } from './domain/line-price.js';
import { quoteLine, type Wares } from './line-quotes.js';
import { PlacementGrounds } from './placement-grounds.service.js';
import { sumOf, wishesOf } from './quotation-plan.js';
import type { QuotedChange } from './quoted-changes.js';
import type { QuotedThingsChange } from './quoted-things.js';
import type { QuotedServiceChange } from './service-quotations.service.js';
import { type Shelf, Shelves } from './shelves.service.js';

export interface QuotedLine {
  readonly content: LineContent;
  readonly thing: QuotedThing;
  readonly centerId: string | null;
  readonly localMode: LocalMode;
  readonly remoteMode: RemoteMode;
  /** A Check = there is no center for one of its modes' shares. */
  readonly shares: readonly ShareWish[] | Check;
  /** A month of all its shares, each where it would be tried first; null while a price is missing. */
  readonly monthlyFen: bigint | null;
  /** What of it each thing costs, for the budget. */
  readonly parts: readonly PricedPart[];
  /** Centers of its shares that have no price for it. */
  readonly unpricedCenterIds: readonly string[];
  readonly missingPrice: PriceMissing | null;
  /** Of a change: what is there already and becomes another; `shares` are then only what is missing. */
  readonly change?: QuotedChange;
  /** The same of a service that runs. */
  readonly serviceChange?: QuotedServiceChange;
  /** The same of servers, or of places in cabinets. */
  readonly thingsChange?: QuotedThingsChange;
}

/** A request's content with everything that its ids name, and what it costs. */
export interface Quotation {
  readonly system: GovernmentSystem;
  readonly project: Project;
  readonly purpose: string;
  readonly lines: readonly QuotedLine[];
  /** What stands in the way of a submit but not of a draft. */
  readonly missingPrices: readonly Refusal[];
  readonly monthlyFen: bigint | null;
  /** What it was quoted against, for the plan that follows. */
  readonly standing: StandingFacts;
  /** Of its system, as far as the rules of debts name any. */
  readonly departmentIds: readonly string[];
  readonly ground: PlacementGround;
  readonly prices: readonly UnitPrice[];
  /** What else could have been asked for. */
  readonly wares: Wares;
}

/** Looks up what a request names and prices it. Draft, preview and submit all come through here, so that they agree. */
@Injectable()
export class QuotationService {
  constructor(
    private readonly systems: SystemsService,
    private readonly shelves: Shelves,
    private readonly grounds: PlacementGrounds,
    private readonly policies: LifePolicies,
    private readonly departments: DepartmentsService,
    private readonly planning: PlanningService,
    private readonly caps: HeldCaps,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @returns every field that is wrong at once: malformed, unknown, or not the viewer's department's (the same answer).
   * @param linesMax FORM_LINES_MAX for what comes by one form.
   */
  async quote(
    scope: TenantScope,
    content: RequestContent,
    linesMax = LINES_MAX,
  ): Promise<Result<Quotation, readonly Refusal[]>> {
    const malformed = checkContent(content, linesMax);
    const refusals: Refusal[] = [...malformed, ...(await this.termRefusals(content))];
    const unknown = (path: InputPath, message: Bilingual): void => {
      refusals.push({ code: 'UNKNOWN_REFERENCE', path, message });
    };
    const system = content.systemId === undefined ? null : await this.systems.system(scope, content.systemId);
    if (!system)
      unknown(
        ['content', 'systemId'],
        say('找不到这个系统，或不属于您的单位', 'There is no such system, or it is not your department’s'),
      );
    const [projects = []] = system ? await this.systems.payingProjectsToday([system.id]) : [];
    const project = projects.find((p) => p.id === content.projectId);
    if (!project)
      unknown(
        ['content', 'projectId'],
        say('这个项目今天不为该系统付费', 'This project does not pay for the system today'),
      );
    const asked = content.lines.slice(0, linesMax);
    const shelf = await this.shelves.with(asked);
    const departmentIds = await this.departmentsFor(shelf, system);
    const wrong = new Set(malformed.map(({ path }) => path[2]));
    const lines = asked.map((line, index) =>
      quoteLine(line, index, shelf, system, departmentIds, !wrong.has(String(index))),
    );
    refusals.push(...lines.flatMap((line) => (line.ok ? [] : line.error)));
    if (refusals.length > 0 || !system || !project) return refuse(refusals);
    const quoted = lines.flatMap((line) => (line.ok ? line.value : []));
    const missingPrices = quoted.flatMap((line) => line.missingPrice ?? []);
    return ok({
      system,
      project,
      purpose: content.purpose.trim(),
      lines: quoted,
      missingPrices,
      standing: shelf.standing,
      departmentIds,
      ground: await this.grounds.of(shelf.standing.centers, system.id, {
        standing: quoted.some(({ thing: { kind } }) => kind === 'SERVER' || kind === 'CABINET'),
      }),
      prices: shelf.prices,
      wares: shelf,
      monthlyFen: sumOf(quoted.map((line) => line.monthlyFen)),
    });
  }

  /** Asked only where a rule names departments, which hardly any does. */
  private async departmentsFor({ debtPolicy }: Shelf, system: GovernmentSystem | null): Promise<readonly string[]> {
    if (!system || debtPolicy.rules.every((rule) => rule.departmentIds.length === 0)) return [];
    return (await this.departments.lineage(system.departmentId)).map(({ id }) => id);
  }

  /** Asked at every quotation: what would have ended by now is neither submitted nor approved any more. */
  private async termRefusals({ temporaryUntil }: RequestContent): Promise<Refusal[]> {
    if (!temporaryUntil) return [];
    const today = calendarDate(this.clock.now());
    return checkTemporaryUntil(temporaryUntil, today, await this.policies.policy(), ['content', 'temporaryUntil']);
  }

  /** Where the lines would go now. `own` names what the request holds already. */
  plan(quotation: Quotation, own: Pick<PlanFor, 'requestId' | 'tx' | 'held' | 'heldPlaces'>): Promise<RequestPlan> {
    const standing = { ...quotation.standing, ...quotation.ground };
    const asker = { ...own, departmentId: quotation.system.departmentId };
    const claims = quotation.lines.flatMap(({ change }) => change?.resized ?? []);
    const places = quotation.lines.flatMap(({ thingsChange }) => thingsChange?.resized ?? []);
    if (quotation.lines.some(({ change, thingsChange }) => change ?? thingsChange))
      return this.planning.planChange(wishesOf(quotation), { claims, places }, standing, asker);
    return this.planning.plan(wishesOf(quotation), standing, asker);
  }

  /** What its department may hold at once, by the rule in force; null = not capped. */
  async heldCap({ standing, lines }: Quotation): Promise<HeldAmounts | null> {
    const kinds = new Set(lines.map(({ thing }) => thing.kind));
    return this.caps.cap(standing, (await this.policies.policy()).HELD_SHARE_PERCENT, kinds);
  }

  /** Beside its lines: what is known of whoever asks, and of where it could go. For whoever quotes lines by himself. */
  async around(
    system: GovernmentSystem,
    what: { readonly standing: boolean },
  ): Promise<{
    readonly shelf: Shelf;
    readonly ground: PlacementGround;
    readonly departmentIds: readonly string[];
  }> {
    const shelf = await this.shelves.with([]);
    const [ground, departmentIds] = await Promise.all([
      this.grounds.of(shelf.standing.centers, system.id, what),
      this.departmentsFor(shelf, system),
    ]);
    return { shelf, ground, departmentIds };
  }
}
