import { Inject, Injectable } from '@nestjs/common';
import { canonicalJson } from '../audit/domain/canonical-json.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { PeopleRights } from '../identity/people-rights.service.js';
import { CRYPTO, type CryptoProvider } from '../platform/crypto/crypto-provider.js';
import { type RequestAttachment, RequestAttachments } from '../requests/request-attachments.service.js';
import { RequestsService } from '../requests/requests.service.js';
import type { RequestRow } from '../requests/requests.types.js';
import type { GovernmentSystem, Project } from '../systems/domain/system.js';
import { SystemsService } from '../systems/systems.service.js';
import { FORM_FORMAT, type FormContent } from './domain/form-content.js';
import { FormChanges } from './form-changes.service.js';
import { formLineOf } from './form-lines.js';
import { NamesOfLines } from './names-of-lines.service.js';

export interface HashedContent {
  readonly content: FormContent;
  /** SM3 of the canonical text, lower-case hexadecimal. */
  readonly contentHash: string;
}

/** What the form of a request says now, and the hash that a seal on it is bound to. */
@Injectable()
export class FormContents {
  constructor(
    private readonly requests: RequestsService,
    private readonly departments: DepartmentsService,
    private readonly systems: SystemsService,
    private readonly people: PeopleRights,
    private readonly names: NamesOfLines,
    private readonly changes: FormChanges,
    private readonly attachments: RequestAttachments,
    @Inject(CRYPTO) private readonly crypto: CryptoProvider,
  ) {}

  /**
   * Batch: the same number of statements however many. Asked outside of units of work, by callers who have let the viewer
   * see the requests.
   */
  async ofAll(requests: readonly RequestRow[]): Promise<HashedContent[]> {
    const [units, systems, projects, linesOf, changes, attached] = await Promise.all([
      this.departments.departments(requests.map((request) => request.departmentId)),
      this.systems.systems(requests.map((request) => request.systemId)),
      this.systems.projects(requests.map((request) => request.projectId)),
      this.requests.linesOf(requests.map((request) => request.id)),
      this.changes.of(requests),
      this.attachments.of(requests.map((request) => request.id)),
    ]);
    const names = await this.names.of(linesOf.flat());
    const owners = new Map(
      (await this.people.of(systems.flatMap((system) => system?.ownerUserId ?? []))).map((one) => [
        one.userId,
        one.name,
      ]),
    );
    return requests.map((request, index) => {
      const [unit, system, project] = [units[index], systems[index], projects[index]];
      if (!unit || !system || !project)
        throw new Error(`request ${request.code} belongs to a department, system or project that is gone`);
      const ownerName = system.ownerUserId === null ? null : (owners.get(system.ownerUserId) ?? null);
      const content: FormContent = {
        request: {
          code: request.code,
          applicantName: request.applicantName,
          purpose: request.purpose,
          monthlyFen: request.monthlyFen?.toString() ?? null,
        },
        unit: { code: unit.code, name: unit.name, contactName: unit.contactName, contactPhone: unit.contactPhone },
        system: systemPart(system, ownerName),
        project: projectPart(project),
        lines: (linesOf[index] ?? []).map((line) => formLineOf(line, names(line), request.temporaryUntil)),
        ...changes(request, linesOf[index] ?? [], names),
        ...attachmentsPart(attached[index] ?? []),
      };
      return { content, contentHash: this.hashOf(content) };
    });
  }

  async of(request: RequestRow): Promise<HashedContent> {
    const [one] = await this.ofAll([request]);
    if (!one) throw new Error(`request ${request.code} has no content`);
    return one;
  }

  hashOf(content: FormContent): string {
    return this.crypto.sm3(canonicalJson({ format: FORM_FORMAT, content })).toString('hex');
  }
}

/** Left out where there are none, so that forms of before keep their hash. */
function attachmentsPart(attached: readonly RequestAttachment[]): Pick<FormContent, 'attachments'> {
  if (attached.length === 0) return {};
  return { attachments: attached.map(({ file: { name, sm3 }, kind }) => ({ kind, name, sm3 })) };
}

function systemPart(system: GovernmentSystem, ownerName: string | null): FormContent['system'] {
  return {
    code: system.code,
    name: system.name,
    description: system.description,
    ownerName,
    contacts: system.contacts.map(({ name, phone, role }) => ({ name, phone, role })),
    protectionLevel: system.protectionLevel,
    filed: system.filed,
    filingNumber: system.filingNumber,
    filingOrgan: system.filingOrgan,
    filedOn: system.filedOn,
    cryptoResult: system.cryptoResult,
    cryptoAssessedOn: system.cryptoAssessedOn,
    cryptoNumber: system.cryptoNumber,
    dataClass: system.dataClass,
    criticalInfrastructure: system.criticalInfrastructure,
    sharesData: system.sharesData,
    localMode: system.localMode,
    remoteMode: system.remoteMode,
    availabilityMilliPercent: system.availabilityMilliPercent,
    usersEstimate: system.usersEstimate,
    concurrencyEstimate: system.concurrencyEstimate,
    vendorCompany: system.vendorCompany,
    declarationValidUntil: system.declarationValidUntil,
  };
}

function projectPart(project: Project): FormContent['project'] {
  return {
    code: project.code,
    name: project.name,
    budgetYear: project.budgetYear,
    fundSource: project.fundSource,
    approvalNumber: project.approvalNumber,
    filingNumber: project.filingNumber,
    totalBudgetFen: project.totalBudgetFen?.toString() ?? null,
    budgetCode: project.budgetCode,
    functionClass: project.functionClass,
    economicClass: project.economicClass,
    fundNature: project.fundNature,
    budgetLevel: project.budgetLevel,
  };
}
