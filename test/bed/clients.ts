import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import mysql from 'mysql2/promise';
import { CLIENT, type DataNode, SYSTEM_DATABASE } from './data-node.ts';
import { CENTERS, type CenterName } from './galera.ts';

const WRITERS_A_CENTER = 2;
const BETWEEN_MS = 40;
const REFUSED_WAIT_MS = 150;
/** Whoever is not answered by then goes away, and does not know what became of it. */
const PATIENCE_MS = 3_000;

export interface Acknowledged {
  readonly id: string;
  readonly center: CenterName;
  readonly atMs: number;
  readonly acknowledgedMs: number;
}

/**
 * The system's users: in every center some who try to write into what stands there, all the time, whoever is to serve. What was
 * answered is remembered with its center and its time; on one machine there is one clock.
 */
export class Clients {
  readonly acknowledged: Acknowledged[] = [];
  private going = false;
  private loops: Promise<void>[] = [];

  constructor(private readonly nodes: Readonly<Record<CenterName, DataNode>>) {}

  start(): void {
    this.going = true;
    this.loops = CENTERS.flatMap((center) => Array.from({ length: WRITERS_A_CENTER }, () => this.write(center)));
  }

  async stop(): Promise<void> {
    this.going = false;
    await Promise.all(this.loops);
  }

  from(center: CenterName): Acknowledged[] {
    return this.acknowledged.filter((one) => one.center === center);
  }

  private async write(center: CenterName): Promise<void> {
    let connection: mysql.Connection | null = null;
    while (this.going) {
      const [id, atMs] = [randomUUID(), Date.now()];
      try {
        const { host, port } = this.nodes[center].place;
        if (connection === null) {
          connection = await mysql.createConnection({
            ...{ host, port, ...CLIENT, database: SYSTEM_DATABASE, connectTimeout: PATIENCE_MS },
          });
          connection.on('error', () => undefined);
        }
        await connection.query({
          ...{ sql: 'insert into entry (id, center, at_ms) values (?, ?, ?)', values: [id, center, atMs] },
          timeout: PATIENCE_MS,
        });
        this.acknowledged.push({ id, center, atMs, acknowledgedMs: Date.now() });
        await sleep(BETWEEN_MS);
      } catch {
        connection?.destroy();
        connection = null;
        await sleep(REFUSED_WAIT_MS);
      }
    }
    connection?.destroy();
  }
}
