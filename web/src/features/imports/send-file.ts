/** Why a file was not taken, in the server's words; null = there was no answer. */
export type SentFile = { id: string } | { refused: string | null };

/** A file goes beside GraphQL, as it is; its name is a header, percent-encoded because headers are Latin. */
export async function sendFile(file: File, language: string): Promise<SentFile> {
  try {
    const answer = await fetch('/files', {
      method: 'POST',
      credentials: 'same-origin',
      headers: {
        'content-type': 'application/octet-stream',
        'accept-language': language,
        'x-file-name': encodeURIComponent(file.name),
      },
      body: file,
    });
    const body: unknown = await answer.json();
    const { id, message } = (body ?? {}) as { id?: unknown; message?: unknown };
    if (answer.ok && typeof id === 'string') return { id };
    return { refused: typeof message === 'string' ? message : null };
  } catch {
    return { refused: null };
  }
}
