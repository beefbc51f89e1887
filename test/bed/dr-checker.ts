import { PATHS } from './bed-cluster.ts';
import { auditFindings } from './checker.ts';
import type { Acknowledged } from './clients.ts';
import type { DrBed } from './dr-bed.ts';
import { CENTERS, type CenterName } from './galera.ts';
import type { Witness } from './witness.ts';

const MS_PER_S = 1_000;

export interface Expected {
  /** Who serves at the end. */
  readonly serving: CenterName;
  /** Whose writes may have been acknowledged before. */
  readonly before?: CenterName;
  readonly witness: Witness;
  /** Executions that people were told to exist. */
  readonly told: readonly string[];
  /** In the middle of one: nothing is at rest yet. */
  readonly underWay?: boolean;
}

export interface Loss {
  /** Acknowledged and not at the one who serves. */
  readonly lost: number;
  /** Of these what the one who serves has acknowledged itself: nobody was ever shown that, and nobody may accept it. */
  readonly lostOfServing: number;
  /** From the newest entry that arrived to the last that was acknowledged and did not. */
  readonly measuredSeconds: number;
  /** As somebody accepted it before the press; null = not known, undefined = nobody was asked. */
  readonly shownSeconds: number | null | undefined;
}

/** [] everywhere = it holds. */
export interface Findings {
  readonly I1_once: readonly string[];
  readonly I2_capacity: readonly string[];
  readonly I3_orders: readonly string[];
  readonly I4_ledger: readonly string[];
  readonly I5_edges: readonly string[];
  readonly I6_audit: readonly string[];
  readonly I7_one_writer: readonly string[];
  readonly I8_approvals: readonly string[];
  readonly I9_names: readonly string[];
  readonly I10_rest: readonly string[];
}

export const HOLDS: Findings = {
  ...{ I1_once: [], I2_capacity: [], I3_orders: [], I4_ledger: [], I5_edges: [], I6_audit: [], I7_one_writer: [] },
  ...{ I8_approvals: [], I9_names: [], I10_rest: [] },
};

/** Reads the console's databases by their nodes' sockets, the clusters as their administrator, the system's databases by theirs: no console is asked. */
export async function checkDr(bed: DrBed, expected: Expected): Promise<{ findings: Findings; loss: Loss }> {
  const sql = async (text: string) => (await bed.ask(text)).map((row) => JSON.stringify(row));
  const loss = await lossOf(bed, expected);
  return {
    loss,
    findings: {
      I1_once: await once(bed, expected, loss),
      I2_capacity: [
        ...(await sql('select * from jiyun.capacity_counter where live_amount < 0 or live_amount > limit_amount')),
        ...(await sql(
          `select c.subject_id, c.live_amount, coalesce(sum(k.vcpu), 0) as claimed from jiyun.capacity_counter c
             left join jiyun.claim k on k.pool_id = c.subject_id and k.state <> 'RELEASED'
           where c.kind = 'POOL' and c.meter = 'VCPU' group by c.subject_id, c.live_amount having c.live_amount <> claimed`,
        )),
      ],
      I3_orders: [
        ...(await sql(
          `select r.id from jiyun.resource r left join jiyun.claim k on k.id = r.claim_id
           where r.state <> 'RELEASED' and (k.id is null or k.state = 'RELEASED')`,
        )),
        ...(await sql(
          `select claim_id from jiyun.resource where state <> 'RELEASED' group by claim_id having count(*) > 1`,
        )),
        ...(await machinesWithoutOrder(bed)),
      ],
      I4_ledger: await sql(
        `select b.id from jiyun.budget b left join jiyun_audit.budget_entry e on e.budget_id = b.id
         group by b.id, b.reserved_fen, b.spent_fen
         having b.spent_fen <> coalesce(sum(if(e.kind = 'SPEND', e.amount_fen, 0)), 0) or b.reserved_fen <>
           coalesce(sum(if(e.kind = 'RESERVE', e.amount_fen, if(e.kind = 'RELEASE', -e.amount_fen, -e.from_reserved_fen))), 0)`,
      ),
      I5_edges: expected.witness.illegalMoves,
      I6_audit: await audited(bed),
      I7_one_writer: await oneWriter(bed, expected),
      I8_approvals: await sql(
        `select e.code, e.state, count(a.user_id) as people, count(distinct a.department_id) as departments
         from jiyun.dr_execution e left join jiyun.dr_approval a on a.execution_id = e.id
         where e.state not in ('DRAFT', 'CANCELLED') and e.standing_order_id is null group by e.id
         having people <> 2 or departments <> 2 or sum(a.user_id = e.requested_by_id) > 0`,
      ),
      I9_names: [
        ...(await sql(
          `select center_id, object_namespace, object_name from jiyun.resource
           group by center_id, object_namespace, object_name having count(*) > 1`,
        )),
        ...(await sql(
          `select network_id, address from jiyun.address_claim where live = 1
           group by network_id, address having count(*) > 1`,
        )),
      ],
      I10_rest: expected.underWay ? [] : await unrest(bed),
    },
  };
}

