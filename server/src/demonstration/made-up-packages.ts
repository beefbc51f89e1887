import type { PackageContent } from '../packages/domain/package.js';
import type { LineContent } from '../requests/domain/content.js';
import type { MadeUpCatalog } from './made-up-catalog.js';

type Modes = Pick<LineContent, 'localMode' | 'remoteMode'>;
const AS_SYSTEM: Modes = { localMode: null, remoteMode: null };

/** What departments ask for most, on domestic processors: sizes and modes of the trade, of nobody in particular. */
export function makeUpPackages({ offers, images }: MadeUpCatalog): PackageContent[] {
  const image = images.find(({ code }) => code === 'openeuler-24.03-arm64');
  const line = (name: string, size: string, count: number, diskGib: number, modes: Modes): LineContent => {
    const offer = offers.find(({ code }) => code === `${size}-arm64`);
    if (!offer || !image) throw new Error(`the made-up catalog has no ${size}`);
    return {
      ...{ kind: 'VM', name, count, centerId: null, ...modes },
      ...{ server: null, cabinet: null, service: null },
      vm: { offerId: offer.id, imageId: image.id, zone: 'GOVERNMENT_EXTRANET', storageTier: 'SSD', diskGib },
    };
  };
  const twins: Modes = { localMode: 'DUAL_ACTIVE', remoteMode: 'APPLICATION' };
  return [
    {
      name: 'Web 三层 · 双活',
      summary: '前端、应用、数据库三层，两个同城中心各一份，异地应用级灾备；适合面向公众的业务系统。',
      lines: [
        line('web', 'general-4c16g', 2, 100, twins),
        line('app', 'general-8c32g', 2, 200, twins),
        line('db', 'memory-8c64g', 2, 500, twins),
      ],
    },
    {
      name: '小型办公系统',
      summary: '一台应用、一台数据库，容灾按系统登记；适合处室内部使用的系统。',
      lines: [line('app', 'general-4c16g', 1, 100, AS_SYSTEM), line('db', 'general-4c16g', 1, 200, AS_SYSTEM)],
    },
    {
      name: '测试环境',
      summary: '一台通用型云主机，不做容灾；用完即还，建议按临时使用申请。',
      lines: [line('test', 'general-2c8g', 1, 100, { localMode: 'SINGLE', remoteMode: 'NONE' })],
    },
  ];
}
