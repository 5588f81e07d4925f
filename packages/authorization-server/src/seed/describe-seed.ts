import type { SeedReport } from './apply-seed.js';

/** Describes for people what was created, with the secrets, which are shown only this once. */
export function describeSeed({ organizations, users, applications, credentials, apiKeys }: SeedReport): string {
  const made = `Seeded ${organizations} organizations, ${users} users, ${applications} applications.`;
  if (credentials.length === 0 && apiKeys.length === 0) return `${made} No new credentials.`;

  const lines = [
    ...credentials.flatMap(({ name, clientId, clientSecret }) => [
      `  ${name}`,
      `    client_id      ${clientId}`,
      `    client_secret  ${clientSecret}`,
    ]),
    ...apiKeys.flatMap(({ name, key }) => [`  API key ${name}`, `    ${key}`]),
  ];
  return [made, 'These are shown once:', ...lines].join('\n');
}
