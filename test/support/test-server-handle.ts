/** What the run's set-up leaves for its tear-down; both run in the same process. */
export const testServer: { current: { directory: string; stop(): Promise<void> } | null } = (
  globalThis as { jiyunTestServer?: typeof testServer }
).jiyunTestServer ?? { current: null };
(globalThis as { jiyunTestServer?: typeof testServer }).jiyunTestServer = testServer;