/** What was acknowledged is there, but for what somebody was shown and accepted; what was told to exist does so once. */
async function once(bed: DrBed, { serving, told }: Expected, loss: Loss): Promise<string[]> {
  const { measuredSeconds, lost, lostOfServing, shownSeconds } = loss;
  const wrong: string[] = [];
  if (lostOfServing > 0) wrong.push(`${lostOfServing} entries that ${serving} acknowledged are not there`);
  if (lost > 0 && shownSeconds === undefined) wrong.push(`${lost} acknowledged entries are lost and nobody was asked`);
  if (lost > 0 && typeof shownSeconds === 'number' && measuredSeconds > shownSeconds)
    wrong.push(`${measuredSeconds} s are lost, and ${shownSeconds} s were shown`);
  const rows = await bed.ask('select id, count(*) as n from jiyun.dr_execution group by id');
  for (const id of told)
    if (rows.filter((row) => row.id === id).length !== 1) wrong.push(`execution ${id} was told and is not there`);
  if (rows.length > new Set(told).size) wrong.push(`${rows.length} executions, and ${new Set(told).size} were told`);
  return wrong;
}

async function lossOf(bed: DrBed, { before, serving }: Expected): Promise<Loss> {
  // Answers of the old side are complete; those of the one who serves go on while it is read.
  const known = [...bed.clients.acknowledged];
  const there = await bed.nodes[serving].rows();
  const missing = known.filter(({ id }) => !there.has(id));
  const [accepted] = await bed.ask(
    'select shown_seconds from jiyun_audit.dr_loss_acceptance order by accepted_at desc limit 1',
  );
  const from = before ?? serving;
  const arrived = known.filter(({ center, id }) => center === from && there.has(id)).map(({ atMs }) => atMs);
  const newest = Math.max(0, ...arrived);
  const last = Math.max(0, ...missing.map(({ acknowledgedMs }) => acknowledgedMs));
  return {
    lost: missing.length,
    lostOfServing: missing.filter(({ center }) => center === serving).length,
    measuredSeconds: missing.length === 0 ? 0 : Math.max(0, Math.ceil((last - newest) / MS_PER_S)),
    shownSeconds: accepted === undefined ? undefined : (accepted.shown_seconds as number | null),
  };
}

/** Every machine that a cluster has is somebody's, and what is delivered stands where its order says. */
async function machinesWithoutOrder(bed: DrBed): Promise<string[]> {
  const wrong: string[] = [];
  for (const name of CENTERS.filter((one) => bed.clusters[one].isOn)) {
    const rows = await bed.ask(
      "select object_name, object_namespace from jiyun.resource where center_id = ? and state = 'IN_USE'",
      [bed.world.centerId[name]],
    );
    const ordered = rows.map((row) => `${row.object_namespace}/${row.object_name}`).toSorted();
    const there = (await bed.clusters[name].list(PATHS.machines))
      .map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)
      .toSorted();
    if (ordered.join() !== there.join()) wrong.push(`${name} has ${there.join()}, and ordered were ${ordered.join()}`);
  }
  return wrong;
}

