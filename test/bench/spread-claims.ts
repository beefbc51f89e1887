import { DepartmentsService } from '../../server/src/departments/departments.service.js';
import type { TenantScope, Viewer } from '../../server/src/kernel/viewer.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../server/src/platform/database/unit-of-work.js';
import { SystemsService } from '../../server/src/systems/systems.service.js';
import { type TestApplication, viewerWith } from '../support/application.ts';
import { department } from '../support/builders/department.ts';
import { payment, project, system } from '../support/builders/system.ts';
import { byClients } from '../support/by-clients.ts';
import { idOf, RequestJourney } from '../support/request-journey.ts';
import type { Row } from './table.ts';

const CLIENTS = 32;
/** Departments with a system, a project and a center of their own: no two of them take from one counter. */
const WAYS = 16;
const CLAIMS = 1_500;
const WARM = 200;
const AMPLE_VCPU = 1_000_000;

interface Way {
  readonly applicant: Viewer;
  readonly head: Viewer;
  readonly scope: TenantScope;
  readonly systemId: string;
  readonly projectId: string;
  readonly centerId: string;
}

/**
 * Claims per second through the service where nobody is in another's way, beside the same number on one hot pool and one
 * department: what is lost to the hot rows is the difference.
 */
export async function benchSpreadClaims(app: TestApplication): Promise<Row[]> {
  const journey = await RequestJourney.begin(app);
  const ways: Way[] = [];
  for (let at = 0; at < WAYS; at += 1) ways.push(await openWay(app, journey, at));
  const spread = await claimsPerSecond(journey, ways);
  const hot = await claimsPerSecond(journey, ways.slice(0, 1));
  return [
    {
      what: `claims/s through the service, spread over ${WAYS} pools and departments, ${CLIENTS} clients`,
      value: spread,
      unit: '/s',
    },
    { what: '… on one pool of one department', value: hot, unit: '/s' },
    { what: '… spread against hot', value: spread / hot, unit: '' },
  ];
}

async function openWay(app: TestApplication, journey: RequestJourney, at: number): Promise<Way> {
  const get = <T>(type: new (...args: never[]) => T): T => app.context.get(type, { strict: false });
  const own = department({ code: `bench-${at}`, name: `单位 ${at}` });
  const [ownSystem, ownProject] = [system(own.id), project(own.id)];
  const { center } = await journey.openCenter(`spread-${at}`, AMPLE_VCPU);
  await get(UnitOfWork).run(async (tx) => {
    await get(DepartmentsService).add(tx, [own]);
    await get(SystemsService).add(tx, {
      systems: [ownSystem],
      projects: [ownProject],
      links: [payment(ownSystem, ownProject, '2020-01-01')],
    });
  });
  return {
    applicant: viewerWith(['APPLICANT'], own.id),
    head: viewerWith(['DEPARTMENT_HEAD'], own.id),
    scope: { kind: 'DEPARTMENTS', departmentIds: [own.id] },
    systemId: ownSystem.id,
    projectId: ownProject.id,
    centerId: center.id,
  };
}

/** Sent before; measured is the head's press that takes the capacity. */
async function claimsPerSecond(journey: RequestJourney, ways: readonly Way[]): Promise<number> {
  const asked = Array.from({ length: CLAIMS + WARM }, (_, at) => ways[at % ways.length] as Way);
  const sent = await byClients(8, asked, async (way) => {
    const { applicant, scope, systemId, projectId, centerId } = way;
    const content = journey.content(centerId, 1, { systemId, projectId });
    const id = idOf(await journey.requests.createDraft(applicant, scope, content, newId()));
    idOf(await journey.review.move(applicant, scope, 'SEND_FOR_SIGN_OFF', journey.wish(id, 1)));
    return { way, id };
  });
  const submit = async ({ way, id }: (typeof sent)[number]): Promise<void> => {
    idOf(await journey.submission.submit(way.head, way.scope, journey.wish(id, 2)));
  };
  await byClients(CLIENTS, sent.slice(0, WARM), submit);
  const began = performance.now();
  await byClients(CLIENTS, sent.slice(WARM), submit);
  return (CLAIMS * 1_000) / (performance.now() - began);
}
