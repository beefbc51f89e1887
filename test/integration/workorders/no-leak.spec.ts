import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { WorkDesk } from '../../support/work-desk.ts';

/** Few ways, each of several dozen acts on a real database; another seed each time, printed when one fails. */
const WAYS = 6;
const ACTS_MAX = 14;
const SPACE_UNITS = 6;
const SPACE_W = 1_500;
const SPACE_GRAMS = 60_000;
const PORTS = 5;

let app: TestApplication;
let desk: WorkDesk;
beforeAll(async () => {
  app = await openTestApplication();
  desk = await new WorkDesk(app).open();
});
afterAll(() => app.close());

type Act =
  | { readonly kind: 'rack'; readonly halves: number; readonly watts: number; readonly ports: number }
  | { readonly kind: 'cancel'; readonly pick: number }
  | { readonly kind: 'finish'; readonly pick: number }
  | { readonly kind: 'leave'; readonly pick: number; readonly as: 'UNRACK' | 'MOVE_OUT'; readonly crash: boolean };

const anyAct: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('rack' as const),
      halves: fc.integer({ min: 1, max: 6 }),
      watts: fc.integer({ min: 100, max: 700 }),
      ports: fc.integer({ min: 0, max: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const), pick: fc.nat(20) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('finish' as const), pick: fc.nat(20) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('leave' as const),
      pick: fc.nat(20),
      as: fc.constantFrom('UNRACK' as const, 'MOVE_OUT' as const),
      crash: fc.boolean(),
    }),
  },
);

/** What was put there, in the small: an order is planned or stands, and holds its halves, watts, grams and ports. */
interface Held {
  readonly orderId: string;
  readonly halves: number;
  readonly watts: number;
  readonly ports: number;
  stands: boolean;
}

const GRAMS = 9_000;

async function stateOf(space: string, ports: string) {
  const [taken] = await desk.rooms.sql<{ halves: string | null; watts: string | null; grams: string | null }>(
    "select sum(height_half_units) as halves, sum(power_w) as watts, sum(weight_grams) as grams from hosted_equipment where holder_id = ? and state in ('PLANNED', 'STANDING')",
    [space],
  );
  const overlaps = await desk.rooms.sql(
    `select a.id from hosted_equipment a join hosted_equipment b on a.holder_id = b.holder_id and a.id < b.id
     where a.holder_id = ? and a.state in ('PLANNED', 'STANDING') and b.state in ('PLANNED', 'STANDING')
       and a.start_half_unit < b.start_half_unit + b.height_half_units and b.start_half_unit < a.start_half_unit + a.height_half_units`,
    [space],
  );
  const [claims] = await desk.rooms.sql<{ held: string | null }>(
    "select sum(asked) as held from port_claim where port_set_id = ? and state = 'ALLOCATED'",
    [ports],
  );
  return {
    halves: Number(taken?.halves ?? 0),
    watts: Number(taken?.watts ?? 0),
    grams: Number(taken?.grams ?? 0),
    overlaps: overlaps.length,
    claims: Number(claims?.held ?? 0),
    counter: await desk.claimed(ports),
  };
}

async function equipmentOf(orderId: string): Promise<string> {
  const [row] = await desk.rooms.sql<{ id: string }>(
    'select equipment_id as id from work_order_equipment where order_id = ?',
    [orderId],
  );
  return row?.id ?? '';
}

it('leaks no unit, watt, kilogram, port or socket, in whatever order things are racked, cancelled and moved out', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyAct, { minLength: 6, maxLength: ACTS_MAX }), async (acts) => {
      const [space, ports] = [await desk.space(SPACE_UNITS, SPACE_W, SPACE_GRAMS), await desk.ports(PORTS)];
      const held: Held[] = [];
      const check = async () => {
        const sum = (of: 'halves' | 'watts' | 'ports') => held.reduce((total, each) => total + each[of], 0);
        expect(await stateOf(space, ports)).toEqual({
          halves: sum('halves'),
          watts: sum('watts'),
          grams: held.length * GRAMS,
          overlaps: 0,
          claims: sum('ports'),
          counter: sum('ports'),
        });
        expect(await desk.spaceState(space)).toBe(held.some((each) => each.stands) ? 'OCCUPIED' : 'ALLOCATED');
      };
      const leave = async (each: Held, as: 'UNRACK' | 'MOVE_OUT', crash: boolean) => {
        const known = {
          equipmentId: await equipmentOf(each.orderId),
          facts: null,
          targetHolderId: null,
          targetUnitHalves: null,
        };
        const id = await desk.carryOut(desk.content(as, { things: [known] }));
        // Rework and a second end give nothing back twice.
        if (crash) {
          expect((await desk.move(id, 'REWORK', desk.engineer)).ok).toBe(true);
          expect((await desk.move(id, 'FINISH', desk.operator)).ok).toBe(true);
        }
        expect((await desk.move(id, 'CONFIRM', desk.engineer)).ok).toBe(true);
        held.splice(held.indexOf(each), 1);
      };
      const finish = async (each: Held) => {
        for (const action of ['ACCEPT', 'START'] as const)
          expect((await desk.move(each.orderId, action, desk.operator)).ok).toBe(true);
        await desk.doSteps(each.orderId);
        expect((await desk.move(each.orderId, 'FINISH', desk.operator)).ok).toBe(true);
        expect((await desk.move(each.orderId, 'CONFIRM', desk.engineer)).ok).toBe(true);
        each.stands = true;
      };
      for (const act of acts) {
        if (act.kind === 'rack') {
          const { halves, watts } = act;
          const thing = desk.thing(space, { heightHalfUnits: halves, powerW: watts, weightGrams: GRAMS });
          const asks = act.ports > 0 ? [{ portSetId: ports, count: act.ports }] : [];
          const orderId = await desk.create(desk.content('RACK', { things: [thing], ports: asks }));
          if ((await desk.assign(orderId)).ok) held.push({ orderId, halves, watts, ports: act.ports, stands: false });
          // Refused, it keeps nothing; what it named is forgotten with it.
          else expect((await desk.move(orderId, 'CANCEL', desk.engineer)).ok).toBe(true);
        } else {
          const fitting = held.filter((each) => each.stands === (act.kind === 'leave'));
          const each = fitting[act.pick % Math.max(1, fitting.length)];
          if (!each) continue;
          if (act.kind === 'leave') await leave(each, act.as, act.crash);
          else if (act.kind === 'finish') await finish(each);
          else {
            expect((await desk.move(each.orderId, 'CANCEL', desk.engineer)).ok).toBe(true);
            held.splice(held.indexOf(each), 1);
          }
        }
        await check();
      }
      // At the end everything goes, and nothing is left.
      for (const each of [...held]) {
        if (!each.stands) await finish(each);
        await leave(each, 'MOVE_OUT', false);
      }
      await check();
      expect(await desk.rooms.recount()).toEqual([]);
    }),
    { numRuns: WAYS },
  );
});
