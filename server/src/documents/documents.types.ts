import type { FormContent } from './domain/form-content.js';

export interface FormRow {
  readonly id: string;
  readonly requestId: string;
  /** Version of the form, from 1. */
  readonly number: number;
  readonly contentHash: string;
  readonly content: FormContent;
  readonly printedAt: Date;
  readonly printedBy: string;
}

export interface ScanRow {
  readonly id: string;
  readonly requestId: string;
  readonly form: FormRow;
  readonly uploadedAt: Date;
  readonly uploadedById: string;
  readonly uploadedBy: string;
}
