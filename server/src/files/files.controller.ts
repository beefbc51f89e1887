import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { type HttpCaller, HttpCallers, httpError } from '../identity/http-callers.service.js';
import { say } from '../kernel/bilingual.js';
import { toNodeId, uuidOf } from '../kernel/node-id.js';
import { Gate } from '../platform/concurrency/gate.js';
import { QueueFull } from '../platform/concurrency/turns.js';
import { FILE_BYTES_MAX } from './domain/stored-file.js';
import { FilesService, tooLarge } from './files.service.js';

/** Each is in memory while its type is looked at: four of the largest are 80 MiB. */
const UPLOADS_AT_ONCE = 4;
const UPLOADS_WAITING_MAX = 64;

/** Files go beside GraphQL: the body is the file itself, its name a header. */
@Controller('files')
export class FilesController {
  private readonly gate = new Gate(UPLOADS_AT_ONCE, UPLOADS_WAITING_MAX);

  constructor(
    private readonly files: FilesService,
    private readonly callers: HttpCallers,
  ) {}

  @Post()
  @HttpCode(201)
  async upload(@Req() request: Request): Promise<{ id: string; name: string; sizeBytes: number; mediaType: string }> {
    const caller = await this.callers.sendingCallerOf(request);
    const name = headerName(request);
    try {
      return await this.gate.pass(() => this.take(request, caller, name));
    } catch (error) {
      if (error instanceof QueueFull)
        throw httpError(
          503,
          'INTERNAL',
          say('上传的人太多，请稍后再试', 'Too many uploads; try again in a moment'),
          caller.locale,
        );
      throw error;
    }
  }

  @Get(':id')
  async download(@Param('id') nodeId: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const { viewer, locale } = await this.callers.callerOf(request);
    const id = uuidOf('StoredFile', nodeId);
    const file = id === undefined ? null : await this.files.readable(viewer, id);
    if (!file)
      throw httpError(
        404,
        'NOT_FOUND',
        say('找不到这个文件，或您无权查看。', 'There is no such file, or you may not see it.'),
        locale,
      );
    const bytes = await this.files.bytesOf(file.id);
    response
      .attachment(file.name)
      .set({
        'Content-Type': file.mediaType,
        'X-Content-Type-Options': 'nosniff',
        // Should a browser show it nevertheless, it runs nothing and is of no origin.
        'Content-Security-Policy': "default-src 'none'; sandbox",
        'Cache-Control': 'private, no-store',
      })
      .send(bytes);
  }

  private async take(request: Request, { viewer, locale }: HttpCaller, name: string) {
    const bytes = await bodyOf(request);
    const kept =
      bytes === undefined
        ? { ok: false as const, error: [tooLarge()] }
        : await this.files.upload({ name, bytes }, viewer);
    if (kept.ok) {
      const { id, sizeBytes, mediaType } = kept.value;
      return { id: toNodeId('StoredFile', id), name: kept.value.name, sizeBytes, mediaType };
    }
    const [refusal] = kept.error;
    const status = bytes === undefined ? 413 : 422;
    throw httpError(status, 'INVALID_INPUT', refusal?.message ?? say('文件未被接受', 'The file was refused'), locale);
  }
}

/** Percent-encoded, because a header is Latin. */
function headerName(request: Request): string {
  const header = request.headers['x-file-name'];
  if (typeof header !== 'string') return '';
  try {
    return decodeURIComponent(header);
  } catch {
    return '';
  }
}

/** undefined = larger than any file may be; what is over is not kept. */
async function bodyOf(request: Request): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > FILE_BYTES_MAX) {
    request.resume();
    return undefined;
  }
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request.iterator({ destroyOnReturn: false })) {
    size += (piece as Buffer).length;
    if (size > FILE_BYTES_MAX) {
      request.resume();
      return undefined;
    }
    pieces.push(piece as Buffer);
  }
  return Buffer.concat(pieces);
}
