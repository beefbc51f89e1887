/** 申请单随表材料：公函、技术方案。 */
export const attachments = {
  attachment: {
    title: '随表材料',
    add: '添加材料',
    addTo: '为 {{code}} 添加材料',
    kindLabel: '材料类别',
    kind: { LETTER: '公函', TECHNICAL_PLAN: '技术方案', OTHER: '其他材料' },
    files: '文件',
    filesHint: 'PDF、OFD、DOCX、XLSX、PNG 或 JPG，每个不超过 20 MiB，一张申请单最多 20 个。',
    missing: '请选择文件',
    added: '已添加 {{files}} 个文件',
    remove: '撤下 {{name}}',
    removed: '已撤下 {{name}}',
    none: '还没有材料。公函、技术方案等可在此添加，名称和 SM3 会印在申请表上。',
    frozen: '送审后不能再增减；退回补正时可以。增减材料会使已盖章的申请表作废。',
  },
};
