import type { ErrorOut, KoaContextWithOIDC } from 'oidc-provider';

/** Renders an error that cannot be sent to the client: a page without scripts or external resources. */
export function renderErrorPage(ctx: KoaContextWithOIDC, out: ErrorOut): void {
  // Only this endpoint is opened by people; the others answer JSON, whatever is accepted (RFC 6749 §5.2).
  if (ctx.oidc?.route !== 'authorization') {
    ctx.body = out;
    return;
  }
  const { error, error_description = '' } = out;
  ctx.set('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
  ctx.type = 'html';
  ctx.body = `<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>This request cannot be answered</title>
<h1>This request cannot be answered</h1>
<p>${escapeHtml(error)}: ${escapeHtml(error_description)}</p>
<p>Go back to the application that you came from, and try again.</p>
</html>
`;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escapeHtml = (text: string) => text.replaceAll(/[&<>"']/g, (character) => entities[character] as string);
