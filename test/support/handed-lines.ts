import { newId } from '../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../server/src/platform/database/unit-of-work.js';
import { FollowUpService } from '../../server/src/requests/follow-up.service.js';
import { GivingBackLines } from '../../server/src/requests/giving-back-lines.service.js';
import { LineTerms } from '../../server/src/requests/line-terms.service.js';
import type { NamedLineTerm } from '../../server/src/requests/line-terms.types.js';
import type { TestApplication } from './application.ts';
import type { KindsDesk, Site } from './kinds-desk.ts';
import { idOf } from './request-journey.ts';

export interface Lines {
  readonly requestId: string;
  readonly server: string;
  readonly cabinet: string;
  readonly service: string;
}

/** Servers, places and services that people have handed over. */
export class HandedLines {
  constructor(
    private readonly app: TestApplication,
    private readonly desk: KindsDesk,
    private readonly site: Site,
  ) {}

  /** A server, a place and a service, asked for, granted and handed over. */
  async delivered(temporaryUntil: string | null): Promise<Lines> {
    const { requestId, ...lines } = await this.granted(temporaryUntil);
    for (const lineId of Object.values(lines)) await this.handOver(lineId);
    return { requestId, ...lines };
  }

  async granted(temporaryUntil: string | null): Promise<Lines> {
    const { journey } = this.desk;
    const lines = this.desk.lines({ localMode: 'SINGLE', remoteMode: 'NONE', centerId: this.site.center.id });
    const things = lines
      .filter(({ kind }) => kind !== 'VM')
      .map((line) => (line.kind === 'SERVICE' ? { ...line, centerId: null } : line));
    const requestId = await journey.submitted({ ...this.desk.content(things), temporaryUntil });
    idOf(await journey.approve(requestId));
    const rows = (await journey.requests.linesOf([requestId]))[0] ?? [];
    const of = (kind: string) => rows.find((row) => row.kind === kind)?.id ?? '';
    return { requestId, server: of('SERVER'), cabinet: of('CABINET'), service: of('SERVICE') };
  }

  handOver(lineId: string): Promise<unknown> {
    return this.desk.get(UnitOfWork).run((tx) => this.desk.get(FollowUpService).lineFulfilled(tx, lineId, 'GD-1'));
  }

  async term(lineId: string): Promise<NamedLineTerm> {
    const [row] = await this.desk.get(LineTerms).ofLines([lineId]);
    if (!row) throw new Error(`no term of ${lineId}`);
    return row;
  }

  async gone(lineId: string): Promise<boolean> {
    return (await this.term(lineId)).endedAt !== null;
  }

  /** By its department's own press. */
  async giveBack(requestId: string, lineId: string) {
    return (await this.givingBack(requestId, lineId))();
  }

  /** The press itself, which may be pressed again. */
  async givingBack(requestId: string, lineId: string, at: Pick<KindsDesk, 'get'> = this.desk) {
    const { applicant, scope } = this.desk.journey;
    const { version } = await this.desk.journey.row(requestId);
    const wish = { lineId, expectedVersion: version, reason: '不再使用', idempotencyKey: newId() };
    return () => at.get(GivingBackLines).giveBack(applicant, scope, wish);
  }

  /** Something stands in its place; what is answered takes it out again. */
  async occupy(lineId: string): Promise<() => Promise<void>> {
    const [{ id }] = await this.app.test.db.query(
      "select subject_id as id from item_claim where line_id = ? and state = 'ALLOCATED'",
      [lineId],
    );
    const set = (state: string) =>
      this.app.test.db.query('update cabinet_holder set state = ? where id = ?', [state, id]);
    const [{ state }] = await this.app.test.db.query('select state from cabinet_holder where id = ?', [id]);
    await set('OCCUPIED');
    return async () => {
      await set(state);
    };
  }

  /** The cases about it, in the order of their opening. */
  async casesOf(lineId: string): Promise<{ id: string; code: string; cause: string; state: string }[]> {
    return this.app.test.db.query(
      'select id, code, cause, state from reclaim_case where line_id = ? order by opened_at, id',
      [lineId],
    );
  }
}
