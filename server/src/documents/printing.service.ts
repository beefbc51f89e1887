import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { HttpCallers, httpError } from '../identity/http-callers.service.js';
import { say } from '../kernel/bilingual.js';
import type { Viewer } from '../kernel/viewer.js';
import { Gate } from '../platform/concurrency/gate.js';
import { QueueFull } from '../platform/concurrency/turns.js';

export interface PrintedFile {
  readonly name: string;
  /** Left out = PDF. */
  readonly type?: string;
  readonly bytes: Buffer;
}

/** A page takes some ten milliseconds of the one thread that answers everybody; others wait their turn. */
const PRINTS_AT_ONCE = 2;
const PRINTS_WAITING_MAX = 64;

/** Gives out printed papers over HTTP, a few at once, whichever feature prints them. */
@Injectable()
export class Printing {
  private readonly gate = new Gate(PRINTS_AT_ONCE, PRINTS_WAITING_MAX);

  constructor(private readonly callers: HttpCallers) {}

  /** @param id undefined = a text that is no id; `print` answers null for what the viewer may not see. */
  async answer(
    request: Request,
    response: Response,
    id: string | undefined,
    print: (viewer: Viewer, id: string) => Promise<PrintedFile | null>,
  ): Promise<void> {
    const { viewer, locale } = await this.callers.callerOf(request);
    try {
      const file = id === undefined ? null : await this.gate.pass(() => print(viewer, id));
      if (!file)
        throw httpError(
          404,
          'NOT_FOUND',
          say('找不到这份文书，或您无权查看。', 'There is no such paper, or you may not see it.'),
          locale,
        );
      send(response, file);
    } catch (error) {
      if (error instanceof QueueFull)
        throw httpError(
          503,
          'INTERNAL',
          say('打印的人太多，请稍后再试', 'Too many people print; try again in a moment'),
          locale,
        );
      throw error;
    }
  }
}

function send(response: Response, { name, bytes, type = 'application/pdf' }: PrintedFile): void {
  response
    .attachment(name)
    .set({
      'Content-Type': type,
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Cache-Control': 'private, no-store',
    })
    .send(bytes);
}
