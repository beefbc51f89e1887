import type { attachments as source } from '../zh-CN/attachments.ts';

/** What lies beside a request. */
export const attachments = {
  attachment: {
    title: 'Attachments',
    add: 'Attach',
    addTo: 'Attach to {{code}}',
    kindLabel: 'What it is',
    kind: { LETTER: 'Official letter', TECHNICAL_PLAN: 'Technical plan', OTHER: 'Other paper' },
    files: 'Files',
    filesHint: 'PDF, OFD, DOCX, XLSX, PNG or JPG, up to 20 MiB each; 20 at most for one request.',
    missing: 'Choose a file',
    added: '{{files}} {{files, word(one: file; other: files)}} attached',
    remove: 'Take {{name}} back',
    removed: '{{name}} was taken back',
    none: 'Nothing yet. Attach the official letter or the technical plan here: names and SM3 are printed on the form.',
    frozen:
      'They stand once the request is sent, and may change again when it is returned. A change voids a form that was sealed.',
  },
} satisfies typeof source;
