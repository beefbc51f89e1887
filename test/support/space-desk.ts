import type { CabinetDescription } from '../../server/src/cabinets/domain/cabinet.js';
import { SPACE_CONTENTS, type SpaceContents } from '../../server/src/cabinets/space-contents.types.js';
import type { Center } from '../../server/src/facilities/domain/facility.js';
import { newId } from '../../server/src/platform/database/ids.js';
import type { LineContent } from '../../server/src/requests/domain/content.js';
import type { ThingsWish } from '../../server/src/requests/domain/things-change.js';
import { GivingBackLines } from '../../server/src/requests/giving-back-lines.service.js';
import type { TestApplication } from './application.ts';
import { ChangeDesk } from './change-desk.ts';
import type { KindsDesk, Site } from './kinds-desk.ts';
import { idOf } from './request-journey.ts';
import { Rooms } from './rooms.ts';
import { WorkDesk } from './work-desk.ts';

export interface PlaceRow {
  readonly id: string;
  readonly cabinetId: string;
  readonly state: string;
  /** In units from the bottom of the cabinet. */
  readonly from: number;
  readonly units: number;
  readonly powerW: number;
  readonly kg: number;
}

/** Space in cabinets that a department has, and the changes of it. */
export class SpaceDesk {
  readonly changes = new ChangeDesk(this.app, this.kinds.journey);
  readonly rooms = new Rooms(this.app);
  readonly contents: SpaceContents = this.app.context.get(SPACE_CONTENTS, { strict: false });

  private constructor(
    private readonly app: TestApplication,
    readonly kinds: KindsDesk,
    readonly work: WorkDesk,
  ) {}

  static async open(app: TestApplication, kinds: KindsDesk): Promise<SpaceDesk> {
    return new SpaceDesk(app, kinds, await new WorkDesk(app).open());
  }

  /** Cabinets of a center of their own, of which nothing else is known. */
  site(role: Center['role'], cabinets: readonly Partial<CabinetDescription>[]): Promise<Site> {
    return this.kinds.openSite(role, { vcpu: 10, servers: 0, cabinets });
  }

  /** A place, or more of them, that people have handed over: its line. */
  async given(site: Site, more: Partial<LineContent> = {}, projectId?: string): Promise<string> {
    const { journey } = this.kinds;
    const line = this.kinds.line('CABINET', {
      ...{ localMode: 'SINGLE', remoteMode: 'NONE', centerId: site.center.id },
      ...more,
    });
    const content = this.kinds.content([line]);
    const request = await journey.submitted(projectId ? { ...content, projectId } : content);
    idOf(await journey.approve(request));
    await this.carryOut(request);
    return this.lineOf(request);
  }

  async lineOf(requestId: string): Promise<string> {
    return (await this.kinds.journey.requests.linesOf([requestId]))[0]?.[0]?.id ?? '';
  }

  async orderOf(requestId: string) {
    return this.work.orderFor('line_id', await this.lineOf(requestId));
  }

  /** What people do, up to its end. */
  async carryOut(requestId: string): Promise<void> {
    await this.work.carryOutMade((await this.orderOf(requestId)).id);
  }

  to(lineId: string, wish: Partial<ThingsWish>, modes: object = {}) {
    const things = { lineId, heightUnits: null, powerW: null, weightKg: null, ...wish };
    return this.changes.content([], { things, ...modes }, { restartAgreed: false });
  }

  /** Live places of a line, by center and then as they came. */
  async places(lineId: string): Promise<PlaceRow[]> {
    const rows: Record<string, string>[] = await this.rooms.sql(
      `select h.* from item_claim i join cabinet_holder h on h.id = i.subject_id
       where i.line_id = ? and i.state <> 'RELEASED' order by h.id`,
      [lineId],
    );
    return rows.map((row) => ({
      ...{ id: row.id ?? '', cabinetId: row.cabinet_id ?? '', state: row.state ?? '' },
      ...{ from: Number(row.start_half_unit) / 2, units: Number(row.height_half_units) / 2 },
      ...{ powerW: Number(row.power_w), kg: Number(row.weight_grams) / 1_000 },
    }));
  }

  /** What the department has of a quota. */
  async taken(meter: 'CABINET_HALF_UNIT' | 'POWER_W'): Promise<number> {
    const [row] = await this.rooms.sql<{ n: string }>(
      "select live_amount as n from capacity_counter where subject_id = ? and kind = 'QUOTA' and meter = ?",
      [this.kinds.journey.department.id, meter],
    );
    return Number(row?.n ?? 0);
  }

  /** Cabinets whose counters are not what stands in them, and quotas that are not what was taken: there must never be one. */
  async imbalances(): Promise<unknown[]> {
    const quotas = await this.rooms.sql(
      `select c.subject_id, c.meter, c.live_amount from capacity_counter c where c.kind = 'QUOTA'
         and c.meter in ('CABINET_HALF_UNIT', 'POWER_W', 'SERVER')
         and c.live_amount <> (select coalesce(sum(json_value(t.amounts, concat('$.', c.meter))), 0)
           from quota_taking t where t.live = 1 and json_contains(t.quota_ids, json_quote(c.subject_id)))`,
    );
    return [...quotas, ...(await this.rooms.recount())];
  }

  /** Something of the department into one of its places, at a half-unit from the place's bottom; it stands there. */
  async put(holderId: string, startHalfUnit: number, heightHalfUnits: number, powerW = 100): Promise<string> {
    const [holder] = await this.rooms.sql<{ cabinet_id: string }>(
      'select cabinet_id from cabinet_holder where id = ?',
      [holderId],
    );
    const id = newId();
    await this.rooms.sql(
      `insert into hosted_equipment (id, department_id, state, version, owner, label, serial, live_serial, height_half_units,
         power_w, weight_grams, domestic, holder_id, cabinet_id, start_half_unit, since, created_at)
       values (?, ?, 'STANDING', 1, '测试', '设备', ?, ?, ?, ?, 10000, 1, ?, ?, ?, now(3), now(3))`,
      [
        ...[id, this.kinds.journey.department.id, id, id, heightHalfUnits],
        ...[powerW, holderId, holder?.cabinet_id, startHalfUnit],
      ],
    );
    return id;
  }

  async giveBack(lineId: string) {
    const [row] = await this.rooms.sql<{ version: number }>(
      'select r.version from request r join request_line l on l.request_id = r.id where l.id = ?',
      [lineId],
    );
    const wish = { lineId, expectedVersion: row?.version ?? 0, reason: '不再使用', idempotencyKey: newId() };
    const { applicant, scope } = this.kinds.journey;
    return this.app.context.get(GivingBackLines, { strict: false }).giveBack(applicant, scope, wish);
  }
}
