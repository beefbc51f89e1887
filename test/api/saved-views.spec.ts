import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../server/src/platform/database/ids.js';
import { VIEWS_PER_LIST_MAX } from '../../server/src/views/domain/saved-view.js';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import type { ConsoleClient } from '../support/console-client.ts';

let console_: TestConsole;
let one: ConsoleClient;
let other: ConsoleClient;
beforeAll(async () => {
  console_ = await startTestConsole();
  one = await console_.signIn('reviewer');
  other = await console_.signIn('acceptance');
});
afterAll(() => console_.close());

const save = async (client: ConsoleClient, list: string, name: string, state = '{"filter":{}}', key = newId()) =>
  (
    await client.data(
      'mutation M($input: SaveViewInput!) { saveView(input: $input) { view { id name state } errors { code path ... on InvalidInput { rule } } } }',
      { input: { list, name, state, idempotencyKey: key } },
    )
  ).saveView;
const remove = async (client: ConsoleClient, id: string) =>
  (
    await client.data(
      'mutation M($input: DeleteViewInput!) { deleteView(input: $input) { deletedId errors { code } } }',
      {
        input: { id, idempotencyKey: newId() },
      },
    )
  ).deleteView;
const namesOf = async (client: ConsoleClient, list: string): Promise<string[]> =>
  (await client.data('query V($list: String!) { savedViews(list: $list) { name } }', { list })).savedViews.map(
    (view: { name: string }) => view.name,
  );

describe('saved views', () => {
  it('belong to one person and one list', async () => {
    const { view } = await save(one, 'cabinets', '空闲最多');
    expect(await namesOf(one, 'cabinets')).toEqual(['空闲最多']);
    expect(await namesOf(one, 'servers')).toEqual([]);
    expect(await namesOf(other, 'cabinets')).toEqual([]);
    expect(await remove(other, view.id)).toEqual({ deletedId: null, errors: [{ code: 'UNKNOWN_REFERENCE' }] });
    expect((await other.data('query N($id: ID!) { node(id: $id) { id } }', { id: view.id })).node).toBeNull();
    expect((await remove(one, view.id)).deletedId).toBe(view.id);
    expect(await namesOf(one, 'cabinets')).toEqual([]);
  });

  it('are replaced under the same name, whatever its case', async () => {
    const first = await save(one, 'requests', 'Mine', '{"a":1}');
    const second = await save(one, 'requests', 'mine', '{"a":2}');
    expect(second.view).toEqual({ id: first.view.id, name: 'Mine', state: '{"a":2}' });
  });

  it('answer the same press the same', async () => {
    const key = newId();
    const first = await save(one, 'audit', 'x', '{}', key);
    expect(await save(one, 'audit', 'x', '{}', key)).toEqual(first);
  });

  it('are refused with the field that is wrong', async () => {
    expect((await save(one, 'requests', '', '[]')).errors).toEqual([
      { code: 'INVALID_INPUT', path: ['name'], rule: 'length' },
      { code: 'INVALID_INPUT', path: ['state'], rule: 'jsonObject' },
    ]);
  });

  it(`end at ${VIEWS_PER_LIST_MAX} a list, also when many windows save at once`, async () => {
    const wishes = Array.from({ length: VIEWS_PER_LIST_MAX + 8 }, (_, index) => `v${index}`);
    const saved: { view: object | null; errors: { rule: string }[] }[] = [];
    // A few at a time: they race for the last places, and none waits longer than a unit of work tries.
    while (wishes.length > 0)
      saved.push(...(await Promise.all(wishes.splice(0, 4).map((name) => save(one, 'full', name)))));
    expect(saved.filter(({ view }) => view !== null)).toHaveLength(VIEWS_PER_LIST_MAX);
    expect(new Set(saved.flatMap(({ errors }) => errors.map(({ rule }) => rule)))).toEqual(new Set(['count']));
    expect(await namesOf(one, 'full')).toHaveLength(VIEWS_PER_LIST_MAX);
  });
});
