import { SharedWork, type Sharing } from './shared-work.js';

/**
 * Many who ask one by one are answered by few questions: all who ask while one is under way share the next. What is
 * answered was read after it was asked for.
 */
export class SharedRead<V> {
  private readonly work: SharedWork<string, V | undefined>;

  constructor(
    readAll: (keys: readonly string[]) => Promise<readonly V[]>,
    keyOf: (value: V) => string,
    sharing: Sharing = {},
  ) {
    this.work = new SharedWork(async (keys) => {
      const values = await readAll([...new Set(keys)]);
      const byKey = new Map(values.map((value) => [keyOf(value), value]));
      return keys.map((key) => byKey.get(key));
    }, sharing);
  }

  /** undefined = there is none. */
  get(key: string): Promise<V | undefined> {
    return this.work.ask(key);
  }
}
