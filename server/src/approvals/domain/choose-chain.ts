/** Decides which chain a request takes, and which of its steps are there for this department. */
import type { LineKind } from '../../allocation/domain/line-kind.js';
import type { Chain, EditionContent, Rule, RuleCondition, StepDefinition } from './chain.js';

/** What the rules look at. */
export interface ChainFacts {
  readonly kinds: readonly LineKind[];
  /** null = a price is missing: as dear as can be, so that no short chain is taken by accident. */
  readonly monthlyFen: bigint | null;
  readonly localMode: string;
  readonly remoteMode: string;
  readonly departmentLevel: string;
  /** The department and all above it. */
  readonly departmentIds: readonly string[];
  /** Whether one of those is a city: a city reviews its own departments' requests first. */
  readonly inCity: boolean;
  readonly insidePlan: boolean;
  /** Its system, or its department, is graded 差. */
  readonly poor: boolean;
}

export interface ChosenChain {
  readonly chain: Chain;
  readonly rule: Rule;
  /** Those of its steps that somebody can decide for this department. */
  readonly steps: readonly StepDefinition[];
}

/** The first rule that matches. Throws when none does: a published edition ends with a rule for everything. */
export function chooseChain(edition: EditionContent, facts: ChainFacts): ChosenChain {
  const rule = edition.rules.find(({ condition }) => matches(condition, facts));
  const chain = edition.chains.find((one) => one.key === rule?.chainKey);
  if (!rule || !chain) throw new Error('a published edition of the approval chains has a chain for every request');
  return { rule, chain, steps: chain.steps.filter((step) => facts.inCity || !isCityStep(step)) };
}

/** What of the facts may change between sending and holding, as one text: the same text chooses the same chain. */
export function chosenBy(facts: Omit<ChainFacts, 'departmentLevel' | 'departmentIds' | 'inCity'>): string {
  const { kinds, monthlyFen, localMode, remoteMode, insidePlan, poor } = facts;
  const said = [kinds.join('+'), monthlyFen ?? '?', localMode, remoteMode, insidePlan ? 'plan' : ''].join(' ');
  // As rounds of before have it.
  return poor ? `${said} poor` : said;
}

export function isCityStep(step: Pick<StepDefinition, 'roles'>): boolean {
  return step.roles.includes('CITY_ADMINISTRATOR');
}

export function matches(condition: RuleCondition, facts: ChainFacts): boolean {
  const { monthlyFen } = facts;
  const within = (allowed: readonly string[] | null, value: string): boolean =>
    allowed === null || allowed.includes(value);
  return (
    (condition.kinds === null || facts.kinds.every((kind) => condition.kinds?.includes(kind))) &&
    (condition.monthlyFenFrom === null || monthlyFen === null || monthlyFen >= BigInt(condition.monthlyFenFrom)) &&
    (condition.monthlyFenBelow === null || (monthlyFen !== null && monthlyFen < BigInt(condition.monthlyFenBelow))) &&
    within(condition.localModes, facts.localMode) &&
    within(condition.remoteModes, facts.remoteMode) &&
    within(condition.departmentLevels, facts.departmentLevel) &&
    (condition.departmentIds === null || facts.departmentIds.some((id) => condition.departmentIds?.includes(id))) &&
    (!condition.insidePlan || facts.insidePlan) &&
    (!condition.exceptPoor || !facts.poor)
  );
}
