import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import axe from 'axe-core';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Locator,
  type Page,
} from 'playwright-core';
import { DEMONSTRATION_PASSWORD } from '../../server/src/demonstration/made-up-people.js';
import { ConsoleClient } from './console-client.ts';

/** The same engine without a browser's own windows takes a seventh less of the processor; where it is not, the browser itself. */
const [CHROMIUM = '/usr/bin/chromium'] = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].filter(existsSync);
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
export const WIDE = { width: 1440, height: 900 };
export const NARROW = { width: 390, height: 844 };
/** Everything is waited for by condition; this is when a condition counts as never. */
const PATIENCE_MS = 30_000;
/** What a person still looks at; a list of thousands is cut. */
const PICTURE_HEIGHT_MAX_PX = 6_000;
const SIGN_IN = 'mutation SignIn(';
const DOCUMENTS = resolve(import.meta.dirname, '../../dist-web/documents.json');
const RESULTS = resolve(import.meta.dirname, '../../test-results/browser');
/** Two of them stand in the README; they are written there only when asked, so that a test leaves the tree as it was. */
const README_PICTURES = resolve(import.meta.dirname, '../browser/screenshots');

/** As the console itself asks: most of these servers answer nothing else. @param beginning of the document wanted. */
export async function consoleText(beginning: string): Promise<string> {
  const documents: Record<string, string> = JSON.parse(await readFile(DOCUMENTS, 'utf8'));
  const text = Object.values(documents).find((each) => each.startsWith(beginning));
  if (text === undefined) throw new Error(`${DOCUMENTS} has no document that begins with ${beginning}`);
  return text;
}

export async function openBrowser(): Promise<Browser> {
  await mkdir(RESULTS, { recursive: true });
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}

/** One person at one screen: a session of their own, errors of the page collected. */
export class Person {
  /** What the page's console called an error; asserted to stay empty. */
  readonly errors: string[] = [];

  private constructor(
    readonly page: Page,
    private readonly context: BrowserContext,
    private readonly url: string,
  ) {}

  /**
   * Wants no motion, unless asked: what opens is then there at once, and no frame is drawn on its way.
   * @param more what the person's machine is set to.
   */
  static async arrive(
    browser: Browser,
    url: string,
    viewport = WIDE,
    more: Pick<BrowserContextOptions, 'reducedMotion'> = { reducedMotion: 'reduce' },
  ): Promise<Person> {
    const context = await browser.newContext({ viewport, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', ...more });
    context.setDefaultTimeout(PATIENCE_MS);
    const page = await context.newPage();
    const person = new Person(page, context, url);
    page.on('console', (message) => {
      if (message.type() === 'error') person.errors.push(message.text());
    });
    page.on('pageerror', (error) => person.errors.push(error.message));
    return person;
  }

  /** Has signed in before: a session, and no page yet. */
  async enter(username: string): Promise<void> {
    const { cookie = '' } = await ConsoleClient.signIn(
      this.url,
      username,
      DEMONSTRATION_PASSWORD,
      await consoleText(SIGN_IN),
    );
    const [name = '', value = ''] = cookie.split('=');
    await this.context.addCookies([{ name, value, url: this.url }]);
  }

  /** By the form, to the home page. */
  async signIn(username: string, password: string): Promise<void> {
    await this.page.goto(this.url);
    await this.page.getByLabel('用户名').fill(username);
    await this.page.getByLabel('口令', { exact: true }).fill(password);
    await this.page.getByRole('button', { name: '登录' }).click();
    await this.page.getByRole('heading', { level: 1, name: /^(工作台|财政首页)$/ }).waitFor();
  }

  /** From now on counts what the page hears of presses; nothing is loaded anew in between. */
  async countPresses(): Promise<() => Promise<number>> {
    await this.page.evaluate(() => {
      const counter = globalThis as unknown as { presses: number };
      counter.presses = 0;
      addEventListener('click', (event) => event.isTrusted && event.detail > 0 && counter.presses++, true);
    });
    return () => this.page.evaluate(() => (globalThis as unknown as { presses: number }).presses);
  }

  async goTo(path: string): Promise<void> {
    await this.page.goto(`${this.url}${path}`);
  }

  /** Picks the first option of a select, or the one that contains the text. */
  async choose(field: Locator, text?: string): Promise<void> {
    await field.click();
    await this.pick(field, text);
  }

  /** Types a name into a select that searches, and picks who has it. */
  async find(field: Locator, name: string): Promise<void> {
    await field.fill(name);
    await this.pick(field, name);
  }

  /** From a list that is open: the first option, or the one that contains the text; and the list is gone. */
  async pick(field: Locator, text?: string): Promise<void> {
    // The list that this field opened: another may still be closing.
    const listbox = await field.getAttribute('aria-controls');
    const dropdown = this.page.locator('.ant-select-dropdown').filter({ has: this.page.locator(`[id="${listbox}"]`) });
    const options = dropdown.locator('.ant-select-item-option:not(.ant-select-item-option-disabled)');
    await (text === undefined ? options.first() : options.filter({ hasText: text }).first()).click();
    await dropdown.waitFor({ state: 'hidden' });
  }

  /** A picture of the step and what axe finds wrong with it, as "rule: element". */
  async look(name: string): Promise<string[]> {
    await this.settled();
    // For whoever looks at them.
    if (!process.env.CI) await this.photograph(join(RESULTS, `${name}.png`));
    if (process.env.UPDATE_README_PICTURES && ['request-form', 'request-detail'].includes(name)) {
      await mkdir(README_PICTURES, { recursive: true });
      await this.page.screenshot({ path: join(README_PICTURES, `${name}.png`) });
    }
    await this.settled();
    if (!(await this.page.evaluate(() => 'axe' in globalThis))) await this.page.evaluate(axe.source);
    const found = await this.page.evaluate(async () => {
      const { axe: inPage } = globalThis as unknown as { axe: typeof axe };
      const { violations } = await inPage.run({
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
        resultTypes: ['violations'],
        selectors: false,
      });
      return violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html.slice(0, 160)}`));
    });
    return found;
  }

  /** Neither the page nor its pane is wider than the screen: what is wide scrolls by itself. */
  scrollsSideways(): Promise<boolean> {
    return this.page.evaluate(() =>
      [...document.querySelectorAll('html, main')].some((part) => part.scrollWidth > part.clientWidth + 1),
    );
  }

  /** The whole page, as on a screen so high: the frame keeps to the window and scrolls inside, so a full-page screenshot ends there. */
  private async photograph(path: string): Promise<void> {
    const window = this.page.viewportSize();
    const height = await this.page.evaluate(() =>
      Math.max(
        ...[...document.querySelectorAll('html, main')].map(
          (part) => part.scrollHeight + Math.max(0, part.getBoundingClientRect().top),
        ),
      ),
    );
    if (window && height > window.height)
      await this.page.setViewportSize({ ...window, height: Math.min(Math.ceil(height), PICTURE_HEIGHT_MAX_PX) });
    await this.page.screenshot({ path });
    if (window) await this.page.setViewportSize(window);
  }

  /** What changes its colour has it at the end only; what turns for ever is not waited for. */
  private settled(): Promise<void> {
    return this.page.evaluate(async () => {
      // A change of size or hover begins its transitions with the frame that draws it.
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
      const ending = document
        .getAnimations()
        .filter((one) => Number.isFinite(Number(one.effect?.getComputedTiming().endTime)));
      await Promise.all(ending.map((one) => one.finished.catch(() => null)));
    });
  }

  async leave(): Promise<void> {
    await this.context.close();
  }
}
