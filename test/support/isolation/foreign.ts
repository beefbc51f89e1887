import { toNodeId, uuidOf } from '../../../server/src/kernel/node-id.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { toLineContent } from '../../../server/src/requests/line-inputs.types.js';
import { RequestsService } from '../../../server/src/requests/requests.service.js';
import { ReviewService } from '../../../server/src/requests/review.service.js';
import { SubmissionService } from '../../../server/src/requests/submission.service.js';
import { viewerWith } from '../application.ts';
import type { TestConsole } from '../console.ts';
import type { ConsoleClient } from '../console-client.ts';
import { type ContentInput, plainContent } from '../request-form.ts';
import { idOf } from '../request-journey.ts';
import { foreignBatch, foreignForm } from './batches.ts';
import { foreignBudgetId } from './budgets.ts';
import type { Clients, Foreign } from './case.ts';
import { foreignGroup } from './dr.ts';
import { foreignDebt } from './drdebts.ts';
import { foreignDrift } from './drift.ts';
import { foreignDrill } from './drills.ts';
import { foreignTicket } from './duty.ts';
import { foreignExecution } from './executions.ts';
import { foreignGoLive } from './golive.ts';
import { foreignHost } from './hosts.ts';
import { foreignImport } from './imports.ts';
import { foreignLife } from './life.ts';
import { foreignNotification } from './notifications.ts';
import { foreignSnapshot } from './operations.ts';
import { foreignOutage } from './outages.ts';
import { foreignScan, foreignSheet } from './papers.ts';
import { foreignPerformance } from './performance.ts';
import { foreignPlanId } from './plans.ts';
import { foreignReplaceTask } from './replacements.ts';
import { addForeignServer } from './servers.ts';
import { foreignSpend } from './spend.ts';
import { foreignWorkOrder } from './workorders.ts';

interface SystemOf {
  readonly id: string;
  readonly code: string;
  readonly department: { readonly id: string; readonly code: string; readonly level: string };
  readonly projects: readonly { readonly id: string }[];
}

const clientOf = (clients: Clients, username: string) => clients.get(username) as ConsoleClient;
const SYSTEMS = '{ systems(first: 100) { nodes { id code department { id code level } projects { id } } } }';

/** A paid system of a department that no demonstration account belongs to. */
export async function foreignSystem(clients: Clients): Promise<SystemOf> {
  const taken = new Set<string>();
  for (const client of clients.values()) {
    const { viewer } = await client.data('{ viewer { department { id parent { id } } } }');
    if (viewer.department) taken.add(viewer.department.id).add(viewer.department.parent?.id);
  }
  const { systems } = await clientOf(clients, 'reviewer').data(SYSTEMS);
  return systems.nodes.find(
    ({ projects, department }: SystemOf) =>
      projects.length > 0 && department.level === 'PROVINCE' && !taken.has(department.id),
  );
}

/** Three paid systems of the vendor's own department: one it is bound to, one it never was, one until yesterday. */
export async function systemsOfVendor(
  { test }: TestConsole,
  clients: Clients,
): Promise<{ bound: SystemOf; notBound: SystemOf; dayAfter: SystemOf }> {
  const { systems } = await clientOf(clients, 'head').data(SYSTEMS);
  const [bound, notBound, dayAfter] = systems.nodes.filter(({ projects }: SystemOf) => projects.length > 0);
  if (!dayAfter) throw new Error('the department of the vendor has fewer than three paid systems');
  const [{ id: userId }] = await test.db.query("select id from app_user where username = 'vendor'");
  await test.db.query('update vendor_binding set until_date = "2020-01-01" where user_id = ?', [userId]);
  const bind = (system: SystemOf, until: string) =>
    test.db.query(
      `insert into vendor_binding (id, system_id, user_id, name, phone, company, until_date, bound_at)
       values (?, ?, ?, '陆一鸣', '13800000000', '某公司', ?, now())`,
      [newId(), uuidOf('System', system.id), userId, until],
    );
  await bind(bound, '2099-12-31');
  const yesterday = new Date(Date.now() - 24 * 60 * 60_000).toLocaleDateString('sv', { timeZone: 'Asia/Shanghai' });
  await bind(dayAfter, yesterday);
  return { bound, notBound, dayAfter };
}

type WorkOfSystem = Pick<
  Foreign,
  'departmentId' | 'departmentCode' | 'systemCode' | 'requestId' | 'lineId' | 'resourceId' | 'content'
>;

