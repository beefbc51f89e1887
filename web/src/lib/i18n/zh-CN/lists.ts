/** Words that every list page shares: export and saved views. */
export const lists = {
  list: {
    export: '导出全部筛选结果 (CSV)',
    exportProgress: '已读取 {{done}} / {{total}} 条',
    exportText: '导出的是当前筛选的全部记录和显示的列，最多 {{max}} 条。关闭窗口即取消。',
    exported: '已导出 {{rows}} 条。',
    exportedPart: '共 {{total}} 条，只导出了前 {{rows}} 条。请缩小筛选范围后分批导出。',
  },
} as const;
