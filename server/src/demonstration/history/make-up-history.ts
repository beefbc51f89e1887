import { holdExpiry } from '../../allocation/domain/claim.js';
import { accountingYear, calendarDate, startOfDay } from '../../kernel/calendar.js';
import type { Role } from '../../kernel/viewer.js';
import { nextMonth } from '../../pricing/domain/cost-of-days.js';
import { after, type RequestMove } from '../../requests/domain/request-state.js';
import type { RequestRow, RequestStepRow } from '../../requests/requests.types.js';
import { Seeded } from '../seeded.js';
import { Happenings } from './happenings.js';
import type { History } from './history.js';
import { beginningOf, daysLater, minutesLater, officeMoments, officeTime } from './past-calendar.js';
import { type PastAsker, type PastFacts, type PastPerson, type PastScale, payerOn } from './past-facts.js';
import { endedMonths, PastLedger } from './past-ledger.js';
import { type PastLine, pastLines } from './past-lines.js';
import { liveOn } from './past-lives.js';
import { codeOf, type LivingClaim, PastMachines } from './past-machines.js';
import { PastPools } from './past-pools.js';
import { makeUpServerLives } from './past-servers.js';
import { lastOf, pairedLines, twinsOf } from './past-twins.js';

/** How the province has behaved, of a hundred each. */
const WITHDRAWN_AS_DRAFT = 3;
const RETURNED_ONCE = 8;
const REJECTED = 5;
const FORGOTTEN = 2;
const MACHINE_GROWS = 8;
/** A system that is used more than was thought grows as a whole, machine by machine. */
const ALL_MACHINES_GROW = 7;
const MACHINE_IS_GIVEN_BACK = 22;
/** A granted request has about that many machines, and about that part of the requests is granted. */
const MACHINES_PER_REQUEST = 6.4;
const GRANTED_PART = 0.88;
/** The last days were busy, so that whoever signs in finds something to do. */
const BUSY_DAYS = 3;
const BUSY_PART = 0.05;
const PURPOSES = [
  '业务系统扩容',
  '新系统上线',
  '信创改造迁移',
  '测试环境转正式',
  '数据分析任务',
  '等保整改拆分部署',
] as const;
const RELEASE_REASONS = ['系统下线', '缩减规模', '迁移至新环境', '项目验收结束'] as const;
const RETURN_OPINION = '请补充并发量与存储增长估算';
const REJECT_OPINION = '现有资源利用率不足 20%，建议先行调整';
const CONSOLE_NAME = '集云';
const NO_ROOM_OPINION = '资源池容量不足，请调整规格或中心';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

interface PastRequest {
  readonly row: Writable<RequestRow>;
  readonly asker: PastAsker;
  readonly reviewer: PastPerson;
  lines: readonly PastLine[];
  claims: readonly LivingClaim[];
}

/**
 * A past out of one number: the same seed, scale and facts give the same rows. Every step goes through the domain's own
 * tables and functions (request states, placement, resource states), so that nothing stands in it that could not have happened.
 */
export function makeUpHistory(seed: number, facts: PastFacts, scale: PastScale): History {
  return new HistoryMaker(seed, facts, scale).make();
}

class HistoryMaker {
  private readonly seeded: Seeded;
  private readonly pools: PastPools;
  private readonly machines: PastMachines;
  private readonly happenings = new Happenings();
  private readonly requests: PastRequest[] = [];
  private readonly steps: RequestStepRow[] = [];
  private readonly numbers = new Map<number, number>();
  private readonly ledger: PastLedger;
  /** Budget items of projects that pay themselves, by project and year; of several, the first by its key. */
  private readonly items: ReadonlyMap<string, string>;

  constructor(
    private readonly seed: number,
    private readonly facts: PastFacts,
    private readonly scale: PastScale,
  ) {
    this.seeded = new Seeded(seed);
    this.pools = new PastPools(facts.place);
    this.machines = new PastMachines(this.seeded, this.pools);
    this.ledger = new PastLedger(seed, facts.budgets, facts.finance.name);
    this.items = new Map(
      facts.budgets
        .filter(({ grain, projectId }) => grain === 'ITEM' && projectId !== null && facts.ownPaying.has(projectId))
        .toSorted((one, other) => (one.key < other.key ? 1 : -1))
        .map((budget) => [`${budget.projectId} ${budget.year}`, budget.id]),
    );
  }

