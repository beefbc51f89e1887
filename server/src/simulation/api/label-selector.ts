/** Label selectors as apimachinery's pkg/labels/selector.go reads them, and in its words where it cannot. */
import { badRequest } from './status.js';

export type Labels = (key: string) => string | undefined;
type Requirement = (labels: Labels) => boolean;

const KEY = /^(?:[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const VALUE = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/;
const KEY_RULE =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const VALUE_RULE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

const OPERATORS = ['in', 'notin', '=', '==', '!=', 'gt', 'lt'];
const SYMBOLS: readonly string[] = ['=', '==', '!=', '!', '(', ')', ',', '<', '>'];
const END = '';

interface Token {
  readonly text: string;
  /** A key, a value, or one of the words `in` and `notin`, which may be either. */
  readonly isWord: boolean;
}

/** What must hold of an object's labels, all of it; nothing for an empty text. */
export function parseSelector(text: string): Requirement[] {
  return new Parser(tokensOf(text)).selector();
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (const [part] of text.matchAll(/[=!(),<>]+|[^=!(),<>\s]+/g)) {
    if (!/^[=!(),<>]/.test(part)) tokens.push({ text: part, isWord: true });
    else for (const symbol of symbolsOf(part)) tokens.push({ text: symbol, isWord: false });
  }
  return [...tokens, { text: END, isWord: false }];
}

/** The longest symbols there are, from the left. */
function symbolsOf(part: string): string[] {
  const out: string[] = [];
  for (let at = 0; at < part.length; ) {
    const two = part.slice(at, at + 2);
    const symbol = SYMBOLS.includes(two) ? two : part.slice(at, at + 1);
    out.push(symbol);
    at += symbol.length;
  }
  return out;
}

class Parser {
  #at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  selector(): Requirement[] {
    const out: Requirement[] = [];
    for (;;) {
      const next = this.#peek();
      if (next.text === END) return out;
      if (!next.isWord && next.text !== '!') {
        throw badRequest(`found '${next.text}', expected: !, identifier, or 'end of string'`);
      }
      out.push(this.#requirement());
      const after = this.#take();
      if (after.text === END) return out;
      if (after.text !== ',') throw badRequest(`found '${after.text}', expected: ',' or 'end of string'`);
      const following = this.#peek();
      if (!following.isWord && following.text !== '!') {
        throw badRequest(`found '${following.text}', expected: identifier after ','`);
      }
    }
  }

  #requirement(): Requirement {
    const isAbsence = this.#peek().text === '!';
    if (isAbsence) this.#take();
    const { isWord, text: key } = this.#take();
    if (!isWord) throw unread(`found '${key}', expected: identifier`);
    if (!KEY.test(key)) throw unread(`<nil>: Invalid value: ${JSON.stringify(key)}: ${KEY_RULE}`);
    if (isAbsence) return (labels) => labels(key) === undefined;
    if ([END, ','].includes(this.#peek().text)) return (labels) => labels(key) !== undefined;
    const operator = this.#take().text;
    switch (operator) {
      case 'in':
      case '=':
      case '==': {
        const values = operator === 'in' ? this.#values(key) : this.#exact(key);
        return (labels) => values.has(labels(key) ?? NO_LABEL);
      }
      case 'notin':
      case '!=': {
        const values = operator === 'notin' ? this.#values(key) : this.#exact(key);
        return (labels) => !values.has(labels(key) ?? NO_LABEL);
      }
      case '<':
      case '>':
        return this.#bound(key, operator);
      default:
        throw unread(`found '${operator}', expected: ${OPERATORS.join(', ')}`);
    }
  }

  #bound(key: string, operator: '<' | '>'): Requirement {
    const [text = ''] = this.#exact(key);
    if (!/^[-+]?\d+$/.test(text)) {
      throw unread(
        `values[0]: Invalid value: ${JSON.stringify(text)}: for 'Gt', 'Lt' operators, the value must be an integer`,
      );
    }
    const bound = Number(text);
    return (labels) => {
      const label = labels(key) ?? '';
      return /^[-+]?\d+$/.test(label) && (operator === '<' ? Number(label) < bound : Number(label) > bound);
    };
  }

  /** `(x,y,z)`; what stands empty is the empty value. */
  #values(key: string): Set<string> {
    const open = this.#take();
    if (open.text !== '(') throw unread(`found '${open.text}' expected: '('`);
    const values = new Set<string>();
    let wasComma = true;
    for (;;) {
      const { isWord, text } = this.#take();
      if (isWord) {
        if (!wasComma) throw unread(`found '${text}', expected: ',' or ')'`);
        values.add(text);
        wasComma = false;
      } else if (text === ',' || text === ')') {
        if (wasComma) values.add('');
        if (text === ')') return checked(key, values);
        wasComma = true;
      } else {
        throw unread(`found '${text}', expected: ${wasComma ? "',', or identifier" : "',' or ')'"}`);
      }
    }
  }

  #exact(key: string): Set<string> {
    const { isWord, text } = this.#peek();
    if (!isWord && text !== END && text !== ',') throw unread(`found '${text}', expected: identifier`);
    if (isWord) this.#take();
    return checked(key, new Set([isWord ? text : '']));
  }

  #peek(): Token {
    return this.tokens[this.#at] ?? { text: END, isWord: false };
  }

  #take(): Token {
    const token = this.#peek();
    this.#at += 1;
    return token;
  }
}

/** No label's value. */
const NO_LABEL = ' ';

function checked(key: string, values: Set<string>): Set<string> {
  const at = [...values].sort().findIndex((each) => !VALUE.test(each));
  if (at < 0) return values;
  const wrong = [...values].sort()[at] ?? '';
  throw unread(`values[${at}][${key}]: Invalid value: ${JSON.stringify(wrong)}: ${VALUE_RULE}`);
}

const unread = (why: string) => badRequest(`unable to parse requirement: ${why}`);
