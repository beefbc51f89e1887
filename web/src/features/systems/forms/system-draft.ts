import type { AssessmentResult, DataClass, LocalMode, RemoteMode } from '../../../graphql/enums';
import type { ResultOf, VariablesOf } from '../../../graphql/tada';
import { uniqueId } from '../../../lib/unique-id';
import type { RegisterSystemMutation, SystemForm } from '../systems.gql';

export type ContactDraft = { key: string; name: string; phone: string; role: string };

/** The form's own state: texts as they were typed, so that nothing a person wrote is lost on the way. */
export type SystemDraft = {
  code: string;
  name: string;
  protectionLevel: number;
  localMode: LocalMode;
  remoteMode: RemoteMode;
  ownerUsername: string;
  description: string;
  filingNumber: string;
  filingOrgan: string;
  filedOn: string;
  assessedOn: string;
  assessmentResult: AssessmentResult | null;
  cryptoAssessedOn: string;
  cryptoResult: AssessmentResult | null;
  cryptoNumber: string;
  dataClass: DataClass | null;
  criticalInfrastructure: boolean;
  sharesData: boolean;
  availabilityPercent: number | null;
  usersEstimate: number | null;
  concurrencyEstimate: number | null;
  vendorCompany: string;
  contacts: ContactDraft[];
};

export const emptySystem: SystemDraft = {
  code: '',
  name: '',
  protectionLevel: 2,
  localMode: 'SINGLE',
  remoteMode: 'NONE',
  ownerUsername: '',
  description: '',
  filingNumber: '',
  filingOrgan: '',
  filedOn: '',
  assessedOn: '',
  assessmentResult: null,
  cryptoAssessedOn: '',
  cryptoResult: null,
  cryptoNumber: '',
  dataClass: null,
  criticalInfrastructure: false,
  sharesData: false,
  availabilityPercent: null,
  usersEstimate: null,
  concurrencyEstimate: null,
  vendorCompany: '',
  contacts: [],
};

export const newContact = (): ContactDraft => ({ key: uniqueId(), name: '', phone: '', role: '' });

export function draftOfSystem(system: ResultOf<typeof SystemForm>): SystemDraft {
  const { id: _id, version: _version, editable: _editable, owner, contacts, ...rest } = system;
  const texts = Object.fromEntries(
    (
      [
        'description',
        'filingNumber',
        'filingOrgan',
        'filedOn',
        'assessedOn',
        'cryptoAssessedOn',
        'cryptoNumber',
        'vendorCompany',
      ] as const
    ).map((field) => [field, rest[field] ?? '']),
  );
  return {
    ...emptySystem,
    ...rest,
    ...texts,
    ownerUsername: owner?.username ?? '',
    contacts: contacts.map(({ name, phone, role }) => ({ key: uniqueId(), name, phone, role })),
  } as SystemDraft;
}

export type SystemContent = VariablesOf<typeof RegisterSystemMutation>['input']['content'];

const orNull = (text: string): string | null => text.trim() || null;

export function contentOfSystem({ contacts, ...draft }: SystemDraft): SystemContent {
  return {
    ...draft,
    ownerUsername: orNull(draft.ownerUsername),
    description: orNull(draft.description),
    filingNumber: orNull(draft.filingNumber),
    filingOrgan: orNull(draft.filingOrgan),
    filedOn: orNull(draft.filedOn),
    assessedOn: orNull(draft.assessedOn),
    cryptoAssessedOn: orNull(draft.cryptoAssessedOn),
    cryptoNumber: orNull(draft.cryptoNumber),
    vendorCompany: orNull(draft.vendorCompany),
    contacts: contacts.map(({ name, phone, role }) => ({ name, phone, role })),
  };
}
