/** Decides what the console would need of a seal service and of a reader of OFD, and says plainly when there is none. */
import { type Bilingual, say } from '../../kernel/bilingual.js';

/** Injection tokens; the roots bind them. */
export const ELECTRONIC_SEAL = Symbol('ELECTRONIC_SEAL');
export const OFD_READER = Symbol('OFD_READER');

/** Whether something outside answers, as people and health checks are told. */
export interface PortState {
  readonly configured: boolean;
  readonly name: string;
  readonly text: Bilingual;
}

export interface SealOrder {
  readonly pdf: Uint8Array;
  /** SM3 of the form's content, hexadecimal. */
  readonly contentHash: string;
  readonly departmentCode: string;
  /** Page and place of the box, in points from the lower left. */
  readonly box: { readonly page: number; readonly x: number; readonly y: number };
}

/** 电子印章 (GB/T 38540): puts a department's registered seal on a document, and says whose a seal is. */
export interface ElectronicSeal {
  readonly state: PortState;
  seal(order: SealOrder): Promise<Uint8Array>;
  /** Whose seals the document bears and whether it was changed since; null = none. */
  verify(document: Uint8Array): Promise<{ readonly sealedBy: string; readonly intact: boolean } | null>;
}

/** 版式文档 OFD (GB/T 33190): what a scan or an electronic original says. */
export interface OfdReader {
  readonly state: PortState;
  pages(document: Uint8Array): Promise<number>;
}

export class PortNotConfigured extends Error {
  override name = 'PortNotConfigured';
}

const noSeal = say(
  '未配置电子印章服务：请打印后加盖实物印章并上传扫描件',
  'No electronic seal service is configured: print, seal on paper and upload the scan',
);
const noOfd = say(
  '未配置 OFD 阅读组件：请上传 PDF、JPG 或 PNG 扫描件',
  'No OFD reader is configured: upload the scan as PDF, JPG or PNG',
);

/** What stands there until a province connects its seal platform: it refuses, it does not pretend. */
export const noElectronicSeal: ElectronicSeal = {
  state: { configured: false, name: '电子印章', text: noSeal },
  seal: () => Promise.reject(new PortNotConfigured(noSeal.en)),
  verify: () => Promise.reject(new PortNotConfigured(noSeal.en)),
};

export const noOfdReader: OfdReader = {
  state: { configured: false, name: 'OFD', text: noOfd },
  pages: () => Promise.reject(new PortNotConfigured(noOfd.en)),
};
