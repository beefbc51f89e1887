import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import sirv from 'sirv';

/** Assets carry a hash in their names, so a year is safe. */
const ASSET_LIFE_S = 31_536_000;
const NONCE_PLACE = /__NONCE__/g;
const NONCE_BYTES = 16;

/** Paths that are never the page, whatever the browser accepts. */
const NOT_A_PAGE = /^\/(graphql|health|assets|files|imports\/templates)(\/|$)/;

/** Serves the built console: hashed assets as they are, and for every other path the page with a fresh nonce. */
export function consoleFiles(directory: string): RequestHandler[] {
  const indexPath = join(directory, 'index.html');
  if (!existsSync(indexPath))
    throw new Error(`The console is not built (${indexPath} is missing): run "npm run build:web".`);
  const page = readFileSync(indexPath, 'utf8');
  const assets = sirv(directory, {
    brotli: true,
    gzip: true,
    immutable: true,
    maxAge: ASSET_LIFE_S,
    // index.html goes out by the handler below only, and the build's own lists not at all.
    ignores: [/^\/$/, /^\/index\.html/, /^\/\.vite/, /^\/documents\.json/],
    setHeaders: (response) => {
      response.setHeader('X-Content-Type-Options', 'nosniff');
    },
  });
  return [
    (request, response, next) => {
      if (
        request.path === '/' ||
        request.path.startsWith('/index.html') ||
        request.path.startsWith('/.vite') ||
        request.path === '/documents.json'
      )
        next();
      else assets(request, response, next);
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
