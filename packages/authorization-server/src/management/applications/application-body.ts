import { z } from 'zod';
import type { ApplicationChange, NewApplication } from '../../applications/new-application.js';
import { flawOfRedirectUri } from '../../applications/redirect-uris.js';
import { invalid } from '../../errors/refusal.js';
import { parseBody } from '../parse-body.js';

const name = z.string().trim().min(1).max(255);
const description = z.string().max(1_000);

/** A scope token (RFC 6749 §3.3). */
const scope = z.string().refine((text) => /^[\x21\x23-\x5b\x5d-\x7e]{1,128}$/.test(text), 'is not a scope token');
const scopes = z.array(scope).max(200);

const redirectUri = z.object({
  uri: z
    .string()
    .max(2_048)
    .superRefine((uri, context) => {
      const flaw = flawOfRedirectUri(uri);
      if (flaw !== undefined) context.addIssue({ code: 'custom', message: flaw });
    }),
  default: z.boolean().nullish(),
});
const redirectUris = z.array(redirectUri).max(100);

const creation = z.object({
  name,
  application_type: z.enum(['oauth', 'm2m']),
  description: description.nullish(),
  scopes: scopes.nullish(),
  redirect_uris: redirectUris.nullish(),
  uses_pkce: z.boolean().nullish(),
  is_first_party: z.boolean().nullish(),
  organization_id: z.string().min(1).nullish(),
});

const change = z.object({
  name: name.nullish(),
  description: description.nullish(),
  scopes: scopes.nullish(),
  redirect_uris: redirectUris.nullish(),
});

/** Reads the body of `POST /connect/applications`; null means left out. @throws Refusal `invalid` */
export function readNewApplication(body: unknown): NewApplication {
  const wanted = parseBody(creation, body);
  refuseContradictions(wanted);
  return {
    name: wanted.name,
    applicationType: wanted.application_type,
    description: wanted.description ?? undefined,
    scopes: unique(wanted.scopes),
    redirectUris: toRedirectUris(wanted.redirect_uris),
    usesPkce: wanted.uses_pkce ?? undefined,
    isFirstParty: wanted.is_first_party ?? false,
    organizationId: wanted.organization_id ?? undefined,
  };
}

/** Reads the body of `PUT`: null clears the description, and keeps any other field. @throws Refusal `invalid` */
export function readApplicationChange(body: unknown): ApplicationChange {
  const wanted = parseBody(change, body);
  return {
    name: wanted.name ?? undefined,
    description: wanted.description,
    scopes: unique(wanted.scopes),
    redirectUris: toRedirectUris(wanted.redirect_uris),
  };
}

/** Refuses fields that do not fit the kind of application. */
function refuseContradictions(wanted: z.infer<typeof creation>): void {
  const { application_type, is_first_party, organization_id, redirect_uris, uses_pkce } = wanted;
  const isMissing = (value: unknown) => value === undefined || value === null;
  if (application_type === 'oauth') {
    if (isMissing(is_first_party)) throw refuse('is_first_party', 'required', 'is required');
    if (is_first_party && !isMissing(organization_id)) {
      throw refuse('organization_id', 'not_allowed', 'must be left out: a first-party application is nobody else’s');
    }
  } else {
    if (is_first_party) throw refuse('is_first_party', 'not_allowed', 'must not be true of an M2M application');
    if (uses_pkce) throw refuse('uses_pkce', 'not_allowed', 'must not be true of an M2M application');
    if ((redirect_uris?.length ?? 0) > 0)
      throw refuse('redirect_uris', 'not_allowed', 'must be left out of an M2M application');
  }
  if (!is_first_party && isMissing(organization_id)) throw refuse('organization_id', 'required', 'is required');
}

const refuse = (field: string, code: string, problem: string) =>
  invalid({ field, code: `${field}_${code}`, message: `${field} ${problem}.` });

const unique = (values: readonly string[] | null | undefined) => (values ? [...new Set(values)] : undefined);

const toRedirectUris = (uris: z.infer<typeof redirectUris> | null | undefined) =>
  uris?.map((one) => ({ uri: one.uri, default: one.default ?? undefined }));
