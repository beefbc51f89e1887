import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { NextFunction, Request, RequestHandler, Response } from 'express';

/** Assets carry a hash in their names, so a year is safe. */
const ASSET_LIFE_S = 31_536_000;
const ASSET_FOLDER = 'assets';
const NONCE_PLACE = /__NONCE__/g;
const NONCE_BYTES = 16;

/** Paths that are never the page, whatever the browser accepts. */
const NOT_A_PAGE = /^\/(graphql|health|metrics|assets|files|papers|exports|(imports|requests)\/templates)(\/|$)/;

/** An asset as the build left it, with the copies that were compressed then. */
interface Asset {
  readonly plain: Buffer;
  readonly br: Buffer | undefined;
  readonly gzip: Buffer | undefined;
}

/**
 * Serves the built console: hashed assets as they are, and for every other path the page with a fresh nonce. All of it is
 * read once, at the start: page, assets and trusted documents are then of one build, also while another is written to
 * the same folder. (A file that goes between the look and the reading would otherwise end the process.)
 */
export function consoleFiles(directory: string): RequestHandler[] {
  const indexPath = join(directory, 'index.html');
  if (!existsSync(indexPath))
    throw new Error(`The console is not built (${indexPath} is missing): run "npm run build:web".`);
  const page = readFileSync(indexPath, 'utf8');
  const assets = readAssets(directory);
  return [
    (request: Request, response: Response, next: NextFunction) => {
      const asset = request.method === 'GET' || request.method === 'HEAD' ? assets.get(request.path) : undefined;
      if (asset) sendAsset(request, response, asset);
      else next();
    },
    (request: Request, response: Response, next: NextFunction) => {
      const asksForPage = (request.method === 'GET' || request.method === 'HEAD') && request.accepts('html') !== false;
      if (!asksForPage || NOT_A_PAGE.test(request.path)) {
        next();
        return;
      }
      const nonce = randomBytes(NONCE_BYTES).toString('base64');
      response
        .set({
          'Content-Type': 'text/html; charset=utf-8',
          'Cache-Control': 'no-store',
          'Content-Security-Policy': contentPolicy(nonce),
          'X-Content-Type-Options': 'nosniff',
          'X-Frame-Options': 'DENY',
          'Referrer-Policy': 'same-origin',
          'Cross-Origin-Opener-Policy': 'same-origin',
        })
        .send(page.replace(NONCE_PLACE, nonce));
    },
  ];
}

/** By path. Some three megabytes. */
function readAssets(directory: string): Map<string, Asset> {
  const folder = join(directory, ASSET_FOLDER);
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const compressed = new Set(names.filter((name) => /\.(br|gz)$/.test(name)));
  const read = (name: string): Buffer => readFileSync(join(folder, name));
  const copy = (name: string): Buffer | undefined => (compressed.has(name) ? read(name) : undefined);
  return new Map(
    names
      .filter((name) => !compressed.has(name))
      .map((name) => [
        `/${ASSET_FOLDER}/${name}`,
        { plain: read(name), br: copy(`${name}.br`), gzip: copy(`${name}.gz`) },
      ]),
  );
}

function sendAsset(request: Request, response: Response, asset: Asset): void {
  const encoding = (['br', 'gzip'] as const).find((name) => asset[name] && request.acceptsEncodings(name));
  response
    .vary('Accept-Encoding')
    .type(extname(request.path))
    .set({
      'Cache-Control': `public, max-age=${ASSET_LIFE_S}, immutable`,
      'X-Content-Type-Options': 'nosniff',
    });
  if (encoding) response.set('Content-Encoding', encoding);
  response.send((encoding && asset[encoding]) ?? asset.plain);
}

/** Everything from this server only; style tags of the component kit carry the nonce, its inline sizes are attributes. */
function contentPolicy(nonce: string): string {
  return [
    "default-src 'self'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
