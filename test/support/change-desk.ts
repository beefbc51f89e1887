import { CatalogService } from '../../server/src/catalog/catalog.service.js';
import type { Offer } from '../../server/src/catalog/domain/catalog.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../server/src/platform/database/unit-of-work.js';
import { ChangeRecord } from '../../server/src/requests/change-record.service.js';
import { ChangesService } from '../../server/src/requests/changes.service.js';
import { DeadlinesService } from '../../server/src/requests/deadlines.service.js';
import type { ChangeContent, ChangeLineContent } from '../../server/src/requests/domain/change.js';
import type { TestApplication } from './application.ts';
import { offer } from './builders/catalog.ts';
import { LifeDesk } from './life-desk.ts';
import { idOf, type RequestJourney } from './request-journey.ts';

const AS_IT_IS = { offerId: null, diskGib: null, localMode: null, remoteMode: null, centerId: null } as const;

/** Whoever changes what runs: drafts of changes, and the ways that they go. */
export class ChangeDesk {
  readonly changes = this.app.context.get(ChangesService, { strict: false });
  readonly record = this.app.context.get(ChangeRecord, { strict: false });
  readonly deadlines = this.app.context.get(DeadlinesService, { strict: false });
  readonly life = new LifeDesk(this.app, this.journey);

  constructor(
    readonly app: TestApplication,
    readonly journey: RequestJourney,
  ) {}

  /** Another size in the catalog. */
  async offers(...sizes: readonly Pick<Offer, 'vcpu' | 'memoryMib'>[]): Promise<Offer[]> {
    const made = sizes.map((size) => offer({ ...size, code: `arm64-${newId().slice(-8)}` }));
    await this.app.context
      .get(UnitOfWork, { strict: false })
      .run((tx) => this.app.context.get(CatalogService, { strict: false }).add(tx, { offers: made, images: [] }));
    return made;
  }

  content(
    resourceIds: readonly string[],
    to: Partial<ChangeLineContent>,
    more: Partial<ChangeContent> = {},
  ): ChangeContent {
    return {
      purpose: '业务增长，调整规格',
      restartAgreed: true,
      lines: [{ ...AS_IT_IS, ...to, resourceIds }],
      ...more,
    };
  }

  draft(content: ChangeContent, idempotencyKey = newId()) {
    const { applicant, scope } = this.journey;
    return this.changes.createDraft(applicant, scope, content, idempotencyKey);
  }

  async send(id: string, idempotencyKey = newId()) {
    const { version } = await this.journey.row(id);
    const wish = { ...this.journey.wish(id, version), idempotencyKey };
    return this.journey.review.move(this.journey.applicant, this.journey.scope, 'SEND_FOR_SIGN_OFF', wish);
  }

  async sent(content: ChangeContent): Promise<string> {
    const id = idOf(await this.draft(content));
    idOf(await this.send(id));
    return id;
  }

  async submit(id: string) {
    return this.journey.submit(id, (await this.journey.row(id)).version);
  }

  /** The center holds what it takes more. */
  async submitted(content: ChangeContent): Promise<string> {
    const id = await this.sent(content);
    idOf(await this.submit(id));
    return id;
  }

  async granted(content: ChangeContent): Promise<string> {
    const id = await this.submitted(content);
    idOf(await this.journey.approve(id));
    return id;
  }

  async withdraw(id: string) {
    const { version } = await this.journey.row(id);
    return this.journey.review.move(
      this.journey.applicant,
      this.journey.scope,
      'WITHDRAW',
      this.journey.wish(id, version),
    );
  }

  async state(id: string): Promise<string> {
    return (await this.journey.row(id)).state;
  }

  /** What a pool has promised, meter by meter. */
  async pool(poolId: string): Promise<{ vcpu: number; memoryMib: number; ssdGib: number }> {
    const rows: { meter: string; live_amount: string }[] = await this.app.test.db.query(
      'select meter, live_amount from capacity_counter where subject_id = ?',
      [poolId],
    );
    const of = (meter: string) => Number(rows.find((row) => row.meter === meter)?.live_amount ?? 0);
    return { vcpu: of('VCPU'), memoryMib: of('MEMORY_MIB'), ssdGib: of('STORAGE_GIB_SSD') };
  }

  async quota(subjectId: string): Promise<{ machines: number; vcpu: number; memoryMib: number; gib: number }> {
    const rows: { meter: string; live_amount: string }[] = await this.app.test.db.query(
      "select meter, live_amount from capacity_counter where subject_id = ? and kind = 'QUOTA'",
      [subjectId],
    );
    const of = (meter: string) => Number(rows.find((row) => row.meter === meter)?.live_amount ?? 0);
    return { machines: of('MACHINE'), vcpu: of('VCPU'), memoryMib: of('MEMORY_MIB'), gib: of('STORAGE_GIB') };
  }

  /** Every counter that is not the sum of the claims that stand on it: there must never be one. */
  async imbalances(): Promise<string[]> {
    const { db } = this.app.test;
    const counters: { kind: string; subject_id: string; meter: string; live_amount: string }[] = await db.query(
      'select kind, subject_id, meter, live_amount from capacity_counter',
    );
    const claims: Record<string, string | null>[] = await db.query("select * from claim where state <> 'RELEASED'");
    const takings: Record<string, string>[] = await db.query('select * from quota_taking');
    const sums = new Map<string, number>();
    const add = (subject: string, meter: string, amount: number) =>
      sums.set(`${subject} ${meter}`, (sums.get(`${subject} ${meter}`) ?? 0) + amount);
    for (const claim of claims) {
      const [vcpu, memory, gib] = [Number(claim.vcpu), Number(claim.memory_mib), Number(claim.storage_gib)];
      add(claim.pool_id as string, 'VCPU', vcpu);
      add(claim.pool_id as string, 'MEMORY_MIB', memory);
      add(claim.pool_id as string, `STORAGE_GIB_${claim.storage_tier}`, gib);
      for (const id of (claim.quota_ids ?? '').split(',').filter(Boolean)) {
        add(id, 'MACHINE', claim.standing === 'DATA' || claim.grows_claim_id !== null ? 0 : 1);
        add(id, 'VCPU', vcpu);
        add(id, 'MEMORY_MIB', memory);
        add(id, 'STORAGE_GIB', gib);
      }
    }
    if (takings.length > 0) throw new Error('these books know machines only');
    return counters
      .filter(({ subject_id, meter, live_amount }) => Number(live_amount) !== (sums.get(`${subject_id} ${meter}`) ?? 0))
      .map(
        ({ kind, subject_id, meter, live_amount }) =>
          `${kind} ${subject_id} ${meter}: ${live_amount} for claims of ${sums.get(`${subject_id} ${meter}`) ?? 0}`,
      );
  }
}
