/** Decides what the lines of a draft are after one of them, or some, were added, changed, taken out or moved. */
import { say } from '../../kernel/bilingual.js';
import type { InputPath, Refusal } from '../../kernel/refusal.js';
import { ok, type Result, refuse } from '../../kernel/result.js';
import { LINES_MAX, type LineContent } from './content.js';

/** By one call of the API: what its body holds. A table brings more at once. */
export const LINES_PER_EDIT_MAX = 100;

/** A line that is kept under its id, or a new one. */
export interface EditedLine {
  readonly id: string | null;
  readonly content: LineContent;
}

export type LineEdit =
  /** at: before the line that has this place now; null = behind the last. */
  | { readonly kind: 'ADD'; readonly lines: readonly LineContent[]; readonly at: number | null }
  | { readonly kind: 'CHANGE'; readonly lineId: string | undefined; readonly line: LineContent }
  /** Several at once, each by its own new content. */
  | {
      readonly kind: 'CHANGE_SOME';
      readonly lines: readonly { readonly lineId: string | undefined; readonly line: LineContent }[];
    }
  | { readonly kind: 'REMOVE'; readonly lineIds: readonly (string | undefined)[] }
  /** to: its place when it has been moved, from 0. */
  | { readonly kind: 'MOVE'; readonly lineId: string | undefined; readonly to: number };

export interface EditedLines {
  readonly lines: readonly EditedLine[];
  /** Where what was refused of a line of the draft belongs in the edit's own input; null = not of this edit. */
  readonly pathOf: (position: number) => InputPath | null;
}

const ofNone = (): null => null;

/** @param linesMax how many lines one edit may bring or take. */
export function editLines(
  before: readonly EditedLine[],
  edit: LineEdit,
  linesMax = LINES_PER_EDIT_MAX,
): Result<EditedLines, readonly Refusal[]> {
  switch (edit.kind) {
    case 'ADD':
      return added(before, edit, linesMax);
    case 'CHANGE': {
      const at = placeOf(before, edit.lineId);
      if (at < 0) return refuse([unknownLine(['lineId'])]);
      const lines = before.map((line, place) => (place === at ? { ...line, content: edit.line } : line));
      return ok({ lines, pathOf: (place) => (place === at ? ['line'] : null) });
    }
    case 'CHANGE_SOME':
      return changed(before, edit.lines, linesMax);
    case 'REMOVE':
      return removed(before, edit.lineIds, linesMax);
    case 'MOVE': {
      const at = placeOf(before, edit.lineId);
      const moved = before[at];
      if (!moved) return refuse([unknownLine(['lineId'])]);
      if (!Number.isInteger(edit.to) || edit.to < 0 || edit.to >= before.length)
        return refuse([outside(['to'], 'place', before.length - 1)]);
      const lines = before.toSpliced(at, 1).toSpliced(edit.to, 0, moved);
      return ok({ lines, pathOf: ofNone });
    }
  }
}

function added(
  before: readonly EditedLine[],
  { lines, at }: Extract<LineEdit, { kind: 'ADD' }>,
  linesMax: number,
): Result<EditedLines, readonly Refusal[]> {
  if (lines.length === 0 || lines.length > linesMax) return refuse([tooMany(['lines'], linesMax)]);
  if (before.length + lines.length > LINES_MAX) return refuse([full(before.length, lines.length)]);
  const place = at ?? before.length;
  if (!Number.isInteger(place) || place < 0 || place > before.length)
    return refuse([outside(['at'], 'place', before.length)]);
  const fresh = lines.map((content) => ({ id: null, content }));
  return ok({
    lines: before.toSpliced(place, 0, ...fresh),
    pathOf: (position) => {
      const own = position - place;
      return own >= 0 && own < lines.length ? ['lines', String(own)] : null;
    },
  });
}

function changed(
  before: readonly EditedLine[],
  wanted: Extract<LineEdit, { kind: 'CHANGE_SOME' }>['lines'],
  linesMax: number,
): Result<EditedLines, readonly Refusal[]> {
  if (wanted.length === 0 || wanted.length > linesMax) return refuse([tooMany(['lines'], linesMax)]);
  const strange = wanted.flatMap(({ lineId }, at) =>
    placeOf(before, lineId) < 0 ? [unknownLine(['lines', String(at), 'lineId'])] : [],
  );
  if (strange.length > 0) return refuse(strange);
  const numbers = new Map(wanted.map(({ lineId }, at) => [lineId, at]));
  return ok({
    lines: before.map((line) => {
      const at = line.id === null ? undefined : numbers.get(line.id);
      const content = at === undefined ? undefined : wanted[at]?.line;
      return content ? { ...line, content } : line;
    }),
    pathOf: (position) => {
      const id = before[position]?.id;
      const at = id == null ? undefined : numbers.get(id);
      return at === undefined ? null : ['lines', String(at), 'line'];
    },
  });
}

function removed(
  before: readonly EditedLine[],
  lineIds: readonly (string | undefined)[],
  linesMax: number,
): Result<EditedLines, readonly Refusal[]> {
  if (lineIds.length === 0 || lineIds.length > linesMax) return refuse([tooMany(['lineIds'], linesMax)]);
  const strange = lineIds.flatMap((id, at) => (placeOf(before, id) < 0 ? [unknownLine(['lineIds', String(at)])] : []));
  if (strange.length > 0) return refuse(strange);
  const gone = new Set(lineIds);
  const lines = before.filter(({ id }) => id === null || !gone.has(id));
  // A request of nothing is none: who wants that withdraws it.
  if (lines.length === 0) return refuse([noneLeft()]);
  return ok({ lines, pathOf: ofNone });
}

function placeOf(lines: readonly EditedLine[], id: string | undefined): number {
  return id === undefined ? -1 : lines.findIndex((line) => line.id === id);
}

function unknownLine(path: InputPath): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path,
    message: say('这张申请单没有这一行明细', 'The request has no such line'),
  };
}

function tooMany(path: InputPath, most: number): Refusal {
  return invalid(path, 'range', `一次 1 至 ${most} 行明细`, `1 to ${most} lines at once`);
}

function full(now: number, more: number): Refusal {
  return invalid(
    ['lines'],
    'linesMax',
    `一张申请单最多 ${LINES_MAX} 行明细：已有 ${now} 行，又加 ${more} 行；什么都没有写入`,
    `A request has ${LINES_MAX} lines at most: it has ${now}, and ${more} more were sent; nothing was written`,
  );
}

function noneLeft(): Refusal {
  return invalid(
    ['lineIds'],
    'lastLine',
    '申请单至少保留一行明细；不再需要请撤回整张申请单',
    'At least one line stays; withdraw the request if none is needed',
  );
}

function outside(path: InputPath, rule: string, most: number): Refusal {
  return invalid(path, rule, `位置为 0 至 ${most}`, `The place is 0 to ${most}`);
}

function invalid(path: InputPath, rule: string, zh: string, en: string): Refusal {
  return { code: 'INVALID_INPUT', path, rule, message: say(zh, en) };
}
