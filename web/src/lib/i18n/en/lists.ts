export const lists = {
  list: {
    export: { CSV: 'Export all that the filter finds (CSV)', XLSX: 'Export all that the filter finds (XLSX)' },
    save: { CSV: 'Export (CSV)', XLSX: 'Export (XLSX)' },
    exportProgress: 'Read {{done}} of {{total}}',
    exportText: 'Every record of the current filter, with the columns shown, at most {{max}}. Closing this stops it.',
    exported: 'Exported: {{rows}}.',
    exportedPart:
      'Of {{total}} {{total, word(one: record; other: records)}} only the first {{rows}} were exported. Narrow the filter to export the rest.',
    views: 'Saved views',
    viewSave: 'Save',
    viewName: 'Name of the view',
    viewsNone: 'No saved views yet.',
    viewsText: 'A view keeps the filter, the order and the columns; only you see it. The same name replaces it.',
    viewSaved: 'Saved the view “{{name}}”.',
    viewDelete: 'Delete the view “{{name}}”',
    viewUnreadable: 'An older version kept this view and it cannot be read; delete it and save it again.',
  },
} as const;
