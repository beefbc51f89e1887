/** Gives names to the values a server made up, and writes their placeholders in their place. */
import { at, isObject, type Json, type JsonObject } from './json.ts';
import { Bindings } from './placeholders.ts';

interface Keep {
  readonly managedFields: boolean;
  /** The list goes on from an earlier page and shares its resourceVersion. */
  readonly continued: boolean;
}

const initialEventsEnd = 'k8s.io/initial-events-end';

export class Naming {
  readonly #run: string;
  readonly #bindings: Bindings;
  /** uid → label, e.g. "web", "web-2" for the second object of that name. */
  readonly #labels = new Map<string, string>();
  /** label → its revisions in the order they were met. */
  readonly #revisions = new Map<string, string[]>();
  readonly #tokens: string[] = [];
  readonly #collections: string[] = [];
  readonly #bookmarks: string[] = [];
  /** Of the last Table that said them: in a watch only the first does. */
  #columns: readonly Json[] = [];

  constructor(run: string) {
    this.#run = run;
    this.#bindings = new Bindings(run);
  }

  fill(text: string): string {
    return this.#bindings.fill(text);
  }

  fillJson(value: Json): Json {
    return this.#bindings.fillJson(value);
  }

  named(value: Json, keep: Keep = { managedFields: false, continued: false }): Json {
    if (typeof value === 'string') return this.#text(value);
    if (Array.isArray(value)) return value.map((each: Json) => this.named(each, keep));
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value.kind === 'Table' ? this.#table(value) : value).map(([key, each]) => [
        this.#text(key),
        key === 'metadata' && isObject(each) ? this.#metadata(each, keep) : this.named(each, keep),
      ]),
    );
  }

  #metadata(metadata: JsonObject, keep: Keep): JsonObject {
    const label = this.#label(metadata);
    const special: Record<string, string> = {};
    const { resourceVersion, creationTimestamp, continue: token } = metadata;
    if (typeof resourceVersion === 'string' && /^[0-9]+$/.test(resourceVersion)) {
      if (label !== undefined) special.resourceVersion = this.#revision(label, resourceVersion);
      else if (at(metadata, 'annotations', initialEventsEnd) === undefined) {
        special.resourceVersion = this.#collection(resourceVersion, keep);
      } else special.resourceVersion = this.#numbered('bookmark', this.#bookmarks, resourceVersion);
    }
    if (typeof creationTimestamp === 'string' && label !== undefined) {
      special.creationTimestamp = this.#bind(`<time:${label}>`, creationTimestamp);
    }
    if (typeof token === 'string' && token !== '') special.continue = this.#numbered('token', this.#tokens, token);
    const { managedFields, ...rest } = metadata;
    const named = this.named(rest, keep) as JsonObject;
    return {
      ...named,
      ...special,
      ...(managedFields === undefined || !keep.managedFields ? {} : { managedFields: this.named(managedFields) }),
    };
  }

  #label(metadata: JsonObject): string | undefined {
    const { name, uid } = metadata;
    if (typeof name !== 'string' || typeof uid !== 'string') return undefined;
    const known = this.#labels.get(uid);
    if (known !== undefined) return known;
    const base = name.replace(`-${this.#run}`, '');
    const taken = new Set(this.#labels.values());
    let label = base;
    for (let number = 2; taken.has(label); number += 1) label = `${base}-${number}`;
    this.#labels.set(uid, label);
    this.#bind(`<uid:${label}>`, uid);
    return label;
  }

  #revision(label: string, value: string): string {
    const known = this.#revisions.get(label) ?? [];
    this.#revisions.set(label, known);
    if (!known.includes(value)) known.push(value);
    return this.#bind(`<rv:${label}.${known.indexOf(value) + 1}>`, value);
  }

  #collection(value: string, keep: Keep): string {
    if (keep.continued && this.#collections.includes(value)) {
      return `<at:${this.#collections.lastIndexOf(value) + 1}>`;
    }
    this.#collections.push(value);
    return this.#bind(`<at:${this.#collections.length}>`, value);
  }

  #numbered(kind: string, known: string[], value: string): string {
    if (!known.includes(value)) known.push(value);
    return this.#bind(`<${kind}:${known.indexOf(value) + 1}>`, value);
  }

  #bind(placeholder: string, value: string): string {
    if (!this.#bindings.match(placeholder, value)) {
      throw new Error(`${placeholder} cannot be ${value}: the server breaks a rule of placeholders.ts`);
    }
    return placeholder;
  }

  #text(text: string): string {
    let named = text.replaceAll(this.#run, '<run>');
    for (const [uid, label] of this.#labels) named = named.replaceAll(uid, `<uid:${label}>`);
    if (/resource ?version/i.test(named)) named = named.replace(/(?<![\w.<:-])[1-9][0-9]*(?![\w.>-])/g, '<rv>');
    return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(named) ? '<time>' : named;
  }

  /**
   * The cells of the columns that say how long ago; and the resourceVersion of a Table of one object
   * (got by its name, or in a watch), which is the object's and not a list's.
   */
  #table(table: JsonObject): JsonObject {
    const { columnDefinitions, rows, metadata } = table;
    if (!Array.isArray(rows) || !isObject(metadata)) return table;
    const columns = Array.isArray(columnDefinitions) ? columnDefinitions : this.#columns;
    this.#columns = columns;
    const ages = columns.map((column: Json) => at(column, 'name') === 'Age');
    const only = at(rows[0], 'object', 'metadata');
    const isObjects = rows.length === 1 && isObject(only) && only.resourceVersion === metadata.resourceVersion;
    const label = isObjects ? this.#label(only) : undefined;
    return {
      ...table,
      // Prose for people, the same in every Table.
      columnDefinitions: Array.isArray(columnDefinitions)
        ? columnDefinitions.map((column: JsonObject) => ({ ...column, description: '<any>' }))
        : (columnDefinitions ?? null),
      ...(label === undefined
        ? {}
        : { metadata: { ...metadata, resourceVersion: this.#revision(label, String(metadata.resourceVersion)) } }),
      rows: rows.map((row: Json) => {
        const cells = at(row, 'cells');
        if (!isObject(row) || !Array.isArray(cells)) return row;
        return { ...row, cells: cells.map((cell: Json, index) => (ages[index] === true ? '<age>' : cell)) };
      }),
    };
  }
}
