import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import { ok } from '../kernel/result.js';
import { covers } from '../kernel/viewer.js';
import type { ExportName } from './domain/token.js';
import type { ExportCaller } from './export-callers.service.js';
import { NOBODY } from './question.js';

/** Who took what out of the console, before the first byte of it leaves. */
@Injectable()
export class DownloadLog {
  constructor(private readonly acts: Acts) {}

  async keep(caller: ExportCaller, name: ExportName, file: string, departmentId: string | null): Promise<void> {
    const { actor, scope, token } = caller;
    // What was asked of another's, or of nobody, was not given: it is no evidence of theirs.
    const told = departmentId !== null && departmentId !== NOBODY && covers(scope, departmentId);
    const of = told ? departmentId : actor.departmentId;
    await this.acts.perform({ name: 'export.download', actor, input: null }, async () =>
      ok({
        value: null,
        audit: {
          ...{ objectType: 'Export', objectId: name, departmentId: of },
          summary: token
            ? say(`以令牌“${token.purpose}”导出 ${file}`, `Exported ${file} by the token “${token.purpose}”`)
            : say(`导出 ${file}`, `Exported ${file}`),
          after: { file, token: token?.id ?? null },
        },
      }),
    );
  }
}
