import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Actor, Viewer } from '../kernel/viewer.js';
import { CRYPTO, type CryptoProvider } from '../platform/crypto/crypto-provider.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { inOrderOf } from '../platform/graphql/request-context.js';
import { Unreadable } from '../platform/spreadsheet/sheet.js';
import { Archive } from '../platform/spreadsheet/unpack.js';
import {
  FILE_BYTES_MAX,
  fileNameOf,
  isZip,
  type MediaType,
  mediaTypeOf,
  type StoredFile,
  UNATTACHED_BYTES_MAX,
  UNATTACHED_FILES_MAX,
  UNATTACHED_LIFE_MS,
} from './domain/stored-file.js';
import { FileStore } from './file-store.js';
import { FilesRepository } from './files.repository.js';
import type { MayRead, PlacedFile } from './files.types.js';

/** One round of the sweep; the next minute brings the next. */
const SWEPT_AT_ONCE = 200;

/** Files that people send, and to what they are attached. Whoever owns something says who may read what is attached to it. */
@Injectable()
export class FilesService {
  private readonly owners = new Map<string, MayRead>();

  constructor(
    private readonly repository: FilesRepository,
    private readonly store: FileStore,
    private readonly acts: Acts,
    @Inject(CRYPTO) private readonly crypto: CryptoProvider,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Called by the owner's feature at start; `ownerType` is the GraphQL type, e.g. "Project". */
  registerOwner(ownerType: string, mayRead: MayRead): void {
    if (this.owners.has(ownerType)) throw new Error(`two features own files of ${ownerType}`);
    this.owners.set(ownerType, mayRead);
  }

  /** Keeps a file for the form that will attach it. Refused: INVALID_INPUT, with what would be allowed. */
  async upload(
    given: { readonly name: string; readonly bytes: Buffer },
    actor: Actor,
  ): Promise<Result<StoredFile, readonly Refusal[]>> {
    const name = fileNameOf(given.name);
    if (name === undefined) return refuse([invalid('name', 'name', say('请给出文件名', 'The file needs a name'))]);
    if (given.bytes.length === 0) return refuse([invalid('file', 'empty', say('文件是空的', 'The file is empty'))]);
    if (given.bytes.length > FILE_BYTES_MAX) return refuse([tooLarge()]);
    const mediaType = await mediaTypeOfFile(given.bytes, name);
    if (!mediaType.ok) return refuse([invalid('file', 'type', mediaType.error)]);
    const place = await this.store.keep(given.bytes);
    const now = this.clock.now();
    const file: PlacedFile = {
      id: newId(now.getTime()),
      name,
      mediaType: mediaType.value,
      sizeBytes: given.bytes.length,
      sm3: this.crypto.sm3(given.bytes).toString('hex'),
      place,
      uploadedAt: now,
      uploadedBy: actor.userId,
      ownerType: null,
      ownerId: null,
    };
    const kept = await this.enter(file, actor).catch(async (error: unknown) => {
      await this.store.remove(place);
      throw error;
    });
    if (!kept.ok) {
      await this.store.remove(place);
      return kept;
    }
    return ok(file);
  }

  /**
   * Inside the owner's act: the files become the owner's. Only free files of the one who acts can; false = one of them
   * is not, and the act must be refused.
   */
  async attach(
    tx: Tx,
    fileIds: readonly string[],
    ownerType: string,
    ownerId: string,
    userId: string | null,
  ): Promise<boolean> {
    if (!this.owners.has(ownerType)) throw new Error(`nobody says who may read files of ${ownerType}`);
    const ids = [...new Set(fileIds)];
    if (ids.length === 0) return true;
    return (await this.repository.attach(tx, ids, userId, { type: ownerType, id: ownerId })) === ids.length;
  }

  /** Whether anything is attached to it, as the transaction sees it. */
  hasAny(tx: Tx, ownerType: string, ownerId: string): Promise<boolean> {
    return this.repository.hasAny(tx, ownerType, ownerId);
  }

  /** Batch for loaders, one for each type of owner: what is attached to each, in the order of sending. */
  async filesOf(ownerType: string, ownerIds: readonly string[], tx?: Tx): Promise<StoredFile[][]> {
    const files = await this.repository.byOwners(ownerType, ownerIds, tx);
    const byOwner = Map.groupBy(files, (file) => file.ownerId);
    return ownerIds.map((id) => byOwner.get(id) ?? []);
  }

  /** Of the ids, in their order; null = no such file, or another person's that is attached to nothing. */
  async uploadsOf(userId: string | null, ids: readonly string[]): Promise<(StoredFile | null)[]> {
    const files = (await this.repository.byIds(ids)).filter((f) => f.ownerType === null && f.uploadedBy === userId);
    return inOrderOf(ids, files, (file) => file.id);
  }

  /** null = no such file, or not for this viewer's eyes. */
  async readable(viewer: Viewer, id: string): Promise<StoredFile | null> {
    const [file] = await this.repository.byIds([id]);
    if (!file) return null;
    if (file.ownerType === null || file.ownerId === null) return file.uploadedBy === viewer.userId ? file : null;
    const mayRead = this.owners.get(file.ownerType);
    return mayRead && (await mayRead(viewer, file.ownerId)) ? file : null;
  }

  /** The bytes as they were sent; throws when the disk gives back others. For callers that have asked who reads. */
  async bytesOf(id: string): Promise<Buffer> {
    const [file] = await this.repository.byIds([id]);
    if (!file) throw new Error(`there is no file ${id}`);
    const bytes = await this.store.read(file.place);
    if (this.crypto.sm3(bytes).toString('hex') !== file.sm3)
      throw new Error(`file ${id} is not what was uploaded: its SM3 differs`);
    return bytes;
  }

  /** What was attached to nothing within a day goes. Called by the worker's housekeeping. */
  async sweep(now: Date): Promise<void> {
    const before = new Date(now.getTime() - UNATTACHED_LIFE_MS);
    for (const file of await this.repository.unattachedBefore(before, SWEPT_AT_ONCE))
      if (await this.repository.deleteUnattached(file.id)) await this.store.remove(file.place);
    await this.store.removeUnfinished(before);
  }

  private enter(file: PlacedFile, actor: Actor): Promise<Result<null, readonly Refusal[]>> {
    return this.acts.perform({ name: 'file.upload', actor, input: null }, async (tx) => {
      const waiting = await this.repository.unattachedOf(tx, actor.userId);
      if (waiting.files >= UNATTACHED_FILES_MAX || waiting.bytes + file.sizeBytes > UNATTACHED_BYTES_MAX)
        return refuse([
          invalid(
            'file',
            'quota',
            say(
              `您已上传而未使用的文件过多（最多 ${UNATTACHED_FILES_MAX} 个、${UNATTACHED_BYTES_MAX / 1024 / 1024} MiB），24 小时后自动清理`,
              `You have sent too many files that are not used yet (at most ${UNATTACHED_FILES_MAX}, ${UNATTACHED_BYTES_MAX / 1024 / 1024} MiB); they go after 24 hours`,
            ),
          ),
        ]);
      await this.repository.insert(tx, file);
      return ok({
        value: null,
        audit: {
          objectType: 'StoredFile',
          objectId: file.id,
          departmentId: actor.departmentId,
          summary: say(`上传文件 ${file.name}`, `Uploaded ${file.name}`),
          after: { name: file.name, mediaType: file.mediaType, sizeBytes: file.sizeBytes, sm3: file.sm3 },
        },
      });
    });
  }
}

async function mediaTypeOfFile(bytes: Buffer, name: string): Promise<Result<MediaType, Bilingual>> {
  try {
    const parts = isZip(bytes) ? (await Archive.open(bytes)).names : [];
    return mediaTypeOf(bytes, parts, name);
  } catch (error) {
    if (error instanceof Unreadable && error.problems[0]) return refuse(error.problems[0].message);
    throw error;
  }
}

function invalid(field: string, rule: string, message: Bilingual): Refusal {
  return { code: 'INVALID_INPUT', path: [field], rule, message };
}

/** Also told by the HTTP address, before the file is there as a whole. */
export function tooLarge(): Refusal {
  const mebibytes = FILE_BYTES_MAX / 1024 / 1024;
  return invalid('file', 'size', say(`文件超过 ${mebibytes} MiB`, `The file is larger than ${mebibytes} MiB`));
}
