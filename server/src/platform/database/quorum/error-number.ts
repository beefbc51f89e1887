import { QueryFailedError } from 'typeorm';

/** The server's number of an error, whether TypeORM has wrapped it or not. */
export function errnoIn(error: unknown): number | undefined {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  return (cause as { errno?: number } | null | undefined)?.errno;
}
