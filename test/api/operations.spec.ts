import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { toNodeId, uuidOf } from '../../server/src/kernel/node-id.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import type { ConsoleClient } from '../support/console-client.ts';
import { countStatements } from '../support/count-statements.ts';
import { act, createDraft, plainContent } from '../support/request-form.ts';

let console_: TestConsole;
let applicant: ConsoleClient;
let duty: ConsoleClient;
let machine: { id: string };

const RESOURCE = `
  query R($id: ID!) {
    resource(id: $id) {
      id version power statusText
      availableActions { action disabledReason }
      snapshots { most mayOperate takeDisabledReason nodes { id name state restoring restoreDisabledReason giveUpDisabledReason deleteDisabledReason } }
      events { kind actorName side organisation reason }
    }
  }`;
const OPERATE =
  'mutation M($input: OperateResourceInput!) { operateResource(input: $input) { resource { id version power } errors { code message path } } }';

beforeAll(async () => {
  console_ = await startTestConsole();
  [applicant, duty] = [await console_.signIn('applicant'), await console_.signIn('duty')];
  const draft = (await createDraft(applicant, await plainContent(applicant))).request;
  let { request } = await act(applicant, 'sendRequestForSignOff', draft);
  ({ request } = await act(await console_.signIn('head'), 'submitRequest', request));
  for (const name of ['acceptance', 'reviewer', 'allocator'])
    ({ request } = await act(await console_.signIn(name), 'approveRequest', request));
  machine = request.lines[0].resources[0];
  // No worker runs here: it is delivered and running because this says so.
  await console_.test.db.query(
    "update resource set state = 'IN_USE', delivered_at = now(3), power = 'RUNNING', instance_uid = 'uid-1'",
  );
}, 120_000);
afterAll(() => console_?.close());

const look = async (client: ConsoleClient) => (await client.data(RESOURCE, { id: machine.id })).resource;
async function press(client: ConsoleClient, action: string, reason = '') {
  const { version } = await look(client);
  const input = { id: machine.id, idempotencyKey: newId(), expectedVersion: version, action, reason };
  return (await client.data(OPERATE, { input })).operateResource;
}
const offered = ({ availableActions }: { availableActions: { action: string; disabledReason: string | null }[] }) =>
  availableActions
    .filter(({ action }) => ['START', 'STOP', 'RESTART', 'CONSOLE'].includes(action))
    .map(({ action, disabledReason }) => [action, disabledReason === null]);

describe('operating a machine', () => {
  it('is offered to its department and to the engineer on duty, and to nobody else who sees it', async () => {
    const all = [
      ['START', false],
      ['STOP', true],
      ['RESTART', true],
      ['CONSOLE', true],
    ];
    expect(offered(await look(applicant))).toEqual(all);
    expect(offered(await look(duty))).toEqual(all);
    const reviewer = await look(await console_.signIn('reviewer'));
    expect(offered(reviewer)).toEqual([]);
    expect(reviewer.snapshots.mayOperate).toBe(false);
  });

  it('by the center asks for a reason, and stands with side and reason in what the department reads', async () => {
    expect((await press(duty, 'RESTART')).errors).toMatchObject([{ code: 'INVALID_INPUT', path: ['reason'] }]);
    expect((await press(duty, 'RESTART', '主机内核故障处置')).errors).toEqual([]);
    const { events, statusText } = await look(applicant);
    expect(statusText).toBe('Restarting');
    const entry = events.find(({ kind }: { kind: string }) => kind === 'RESTARTED');
    expect(entry).toMatchObject({ side: 'PROVIDER', reason: '主机内核故障处置' });
    expect(entry.organisation).not.toBeNull();
    const told = await console_.test.db.query('select text_zh as zh from notice where subject_id = ?', [
      uuidOf('Resource', machine.id),
    ]);
    expect(told.some(({ zh }: { zh: string }) => zh.includes('主机内核故障处置'))).toBe(true);
  });

  it('refuses what is old by its version, and what cannot be now by its reason', async () => {
    const input = { id: machine.id, idempotencyKey: newId(), expectedVersion: 1_000, action: 'STOP', reason: '' };
    expect((await applicant.data(OPERATE, { input })).operateResource.errors).toMatchObject([
      { code: 'VERSION_CONFLICT', path: ['expectedVersion'] },
    ]);
    expect((await press(applicant, 'START')).errors).toMatchObject([{ code: 'NOT_PERMITTED' }]);
  });

  it('says how to get to the console, and that somebody was told', async () => {
    const { showConsole } = await applicant.data(
      'mutation M($input: ShowConsoleInput!) { showConsole(input: $input) { access { vncCommand vncPath } errors { code } } }',
      { input: { id: machine.id, idempotencyKey: newId(), reason: '' } },
    );
    expect(showConsole.access.vncCommand).toMatch(/^virtctl vnc .+ --namespace dept-/);
    expect(showConsole.access.vncPath).toMatch(/^\/apis\/subresources\.kubevirt\.io\/v1\/namespaces\/dept-.+\/vnc$/);
    const { events } = await look(applicant);
    expect(
      events.some((e: { kind: string; side: string }) => e.kind === 'CONSOLE_SHOWN' && e.side === 'DEPARTMENT'),
    ).toBe(true);
  });

  it('answers a batch machine by machine', async () => {
    const { version } = await look(applicant);
    const nothing = toNodeId('Resource', newId());
    const { operateResources } = await applicant.data(
      'mutation M($input: OperateResourcesInput!) { operateResources(input: $input) { results { resourceId errors { code } } errors { code } } }',
      {
        input: {
          idempotencyKey: newId(),
          action: 'STOP',
          reason: '',
          items: [
            { id: machine.id, expectedVersion: version },
            { id: nothing, expectedVersion: 1 },
          ],
        },
      },
    );
    expect(operateResources.results).toEqual([
      { resourceId: machine.id, errors: [] },
      { resourceId: nothing, errors: [{ code: 'UNKNOWN_REFERENCE' }] },
    ]);
  });

  it('takes a snapshot, shows it with what hinders its restore, and lets no second of its name come', async () => {
    const take = async (name: string) =>
      (
        await applicant.data(
          'mutation M($input: TakeSnapshotInput!) { takeSnapshot(input: $input) { resource { id } errors { code path message } } }',
          { input: { id: machine.id, idempotencyKey: newId(), name, reason: '' } },
        )
      ).takeSnapshot.errors;
    expect(await take(' ')).toMatchObject([{ code: 'INVALID_INPUT', path: ['name'] }]);
    expect(await take('升级前')).toEqual([]);
    expect(await take('再来一个')).toMatchObject([{ code: 'NOT_PERMITTED' }]);
    const { snapshots } = await look(applicant);
    expect(snapshots).toMatchObject({ most: 5, mayOperate: true, nodes: [{ name: '升级前', state: 'MAKING' }] });
    expect(snapshots.takeDisabledReason).not.toBeNull();
    expect(snapshots.nodes[0].restoreDisabledReason).not.toBeNull();
    expect(snapshots.nodes[0].deleteDisabledReason).toBeNull();
  });

  it('reads the snapshots of a page of machines in one statement', async () => {
    const ask = (first: number) =>
      countStatements(
        console_.test.db,
        () =>
          applicant.data(
            'query L($first: Int!) { resources(first: $first) { nodes { id snapshots { nodes { id } } } } }',
            { first },
          ),
        /from `?resource_snapshot/i,
      );
    expect([(await ask(2)).statements, (await ask(20)).statements]).toEqual([1, 1]);
  });
});
