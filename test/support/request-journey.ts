import { AllocationService } from '../../server/src/allocation/allocation.service.js';
import { PlacingService } from '../../server/src/allocation/placing.service.js';
import { currentStep, type Round } from '../../server/src/approvals/domain/round.js';
import type { StepRole } from '../../server/src/approvals/domain/step-roles.js';
import { RoundsService } from '../../server/src/approvals/rounds.service.js';
import { CatalogService } from '../../server/src/catalog/catalog.service.js';
import { DepartmentsService } from '../../server/src/departments/departments.service.js';
import type { Center, Pool } from '../../server/src/facilities/domain/facility.js';
import { FacilitiesService } from '../../server/src/facilities/facilities.service.js';
import { parseUnitPrice } from '../../server/src/kernel/money.js';
import type { Refusal } from '../../server/src/kernel/refusal.js';
import type { Result } from '../../server/src/kernel/result.js';
import { type TenantScope, type Viewer, WHOLE_PROVINCE } from '../../server/src/kernel/viewer.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../server/src/platform/database/unit-of-work.js';
import { PRICE_METERS } from '../../server/src/pricing/domain/quote.js';
import { PricingService } from '../../server/src/pricing/pricing.service.js';
import type { RequestContent } from '../../server/src/requests/domain/content.js';
import { RequestsService } from '../../server/src/requests/requests.service.js';
import type { RequestRow } from '../../server/src/requests/requests.types.js';
import { ReviewService } from '../../server/src/requests/review.service.js';
import { SubmissionService } from '../../server/src/requests/submission.service.js';
import { SystemsService } from '../../server/src/systems/systems.service.js';
import { type TestApplication, viewerWith } from './application.ts';
import { image, offer } from './builders/catalog.ts';
import { department } from './builders/department.ts';
import { center, cluster, pool } from './builders/facility.ts';
import { payment, project, system } from './builders/system.ts';

/** One department with its people, a catalog with prices, and as many centers as are asked for: enough for every journey of a request. */
export class RequestJourney {
  readonly department = department();
  readonly system = system(this.department.id);
  readonly project = project(this.department.id);
  /** 1 vCPU and 1 GiB, so that a unit of capacity is a machine. */
  readonly offer = offer({ vcpu: 1, memoryMib: 1024 });
  readonly image = image({ minimumDiskGib: 20 });
  readonly applicant: Viewer = viewerWith(['APPLICANT'], this.department.id, { name: '张经办' });
  readonly head: Viewer = viewerWith(['DEPARTMENT_HEAD'], this.department.id, { name: '李主任' });
  readonly acceptance: Viewer = viewerWith(['CENTER_ACCEPTANCE'], null, { name: '赵受理' });
  readonly reviewer: Viewer = viewerWith(['CENTER_REVIEWER'], null, { name: '王评审' });
  readonly allocator: Viewer = viewerWith(['CAPACITY_ALLOCATOR'], null, { name: '孙分配' });
  readonly scope: TenantScope = { kind: 'DEPARTMENTS', departmentIds: [this.department.id] };

  readonly requests = this.app.context.get(RequestsService, { strict: false });
  readonly submission = this.app.context.get(SubmissionService, { strict: false });
  readonly review = this.app.context.get(ReviewService, { strict: false });
  readonly rounds = this.app.context.get(RoundsService, { strict: false });
  readonly allocation = this.app.context.get(AllocationService, { strict: false });
  readonly placing = this.app.context.get(PlacingService, { strict: false });

  private constructor(private readonly app: TestApplication) {}

  static async begin(app: TestApplication): Promise<RequestJourney> {
    const journey = new RequestJourney(app);
    const get = <T>(type: new (...args: never[]) => T): T => app.context.get(type, { strict: false });
    // One department holds all of many a pool here; what it may hold at once is held-cap.spec.ts.
    await app.test.db.query("update life_policy set value = 100 where name = 'HELD_SHARE_PERCENT'");
    await get(UnitOfWork).run(async (tx) => {
      await get(DepartmentsService).add(tx, [journey.department]);
      await get(SystemsService).add(tx, {
        systems: [journey.system],
        projects: [journey.project],
        links: [payment(journey.system, journey.project, '2020-01-01')],
      });
      await get(CatalogService).add(tx, { offers: [journey.offer], images: [journey.image] });
      await get(PricingService).add(
        tx,
        PRICE_METERS.map((meter) => ({ meter, architecture: null, price: parseUnitPrice('10.00'), synthetic: true })),
      );
    });
    return journey;
  }

