/** Decides whether a person's view of a list may be kept as it was sent. */
import { say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';
import { ok, type Result, refuse } from '../../kernel/result.js';

/** More than one page of a menu is no help; the place of a view (1 to 50) is part of a unique key, so no race passes it. */
export const VIEWS_PER_LIST_MAX = 50;
/** A filter, an order and the names of columns take some hundred bytes; 8 KiB is room for every list there will be. */
export const STATE_BYTES_MAX = 8 * 1024;
export const VIEW_NAME_LENGTH_MAX = 60;
/** Names of lists come from the console: short words, of which a URL could be made. */
const LIST_NAME = /^[a-z][a-z0-9-]{0,39}$/;

export interface ViewWish {
  readonly list: string;
  readonly name: string;
  /** JSON of the console: filter, order, columns. The server keeps it and reads nothing in it. */
  readonly state: string;
}

export const isListName = (name: string): boolean => LIST_NAME.test(name);

/** The view as it is kept: its name trimmed, its state without needless space. */
export function decideView(wish: ViewWish): Result<ViewWish, readonly Refusal[]> {
  const refusals: Refusal[] = [];
  const name = wish.name.trim().toWellFormed();
  if (!isListName(wish.list)) refusals.push(invalid('list', 'listName', '没有这个列表', 'There is no such list'));
  if (name.length === 0 || name.length > VIEW_NAME_LENGTH_MAX)
    refusals.push(
      invalid(
        'name',
        'length',
        `请填写视图名称，1 至 ${VIEW_NAME_LENGTH_MAX} 字`,
        `Give the view a name of 1 to ${VIEW_NAME_LENGTH_MAX} characters`,
      ),
    );
  const state = compactObject(wish.state);
  if (state === undefined)
    refusals.push(invalid('state', 'jsonObject', '视图内容不是 JSON 对象', 'The state is not a JSON object'));
  else if (Buffer.byteLength(state) > STATE_BYTES_MAX)
    refusals.push(
      invalid(
        'state',
        'size',
        `视图内容超过 ${STATE_BYTES_MAX} 字节`,
        `The state is larger than ${STATE_BYTES_MAX} bytes`,
      ),
    );
  return refusals.length > 0 || state === undefined ? refuse(refusals) : ok({ list: wish.list, name, state });
}

/** The lowest place that none of the views has; undefined = the list is full. */
export function freePlace(taken: readonly number[]): number | undefined {
  const places = new Set(taken);
  for (let place = 1; place <= VIEWS_PER_LIST_MAX; place += 1) if (!places.has(place)) return place;
  return undefined;
}

export function tooManyViews(): Refusal {
  return invalid(
    'name',
    'count',
    `每个列表最多保存 ${VIEWS_PER_LIST_MAX} 个视图，请先删除不用的`,
    `A list holds at most ${VIEWS_PER_LIST_MAX} views; delete one that is not used`,
  );
}

function compactObject(text: string): string | undefined {
  // Nothing so long is parsed at all; white space could make an honest state at most a few times longer.
  if (text.length > STATE_BYTES_MAX * 4) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

function invalid(field: string, rule: string, zh: string, en: string): Refusal {
  return { code: 'INVALID_INPUT', path: [field], rule, message: say(zh, en) };
}