  make(): History {
    const { until, months, machines } = this.scale;
    const count = Math.ceil(machines / MACHINES_PER_REQUEST / GRANTED_PART);
    const moments = [
      ...officeMoments(this.seeded, beginningOf(until, months), until, count),
      ...officeMoments(this.seeded, daysLater(until, -BUSY_DAYS), until, Math.ceil(count * BUSY_PART)),
    ];
    for (const moment of moments) this.happenings.at(moment, (at) => this.begin(at));
    this.keepBooks(beginningOf(until, months), until);
    this.happenings.runUntil(until);
    this.ledger.overrun();
    const paired = pairedLines(this.requests);
    const binned = liveOn(this.machines.resources, until, {
      isPaired: ({ lineId }) => paired.has(lineId),
      idAt: (ms) => this.seeded.idAt(ms),
    });
    const { lives, takings } = makeUpServerLives(this.seed, this.facts, this.scale);
    return {
      requests: this.requests.map((request) => request.row),
      lines: this.requests.flatMap((request) => request.lines.map((line) => line.row)),
      steps: this.steps,
      claims: this.requests.flatMap((request) => request.claims),
      resources: this.machines.resources,
      events: [...this.machines.events, ...binned],
      entries: this.ledger.entries,
      encumbrances: this.ledger.encumbrances,
      adjustments: this.ledger.adjustments,
      serverLives: lives,
      takings,
      codes: [
        ...[...this.numbers].map(([year, used]) => ({ prefix: 'SQ', year, count: used })),
        ...this.machines.codes,
      ],
    };
  }

  /** A month's use is entered on the second day of the next, and a year's books are closed the day after. */
  private keepBooks(from: Date, until: Date): void {
    for (const month of endedMonths(from, until)) {
      const next = startOfDay(`${nextMonth(month)}-01`);
      if (month.endsWith('-12')) this.happenings.at(next, (at) => this.ledger.openYear(at));
      this.happenings.at(daysLater(next, 1), (at) => this.ledger.closeMonth(at, month));
      if (month.endsWith('-12'))
        this.happenings.at(daysLater(next, 2), (at) => this.ledger.closeYear(at, month.slice(0, 4)));
    }
  }

  private begin(at: Date): void {
    const asker = this.seeded.pick(this.facts.askers);
    const id = this.seeded.idAt(at.getTime());
    const lines = pastLines(this.seeded, this.facts, asker, { id, at });
    if (lines.length === 0) return;
    const year = accountingYear(at);
    this.numbers.set(year, (this.numbers.get(year) ?? 0) + 1);
    const request: PastRequest = {
      asker,
      reviewer: this.seeded.pick(this.facts.reviewers),
      lines,
      claims: [],
      row: {
        id,
        code: codeOf('SQ', year, this.numbers.get(year) ?? 0),
        nature: 'NEW',
        restartAgreed: false,
        state: 'DRAFT',
        stateSince: at,
        version: 1,
        departmentId: asker.department.id,
        systemId: asker.system.id,
        projectId: payerOn(asker, calendarDate(at)),
        temporaryUntil: null,
        purpose: `${asker.system.name}${this.seeded.pick(PURPOSES)}`,
        applicantId: asker.applicant.userId,
        applicantName: asker.applicant.name,
        formerApplicantIds: null,
        monthlyFen: lines.every((line) => line.row.monthlyFen !== null)
          ? lines.reduce((sum, line) => sum + (line.row.monthlyFen ?? 0n), 0n)
          : null,
        machineCount: lines.reduce((sum, line) => sum + line.row.itemCount, 0),
        ...{ serverCount: 0, cabinetCount: 0, serviceCount: 0 },
        createdAt: at,
        submittedAt: null,
        heldSince: null,
        holdExpiresAt: null,
        dueAt: null,
      },
    };
    this.requests.push(request);
    this.note(request, at, 'CREATE', asker.applicant, 'APPLICANT', null, null);
    if (this.seeded.chance(WITHDRAWN_AS_DRAFT)) {
      this.later(at, 5, (then) => this.move(request, then, 'WITHDRAW', asker.applicant, 'APPLICANT'));
      return;
    }
    this.happenings.at(minutesLater(at, 20 + this.seeded.below(200)), (then) => this.send(request, then));
  }