  /** A center with one pool that promises so many vCPU; memory and storage are ample. */
  async openCenter(code: string, vcpu: number, more: Partial<Pool> = {}): Promise<{ center: Center; pool: Pool }> {
    const made = center({ code, name: code });
    const madeCluster = cluster(made);
    const madePool = pool(madeCluster, { code: `${code}-arm64`, ...more });
    await this.app.context.get(UnitOfWork, { strict: false }).run(async (tx) => {
      await this.app.context
        .get(FacilitiesService, { strict: false })
        .add(tx, { centers: [made], clusters: [madeCluster], pools: [madePool] });
      await this.allocation.openPool(tx, {
        poolId: madePool.id,
        vcpu,
        memoryMib: vcpu * 4096,
        storage: { SSD: vcpu * 1000, HDD: vcpu * 1000 },
      });
    });
    return { center: made, pool: madePool };
  }

  content(centerId: string, count = 1, more: Partial<RequestContent> = {}): RequestContent {
    return {
      systemId: this.system.id,
      projectId: this.project.id,
      purpose: '业务扩容',
      lines: [
        {
          kind: 'VM',
          name: 'web',
          count,
          centerId,
          localMode: 'SINGLE',
          remoteMode: 'NONE',
          vm: {
            offerId: this.offer.id,
            imageId: this.image.id,
            zone: 'GOVERNMENT_EXTRANET',
            storageTier: 'SSD',
            diskGib: 20,
          },
          server: null,
          cabinet: null,
          service: null,
        },
      ],
      ...more,
    };
  }

  async draft(content: RequestContent): Promise<string> {
    return idOf(await this.requests.createDraft(this.applicant, this.scope, content, newId()));
  }

  /** A request that waits for the head's sign-off. */
  async sent(content: RequestContent): Promise<string> {
    const id = await this.draft(content);
    return idOf(await this.review.move(this.applicant, this.scope, 'SEND_FOR_SIGN_OFF', this.wish(id, 1)));
  }

  async submitted(content: RequestContent): Promise<string> {
    return idOf(await this.submit(await this.sent(content)));
  }

  submit(id: string, expectedVersion = 2, idempotencyKey = newId()) {
    return this.submission.submit(this.head, this.scope, { ...this.wish(id, expectedVersion), idempotencyKey });
  }

  /** The center's people, each the step of their role, to the end of the chain: the answer to the last signature. */
  async approve(id: string) {
    await this.approveUpToLast(id);
    return this.approveStep(id);
  }

  /** Until only one signature is missing. */
  async approveUpToLast(id: string): Promise<void> {
    for (let round = await this.round(id); round.steps.some((s) => s.state === 'WAITING'); round = await this.round(id))
      idOf(await this.approveStep(id));
  }

  /** One signature by whoever of the center decides the current step. */
  async approveStep(id: string, idempotencyKey = newId()) {
    const [row, round] = await Promise.all([this.row(id), this.round(id)]);
    const role = currentStep(round)?.seats[0]?.roles[0];
    const person = role && this.centersPerson[role];
    if (!person) throw new Error(`nobody of the center decides ${role} of ${row.code}`);
    return this.review.approve(person, WHOLE_PROVINCE, { ...this.wish(id, row.version), idempotencyKey });
  }

  async round(id: string): Promise<Round> {
    const round = await this.rounds.runningNow(id);
    if (!round) throw new Error(`request ${id} is in no chain`);
    return round;
  }

  private readonly centersPerson: { readonly [R in StepRole]?: Viewer } = {
    CENTER_ACCEPTANCE: this.acceptance,
    CENTER_REVIEWER: this.reviewer,
    CAPACITY_ALLOCATOR: this.allocator,
  };

  wish(requestId: string, expectedVersion: number, opinion: string | null = '同意') {
    return { requestId, expectedVersion, opinion, idempotencyKey: newId() };
  }

  async row(id: string): Promise<RequestRow> {
    const row = await this.requests.inScope(WHOLE_PROVINCE, id);
    if (!row) throw new Error(`no request ${id}`);
    return row;
  }

  /** What the pool's counter says is live, and what its live claims add up to: they must never differ. */
  async liveOf(poolId: string): Promise<{ counter: number; claims: number }> {
    const { db } = this.app.test;
    const [counter] = await db.query(
      "select live_amount as n from capacity_counter where subject_id = ? and meter = 'VCPU'",
      [poolId],
    );
    const [claims] = await db.query(
      "select coalesce(sum(vcpu), 0) as n from claim where pool_id = ? and state <> 'RELEASED'",
      [poolId],
    );
    return { counter: Number(counter.n), claims: Number(claims.n) };
  }
}

export function idOf(result: Result<{ id: string }, readonly Refusal[]>): string {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`);
  return result.value.id;
}

export function codesOf(result: Result<unknown, readonly Refusal[]>): string[] {
  return result.ok ? [] : result.error.map((refusal) => refusal.code);
}