/** Each press of an execution has its one record, each move of a writer its proof, and the chain is whole. */
async function audited(bed: DrBed): Promise<string[]> {
  const pressed = await bed.ask(
    `select e.id, (select count(*) from jiyun_audit.audit_event a where a.action = 'drExecution.request' and a.object_id = e.id) as asked,
       (select count(*) from jiyun_audit.audit_event a where a.action = 'drExecution.approve' and a.object_id = e.id) as approved,
       (select count(*) from jiyun.dr_approval p where p.execution_id = e.id) as approvals
     from jiyun.dr_execution e having asked <> 1 or approved <> approvals`,
  );
  const unproved = await bed.ask(
    `select p.id from jiyun_audit.dr_promotion p left join jiyun_audit.dr_fence_proof f
       on f.id = p.proof_id and f.execution_id = p.execution_id and f.center_id = p.from_center_id where f.id is null`,
  );
  const node = CENTERS.map((name) => bed.galera.nodes[name]).find(({ isRunning }) => isRunning);
  const broken = node ? await auditFindings(bed.galera, node) : [];
  return [...pressed, ...unproved].map((row) => JSON.stringify(row)).concat(broken);
}

async function oneWriter(bed: DrBed, { serving, underWay }: Expected): Promise<string[]> {
  const wrong: string[] = [];
  const writers = await bed.ask(
    "select data_set_id, group_concat(center_id) as centers from jiyun.dr_data_place where role = 'WRITER' group by data_set_id",
  );
  if (!underWay && writers.length === 0) wrong.push('the record names nobody who writes');
  for (const { centers } of writers)
    if (!underWay && centers !== bed.world.centerId[serving])
      wrong.push(`the record says that ${centers} write, and ${bed.world.centerId[serving]} serves`);
  const ready: CenterName[] = [];
  const open: CenterName[] = [];
  for (const name of CENTERS) {
    const seen = await bed.guests.seen(name);
    if (seen?.runs && seen.isPrimary) ready.push(name);
    if (bed.nodes[name].isOn && (await bed.nodes[name].takesWrites())) open.push(name);
  }
  if (ready.length > 1) wrong.push(`machines run on primary disks in ${ready.join(' and ')}`);
  if (open.length > 1) wrong.push(`the databases of ${open.join(' and ')} take writes`);
  if (!underWay && ready.join() !== serving) wrong.push(`${serving} is to serve, and ${ready.join()} does`);
  return [...wrong, ...overlaps(bed.clients.acknowledged)];
}

/** Once a center has acknowledged, whoever acknowledged before never does again: of all writes, in the order of their answers. */
function overlaps(all: readonly Acknowledged[]): string[] {
  const wrong: string[] = [];
  const over = new Set<CenterName>();
  let now: CenterName | null = null;
  for (const { acknowledgedMs, center } of all.toSorted((x, y) => x.acknowledgedMs - y.acknowledgedMs)) {
    if (over.has(center))
      wrong.push(`${center} acknowledged at ${new Date(acknowledgedMs).toISOString()}, after ${now}`);
    if (now !== null && now !== center) over.add(now);
    now = center;
  }
  return wrong.slice(0, 5);
}

/** Whatever is not as it is wished to be, of centers that have power. */
async function unrest(bed: DrBed): Promise<string[]> {
  const open = await bed.ask("select code, state from jiyun.dr_execution where state not in ('CLOSED', 'CANCELLED')");
  const on = CENTERS.filter((name) => bed.clusters[name].isOn).map((name) => bed.world.centerId[name]);
  const behind = (await bed.ask('select name, state, standby, power, center_id from jiyun.resource')).filter(
    ({ center_id, power, standby, state }) =>
      on.includes(center_id) && (state !== 'IN_USE' || (Number(standby) === 1) !== (power === 'STOPPED')),
  );
  const consoles = Object.values(bed.consoles).filter(({ state }) => state?.mode !== 'WRITABLE');
  return [
    ...[...open, ...behind].map((row) => JSON.stringify(row)),
    ...consoles.map(({ center, state }) => `the console of ${center} is ${state?.mode}`),
  ];
}
