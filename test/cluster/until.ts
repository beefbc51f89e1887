const POLL_MS = 50;

/** Waits until the condition gives something; an error it throws ends the wait. */
export async function until<T>(what: string, limitMs: number, condition: () => Promise<T | undefined>): Promise<T> {
  const end = performance.now() + limitMs;
  for (;;) {
    const value = await condition();
    if (value !== undefined) return value;
    if (performance.now() > end) throw new Error(`${what}: not within ${limitMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