  private send(request: PastRequest, at: Date): void {
    this.move(request, at, 'SEND_FOR_SIGN_OFF', request.asker.applicant, 'APPLICANT');
    this.later(at, 2, (then) => this.submit(request, then));
  }

  private submit(request: PastRequest, at: Date): void {
    const { asker, row } = request;
    if (row.heldSince === null) {
      const placement = this.pools.plan(request.lines.map((line) => line.demand));
      if (!placement.feasible) {
        this.move(request, at, 'RETURN', asker.head, 'DEPARTMENT_HEAD', NO_ROOM_OPINION);
        this.later(at, 4, (then) => this.move(request, then, 'WITHDRAW', asker.applicant, 'APPLICANT'));
        return;
      }
      request.lines = request.lines.map((line, index) => {
        const { shares: pools = [], checks = [] } = placement.lines[index] ?? {};
        const { centerId, itemCount: count, monthlyFen } = line.row;
        const main = { share: 'MAIN', centerId, standing: 'RUNNING', owed: false, count, pools } as const;
        const shares = [{ ...main, monthlyFen: monthlyFen?.toString() ?? null, prices: [] }];
        return { ...line, row: { ...line.row, shares, checks } };
      });
      request.claims = request.lines.flatMap((line) => this.hold(request, line, at));
      row.heldSince = at;
      if (row.monthlyFen !== null)
        this.ledger.open(
          at,
          {
            requestId: row.id,
            monthlyFen: row.monthlyFen,
            itemOn: (day) => this.items.get(`${payerOn(asker, day)} ${day.slice(0, 4)}`) ?? null,
          },
          asker.head.name,
        );
    }
    this.move(request, at, 'SUBMIT', asker.head, 'DEPARTMENT_HEAD');
    row.submittedAt = at;
    row.holdExpiresAt = holdExpiry(row.heldSince, at);
    for (const claim of request.claims) claim.expiresAt = row.holdExpiresAt;
    this.review(request, at);
  }

  private hold(request: PastRequest, line: PastLine, at: Date): LivingClaim[] {
    const { vcpu, memoryMib, diskGib, storageTier } = line.demand;
    const pools = line.row.shares.flatMap((share) => share.pools);
    return pools.flatMap((share) =>
      Array.from({ length: share.count }, () => {
        this.pools.take(share.poolId, line.demand);
        return {
          claimId: this.seeded.idAt(at.getTime()),
          requestId: request.row.id,
          lineId: line.row.id,
          poolId: share.poolId,
          share: 'MAIN' as const,
          standing: 'RUNNING' as const,
          departmentId: request.row.departmentId,
          quotaIds: [...request.asker.quotaIds, request.row.projectId],
          vcpu,
          memoryMib,
          diskGib,
          storageTier,
          state: 'HELD' as const,
          createdAt: at,
          expiresAt: at,
          allocatedAt: null,
          releasedAt: null,
        };
      }),
    );
  }

  private review(request: PastRequest, at: Date): void {
    const { reviewer, row } = request;
    const wasReturned = this.steps.length > 0 && row.version > RETURNED_VERSION;
    if (this.seeded.chance(FORGOTTEN)) {
      if (row.holdExpiresAt)
        this.happenings.at(row.holdExpiresAt, (then) => {
          this.giveBack(request, then);
          this.move(request, then, 'EXPIRE', null, null);
        });
      return;
    }
    if (!wasReturned && this.seeded.chance(RETURNED_ONCE)) {
      this.later(at, 3, (then) => {
        this.move(request, then, 'RETURN', reviewer, 'CENTER_REVIEWER', RETURN_OPINION);
        this.later(then, 2, (again) => this.send(request, again));
      });
      return;
    }
    if (this.seeded.chance(REJECTED)) {
      this.later(at, 4, (then) => {
        this.giveBack(request, then);
        this.move(request, then, 'REJECT', reviewer, 'CENTER_REVIEWER', REJECT_OPINION);
      });
      return;
    }
    this.later(at, 4, (then) => this.approve(request, then));
  }

