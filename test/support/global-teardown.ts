import { rm } from 'node:fs/promises';
import { testServer } from './test-server-handle.ts';

export default async function globalTeardown(): Promise<void> {
  const server = testServer.current;
  if (!server) return;
  await server.stop();
  await rm(server.directory, { recursive: true, force: true });
}
