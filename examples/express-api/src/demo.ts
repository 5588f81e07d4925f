import { IssuerProcess, tellStory } from 'story';
import { clients } from './demo/clients.js';
import { story } from './demo/story.js';
import { summarize } from './demo/summarize.js';

await tellStory({
  issuer: (port) => IssuerProcess.start(new URL('issuer.js', import.meta.url), port, clients),
  server: new URL('server.js', import.meta.url),
  curl: (api) => [
    `curl -i ${api}/projects -H "Authorization: Bearer $TOKEN"`,
    `curl -i ${api}/projects`,
    `curl -i -X DELETE ${api}/projects/project_1 -H "Authorization: Bearer $TOKEN"`,
    `curl ${api}/activity -H "Authorization: Bearer $TOKEN"`,
    `curl ${api}/.well-known/oauth-protected-resource`,
  ],
  story,
  summarize,
  epilogue: 'The issuer is up again, with new keys.',
});
