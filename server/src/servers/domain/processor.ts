/** Decides which makers of processors there are, which of them count as domestic (信创), and what they build. */
import { type Bilingual, say } from '../../kernel/bilingual.js';

export const CPU_MAKERS = ['KUNPENG', 'PHYTIUM', 'HYGON', 'ZHAOXIN', 'LOONGSON', 'INTEL', 'AMD'] as const;
export type CpuMaker = (typeof CPU_MAKERS)[number];

export interface CpuMakerFacts {
  readonly name: Bilingual;
  /** 信创: designed and licensed at home. */
  readonly domestic: boolean;
  readonly architectures: readonly ServerArchitecture[];
}

/** A server may be of a kind that no pool has yet: LoongArch runs standalone. */
export const SERVER_ARCHITECTURES = ['AMD64', 'ARM64', 'LOONGARCH64'] as const;
export type ServerArchitecture = (typeof SERVER_ARCHITECTURES)[number];

/** The one table of makers; lists, filters, forms and the 信创 count read it. */
export const CPU_MAKER_FACTS: { readonly [M in CpuMaker]: CpuMakerFacts } = {
  KUNPENG: { name: say('鲲鹏', 'Kunpeng'), domestic: true, architectures: ['ARM64'] },
  PHYTIUM: { name: say('飞腾', 'Phytium'), domestic: true, architectures: ['ARM64'] },
  HYGON: { name: say('海光', 'Hygon'), domestic: true, architectures: ['AMD64'] },
  ZHAOXIN: { name: say('兆芯', 'Zhaoxin'), domestic: true, architectures: ['AMD64'] },
  LOONGSON: { name: say('龙芯', 'Loongson'), domestic: true, architectures: ['LOONGARCH64'] },
  INTEL: { name: say('英特尔', 'Intel'), domestic: false, architectures: ['AMD64'] },
  AMD: { name: say('超威', 'AMD'), domestic: false, architectures: ['AMD64'] },
};

export function builds(maker: CpuMaker, architecture: ServerArchitecture): boolean {
  return CPU_MAKER_FACTS[maker].architectures.includes(architecture);
}
