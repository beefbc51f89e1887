/** What must survive a restart so that a kubeconfig stays good: certificate, key, token and port. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Identity, newIdentity } from './tls/certificate.js';

const IDENTITY_FILE = 'identity.json';
const PORT_FILE = 'port';
const PRIVATE = 0o600;
const PRIVATE_DIRECTORY = 0o700;
const TOKEN_BYTES = 24;

export interface ClusterIdentity extends Identity {
  readonly token: string;
}

export function clusterIdentity(name: string, directory: string | undefined): ClusterIdentity {
  const make = (): ClusterIdentity => ({
    // The machine's own time: clients compare the certificate with theirs, whatever the simulated clock says.
    ...newIdentity(name, new Date()),
    token: randomBytes(TOKEN_BYTES).toString('base64url'),
  });
  if (directory === undefined) return make();
  mkdirSync(directory, { recursive: true, mode: PRIVATE_DIRECTORY });
  const path = join(directory, IDENTITY_FILE);
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as ClusterIdentity;
  const made = make();
  writeFileSync(path, JSON.stringify(made), { mode: PRIVATE });
  return made;
}

/** 0 when none was kept. */
export function keptPort(directory: string | undefined): number {
  const path = directory === undefined ? undefined : join(directory, PORT_FILE);
  if (path === undefined || !existsSync(path)) return 0;
  const port = Number(readFileSync(path, 'utf8').trim());
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : 0;
}

export function keepPort(directory: string | undefined, port: number): void {
  if (directory !== undefined) writeFileSync(join(directory, PORT_FILE), `${port}\n`, { mode: PRIVATE });
}
