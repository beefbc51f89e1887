/** What papers call the kinds of things that are accounted for. */
export const KIND_WORDS: { readonly [kind: string]: string } = {
  ...{ MACHINE: '虚拟机', DATA: '容灾数据', SERVER: '独立服务器', SPACE: '机位', SERVICE: '服务', ADDRESS: '公网地址' },
  ...{ DISK: '保留磁盘', SHARED: '公共费用' },
};
