import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../server/src/platform/database/ids.js';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import type { ConsoleClient } from '../support/console-client.ts';
import { countStatements } from '../support/count-statements.ts';

let console_: TestConsole;
let duty: ConsoleClient;
let operator: ConsoleClient;
let leader: ConsoleClient;
let head: ConsoleClient;
beforeAll(async () => {
  console_ = await startTestConsole();
  [duty, operator, leader, head] = (await Promise.all(
    ['duty', 'recovery', 'leader', 'head'].map((name) => console_.signIn(name)),
  )) as [ConsoleClient, ConsoleClient, ConsoleClient, ConsoleClient];
}, 120_000);
afterAll(() => console_?.close());

const TICKET = 'id code state version severity offers { action because } due { what isOver } frozenBecause';
const act = (by: ConsoleClient, name: string, type: string, fields: string, input: object) =>
  by.data(
    `mutation M($input: ${type}!) { outcome: ${name}(input: $input) { ${fields} errors { __typename code message path } } }`,
    { input: { idempotencyKey: newId(), ...input } },
  );
const open = async (input: object, by = duty) => {
  const { outcome } = await act(by, 'openDutyTicket', 'OpenDutyTicketInput', `ticket { ${TICKET} }`, {
    ...{ title: '业务中断', impact: 'SEVERAL', urgency: 'MEDIUM', kind: 'EVENT' },
    ...input,
  });
  expect(outcome.errors).toEqual([]);
  return outcome.ticket;
};
const move = (by: ConsoleClient, { id, version }: { id: string; version: number }, action: string, text = '说明') =>
  act(by, 'moveDutyTicket', 'MoveDutyTicketInput', `ticket { ${TICKET} }`, {
    id,
    expectedVersion: version,
    action,
    text,
  });
const moved = async (by: ConsoleClient, ticket: { id: string; version: number }, action: string, text?: string) => {
  const { outcome } = await move(by, ticket, action, text);
  expect(outcome.errors).toEqual([]);
  return outcome.ticket;
};

