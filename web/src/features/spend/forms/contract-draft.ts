import { fenOfYuan } from '../../../lib/fen-of-yuan';
import { uniqueId } from '../../../lib/unique-id';
import { dayAfter, shareOf } from '../components/spend-words';

export type ServiceDraft = { key: string; name: string; unit: string; unitPrice: string };
export type InstalmentDraft = { key: string; dueOn: string; amount: string; condition: string };
export type BandDraft = { key: string; below: string; deduct: string };

/** Of services, of instalments: a contract with more of them is several. */
export const ROWS_MAX = 100;

export const newService = (): ServiceDraft => ({ key: uniqueId(), name: '', unit: '', unitPrice: '' });
export const newInstalment = (): InstalmentDraft => ({ key: uniqueId(), dueOn: '', amount: '', condition: '' });
export const newBand = (): BandDraft => ({ key: uniqueId(), below: '99.95', deduct: '5' });

export const servicesOf = (rows: readonly ServiceDraft[]) =>
  rows.map(({ name, unit, unitPrice }) => ({ name, unit, unitPrice: unitPrice.trim() }));

/** An amount that is none goes as nought, and the server says which row it is. */
export const instalmentsOf = (rows: readonly InstalmentDraft[]) =>
  rows.map(({ dueOn, amount, condition }) => ({ dueOn, condition, amount: fenOfYuan(amount) ?? '0' }));

/** A share that is none goes beyond the whole, and the server says which row it is. */
const NO_SHARE = 10_001;
export const assessmentOf = (bands: readonly BandDraft[], cap: string, contractCap: string) =>
  bands.length === 0
    ? null
    : {
        bands: bands.map(({ below, deduct }) => ({
          below: shareOf(below) ?? NO_SHARE,
          deduct: shareOf(deduct) ?? NO_SHARE,
        })),
        cap: shareOf(cap) ?? NO_SHARE,
        contractCap: contractCap.trim() === '' ? null : (shareOf(contractCap) ?? NO_SHARE),
      };

/** Books are half-open; a paper names its last day. */
export const periodOf = (from: string, last: string) => ({ from, to: dayAfter(last) });