  private giveBack(request: PastRequest, at: Date): void {
    for (const claim of request.claims) {
      this.pools.giveBack(claim.poolId, claim);
      Object.assign(claim, { state: 'RELEASED', releasedAt: at, expiresAt: null });
    }
    this.ledger.giveBack(at, request.row.id, CONSOLE_NAME);
    request.row.heldSince = null;
    request.row.holdExpiresAt = null;
  }

  private approve(request: PastRequest, at: Date): void {
    const { asker, row, reviewer } = request;
    this.move(request, at, 'APPROVE', reviewer, 'CENTER_REVIEWER', '同意');
    this.move(request, at, 'GRANT', null, null);
    row.holdExpiresAt = null;
    const owner = {
      ...row,
      departmentCode: asker.department.code,
      systemCode: asker.system.code,
    };
    const made = request.lines.flatMap((line) =>
      request.claims
        .filter((claim) => claim.lineId === line.row.id)
        .map((claim, index) => {
          Object.assign(claim, { state: 'ALLOCATED', allocatedAt: at, expiresAt: null });
          return { claim, resource: this.machines.make(at, owner, line, claim, index + 1, reviewer.name) };
        }),
    );
    const delivered = minutesLater(at, 4 + this.seeded.below(20));
    this.happenings.at(delivered, (then) => {
      for (const { resource } of made) {
        this.machines.deliver(then, resource);
        this.ledger.started(then, row.id, resource.id, resource.monthlyFen);
      }
      this.move(request, then, 'DELIVER', null, null);
      const givenBack = this.seeded.chance(MACHINE_IS_GIVEN_BACK);
      const allGrow = this.seeded.chance(ALL_MACHINES_GROW);
      for (const together of twinsOf(request, made)) {
        if (allGrow || this.seeded.chance(MACHINE_GROWS))
          this.later(then, 400, (when) => {
            if (!together.every(({ claim, resource }) => this.machines.mayGrow(resource, claim))) return;
            for (const { claim, resource } of together) {
              this.machines.grow(when, resource, claim);
              this.ledger.changed(when, row.id, resource.id, resource.monthlyFen);
            }
          });
        if (givenBack)
          this.later(daysLater(then, 60), 500, (when) => {
            const reason = this.seeded.pick(RELEASE_REASONS);
            for (const { claim, resource } of together)
              if (this.machines.release(when, resource, claim, reason, asker.applicant.name))
                this.ledger.ended(when, row.id, resource.id, CONSOLE_NAME);
            const gone = made.map((one) => one.resource);
            if (gone.every(({ state }) => state === 'RELEASED'))
              this.move(request, lastOf(gone.map(({ releasedAt }) => releasedAt ?? when)), 'CLOSE', null, null);
          });
      }
    });
  }

  /** In office hours of one of the next days. */
  private later(at: Date, daysMost: number, run: (at: Date) => void): void {
    const then = officeTime(this.seeded, daysLater(at, 1 + this.seeded.below(daysMost)), FAR_AWAY);
    this.happenings.at(then, run);
  }

  private move(
    request: PastRequest,
    at: Date,
    move: RequestMove,
    person: PastPerson | null,
    role: Role | null,
    opinion: string | null = null,
  ): void {
    const from = request.row.state;
    const to = after(from, move);
    if (to === undefined) throw new Error(`the past moves ${request.row.code} from ${from} by ${move}`);
    Object.assign(request.row, { state: to, stateSince: at, version: request.row.version + 1 });
    this.note(request, at, move, person, role, opinion, from);
  }

  private note(
    request: PastRequest,
    at: Date,
    action: string,
    person: PastPerson | null,
    actorRole: Role | null,
    opinion: string | null,
    fromState: RequestRow['state'] | null,
  ): void {
    this.steps.push({
      id: this.seeded.idAt(at.getTime()),
      requestId: request.row.id,
      at,
      actorId: person?.userId ?? null,
      actorName: person?.name ?? CONSOLE_NAME,
      actorRole,
      action,
      opinion,
      fromState,
      toState: request.row.state,
    });
  }
}

/** A request that was sent back has gone further than draft, sent, submitted. */
const RETURNED_VERSION = 3;
/** Later than any past: what is planned for after its end simply never happens. */
const FAR_AWAY = new Date(8.64e15);
