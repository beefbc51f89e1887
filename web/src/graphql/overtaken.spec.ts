/** @jest-environment node */
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Client, createRequest, fetchExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { invalidateQueries } from './invalidate';
import { dropOvertaken } from './overtaken';

const MONTH = createRequest('{ month { state } }', {});
const CLOSE = createRequest('mutation { close { done } }', {});

const alone = () => null;
const embedded = { Month: alone, Done: alone };

let client: Client;
/** In the order of asking; each is answered when the test says so. */
let asked: ((data: object) => Promise<void>)[];
let seen: unknown[];

const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

beforeEach(() => {
  asked = [];
  seen = [];
  const fetch = () =>
    new Promise<Response>((resolve) => {
      asked.push(async (data) => {
        resolve(Response.json({ data }));
        for (let turns = 0; turns < 5; turns += 1) await settled();
      });
    });
  client = new Client({
    ...{ url: 'http://console.test/graphql', preferGetMethod: false, fetch },
    exchanges: [
      cacheExchange({
        keys: embedded,
        updates: { Mutation: { close: (_result, _args, cache) => invalidateQueries(cache, ['month']) } },
      }),
      dropOvertaken,
      fetchExchange,
    ],
  });
});

const month = (state: string) => ({ month: { __typename: 'Month', state } });

async function looked(): Promise<void> {
  client.executeQuery(MONTH).subscribe(({ data }) => seen.push((data as ReturnType<typeof month>).month.state));
  await settled();
  await asked[0]?.(month('OPEN'));
}

/** As a live hint does. */
const askAnew = () =>
  client.reexecuteOperation(client.createRequestOperation('query', MONTH, { requestPolicy: 'network-only' }));

describe('an answer that was overtaken', () => {
  it('is dropped: what a page asked for after an act stays, although an older answer comes last', async () => {
    await looked();
    askAnew();
    await settled();
    client.executeMutation(CLOSE).subscribe(() => undefined);
    await settled();
    await asked[2]?.({ close: { __typename: 'Done', done: true } });
    expect(asked).toHaveLength(4);
    await asked[3]?.(month('CLOSED'));
    await asked[1]?.(month('OPEN'));
    expect(seen.at(-1)).toBe('CLOSED');
  });

  it('is shown where it is only late', async () => {
    await looked();
    askAnew();
    await settled();
    askAnew();
    await settled();
    await asked[1]?.(month('ASKED'));
    expect(seen.at(-1)).toBe('ASKED');
    await asked[2]?.(month('CLOSED'));
    expect(seen.at(-1)).toBe('CLOSED');
  });
});
