/** Decides whether lines run on what their system's 安全可靠情况说明 says, product by product, and what cannot be compared. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { CpuMaker, ServerArchitecture } from '../../servers/domain/processor.js';
import type { ReliabilityEntry, ReliabilityPart } from '../../systems/domain/reliability.js';
import type { Product } from './rules.js';

/** Of a line, what it runs on and with, as the catalog knows it. */
export interface LineProducts {
  /** null = it has no processor of its own, or it was chosen before (a change). */
  readonly architecture: ServerArchitecture | null;
  /** Of a server; a machine's pool may have several. */
  readonly cpuMaker: CpuMaker | null;
  /** null = none is chosen with it. */
  readonly software: SoftwareOfLine | null;
}

export interface SoftwareOfLine {
  readonly code: string;
  readonly name: string;
  /** What it is certain to be; a service may be anything, or no software at all. */
  readonly part: ReliabilityPart | null;
}

/** One line that the statement contradicts or does not name. */
export interface LineFinding {
  readonly index: number;
  readonly field: 'OFFER' | 'SOFTWARE';
  readonly text: Bilingual;
}

export interface ProductFindings {
  readonly wrong: readonly LineFinding[];
  /** What the edition's directory does not know. */
  readonly unknown: readonly Bilingual[];
}

const NOTHING: ProductFindings = { wrong: [], unknown: [] };

const holds = (text: string, words: readonly string[]): boolean => {
  const folded = text.toLowerCase();
  return words.some((word) => folded.includes(word.toLowerCase()));
};

/** An operating system or a database by what the statement calls it; undefined = the directory does not know it. */
function statedProduct({ part, product }: ReliabilityEntry, products: readonly Product[]): Product | undefined {
  return products.find((one) => one.part === part && holds(product, one.statedAs));
}

export function offeredProduct(software: SoftwareOfLine, products: readonly Product[]): Product | undefined {
  return products.find(
    (one) =>
      one.part !== 'CPU' &&
      (software.part === null || software.part === one.part) &&
      (holds(software.code, one.offeredAs) || holds(software.name, one.offeredAs)),
  );
}

/** Every image, and every service that is software, stands in the statement, and is as domestic as it says. */
export function softwareFindings(
  lines: readonly LineProducts[],
  entries: readonly ReliabilityEntry[],
  products: readonly Product[],
): ProductFindings {
  // What was never stated is another rule's to say.
  if (entries.length === 0) return NOTHING;
  const wrong: LineFinding[] = [];
  const unknown = new Map<string, Bilingual>();
  for (const [index, { software }] of lines.entries()) {
    if (!software) continue;
    const offered = offeredProduct(software, products);
    if (!offered) {
      if (software.part !== null) unknown.set(software.name, notListed(software.name));
      continue;
    }
    const entry = entries.find((one) => one.part === offered.part && holds(one.product, offered.statedAs));
    if (!entry) wrong.push({ index, field: 'SOFTWARE', text: notStated(software.name, offered.part, entries) });
    else if (offered.domestic !== null && offered.domestic !== entry.domestic)
      wrong.push({ index, field: 'SOFTWARE', text: otherwiseListed(entry, offered) });
  }
  return { wrong, unknown: [...unknown.values()] };
}

/** Every processor that a line asks for is one of those that the statement names. */
export function processorFindings(
  lines: readonly LineProducts[],
  entries: readonly ReliabilityEntry[],
  products: readonly Product[],
  makerWords: (maker: CpuMaker) => readonly string[],
): ProductFindings {
  const stated = entries.filter((entry) => entry.part === 'CPU');
  if (stated.length === 0) return NOTHING;
  const named = stated.map((entry) => ({ entry, product: statedProduct(entry, products) }));
  const strangers = named.filter(({ product }) => !product).map(({ entry }) => entry.product);
  const wrong: LineFinding[] = [];
  const unknown = new Map<string, Bilingual>();
  for (const [index, { architecture, cpuMaker }] of lines.entries()) {
    if (architecture === null) continue;
    const fitting = named.filter(
      ({ product }) =>
        product?.architectures.includes(architecture) &&
        (cpuMaker === null || makerWords(cpuMaker).some((word) => holds(word, product.offeredAs))),
    );
    const otherwise = fitting.find(({ entry, product }) => listedOtherwise(entry, product));
    if (fitting.length === 0 && strangers.length > 0)
      for (const stranger of strangers) unknown.set(stranger, notListed(stranger));
    else if (fitting.length === 0)
      wrong.push({
        index,
        field: 'OFFER',
        text: notRunning(cpuMaker ? makerWords(cpuMaker)[0] : null, architecture, stated),
      });
    else if (otherwise?.product && fitting.every(({ entry, product }) => listedOtherwise(entry, product)))
      wrong.push({ index, field: 'OFFER', text: otherwiseListed(otherwise.entry, otherwise.product) });
  }
  return { wrong, unknown: [...unknown.values()] };
}

function listedOtherwise(entry: ReliabilityEntry, product: Product | undefined): boolean {
  return product !== undefined && product.domestic !== null && product.domestic !== entry.domestic;
}

const PART_WORDS: { readonly [P in ReliabilityPart]: Bilingual } = {
  CPU: say('处理器', 'processor'),
  OS: say('操作系统', 'operating system'),
  DATABASE: say('数据库', 'database'),
};

function namesOf(entries: readonly ReliabilityEntry[]): Bilingual {
  const names = entries.map(({ product }) => product);
  return names.length > 0 ? say(names.join('、'), names.join(', ')) : say('没有', 'none');
}

function notStated(name: string, part: ReliabilityPart, entries: readonly ReliabilityEntry[]): Bilingual {
  const named = namesOf(entries.filter((entry) => entry.part === part));
  return say(
    `${name} 未列入说明；说明中的${PART_WORDS[part].zh}：${named.zh}`,
    `${name} is not in the statement, whose ${PART_WORDS[part].en}: ${named.en}`,
  );
}

function notRunning(
  maker: string | null | undefined,
  architecture: ServerArchitecture,
  stated: readonly ReliabilityEntry[],
): Bilingual {
  const [what, named] = [maker ? `${maker} ${architecture}` : architecture, namesOf(stated)];
  return say(
    `${what} 规格与说明不符；说明中的处理器：${named.zh}`,
    `${what} is not what the statement says, whose processor: ${named.en}`,
  );
}

function otherwiseListed({ product, domestic }: ReliabilityEntry, listed: Product): Bilingual {
  return domestic
    ? say(
        `说明称“${product}”为国产，产品目录中 ${listed.name} 不是`,
        `the statement calls “${product}” domestic; ${listed.name} is not in the directory`,
      )
    : say(
        `说明称“${product}”非国产，产品目录中 ${listed.name} 为国产`,
        `the statement calls “${product}” foreign; ${listed.name} is domestic in the directory`,
      );
}

function notListed(name: string): Bilingual {
  return say(`“${name}”不在产品目录中，未比对`, `“${name}” is not in the directory and was not compared`);
}