describe('the duty desk', () => {
  it('is seen by who runs the place, worked by who is on duty, and closed to departments', async () => {
    const ticket = await open({});
    const reviewer = await console_.signIn('reviewer');
    const seen = await reviewer.data(`query T($id: ID!) { dutyTicket(id: $id) { ${TICKET} } }`, { id: ticket.id });
    expect(seen.dutyTicket).toMatchObject({ code: ticket.code, offers: [] });
    const pressed = await reviewer.ask(
      'mutation M($input: MoveDutyTicketInput!) { moveDutyTicket(input: $input) { errors { code } } }',
      { input: { idempotencyKey: newId(), id: ticket.id, expectedVersion: 1, action: 'RESPOND' } },
    );
    expect(pressed.errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    for (const query of [
      '{ dutyTickets { totalCount } }',
      '{ dutyLog { totalCount } }',
      '{ dutyTicketCounts { tickets } }',
    ]) {
      const answer = await head.ask(query);
      expect(answer.errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    }
    // Whoever keeps the book of outages decides minutes; who only operates does not.
    const denied = await operator.ask(
      'mutation M($input: DenyDutyFaultInput!) { denyDutyFault(input: $input) { errors { code } } }',
      { input: { idempotencyKey: newId(), id: ticket.id, expectedVersion: 1, reason: 'x' } },
    );
    expect(denied.errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  });

  it('offers what the table allows, leads an event to its end, and tells a department, which gives its receipt', async () => {
    const [{ centers }, { systems }] = await Promise.all([
      duty.data('{ centers { id } }'),
      head.data('{ systems(first: 1) { nodes { code } } }'),
    ]);
    const [system] = systems.nodes;
    const begun = await open({
      ...{ centerId: centers[0].id, impact: 'WIDE', urgency: 'HIGH' },
      ...{ startedAt: new Date(Date.now() - 3_600_000).toISOString() },
      links: [{ subjectType: 'System', subject: system.code }],
    });
    expect(begun).toMatchObject({ state: 'NEW', severity: 'P1', due: { what: 'RESPOND', isOver: false } });
    expect(begun.offers.map(({ action }: { action: string }) => action)).toEqual(['RESPOND', 'CANCEL']);
    const restored = await moved(duty, await moved(duty, begun, 'RESPOND'), 'RESTORE');
    expect(restored.offers[0]).toEqual({ action: 'CLOSE', because: expect.stringContaining('fault') });
    const sent = await act(duty, 'sendDutyNotice', 'SendDutyNoticeInput', 'notice { id reading { told read } }', {
      ...{ ticketId: begun.id, kind: 'RESTORED', title: '已恢复', body: '请核对业务' },
    });
    expect(sent.outcome).toMatchObject({ errors: [], notice: { reading: { told: 1, read: 0 } } });
    const { id } = sent.outcome.notice;
    const notices =
      '{ dutyNotices { nodes { id mayRead reading { told } ticket { code } receipts { readBy systems } } } }';
    const [theirs] = (await head.data(notices)).dutyNotices.nodes;
    // A department sees its own receipt, and nothing of the desk.
    expect(theirs).toMatchObject({ id, mayRead: true, reading: null, ticket: null, receipts: [{ readBy: null }] });
    const read = await act(head, 'readDutyNotice', 'DutyNoticeActInput', 'notice { id mayRead }', { id });
    expect(read.outcome).toMatchObject({ errors: [], notice: { mayRead: false } });
    const after = await duty.data(
      'query N($id: ID!) { dutyNotice(id: $id) { reading { told read } receipts { readBy } } }',
      { id },
    );
    expect(after.dutyNotice).toMatchObject({
      reading: { told: 1, read: 1 },
      receipts: [{ readBy: expect.any(String) }],
    });
    const decided = await act(
      duty,
      'confirmDutyFault',
      'ConfirmDutyFaultInput',
      `ticket { ${TICKET} outage { minutes } }`,
      {
        ...{
          id: begun.id,
          expectedVersion: (await version(begun.id)) as number,
          layer: 'NETWORK',
          liability: 'PROVIDER',
        },
      },
    );
    expect(decided.outcome).toMatchObject({ errors: [], ticket: { outage: { minutes: expect.any(Number) } } });
    expect(decided.outcome.ticket.outage.minutes).toBeGreaterThanOrEqual(60);
    expect((await moved(duty, decided.outcome.ticket, 'CLOSE')).state).toBe('CLOSED');
  });

  it('keeps a change from being made during a freeze until a leader lets it through, and only he ends the freeze', async () => {
    const minute = (ms: number) => new Date(Math.floor((Date.now() + ms) / 60_000) * 60_000).toISOString();
    const { centers } = await duty.data('{ centers { id } }');
    const asked = await open({
      ...{
        kind: 'CHANGE',
        changeKind: 'NORMAL',
        title: '更换模块',
        plan: '更换',
        rollbackPlan: '换回',
        impact: 'ONE',
      },
      ...{ plannedFrom: minute(0), plannedTo: minute(3_600_000), centerId: centers[0].id },
    });
    const approved = await moved(leader, await moved(operator, asked, 'REVIEW'), 'APPROVE');
    const set = await act(operator, 'setChangeFreeze', 'SetChangeFreezeInput', 'freeze { id version }', {
      ...{ title: '重保', reason: '通知', from: minute(-60_000), to: minute(7_200_000), centerIds: [centers[0].id] },
    });
    const { freeze } = set.outcome;
    const { outcome } = await move(duty, approved, 'IMPLEMENT');
    expect(outcome).toMatchObject({ ticket: null, errors: [{ __typename: 'ChangeFrozen' }] });
    const shown = await duty.data(`query T($id: ID!) { dutyTicket(id: $id) { ${TICKET} } }`, { id: approved.id });
    expect(shown.dutyTicket.frozenBecause).toContain('重保');
    const ended = await act(operator, 'endChangeFreeze', 'EndChangeFreezeInput', 'freeze { id }', {
      ...{ id: freeze.id, expectedVersion: freeze.version },
    });
    expect(ended.outcome).toMatchObject({ freeze: null, errors: [{ code: 'NOT_PERMITTED' }] });
    const released = await act(leader, 'releaseFromFreeze', 'ReleaseFromFreezeInput', 'freeze { id version }', {
      ...{ id: freeze.id, subjectType: 'Change', subject: asked.code, reason: '须更换', until: minute(3_600_000) },
    });
    expect(released.outcome.errors).toEqual([]);
    expect((await moved(duty, approved, 'IMPLEMENT')).state).toBe('IMPLEMENTING');
    const over = await act(leader, 'endChangeFreeze', 'EndChangeFreezeInput', 'freeze { running }', {
      ...{ id: freeze.id, expectedVersion: freeze.version },
    });
    expect(over.outcome).toMatchObject({ errors: [], freeze: { running: false } });
  });

  it('asks as many statements for many tickets as for two', async () => {
    const { centers } = await duty.data('{ centers { id } }');
    for (let n = 0; n < 6; n += 1) await open({ title: `事件 ${n}`, centerId: centers[0].id });
    const list = `query L($first: Int!) { dutyTickets(first: $first) { totalCount nodes { ${TICKET.replace('frozenBecause', '')}
      center { name } links { subjectName } entries { kind } namedBy { code } } } }`;
    const meant = /from `?(duty_|center)/i;
    await duty.data(list, { first: 2 });
    const two = await countStatements(console_.test.db, () => duty.data(list, { first: 2 }), meant);
    const many = await countStatements(console_.test.db, () => duty.data(list, { first: 50 }), meant);
    expect(many.result.dutyTickets.nodes.length).toBeGreaterThan(6);
    expect(two.statements).toBeGreaterThan(0);
    expect(many.statements).toBe(two.statements);
  });
});

async function version(id: string): Promise<number> {
  return (await duty.data('query T($id: ID!) { dutyTicket(id: $id) { version } }', { id })).dutyTicket.version;
}
