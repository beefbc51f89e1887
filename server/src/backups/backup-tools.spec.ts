import { spawn } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { BackupToolError, ended } from './backup-tools.js';

const MISSING = ['no', 'such', 'tool'].join('-');

describe('the end of a tool', () => {
  it('that is broken off is told when it has ended, not when it was told to', async () => {
    const leaving = new AbortController();
    const child = spawn('sh', ['-c', 'trap "sleep 0.2; exit 1" TERM; echo up; while :; do sleep 0.02; done'], {
      stdio: 'pipe',
      signal: leaving.signal,
    });
    const over = ended(child, 'sh');
    await new Promise<void>((up) => child.stdout.once('data', () => up()));
    leaving.abort();
    await expect(over).rejects.toThrow(BackupToolError);
    expect(child.exitCode).toBe(1);
  });

  it('that is not there says what to install', async () => {
    const child = spawn(MISSING, { stdio: 'pipe' });
    child.stdout.resume();
    await expect(ended(child, 'mariadb-dump')).rejects.toThrow(/mariadb-client/);
  });
});
