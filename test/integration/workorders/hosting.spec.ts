import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DepartmentsService } from '../../../server/src/departments/departments.service.js';
import type { Viewer } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { SystemsService } from '../../../server/src/systems/systems.service.js';
import { OrderSights } from '../../../server/src/workorders/order-sights.service.js';
import { WorkOrdersService } from '../../../server/src/workorders/workorders.service.js';
import type { OrderContent } from '../../../server/src/workorders/workorders.types.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { department } from '../../support/builders/department.ts';
import { system } from '../../support/builders/system.ts';
import { codesOf } from '../../support/request-journey.ts';
import { idOf, WorkDesk } from '../../support/work-desk.ts';

let app: TestApplication;
let desk: WorkDesk;
beforeAll(async () => {
  app = await openTestApplication();
  desk = await new WorkDesk(app).open();
});
afterAll(() => app.close());

const thingsOf = (orderId: string) =>
  desk.rooms.sql<{
    id: string;
    state: string;
    start_half_unit: number | null;
    holder_id: string | null;
    busy_order_id: string | null;
  }>(
    'select e.* from hosted_equipment e join work_order_equipment l on l.equipment_id = e.id where l.order_id = ? order by l.position',
    [orderId],
  );

describe('racking', () => {
  it('keeps places when the order is opened, fills them when it is done, and frees them once when things go', async () => {
    const space = await desk.space(6);
    const ports = await desk.ports(8);
    const things = [desk.thing(space), desk.thing(space, { heightHalfUnits: 4 })];
    const id = await desk.create(desk.content('RACK', { things, ports: [{ portSetId: ports, count: 3 }] }));
    expect((await thingsOf(id)).map((each) => each.state)).toEqual(['EXPECTED', 'EXPECTED']);
    expect(await desk.claimed(ports)).toBe(0);

    idOf(await desk.assign(id));
    expect((await thingsOf(id)).map((each) => [each.state, each.start_half_unit])).toEqual([
      ['PLANNED', 0],
      ['PLANNED', 2],
    ]);
    expect(await desk.claimed(ports)).toBe(3);
    expect(await desk.spaceState(space)).toBe('ALLOCATED');

    for (const action of ['ACCEPT', 'START'] as const) idOf(await desk.move(id, action, desk.operator));
    expect(codesOf(await desk.move(id, 'FINISH', desk.operator))).toEqual(['INVALID_INPUT']);
    await desk.doSteps(id);
    idOf(await desk.move(id, 'FINISH', desk.operator));
    expect(await desk.spaceState(space)).toBe('OCCUPIED');
    // Who did it does not confirm it.
    expect(codesOf(await desk.move(id, 'CONFIRM', desk.operator))).toEqual(['ILLEGAL_TRANSITION']);
    idOf(await desk.move(id, 'CONFIRM', desk.engineer));

    const standing = await thingsOf(id);
    expect(standing.map((each) => [each.state, each.busy_order_id])).toEqual([
      ['STANDING', null],
      ['STANDING', null],
    ]);
    const out = (equipmentIds: string[], kind: 'UNRACK' | 'MOVE_OUT') =>
      desk.content(kind, {
        things: equipmentIds.map((equipmentId) => ({
          equipmentId,
          facts: null,
          targetHolderId: null,
          targetUnitHalves: null,
        })),
      });
    const [first, second] = standing.map((each) => each.id) as [string, string];
    await desk.carryOut(out([first], 'UNRACK'));
    // The other still stands there, and so the ports and the space stay.
    expect([await desk.claimed(ports), await desk.spaceState(space)]).toEqual([3, 'OCCUPIED']);
    const last = await desk.carryOut(out([second], 'MOVE_OUT'));
    expect([await desk.claimed(ports), await desk.spaceState(space)]).toEqual([0, 'ALLOCATED']);
    expect((await thingsOf(last)).map((each) => [each.state, each.holder_id])).toEqual([['GONE', null]]);
    expect((await desk.row(last)).slipNumber).toMatch(/^CM-\d{4}-\d{6}$/);

    // Done again after rework: nothing more is given back.
    idOf(await desk.move(last, 'REWORK', desk.engineer));
    idOf(await desk.move(last, 'FINISH', desk.operator));
    expect([await desk.claimed(ports), await desk.spaceState(space)]).toEqual([0, 'ALLOCATED']);
    expect(await desk.rooms.recount()).toEqual([]);
  });

  it('refuses with figures what has too many units, watts or kilograms, and keeps nothing', async () => {
    const space = await desk.space(2, 500, 30_000);
    const ports = await desk.ports(4);
    const too = (more: object) =>
      desk.content('RACK', { things: [desk.thing(space, more)], ports: [{ portSetId: ports, count: 1 }] });
    for (const [more, meter, requested, free] of [
      [{ heightHalfUnits: 6 }, 'UNITS', 3, 2],
      [{ powerW: 501 }, 'POWER_W', 501, 500],
      [{ weightGrams: 30_500 }, 'WEIGHT_GRAMS', 30_500, 30_000],
    ] as const) {
      const id = await desk.create(too(more));
      const refused = await desk.assign(id);
      expect(refused).toMatchObject({ ok: false, error: [{ code: 'SPACE_SHORTAGE', meter, requested, free }] });
      expect((await desk.row(id)).state).toBe('SUBMITTED');
      expect((await thingsOf(id)).map((each) => each.state)).toEqual(['EXPECTED']);
    }
    expect(await desk.claimed(ports)).toBe(0);
  });

  it('never puts two things into one place, however many orders are opened at once', async () => {
    const space = await desk.space(5);
    const ids = await Promise.all(
      Array.from({ length: 8 }, () => desk.create(desk.content('RACK', { things: [desk.thing(space)] }))),
    );
    const opened = await Promise.all(ids.map((id) => desk.assign(id)));
    expect(opened.filter((each) => each.ok)).toHaveLength(5);
    for (const refused of opened.filter((each) => !each.ok)) expect(codesOf(refused)).toEqual(['SPACE_SHORTAGE']);
    const places = await desk.rooms.sql<{ start_half_unit: number }>(
      "select start_half_unit from hosted_equipment where holder_id = ? and state = 'PLANNED' order by start_half_unit",
      [space],
    );
    expect(places.map((each) => each.start_half_unit)).toEqual([0, 2, 4, 6, 8]);
  });

  it('gives everything back when it is cancelled, and forgets what never came', async () => {
    const space = await desk.space(2);
    const ports = await desk.ports(2);
    const serial = newId();
    const content = desk.content('RACK', {
      things: [desk.thing(space, { serial })],
      ports: [{ portSetId: ports, count: 2 }],
    });
    const id = await desk.create(content);
    idOf(await desk.assign(id));
    expect(await desk.claimed(ports)).toBe(2);
    expect(codesOf(await desk.move(id, 'CANCEL', desk.applicant))).toEqual(['ILLEGAL_TRANSITION']);
    idOf(await desk.move(id, 'CANCEL', desk.engineer));
    expect(await desk.claimed(ports)).toBe(0);
    expect((await thingsOf(id)).map((each) => each.state)).toEqual(['GONE']);
    // Its serial may be named again.
    idOf(await desk.assign(await desk.create(desk.content('RACK', { things: [desk.thing(space, { serial })] }))));
  });

  it('is not about the same thing in two orders, nor about another department’s', async () => {
    const space = await desk.space(2);
    const id = await desk.carryOut(desk.content('RACK', { things: [desk.thing(space)] }));
    idOf(await desk.move(id, 'CONFIRM', desk.engineer));
    const [thing] = await thingsOf(id);
    const known = { equipmentId: thing?.id ?? null, facts: null, targetHolderId: null, targetUnitHalves: null };
    await desk.create(desk.content('UNRACK', { things: [known] }));
    await expect(desk.create(desk.content('UNRACK', { things: [known] }))).rejects.toThrow('part of another order');
    const other = await new WorkDesk(app).open();
    await expect(other.create(other.content('UNRACK', { things: [known] }))).rejects.toThrow('no such equipment');
  });
});

