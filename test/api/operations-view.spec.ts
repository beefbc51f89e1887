import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import { act, approveToEnd, createDraft, plainContent } from '../support/request-form.ts';

let console_: TestConsole;
beforeAll(async () => {
  console_ = await startTestConsole();
});
afterAll(() => console_.close());

describe('those who keep machines running', () => {
  it('see the machine, but neither its request nor its price, though both hang on it', async () => {
    const [applicant, head, facility] = await Promise.all(
      ['applicant', 'head', 'facility'].map((name) => console_.signIn(name)),
    );
    if (!applicant || !head || !facility) throw new Error('somebody is missing');
    const draft = (await createDraft(applicant, await plainContent(applicant))).request;
    const sent = (await act(applicant, 'sendRequestForSignOff', draft)).request;
    const submitted = (await act(head, 'submitRequest', sent)).request;
    await approveToEnd((name) => console_.signIn(name), submitted);
    const fields = '{ resources { nodes { name monthlyCost request { purpose } } } home { monthlyCost } }';
    const seen = await facility.data(fields);
    expect(seen.resources.nodes).toEqual([{ name: 'web-1', monthlyCost: null, request: null }]);
    expect(seen.home.monthlyCost).toBeNull();
    // Nor what its project may cost in all, whichever edge leads there.
    await console_.test.db.query('update project set total_budget_fen = 123456');
    const budgets = '{ resources { nodes { project { totalBudget } system { projects { totalBudget } } } } }';
    const hidden = { project: { totalBudget: null }, system: { projects: [{ totalBudget: null }] } };
    expect((await facility.data(budgets)).resources.nodes).toEqual([hidden]);
    const paid = (await applicant.data(budgets)).resources.nodes[0];
    expect([paid.project.totalBudget, paid.system.projects[0].totalBudget]).toEqual(['123456', '123456']);
    const own = (await applicant.data(fields)).resources.nodes[0];
    expect(own.request.purpose).toBe('业务系统扩容');
    expect(BigInt(own.monthlyCost)).toBeGreaterThan(0n);
  });
});

describe('a request sent back', () => {
  it('comes to the same head again, in the queue as in the rule', async () => {
    const [applicant, head, acceptance] = await Promise.all(
      ['applicant', 'head', 'acceptance'].map((n) => console_.signIn(n)),
    );
    if (!applicant || !head || !acceptance) throw new Error('somebody is missing');
    const draft = (await createDraft(applicant, await plainContent(applicant))).request;
    const sent = (await act(applicant, 'sendRequestForSignOff', draft)).request;
    const submitted = (await act(head, 'submitRequest', sent)).request;
    const returned = (await act(acceptance, 'returnRequest', submitted, '请补充用量依据')).request;
    const again = (await act(applicant, 'sendRequestForSignOff', returned)).request;
    const { requests } = await head.data('{ requests(filter: { awaitingMe: true }) { nodes { code } } }');
    expect(requests.nodes.map((r: { code: string }) => r.code)).toEqual([draft.code]);
    expect((await act(head, 'submitRequest', again)).request.state).toBe('UNDER_REVIEW');
  });
});

describe('an upgrade to nowhere that is broken off', () => {
  it('ends its own connection and nothing else', async () => {
    const { hostname, port } = new URL(console_.url);
    for (let n = 0; n < 20; n += 1)
      await new Promise<void>((resolve) => {
        const socket = connect(Number(port), hostname, () => {
          socket.write('GET /nowhere HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
          socket.resetAndDestroy();
          resolve();
        });
        socket.on('error', () => resolve());
      });
    expect((await fetch(`${console_.url}/health/live`)).status).toBe(200);
  });
});
