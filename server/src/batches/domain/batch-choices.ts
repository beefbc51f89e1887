/** Decides what the cells of a table may name: offers, images, places, and the questions that a service asks. */
import type { FieldType } from '../../catalog/domain/service-definition.js';
import type { Bilingual } from '../../kernel/bilingual.js';
import type { ChoiceList } from './batch-columns.js';

/** One thing that a cell may name. */
export interface BatchChoice {
  /** Id or enum value. */
  readonly value: string;
  /** As the list of the template has it. */
  readonly title: Bilingual;
  /** Its code, or another name that people write. */
  readonly also?: readonly string[];
  /** Of offers and images: they must go together. */
  readonly architecture?: string;
  readonly minimumDiskGib?: number;
}

export interface Question {
  readonly key: string;
  readonly label: Bilingual;
  readonly type: FieldType;
  readonly required: boolean;
  /** Of NUMBER. */
  readonly minimum: number | null;
  readonly maximum: number | null;
  readonly choices: readonly { readonly value: string; readonly label: Bilingual }[];
}

/** A service with its present questions: a table of it alone has a column for each of them. */
export interface AskedService {
  readonly id: string;
  readonly code: string;
  readonly name: Bilingual;
  readonly offered: boolean;
  readonly questions: readonly Question[];
}

export interface BatchChoices {
  readonly lists: { readonly [L in ChoiceList]?: readonly BatchChoice[] };
  /** Of services, by id; withdrawn ones too: a table of one may still wait. */
  readonly services: ReadonlyMap<string, AskedService>;
}

/** How people write a name: width of brackets, spaces and capitals aside. */
export function plain(text: string): string {
  return text.replaceAll('（', '(').replaceAll('）', ')').replace(/\s+/g, '').toLowerCase();
}