describe.each([8, 32, 64])('%i clients at once', (clients) => {
  it('claim exactly the ports that there are, and give each back once', async () => {
    const free = Math.floor(clients * 0.6);
    const ports = await desk.ports(free);
    const ids = await Promise.all(
      Array.from({ length: clients }, () =>
        desk.create(desk.content('CABLE', { ports: [{ portSetId: ports, count: 1 }] })),
      ),
    );
    const opened = await Promise.all(ids.map((id) => desk.assign(id)));
    expect(opened.filter((each) => each.ok)).toHaveLength(free);
    expect(await desk.claimed(ports)).toBe(free);
    for (const refused of opened.filter((each) => !each.ok))
      expect(refused).toMatchObject({ ok: false, error: [{ rule: 'portsShort', path: ['ports', '0', 'count'] }] });
    // Every one is cancelled, twice at once.
    const granted = ids.filter((_, at) => opened[at]?.ok);
    await Promise.all(
      granted.flatMap((id) => [desk.move(id, 'CANCEL', desk.engineer), desk.move(id, 'CANCEL', desk.engineer)]),
    );
    expect(await desk.claimed(ports)).toBe(0);
  });
});

describe('windows', () => {
  const at = (hours: number) => new Date(Date.now() + (2_000 + hours) * 3_600_000);
  const during = (from: number, to: number) => ({ windowFrom: at(from), windowTo: at(to) });

  it('of two works in a room do not meet, unless somebody says why', async () => {
    const content = during(0, 2);
    const first = await desk.create(desk.content('POWER_ON', { ...content }));
    idOf(await desk.assign(first));
    const second = await desk.create(desk.content('CABLE', during(1, 3)));
    expect(await desk.assign(second)).toMatchObject({
      ok: false,
      error: [{ rule: 'windowTaken', path: ['overlapReason'] }],
    });
    idOf(await desk.assign(second, { overlapReason: '同一机柜，一并施工' }));
    // What begins when it ends has the room.
    idOf(await desk.assign(await desk.create(desk.content('CABLE', { windowFrom: at(3), windowTo: at(4) }))));
    const entry = desk.content('ENTRY', {
      ...during(0, 2),
      escort: '蒋工',
      entrants: [{ name: '王工', idLastFour: '123X', vendor: '某公司' }],
    });
    idOf(await desk.assign(await desk.create(entry)));
  });

  it('are kept by exactly one of eight that are opened at once', async () => {
    const ids = await Promise.all(Array.from({ length: 8 }, () => desk.create(desk.content('CABLE', during(10, 11)))));
    const opened = await Promise.all(ids.map((id) => desk.assign(id)));
    expect(opened.filter((each) => each.ok)).toHaveLength(1);
  });
});