/** What there is of a system: an approved request and its machine. */
export async function makeWorkOf(console_: TestConsole, clients: Clients, system: SystemOf): Promise<WorkOfSystem> {
  const reviewer = clientOf(clients, 'reviewer');
  const departmentId = uuidOf('Department', system.department.id) as string;
  const base = await plainContent(clientOf(clients, 'applicant'));
  const content: ContentInput = { ...base, systemId: system.id, projectId: system.projects[0]?.id as string };
  const get = <T>(type: new (...args: never[]) => T): T => console_.application.get(type, { strict: false });
  const scope = { kind: 'DEPARTMENTS' as const, departmentIds: [departmentId] };
  const applicant = viewerWith(['APPLICANT'], departmentId);
  const domainContent = {
    systemId: uuidOf('System', content.systemId),
    projectId: uuidOf('Project', content.projectId),
    purpose: content.purpose,
    lines: content.lines.map((line) => toLineContent(line as never)),
  };
  const id = idOf(await get(RequestsService).createDraft(applicant, scope, domainContent, newId()));
  const wish = (expectedVersion: number) => ({
    requestId: id,
    expectedVersion,
    opinion: '同意',
    idempotencyKey: newId(),
  });
  idOf(await get(ReviewService).move(applicant, scope, 'SEND_FOR_SIGN_OFF', wish(1)));
  idOf(await get(SubmissionService).submit(viewerWith(['DEPARTMENT_HEAD'], departmentId), scope, wish(2)));
  for (const [at, role] of (['CENTER_ACCEPTANCE', 'CENTER_REVIEWER', 'CAPACITY_ALLOCATOR'] as const).entries())
    idOf(await get(ReviewService).approve(viewerWith([role], null), WHOLE_PROVINCE, wish(3 + at)));
  const { request } = await reviewer.data('query R($id: ID!) { request(id: $id) { lines { id resources { id } } } }', {
    id: toNodeId('Request', id),
  });
  return {
    departmentId: system.department.id,
    departmentCode: system.department.code,
    systemCode: system.code,
    requestId: toNodeId('Request', id),
    lineId: request.lines[0].id,
    resourceId: request.lines[0].resources[0].id,
    content,
  };
}

/** The same with what else a foreign department has. */
export async function makeForeign(console_: TestConsole, clients: Clients, system: SystemOf): Promise<Foreign> {
  const get = <T>(type: new (...args: never[]) => T): T => console_.application.get(type, { strict: false });
  const { users } = await clientOf(clients, 'sysadmin').data(
    'query U($filter: UserFilter) { users(filter: $filter) { nodes { id username displayName } } }',
    { filter: { departmentId: system.department.id } },
  );
  const work = await makeWorkOf(console_, clients, system);
  const serverId = await addForeignServer(console_, uuidOf('Department', system.department.id) as string);
  const drGroup = await foreignGroup(console_, system.id);
  return {
    ...work,
    ...(await foreignLife(console_, work.resourceId)),
    ...(await foreignSnapshot(console_, work.resourceId)),
    ...(await foreignSpend(console_)),
    ...(await foreignOutage(console_)),
    ...(await foreignDebt(console_, work.requestId)),
    ...drGroup,
    ...(await foreignTicket(console_, system.id)),
    ...(await foreignDrill(console_, drGroup.drGroupId)),
    ...(await foreignExecution(console_, drGroup.drGroupId)),
    ...(await foreignDrift(console_, work.resourceId)),
    replaceTaskId: await foreignReplaceTask(console_, work.resourceId),
    ...(await foreignSheet(console_, work.requestId, work.resourceId)),
    scanId: toNodeId('SealedScan', await foreignScan(console_, work.requestId, work.departmentId)),
    userId: users.nodes[0].id,
    username: users.nodes[0].username,
    displayName: users.nodes[0].displayName,
    serverId,
    ...(await foreignHost(console_, serverId)),
    budgetId: await foreignBudgetId(clients, system.department.id),
    ...(await foreignWorkOrder(console_, system.department.id)),
    planId: await foreignPlanId(clients, system.department.id),
    ...(await foreignGoLive(console_, system.id, system.department.id)),
    ...(await foreignPerformance(console_, system.id, system.department.id)),
    ...(await foreignImport(get)),
    ...(await foreignBatch(get, uuidOf('Department', system.department.id) as string, work.content)),
    ...(await foreignForm(get, uuidOf('Department', system.department.id) as string)),
    ...(await foreignNotification(get, users.nodes[0].id)),
    nothing: toNodeId('Request', newId()),
    nothingResource: toNodeId('Resource', newId()),
  };
}
