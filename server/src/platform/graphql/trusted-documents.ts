import { readFile } from 'node:fs/promises';

/** The console's own operations, as their exact texts. In production nothing else is answered to a browser session. */
export class TrustedDocuments {
  private constructor(private readonly texts: ReadonlySet<string> | null) {}

  /** Every text is answered: development, tests and the demonstration's API explorer. */
  static readonly any = new TrustedDocuments(null);

  /** @throws when the list is missing: "allow all" or "allow nothing" must never come about by accident. */
  static async from(path: string): Promise<TrustedDocuments> {
    const documents: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (typeof documents !== 'object' || documents === null || Object.keys(documents).length === 0)
      throw new Error(`${path} lists no documents; build the console again`);
    return new TrustedDocuments(new Set(Object.values(documents as Record<string, string>)));
  }

  allows(text: string | undefined): boolean {
    return this.texts === null || (text !== undefined && this.texts.has(text));
  }
}
