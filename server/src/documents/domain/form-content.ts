/** Decides nothing: what the paper form of a request says and people put their seal under, as plain data. */
import type { LineKind } from '../../allocation/domain/line-kind.js';
import type { AttachmentKind } from '../../requests/domain/attachment.js';

/** One line of any kind, in the words of the form. */
export interface FormLine {
  readonly kind: LineKind;
  readonly name: string;
  /** 规格: the offer with its size. */
  readonly specification: string;
  /** 配置: image, disks and whatever else the kind asks for. */
  readonly configuration: string;
  /** 部署位置: center and zone. */
  readonly place: string;
  /** 使用期限; null = of a form that was printed before forms said it. */
  readonly term: string | null;
  readonly count: number;
  /** Whole fen a month as text; null = no price is known. */
  readonly monthlyFen: string | null;
}

/** Whole vCPU, MiB and GiB. */
export interface FormSize {
  readonly vcpu: number;
  readonly memoryMib: number;
  readonly diskGib: number;
}

export interface FormModes {
  readonly localMode: string;
  readonly remoteMode: string;
}

/** 变更: what is there, and what becomes of it. What is made anew is said by the DR modes. */
export interface FormChange {
  /** By line. */
  readonly modes: readonly { readonly line: string; readonly from: FormModes; readonly to: FormModes }[];
  /** By resource, in the order of their codes. */
  readonly resources: readonly {
    readonly line: string;
    readonly code: string;
    readonly name: string;
    readonly from: FormSize;
    /** null = it goes into the recycle bin. */
    readonly to: FormSize | null;
  }[];
  /** By service that runs; missing = none is changed. */
  readonly services?: readonly FormServiceChange[];
}

/** 服务变更: how much of it there is and what is answered, now and then. */
export interface FormServiceChange {
  readonly line: string;
  readonly service: string;
  readonly unit: string;
  readonly count: { readonly from: number; readonly to: number };
  /** In the words of the form, in its order; what stays is there too. */
  readonly answers: readonly { readonly label: string; readonly from: string; readonly to: string }[];
}

export interface FormContact {
  readonly name: string;
  readonly phone: string;
  readonly role: string;
}

/** What lies beside the form: known by its bytes, whatever it is called. */
export interface FormAttachment {
  readonly kind: AttachmentKind;
  readonly name: string;
  /** Lower-case hexadecimal. */
  readonly sm3: string;
}

/**
 * Every field is under the form's seal: a change of any voids a sealed scan. Opinions and signatures are not here, for
 * they are given after the seal and have rows of their own.
 */
export interface FormContent {
  readonly request: {
    readonly code: string;
    readonly applicantName: string;
    readonly purpose: string;
    readonly monthlyFen: string | null;
  };
  readonly unit: {
    readonly code: string;
    readonly name: string;
    readonly contactName: string | null;
    readonly contactPhone: string | null;
  };
  readonly system: {
    readonly code: string;
    readonly name: string;
    readonly description: string | null;
    readonly ownerName: string | null;
    readonly contacts: readonly FormContact[];
    readonly protectionLevel: number;
    readonly filed: boolean;
    readonly filingNumber: string | null;
    readonly filingOrgan: string | null;
    readonly filedOn: string | null;
    readonly cryptoResult: string | null;
    readonly cryptoAssessedOn: string | null;
    readonly cryptoNumber: string | null;
    readonly dataClass: string | null;
    readonly criticalInfrastructure: boolean;
    readonly sharesData: boolean;
    readonly localMode: string;
    readonly remoteMode: string;
    readonly availabilityMilliPercent: number | null;
    readonly usersEstimate: number | null;
    readonly concurrencyEstimate: number | null;
    readonly vendorCompany: string | null;
    /** 非涉密声明 holds until this day; null = none is signed. */
    readonly declarationValidUntil: string | null;
  };
  readonly project: {
    readonly code: string;
    readonly name: string;
    readonly budgetYear: number;
    readonly fundSource: string;
    readonly approvalNumber: string | null;
    readonly filingNumber: string | null;
    readonly totalBudgetFen: string | null;
    readonly budgetCode: string | null;
    readonly functionClass: string | null;
    readonly economicClass: string | null;
    readonly fundNature: string | null;
    readonly budgetLevel: string;
  };
  readonly lines: readonly FormLine[];
  /** Missing = the request asks for something new. */
  readonly change?: FormChange;
  /** 附件, in the order of their laying; missing = there are none. */
  readonly attachments?: readonly FormAttachment[];
}

export type FormPart = Exclude<keyof FormContent, 'lines' | 'change' | 'attachments'>;

/** Of what is hashed: another layout of the same facts is another text. */
export const FORM_FORMAT = 'jiyun-request-form/2';
