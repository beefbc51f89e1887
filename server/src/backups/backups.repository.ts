import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { ConsoleBackup } from './backups.types.js';
import type { BackupKind } from './domain/backup-age.js';

interface Row {
  readonly id: string;
  readonly kind: BackupKind;
  readonly started_at: Date;
  readonly ended_at: Date | null;
  readonly succeeded: number;
  readonly file_name: string | null;
  readonly bytes: string | null;
  readonly sm3: string | null;
  readonly binlog_file: string | null;
  readonly binlog_position: string | null;
  readonly said: string | null;
}

@Injectable()
export class BackupsRepository {
  constructor(private readonly db: DataSource) {}

  async begin(tx: Tx, id: string, kind: BackupKind): Promise<void> {
    await tx.manager.query('insert into console_backup (id, kind, started_at) values (?, ?, ?)', [id, kind, tx.now]);
  }

  async end(tx: Tx, backup: Omit<ConsoleBackup, 'kind' | 'startedAt' | 'endedAt'>): Promise<void> {
    await tx.manager.query(
      `update console_backup set ended_at = ?, succeeded = ?, file_name = ?, bytes = ?, sm3 = ?, binlog_file = ?,
       binlog_position = ?, said = ? where id = ?`,
      [
        tx.now,
        backup.succeeded,
        backup.fileName,
        backup.bytes,
        backup.sm3,
        backup.binlogFile,
        backup.binlogPosition,
        backup.said,
        backup.id,
      ],
    );
  }

  /** Binlogs come every five minutes: what is of no more use to anybody than the next goes after a month. */
  async prune(tx: Tx, before: Date): Promise<void> {
    await tx.manager.query("delete from console_backup where kind = 'BINLOG' and started_at < ? limit 10000", [before]);
  }

  async last(kind: BackupKind): Promise<ConsoleBackup | null> {
    return this.one('select * from console_backup where kind = ? order by started_at desc limit 1', kind);
  }

  async lastDone(kind: BackupKind): Promise<ConsoleBackup | null> {
    return this.one(
      'select * from console_backup where kind = ? and succeeded = 1 order by started_at desc limit 1',
      kind,
    );
  }

  /** In which binlogs the newest dumps begin. */
  async beginnings(limit: number): Promise<(string | null)[]> {
    const rows: Pick<Row, 'binlog_file'>[] = await this.db.query(
      "select binlog_file from console_backup where kind = 'DUMP' and succeeded = 1 order by started_at desc limit ?",
      [limit],
    );
    return rows.map(({ binlog_file }) => binlog_file);
  }

  /** Newest first, without the binlogs, of which there are hundreds a day. */
  async latest(limit: number): Promise<ConsoleBackup[]> {
    const rows: Row[] = await this.db.query(
      "select * from console_backup where kind <> 'BINLOG' order by started_at desc limit ?",
      [limit],
    );
    return rows.map(toBackup);
  }

  private async one(sql: string, kind: BackupKind): Promise<ConsoleBackup | null> {
    const [row]: Row[] = await this.db.query(sql, [kind]);
    return row ? toBackup(row) : null;
  }
}

function toBackup(row: Row): ConsoleBackup {
  return {
    id: row.id,
    kind: row.kind,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    succeeded: Number(row.succeeded) === 1,
    fileName: row.file_name,
    bytes: row.bytes === null ? null : Number(row.bytes),
    sm3: row.sm3,
    binlogFile: row.binlog_file,
    binlogPosition: row.binlog_position === null ? null : Number(row.binlog_position),
    said: row.said,
  };
}
