/** Words that every list page shares: export and saved views. */
export const lists = {
  list: {
    export: { CSV: '导出全部筛选结果 (CSV)', XLSX: '导出全部筛选结果 (XLSX)' },
    save: { CSV: '导出 CSV', XLSX: '导出 XLSX' },
    exportProgress: '已读取 {{done}} / {{total}} 条',
    exportText: '导出的是当前筛选的全部记录和显示的列，最多 {{max}} 条。关闭窗口即取消。',
    exported: '已导出 {{rows}} 条。',
    exportedPart: '共 {{total}} 条，只导出了前 {{rows}} 条。请缩小筛选范围后分批导出。',
    views: '视图',
    viewSave: '保存为视图',
    viewName: '视图名称',
    viewsNone: '还没有保存的视图。',
    viewsText: '视图记住筛选、排序和显示的列，只有您自己可见；同名视图会被替换。',
    viewSaved: '已保存视图“{{name}}”。',
    viewDelete: '删除视图“{{name}}”',
    viewUnreadable: '这个视图由旧版本保存，已无法读取，请删除后重新保存。',
  },
} as const;