describe('a draft', () => {
  const edit = (id: string, viewer: Viewer, content: OrderContent) =>
    Promise.all([desk.row(id), desk.get(OrderSights).of(viewer)]).then(([{ version }, sight]) =>
      desk
        .get(WorkOrdersService)
        .edit(viewer, sight as never, { id, expectedVersion: version, idempotencyKey: newId() }, content),
    );

  it('does not come to name another department’s system, whoever edits it', async () => {
    const other = department();
    const foreign = system(other.id);
    await desk.get(UnitOfWork).run(async (tx) => {
      await desk.get(DepartmentsService).add(tx, [other]);
      await desk.get(SystemsService).add(tx, { systems: [foreign], projects: [], links: [] });
    });
    const content = desk.content('ENTRY');
    const id = idOf(await desk.get(WorkOrdersService).create(desk.engineer, content, false, newId()));
    const asOther = { ...content, departmentId: other.id, systemId: foreign.id };
    expect(codesOf(await edit(id, desk.engineer, asOther))).toContain('UNKNOWN_REFERENCE');
    expect(await desk.row(id)).toMatchObject({ departmentId: desk.departmentId, systemId: null });
  });

  it('is refused, not broken, by an escort’s name without end', async () => {
    const content = desk.content('ENTRY', { escort: '陪'.repeat(41) });
    const made = await desk.get(WorkOrdersService).create(desk.applicant, content, false, newId());
    expect(made).toMatchObject({ ok: false, error: [{ code: 'INVALID_INPUT', path: ['escort'] }] });
  });
});

it('is seen by the company that it is assigned to, once it is, and by no other', async () => {
  const id = await desk.create(desk.content('CABLE'));
  expect(codesOf(await desk.move(id, 'ACCEPT', desk.operator))).toEqual(['UNKNOWN_REFERENCE']);
  idOf(await desk.assign(id));
  expect(codesOf(await desk.move(id, 'ACCEPT', desk.stranger))).toEqual(['UNKNOWN_REFERENCE']);
  idOf(await desk.move(id, 'ACCEPT', desk.operator));
  const other = await new WorkDesk(app).open();
  expect(codesOf(await desk.move(id, 'CANCEL', other.applicant))).toEqual(['UNKNOWN_REFERENCE']);
});
