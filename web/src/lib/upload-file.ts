export type UploadedFile = { id: string; name: string; sizeBytes: number };
export type Upload = { file: UploadedFile; message: null } | { file: null; message: string | null };

/** Sends a file beside GraphQL: the body is the file itself, its name a header. `message` null = no connection. */
export async function uploadFile(file: File): Promise<Upload> {
  try {
    const response = await fetch('/files', {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(file.name) },
      body: file,
    });
    const answer = (await response.json()) as UploadedFile & { message?: string };
    if (!response.ok) return { file: null, message: answer.message ?? response.statusText };
    return { file: { id: answer.id, name: answer.name, sizeBytes: answer.sizeBytes }, message: null };
  } catch {
    return { file: null, message: null };
  }
}
