/** Decides what a form that is still being filled in may be, how long it is kept, and whether it may be kept over what was kept before. */
import { say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';
import { ok, type Result, refuse } from '../../kernel/result.js';

/** A form of twenty lines, each with its longest texts, is some 40,000 characters. */
export const FORM_CHARS_MAX = 100_000;
/** Of one person: more unfinished forms than these are forgotten ones. */
export const FORMS_MAX = 20;

/**
 * From its last change on. A form waits for what others bring: a project's filing, the level of a system, an answer of the
 * builder, which take up to a quarter. What nobody touched for longer was forgotten, names people and machines all the same,
 * and would come back with sizes and prices of another season.
 */
export const FORM_LIFE_DAYS = 90;
const DAY_MS = 86_400_000;

/** Until when it is kept, should nobody go on with it. */
export function keptUntil(savedAt: Date): Date {
  return new Date(savedAt.getTime() + FORM_LIFE_DAYS * DAY_MS);
}

/** What was saved last at this moment, or before, is kept no longer. */
export function forgottenAt(now: Date): Date {
  return new Date(now.getTime() - FORM_LIFE_DAYS * DAY_MS);
}

/** What somebody has typed so far, exactly as the form has it: it need not be complete, nor right. */
export interface UnfinishedFormRow {
  readonly id: string;
  /** The draft that is being changed; null = a request that is no draft yet. */
  readonly requestId: string | null;
  /** Version of the draft when the form was opened. */
  readonly requestVersion: number | null;
  readonly ownerId: string;
  readonly ownerName: string;
  /** Made by the window that began it: the same first save comes once. */
  readonly startKey: string;
  readonly form: string;
  readonly version: number;
  readonly savedAt: Date;
}

export function checkForm(form: string): Refusal | null {
  if (form.length > FORM_CHARS_MAX)
    return invalid('length', `表单内容超过 ${FORM_CHARS_MAX} 个字符，没有自动保存`, 'The form is too long to be kept');
  return isObject(form) ? null : invalid('json', '表单内容无法识别，没有自动保存', 'The form is not understood');
}

/** UNCHANGED: this very save was answered before, and the answer was lost. */
export function decideSave(
  kept: Pick<UnfinishedFormRow, 'version' | 'form'>,
  wish: { readonly expectedVersion: number; readonly form: string },
): Result<'SAVE' | 'UNCHANGED', readonly Refusal[]> {
  if (kept.form === wish.form) return ok('UNCHANGED');
  if (kept.version === wish.expectedVersion) return ok('SAVE');
  return refuse([
    {
      code: 'VERSION_CONFLICT',
      path: ['expectedVersion'],
      expected: wish.expectedVersion,
      current: kept.version,
      message: say(
        '这张表单在另一个窗口保存过。那边的内容已保留；这个窗口的内容还在页面上，没有自动保存',
        'The form was saved from another window. What was saved there is kept; what is in this window is still on the page and was not saved',
      ),
    },
  ]);
}

export function tooManyForms(): Refusal {
  return invalid(
    'formsMax',
    `您有 ${FORMS_MAX} 张未完成的表单，请先提交或删除一些；这张没有自动保存`,
    `You have ${FORMS_MAX} unfinished forms; finish or delete some. This one was not saved`,
  );
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

function invalid(rule: string, zh: string, en: string): Refusal {
  return { code: 'INVALID_INPUT', path: ['form'], rule, message: say(zh, en) };
}
