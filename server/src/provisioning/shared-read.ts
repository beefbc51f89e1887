interface Waiting<V> {
  readonly key: string;
  readonly found: (value: V | undefined) => void;
  readonly failed: (error: unknown) => void;
}

/** One statement of this many keys is still a small one. */
const KEYS_MAX = 100;

/**
 * Many who ask one by one are answered by few questions: all who ask while one is under way share the next. What is
 * answered was read after it was asked for.
 */
export class SharedRead<V> {
  private waiting: Waiting<V>[] = [];
  private isReading = false;

  constructor(
    private readonly readAll: (keys: readonly string[]) => Promise<readonly V[]>,
    private readonly keyOf: (value: V) => string,
  ) {}

  /** undefined = there is none. */
  async get(key: string): Promise<V | undefined> {
    return await new Promise((found, failed) => {
      this.waiting.push({ key, found, failed });
      if (!this.isReading) void this.read();
    });
  }

  private async read(): Promise<void> {
    this.isReading = true;
    // Whoever asks in the same breath is served by the first question already.
    await null;
    while (this.waiting.length > 0) await this.answer(this.waiting.splice(0, KEYS_MAX));
    this.isReading = false;
  }

  private async answer(asked: readonly Waiting<V>[]): Promise<void> {
    try {
      const values = await this.readAll([...new Set(asked.map(({ key }) => key))]);
      const byKey = new Map(values.map((value) => [this.keyOf(value), value]));
      for (const { found, key } of asked) found(byKey.get(key));
    } catch (error) {
      for (const { failed } of asked) failed(error);
    }
  }
}
