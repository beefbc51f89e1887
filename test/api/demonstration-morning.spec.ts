import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DemonstrationJourneys } from '../../server/src/demonstration/demonstration-journeys.js';
import { startTestConsole, type TestConsole } from '../support/console.ts';

let running: TestConsole;
let problems: readonly string[];

beforeAll(async () => {
  running = await startTestConsole({ worker: true });
  problems = await running.application.get(DemonstrationJourneys, { strict: false }).run();
});
afterAll(() => running.close());

describe('what people have done before a first start is looked at', () => {
  it('gets as far as it is to go', () => expect(problems).toEqual([]));

  it('holds a request whose lines say how they stand to each other', async () => {
    const lines: { name: string; state: string; relations: string | null; shares: string }[] =
      await running.test.db.query(
        `select l.name, r.state, l.relations, l.shares from request_line l join request r on r.id = l.request_id
         where r.purpose like '核心数据库双机部署%' order by l.position`,
      );
    expect(lines.map(({ name }) => name)).toEqual(['db-first', 'db-second', 'storage', 'app', 'cache']);
    expect(lines.map(({ relations }) => relations !== null && JSON.parse(relations).length > 0)).toEqual([
      ...[false, true, true, false, true],
    ]);
    for (const { name, state, shares } of lines) {
      expect([name, state]).toEqual([name, 'UNDER_REVIEW']);
      expect(JSON.parse(shares)).not.toEqual([]);
    }
  });

  it('asks about a service that is half unused, and leaves the end of another to whoever set it up', async () => {
    const cases = await running.test.db.query(
      `select c.state, c.cause, l.name from reclaim_case c join request_line l on l.id = c.line_id`,
    );
    expect(cases).toEqual([{ state: 'NOTICED', cause: 'IDLE', name: 'protection' }]);
    const orders = await running.test.db.query(
      `select o.state, l.name from work_order o join request_line l on l.id = o.ended_line_id
       where o.kind = 'SERVICE_END' and l.ended_at is not null`,
    );
    expect(orders).toEqual([{ state: 'SUBMITTED', name: 'campaign' }]);
  });
});
