import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import type { GrantedLine } from '../../../server/src/requests/fulfilment.types.js';
import { GrantedWork } from '../../../server/src/workorders/granted-work.service.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { codesOf } from '../../support/request-journey.ts';
import { idOf, WorkDesk } from '../../support/work-desk.ts';

let app: TestApplication;
let desk: WorkDesk;
beforeAll(async () => {
  app = await openTestApplication();
  desk = await new WorkDesk(app).open();
});
afterAll(() => app.close());

const line = (more: Partial<GrantedLine> = {}): GrantedLine => ({
  requestId: newId(),
  requestCode: 'SQ-2026-000009',
  departmentId: desk.departmentId,
  systemId: newId(),
  projectId: newId(),
  lineId: newId(),
  lineName: '半柜机位',
  kind: 'CABINET',
  nature: 'NEW',
  offerId: newId(),
  definitionId: null,
  answers: [],
  count: 1,
  centerId: desk.centerId,
  details: [],
  subjectIds: [],
  ...more,
});
const grant = (lines: readonly GrantedLine[]) =>
  desk.get(UnitOfWork).run((tx) => desk.get(GrantedWork).granted(tx, lines));
const orderOf = async (lineId: string) => {
  const [row] = await desk.rooms.sql<{ id: string; code: string; kind: string; state: string; request_code: string }>(
    'select id, code, kind, state, request_code from work_order where line_id = ?',
    [lineId],
  );
  return row;
};

describe('a granted line', () => {
  it('is one work order, however often it is told, and of the kind that its questions say', async () => {
    const cabinet = line();
    const backup = line({
      kind: 'SERVICE',
      lineName: '数据备份',
      answers: [
        { key: 'cycle', value: 'daily' },
        { key: 'keepDays', value: '30' },
      ],
    });
    const disk = line({ kind: 'SERVICE', lineName: '文件存储', answers: [{ key: 'clients', value: '10.0.0.0/8' }] });
    await grant([cabinet, backup, disk]);
    await grant([cabinet]);
    expect([await orderOf(cabinet.lineId), await orderOf(backup.lineId), await orderOf(disk.lineId)]).toMatchObject([
      { kind: 'DELIVERY', state: 'SUBMITTED', request_code: 'SQ-2026-000009' },
      { kind: 'BACKUP' },
      { kind: 'SERVICE' },
    ]);
    const [{ n }] = (await desk.rooms.sql<{ n: string }>('select count(*) as n from work_order')) as [{ n: string }];
    expect(Number(n)).toBe(3);
  });

  it('goes to people where its policy can be opened nowhere, and is cancelled by nobody here', async () => {
    const policy = line({
      kind: 'SERVICE',
      answers: [
        { key: 'direction', value: 'ingress' },
        { key: 'peer', value: '10.1.0.0/16' },
        { key: 'protocol', value: 'tcp' },
        { key: 'ports', value: '443' },
        { key: 'reason', value: '业务互访' },
      ],
    });
    await grant([policy]);
    const order = await orderOf(policy.lineId);
    expect(order?.kind).toBe('NETWORK_POLICY');
    expect(codesOf(await desk.move(order?.id ?? '', 'CANCEL', desk.engineer))).toEqual(['ILLEGAL_TRANSITION']);
    expect(codesOf(await desk.move(order?.id ?? '', 'CANCEL', desk.applicant))).toEqual(['ILLEGAL_TRANSITION']);
  });

  it('keeps no other grant waiting for its codes: both may be under way at once', async () => {
    const work = desk.get(GrantedWork);
    const asked = () => [
      line(),
      line({
        kind: 'SERVICE',
        answers: [
          { key: 'cycle', value: 'daily' },
          { key: 'keepDays', value: '30' },
        ],
      }),
    ];
    const [one, other] = [asked(), asked()];
    const [under, over] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const codes = await work.prepare(one);
    const first = desk.get(UnitOfWork).run(async (tx) => {
      await work.granted(tx, one, codes);
      under.resolve();
      await over.promise;
    });
    await under.promise;
    try {
      const others = await work.prepare(other);
      await desk.get(UnitOfWork).run((tx) => work.granted(tx, other, others));
      expect([(await orderOf(one[0]?.lineId ?? ''))?.kind, (await orderOf(other[0]?.lineId ?? ''))?.kind]).toEqual([
        undefined,
        'DELIVERY',
      ]);
    } finally {
      over.resolve();
    }
    await first;
    for (const { lineId } of one) expect((await orderOf(lineId))?.code).toBe(codes.get(lineId)?.order);
  });

  it('is worked like any other, to its confirmation', async () => {
    const delivery = line({ kind: 'SERVER', lineName: '裸金属' });
    await grant([delivery]);
    const id = (await orderOf(delivery.lineId))?.id as string;
    idOf(await desk.assign(id));
    for (const action of ['ACCEPT', 'START'] as const) idOf(await desk.move(id, action, desk.operator));
    await desk.doSteps(id);
    idOf(await desk.move(id, 'FINISH', desk.operator));
    idOf(await desk.move(id, 'CONFIRM', desk.engineer));
    expect((await desk.row(id)).state).toBe('CONFIRMED');
  });
});
