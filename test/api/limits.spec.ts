import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import type { ConsoleClient } from '../support/console-client.ts';

let console_: TestConsole;
let reviewer: ConsoleClient;
beforeAll(async () => {
  console_ = await startTestConsole();
  reviewer = await console_.signIn('reviewer');
});
afterAll(() => console_.close());

const codeOf = async (query: string): Promise<string | undefined> =>
  (await reviewer.ask(query)).errors?.[0]?.extensions?.code;
const nested = (depth: number): string =>
  `{ requests { nodes { ${'system { department { '.repeat(depth)} id ${'} } '.repeat(depth)} } } }`;

/** One close code or HTTP status of a WebSocket that is refused, or "open". */
async function socketOutcome(path: string, headers: Record<string, string>): Promise<string> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${console_.url.replace('http', 'ws')}${path}`, 'graphql-transport-ws', { headers });
    socket.on('open', () => socket.send('{"type":"connection_init"}'));
    socket.on('message', (text) => {
      resolve(JSON.parse(String(text)).type === 'connection_ack' ? 'open' : String(text));
      socket.close();
    });
    socket.on('close', (code) => resolve(String(code)));
    socket.on('unexpected-response', (_request, response) => {
      resolve(`HTTP ${response.statusCode}`);
      socket.terminate();
    });
    socket.on('error', () => {});
  });
}

describe('documents', () => {
  it('answers what the console asks', async () => {
    expect((await reviewer.ask('{ requests { nodes { system { department { id } } } } }')).errors).toBeUndefined();
  });

  it('are refused when nested 50 deep, as fragments too', async () => {
    expect(await codeOf(nested(25))).toBe('BAD_INPUT');
    const fragments = Array.from(
      { length: 12 },
      (_, i) => `fragment F${i} on Department { parent { ${i < 11 ? `...F${i + 1}` : 'id'} } }`,
    );
    expect(await codeOf(`{ departments { nodes { ...F0 } } } ${fragments.join(' ')}`)).toBe('BAD_INPUT');
  });

  it('are refused with a fragment named after introspection', async () => {
    const deep = Array.from(
      { length: 12 },
      (_, i) =>
        `fragment ${i === 0 ? '__schema' : `G${i}`} on Department { parent { ${i < 11 ? `...G${i + 1}` : 'id'} } }`,
    );
    expect(await codeOf(`{ departments { nodes { ...__schema } } } ${deep.join(' ')}`)).toBe('BAD_INPUT');
  });

  it('are refused with 1,000 aliases of the sign-in', async () => {
    const tries = Array.from(
      { length: 1000 },
      (_, i) => `a${i}: signIn(input: { username: "head", password: "x${i}" }) { viewer { id } }`,
    );
    expect(await codeOf(`mutation { ${tries.join(' ')} }`)).toBe('BAD_INPUT');
  });

  it('are refused with 500 directives or a giant page', async () => {
    expect(await codeOf(`{ console { mode ${'@skip(if: false) '.repeat(500)} } }`)).toBe('BAD_INPUT');
    expect(await codeOf('{ requests(first: 1000000000) { nodes { id } } }')).toBe('BAD_INPUT');
  });

  it('tell nothing of the schema', async () => {
    expect((await reviewer.ask('{ __schema { types { name } } }')).errors).toBeDefined();
    expect(JSON.stringify(await reviewer.ask('{ requets { totalCount } }'))).not.toContain('requests');
  });

  it('come one at a time, by POST with JSON, and not too large', async () => {
    expect((await reviewer.post([{ query: '{ console { mode } }' }, { query: '{ console { mode } }' }])).status).toBe(
      400,
    );
    expect((await fetch(`${console_.url}/graphql?query=${encodeURIComponent('{ console { mode } }')}`)).status).toBe(
      400,
    );
    expect(
      (await reviewer.post('{"query":"{ console { mode } }"}', { 'content-type': 'text/plain' })).status,
    ).toBeGreaterThanOrEqual(400);
    expect(
      (await reviewer.post({ query: '{ console { mode } }', variables: { padding: 'x'.repeat(300_000) } })).status,
    ).toBe(413);
  });
});

describe('who is not signed in', () => {
  it('sees the console’s mode and nothing else', async () => {
    const anonymous = reviewer.constructor as unknown as { anonymous(url: string): ConsoleClient };
    const nobody = anonymous.anonymous(console_.url);
    expect((await nobody.ask('{ console { mode } viewer { id } }')).data).toMatchObject({
      console: { mode: 'DEMO' },
      viewer: null,
    });
    for (const field of ['requests { totalCount }', 'centers { id }', 'home { awaitingMe }', 'node(id: "x") { id }'])
      expect((await nobody.ask(`{ ${field} }`)).errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
  });
});

describe('WebSockets', () => {
  const cookie = (): Record<string, string> => ({ cookie: reviewer.cookie ?? '' });

  it('open for a signed-in page of this host, and for nobody else', async () => {
    const host = new URL(console_.url).host;
    expect(await socketOutcome('/graphql', { ...cookie(), origin: `http://${host}` })).toBe('open');
    expect(await socketOutcome('/graphql', {})).toBe('4403');
    expect(await socketOutcome('/graphql', { ...cookie(), origin: 'https://elsewhere.example' })).toBe('4403');
    expect(await socketOutcome('/elsewhere', cookie())).toBe('HTTP 404');
  });

  it('close at once when the session ends', async () => {
    const head = await console_.signIn('head');
    const { requests } = await head.data('{ requests { nodes { id } } }');
    expect(requests.nodes).toEqual([]);
    const closed = new Promise<number>((resolve) => {
      const socket = new WebSocket(`${console_.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
        headers: { cookie: head.cookie ?? '' },
      });
      socket.on('open', () => socket.send('{"type":"connection_init"}'));
      socket.on('message', () => void head.ask('mutation { signOut { signedOut } }'));
      socket.on('close', resolve);
    });
    expect(await closed).toBe(4403);
    expect((await head.ask('{ home { awaitingMe } }')).errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
  });

  it('hold documents to the same limits', async () => {
    const { requests } = await reviewer.data('{ requests { nodes { id } } }');
    expect(requests).toBeDefined();
    const subscription = reviewer.subscribe(
      `subscription { requestChanged(id: "x") { request { ${'system { department { '.repeat(20)} id ${'} } '.repeat(20)} } } }`,
    );
    await expect(subscription.until(() => false, 5_000)).rejects.toBeDefined();
    await subscription.stop();
  });
});
