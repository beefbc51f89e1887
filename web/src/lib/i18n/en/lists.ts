export const lists = {
  list: {
    export: 'Export all that the filter finds (CSV)',
    exportProgress: 'Read {{done}} of {{total}}',
    exportText: 'Every record of the current filter, with the columns shown, at most {{max}}. Closing this stops it.',
    exported: 'Exported: {{rows}}.',
    exportedPart: 'Of {{total}} records only the first {{rows}} were exported. Narrow the filter to export the rest.',
  },
} as const;
