/** Lists: selected, in pages that are all of one state. */
import type { JsonObject, KubeObject } from '../json.js';
import { type FieldProblem, type Kind, storedAs, toShown } from '../kinds/kind.js';
import { keyOfObject, type Store } from '../store/store.js';
import { everything, fieldSelector, labelSelector, type Selector } from './selectors.js';
import { ApiError, badRequest, expired, futureRevision, invalid } from './status.js';

export interface Selected {
  readonly matches: Selector;
  readonly isWhole: boolean;
}

export interface ListPage {
  readonly items: readonly KubeObject[];
  readonly metadata: JsonObject;
}

interface Token {
  /** -1: whatever is there now. */
  readonly revision: number;
  /** The last key of the page before. */
  readonly after: string;
}

const NEWEST = -1;

export function selected(kind: Kind, query: URLSearchParams): Selected {
  const byLabel = labelSelector(query.get('labelSelector') ?? '');
  const byField = fieldSelector(kind, query.get('fieldSelector') ?? '');
  const isWhole = byLabel === everything && byField === everything;
  return { isWhole, matches: isWhole ? everything : (object) => byLabel(object) && byField(object) };
}

export function list(store: Store, kind: Kind, namespace: string | undefined, query: URLSearchParams): ListPage {
  checkListOptions(query);
  const { isWhole, matches } = selected(kind, query);
  const limit = limitOf(query);
  const token = tokenOf(query);
  const revision = token === undefined ? revisionOf(store, query, limit) : token.revision;
  const at = revision === NEWEST ? store.revision : revision;
  const state = store.listAt(storedAs(kind), at, namespace);
  if (state === undefined) throw forgotten(token);
  const shown = kind.view === undefined ? state : state.map((object) => toShown(kind, object));
  const matching = shown.filter(
    (object) => matches(object) && (token === undefined || keyOfObject(object) > token.after),
  );
  const items = limit === 0 ? matching : matching.slice(0, limit);
  const last = items.at(-1);
  const more = matching.length - items.length;
  const next = more > 0 && last !== undefined ? writeToken({ revision: at, after: keyOfObject(last) }) : '';
  return {
    items,
    metadata: {
      resourceVersion: String(at),
      // Custom resources are written with an empty token, Go types without any.
      ...(next !== '' || kind.custom ? { continue: next } : {}),
      ...(more > 0 && isWhole ? { remainingItemCount: more } : {}),
    },
  };
}

/** The revision that a list must be of; NEWEST when any will do. */
function revisionOf(store: Store, query: URLSearchParams, limit: number): number {
  const text = query.get('resourceVersion') ?? '';
  if (text === '' || text === '0') return NEWEST;
  const asked = parseRevision(text, (why) => badRequest(`invalid resource version: ${why}`));
  if (asked > store.revision) throw futureRevision(asked, store.revision);
  const match = query.get('resourceVersionMatch') ?? '';
  return match === 'Exact' || (match === '' && limit > 0) ? asked : NEWEST;
}

export function parseRevision(text: string, refuse: (why: string) => ApiError): number {
  if (/^[0-9]+$/.test(text)) return Number(text);
  throw refuse(
    `resourceVersion: Invalid value: ${JSON.stringify(text)}: strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`,
  );
}

function limitOf(query: URLSearchParams): number {
  const text = query.get('limit') ?? '';
  if (text === '') return 0;
  if (!/^-?[0-9]+$/.test(text)) throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
  return Math.max(0, Number(text));
}

function checkListOptions(query: URLSearchParams): void {
  const problems: FieldProblem[] = [];
  const forbid = (field: string, why: string) =>
    problems.push({ reason: 'FieldValueForbidden', field, message: `Forbidden: ${why}` });
  const match = query.get('resourceVersionMatch') ?? '';
  const revision = query.get('resourceVersion') ?? '';
  if (match !== '') {
    if (revision === '') {
      forbid('resourceVersionMatch', 'resourceVersionMatch is forbidden unless resourceVersion is provided');
    } else if (match !== 'Exact' && match !== 'NotOlderThan') {
      problems.push({
        reason: 'FieldValueNotSupported',
        field: 'resourceVersionMatch',
        message: `Unsupported value: "${match}": supported values: "Exact", "NotOlderThan", ""`,
      });
    } else if (match === 'Exact' && revision === '0') {
      forbid('resourceVersionMatch', 'resourceVersionMatch "exact" is forbidden for resourceVersion "0"');
    }
    if (query.has('continue')) forbid('resourceVersionMatch', 'resourceVersionMatch is forbidden for continue');
  }
  if (query.has('sendInitialEvents')) forbid('sendInitialEvents', 'sendInitialEvents is forbidden for list');
  if (problems.length > 0) throw invalid('meta.k8s.io', 'ListOptions', '', problems);
}

function tokenOf(query: URLSearchParams): Token | undefined {
  const text = query.get('continue') ?? '';
  if (text === '') return undefined;
  const revision = query.get('resourceVersion') ?? '';
  if (revision !== '' && revision !== '0') {
    throw badRequest('specifying resource version is not allowed when using continue');
  }
  const decoded = Buffer.from(text, 'base64url').toString('utf8');
  let read: unknown;
  try {
    read = JSON.parse(decoded);
  } catch {
    // Said in the words of Go's parser, which a real server passes on.
    throw badRequest(`invalid continue token: continue key is not valid: ${goProblem(decoded)}`);
  }
  if (!Array.isArray(read) || typeof read[0] !== 'number' || typeof read[1] !== 'string') {
    throw badRequest('invalid continue token: continue key is not valid: incorrect encoded start key');
  }
  return { revision: read[0], after: read[1] };
}

function goProblem(text: string): string {
  const literal = ['null', 'true', 'false'].find((each) => each[0] === text[0]);
  if (literal === undefined) return `invalid character '${text[0] ?? ''}' looking for beginning of value`;
  const index = [...literal].findIndex((character, at) => text[at] !== character);
  return `invalid character '${text[index] ?? ''}' in literal ${literal} (expecting '${literal[index] ?? ''}')`;
}

function writeToken(token: Token): string {
  return Buffer.from(JSON.stringify([token.revision, token.after])).toString('base64url');
}

function forgotten(token: Token | undefined): ApiError {
  if (token === undefined) return expired('The resourceVersion for the provided list is too old.');
  return expired(
    'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.',
    { continue: writeToken({ ...token, revision: NEWEST }) },
  );
}
