import { Paper } from '../platform/paper/paper.js';

/** 公函 of a made-up department, as it lies beside a request: a page that says what for. */
export function madeUpLetter(department: string, purpose: string, at: Date): Promise<Buffer> {
  const paper = new Paper({
    title: '关于申请政务云资源的函',
    author: department,
    at,
    left: `${department}（演示材料）`,
  });
  paper.section('关于申请政务云资源的函');
  paper.table([
    [
      { text: '主送', share: 1, label: true },
      { text: '省大数据中心', share: 5 },
    ],
    [
      { text: '事由', share: 1, label: true },
      { text: purpose, share: 5 },
    ],
  ]);
  paper.note(`因${purpose}，我单位拟申请政务云资源，所需规格、数量和费用见随附申请表。妥否，请函复。`);
  paper.note('本件为演示数据，没有真实的发文单位。');
  return paper.end();
}
